import csv
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.ledger import Ledger
from selfattn_course.grading.policy import read_policy
from selfattn_course.grading.results import class_grades, write_results

POLICY = """
[due]
toy = 2026-11-20T23:59:00+01:00
[late]
percent_per_day = 10
"""


@pytest.fixture
def folder(tmp_path, record):
    """Results of a class with a policy, in time, late and much too late, up to date."""
    (tmp_path / "policy.toml").write_text(POLICY)
    days = {"ada": "2026-11-20", "bea": "2026-11-21", "cyn": "2026-12-31", "dan": ""}
    with Ledger(tmp_path) as ledger:
        for student, day in days.items():
            time = day and f"{day}T12:00:00+00:00"
            ledger.append(replace(record(student, statuses=("ok", "ok")), handed_in=time))
        ledger.append(record("ada", "other"))
    update(tmp_path)
    return tmp_path


def update(folder):
    grades = write_results(folder)
    update_gradebook(grades, folder=folder, due=read_policy(folder).due)


def csv_rows(folder):
    with open(folder / "grades.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def nbgrader_rows(folder):
    """What nbgrader's own exporter writes, of students who handed in."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "selfattn") as book:
        CsvExportPlugin(to=str(folder / "theirs.csv")).export(book)
    with open(folder / "theirs.csv", newline="", encoding="utf-8") as file:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    return rows


def agree(folder):
    theirs = nbgrader_rows(folder)
    for row in csv_rows(folder):
        other = theirs[row["assignment"], row["student_id"]]
        assert float(other["score"]) == float(row["score"]), row
        assert float(other["late_submission_penalty"]) == float(row["late_penalty"]), row
        assert other["timestamp"] == row["handed_in"].replace("T", " ").replace("+00:00", ""), row
    return {
        row["student_id"]: row["score"] for row in csv_rows(folder) if row["assignment"] == "toy"
    }


def test_nbgrader_exports_what_grades_csv_says(folder):
    assert agree(folder) == {"ada": "4", "bea": "3.6", "cyn": "0", "dan": "4"}
    assert nbgrader_rows(folder)["toy", "bea"]["duedate"] == "2026-11-20 22:59:00"
    assert nbgrader_rows(folder)["other", "ada"]["duedate"] == ""


def test_points_given_by_hand_count_everywhere(folder):
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "selfattn") as book:
        book.find_grade("check_q0", "toy", "toy", "bea").manual_score = 1.0
        book.find_grade("check_q1", "toy", "toy", "ada").extra_credit = 0.5
        book.db.commit()
    update(folder)
    assert agree(folder) == {"ada": "4.5", "bea": "2.6", "cyn": "0", "dan": "4"}
    assert [grade.manual for grade in class_grades(folder)[:3]] == [{}, {"q1": 2.5}, {"q0": 1.0}]


def test_a_policy_that_is_changed_changes_what_counts(folder):
    (folder / "policy.toml").write_text(POLICY.replace("10", "20").replace("-20T", "-19T"))
    update(folder)
    assert agree(folder) == {"ada": "3.2", "bea": "2.4", "cyn": "0", "dan": "4"}
    assert nbgrader_rows(folder)["toy", "bea"]["duedate"] == "2026-11-19 22:59:00"
    (folder / "policy.toml").unlink()
    update(folder)
    assert set(agree(folder).values()) == {"4"}


def test_the_gradebook_holds_the_attempt_that_counts(folder, record):
    (folder / "policy.toml").write_text('[attempts]\ncounts = "best"')
    with Ledger(folder) as ledger:
        ledger.append(record("ada", statuses=("wrong", "wrong"), sha256="01"))
        ledger.append(record("dan", statuses=("not graded", "ok"), sha256="01"))
    update(folder)
    theirs = nbgrader_rows(folder)
    assert theirs["toy", "ada"]["score"] == "4.0"
    assert theirs["toy", "ada"]["timestamp"] == "2026-11-20 12:00:00"
    assert {row["student_id"]: row["attempt"] for row in csv_rows(folder)}["dan"] == "2"
