import csv
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from selfattn_course.grading.export_nbgrader import export_nbgrader
from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.policy import load_policy

POLICY = "[due]\ntoy = 2026-11-20T23:59:00+01:00\n"


@pytest.fixture
def due(tmp_path):
    (tmp_path / "policy.toml").write_text(POLICY)
    return load_policy(tmp_path / "policy.toml").due


@pytest.fixture
def both(tmp_path, due):
    """Rows of nbgrader's own export, and of ours, of the same grades."""

    def go(grades, **people):
        update_gradebook(grades, folder=tmp_path, due=due)
        with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "selfattn") as book:
            for student, columns in people.items():
                book.update_or_create_student(student, **columns)
            CsvExportPlugin(to=str(tmp_path / "theirs.csv")).export(book)
        got = export_nbgrader(grades, tmp_path / "ours.csv", due=due, folder=tmp_path)
        return got, *((tmp_path / name).read_text("utf-8") for name in ("theirs.csv", "ours.csv"))

    return go


def test_it_is_what_nbgrader_exports(both, record, final):
    late = replace(record("bea", statuses=("ok", "ok")), handed_in="2026-11-21T18:30:00+00:00")
    grades = [
        final(record("ada")),
        final(late, days_late=1, penalty=0.4),
        final(replace(record("cyn", "b"), handed_in="2026-11-01T18:30:00+00:00")),
    ]
    names = {"first_name": "Ada", "last_name": "Lovelace", "email": "al@uni.edu"}
    got, theirs, ours = both(grades, ada=names, bea={"last_name": "Ångström"}, cyn={}, dan={})
    assert sorted(ours.splitlines()) == sorted(theirs.splitlines())
    assert ours.splitlines()[0] == theirs.splitlines()[0]
    assert "toy,2026-11-20 22:59:00,2026-11-21 18:30:00,bea,Ångström,,,4.0,0.4,3.6,4.0" in ours
    assert (got.grades, got.left_out) == (8, ())


def test_who_has_no_complete_grade_is_left_out(both, record, final):
    got, theirs, ours = both([final(record("ada")), final(record("bea", statuses=("not graded",)))])
    assert "bea" in theirs
    assert "bea" not in ours
    assert got.left_out == ("bea: toy is not fully graded",)


def test_names_with_commas_and_formulas_keep_the_columns(both, record, final, tmp_path):
    both([final(record("=1"))], **{"=1": {"last_name": "=2", "first_name": "A, B"}})
    with open(tmp_path / "ours.csv", newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["student_id"], row["last_name"], row["first_name"]) == ("'=1", "'=2", "A, B")
    assert row["max_score"] == "4.0"


def test_no_gradebook_is_needed(record, final, tmp_path, due):
    export_nbgrader([final(record("ada"))], tmp_path / "ours.csv", due=due, folder=tmp_path)
    last = (tmp_path / "ours.csv").read_text().splitlines()[-1]
    assert last == "toy,2026-11-20 22:59:00,,ada,,,,2.0,0.0,2.0,4.0"
