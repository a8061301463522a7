import csv
import re
from dataclasses import replace

import pytest

from selfattn_course.grading import grades_csv


@pytest.fixture
def write_grades(final):
    """Writes records as they are, without a policy."""
    return lambda folder, records: grades_csv.write_grades(folder, [*map(final, records)])


def rows(folder):
    with open(folder / "grades.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_one_row_for_each_submission_with_its_questions(write_grades, tmp_path, record):
    records = [record("bea", "b", sha256="07"), record("bea", "a", ("ok",)), record("ada", "b")]
    write_grades(tmp_path, records)
    got = rows(tmp_path)
    assert [(row["assignment"], row["student_id"]) for row in got] == [
        ("a", "bea"),
        ("b", "ada"),
        ("b", "bea"),
    ]
    assert got[2] == {
        "assignment": "b",
        "student_id": "bea",
        "score": "2",
        "max_score": "4",
        "not_graded": "0",
        "submission_sha256": "07",
        "grader_version": "1.0",
        "sandbox_level": "full",
        "auto_score": "2",
        "late_penalty": "0",
        "days_late": "0",
        "attempt": "1",
        "attempts": "1",
        "handed_in": "",
        "a/q0": "",
        "b/q0": "2",
        "b/q1": "0",
    }


def test_what_is_not_graded_has_no_number(write_grades, tmp_path, record):
    write_grades(tmp_path, [record(statuses=("ok", "not graded"))])
    (row,) = rows(tmp_path)
    assert (row["score"], row["not_graded"], row["toy/q0"], row["toy/q1"]) == ("", "1", "2", "")


def test_no_cell_is_a_formula(write_grades, tmp_path, record):
    names = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", 'x",=1', "x\n=1"]
    write_grades(tmp_path, [record(name, name, ()) for name in names])
    text = (tmp_path / "grades.csv").read_text("utf-8")
    assert len(text.splitlines()) == 1 + len(names)
    cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    shown = {row["student_id"].removeprefix("'") for row in rows(tmp_path)}
    assert shown == {re.sub(r"\s", " ", name) for name in names}


@pytest.mark.parametrize("name", ["＝1+1", "＋1", "－1", "＠SUM(A1)", " =1", "\u3000＝1", "\0=1"])
def test_no_cell_becomes_a_formula_when_it_is_tidied(write_grades, tmp_path, record, name):
    write_grades(tmp_path, [record(name, statuses=())])
    (row,) = rows(tmp_path)
    assert row["student_id"].startswith("'")
    assert row["student_id"].endswith(name[1:])


def test_ordinary_names_are_left_alone(write_grades, tmp_path, record):
    write_grades(tmp_path, [record("Zoë = 1-1", statuses=())])
    assert rows(tmp_path)[0]["student_id"] == "Zoë = 1-1"


def test_empty_class_gives_a_header(write_grades, tmp_path):
    write_grades(tmp_path, [])
    assert rows(tmp_path) == []
    assert (tmp_path / "grades.csv").read_text().startswith("assignment,student_id,score")


def test_score_is_what_counts_in_the_end(tmp_path, record, final):
    one = replace(
        record(statuses=("ok", "not graded", "ok")), handed_in="2026-11-21T18:30:00+00:00"
    )
    grade = final(one, attempt=2, attempts=3, days_late=1, penalty=0.5, manual={"q0": 1.5, "q1": 1})
    grades_csv.write_grades(tmp_path, [grade])
    (row,) = rows(tmp_path)
    assert {name: row[name] for name in list(row)[2:5] + list(row)[8:]} == {
        "score": "4",
        "max_score": "6",
        "not_graded": "0",
        "auto_score": "",
        "late_penalty": "0.5",
        "days_late": "1",
        "attempt": "2",
        "attempts": "3",
        "handed_in": "2026-11-21T18:30:00+00:00",
        "toy/q0": "1.5",
        "toy/q1": "1",
        "toy/q2": "2",
    }
