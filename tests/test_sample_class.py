"""The sample class, graded by the command line: every answer gets what it deserves, and no more."""

import csv
import hashlib
import json
import sqlite3

import pytest

from selfattn_course.assignments import find_assignment
from selfattn_course.sample_class import SLUG, sample_class

CLASS = {submission.student: submission for submission in sample_class()}
POINTS = {exercise.name: exercise.points for exercise in find_assignment(SLUG).exercises}


def fingerprints(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def graded(graded_class):
    folder, finished = graded_class
    assert finished.returncode == 0, finished.stderr
    return folder / "graded"


@pytest.fixture(scope="module")
def ledger(graded):
    lines = (graded / "ledger.jsonl").read_text().splitlines()
    return {record["student"]: record for record in map(json.loads, lines)}


def test_class_has_thirty_students_and_a_ledger_line_for_each(ledger):
    assert len(CLASS) == 30
    assert set(ledger) == set(CLASS)


@pytest.mark.parametrize("student", CLASS)
def test_right_answers_get_full_marks_and_wrong_ones_nothing(ledger, student):
    submission = CLASS[student]
    scores = {question["name"]: question["score"] for question in ledger[student]["questions"]}
    expected = {name: POINTS[name] if name in submission.right else 0 for name in POINTS}
    assert scores == expected, submission.about
    assert ledger[student]["score"] == sum(expected.values())


def test_damaged_files_are_unreadable_not_wrong(ledger):
    for student in ("xia", "yan"):
        assert {q["status"] for q in ledger[student]["questions"]} == {"unreadable"}


def test_gradebook_has_the_same_scores(graded, ledger):
    with sqlite3.connect(graded / "gradebook.db") as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        for student, record in ledger.items():
            submission = gradebook.find_submission(SLUG, student)
            assert submission.score == record["score"], student
            assert submission.max_score == sum(POINTS.values())


def test_table_has_the_same_scores(graded, ledger):
    with open(graded / "grades.csv", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {s: float(row["score"]) for s, row in rows.items()} == {
        s: record["score"] for s, record in ledger.items()
    }


def test_every_student_has_feedback_and_a_line_in_the_report(graded):
    report = (graded / "report.html").read_text()
    for student in CLASS:
        assert (graded / "feedback" / student / f"{SLUG}.html").is_file()
        assert f"feedback/{student}/{SLUG}.html" in report


def test_the_loop_keeps_its_output_and_says_what_happened(graded):
    page = (graded / "feedback" / "bob" / f"{SLUG}.html").read_text()
    assert "stopped after 10 s" in page


def test_grading_again_changes_nothing(graded_class, run_selfattn):
    folder, _ = graded_class
    before = fingerprints(folder / "graded")
    again = run_selfattn(
        "grade", folder / "submitted", "--out", folder / "graded", "--trust-submissions"
    )
    assert again.returncode == 0
    assert "0 graded, 30 up to date" in again.stdout
    assert fingerprints(folder / "graded") == before


def test_report_can_be_made_again_from_the_ledger(graded_class, run_selfattn):
    folder, _ = graded_class
    page = folder / "graded" / "report.html"
    before = page.read_bytes()
    page.unlink()
    assert run_selfattn("report", folder / "graded").returncode == 0
    assert page.read_bytes() == before
