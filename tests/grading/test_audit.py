import csv
import hashlib
import json
import shutil
import sqlite3

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.audit import audit
from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.grades_csv import write_grades
from selfattn_course.grading.ledger import Ledger
from selfattn_course.grading.results import class_grades

STUDENTS = ("ada", "bea", "cyn", "dee", "eva")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory, record, quick_gradebook):
    """A folder as a run leaves it; nobody may write to it."""
    folder = tmp_path_factory.mktemp("graded")
    with Ledger(folder) as ledger:
        ledger.append_all([record(student) for student in STUDENTS])
        ledger.append(record("bea", statuses=("ok", "ok"), sha256="01"))
        ledger.write_head()
    grades = class_grades(folder)
    write_grades(folder, grades)
    update_gradebook(grades, folder=folder)
    return folder


@pytest.fixture
def graded(untouched, tmp_path):
    return shutil.copytree(untouched, tmp_path / "graded")


@pytest.fixture
def rewrite(graded):
    """Give the lines of the ledger to a function, and write what it returns."""

    def go(change):
        path = graded / "ledger.jsonl"
        path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
        return audit(graded).problems

    return go


def with_score(line, score=2.0):
    """A line with another score for its second question, and sums that are right."""
    data = json.loads(line)
    data["questions"][1] |= {"score": score, "status": "ok"}
    data["score"] = sum(question["score"] for question in data["questions"])
    return json.dumps(data, separators=(",", ":")).encode() + b"\n"


def test_untouched_folder_is_whole_and_stays_so(untouched):
    before = {path.name: path.read_bytes() for path in untouched.iterdir()}
    found = audit(untouched)
    last = (untouched / "ledger.jsonl").read_bytes().splitlines()[-1]
    assert (found.grades, found.problems) == (6, ())
    assert found.head == hashlib.sha256(last).hexdigest()
    assert {path.name: path.read_bytes() for path in untouched.iterdir()} == before


def test_a_changed_score_shows_by_the_line_after_it_and_by_table_and_gradebook(rewrite):
    problems = rewrite(lambda lines: [*lines[:2], with_score(lines[2]), *lines[3:]])
    assert problems == (
        "line 4 (dee, toy) was not written after line 3 (cyn, toy) as that is now: that line was "
        "changed, or lines were taken out, put in or moved",
        "grades.csv, cyn, toy, score: 2; the ledger has 4",
        "grades.csv, cyn, toy, auto_score: 2; the ledger has 4",
        "grades.csv, cyn, toy, toy/q1: 0; the ledger has 2",
        "gradebook.db, cyn, toy, q1: 0.0; the ledger has 2.0",
    )


def test_a_changed_last_line_shows_by_the_head(rewrite):
    problems = rewrite(lambda lines: [*lines[:5], with_score(lines[5], 1.0)])
    assert "line 6 (bea, toy) is not the line that ledger.head tells of" in problems[0]


def test_a_line_taken_out_shows(rewrite):
    problems = rewrite(lambda lines: lines[:1] + lines[2:])
    assert problems[0].startswith("line 2 (cyn, toy) was not written after line 1 (ada, toy)")
    assert problems[1] == "ledger.head tells of 6 lines, 5 are left: the end was cut off"


def test_the_first_line_taken_out_shows(rewrite):
    problems = rewrite(lambda lines: lines[1:])
    assert problems[0].startswith("line 1 (bea, toy) names a line before it")
    assert "grades.csv, ada, toy: a row too many" in problems


def test_two_lines_swapped_show(rewrite):
    problems = rewrite(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]])
    assert [problem.split(" was not")[0] for problem in problems] == [
        "line 2 (cyn, toy)",
        "line 3 (bea, toy)",
        "line 4 (dee, toy)",
    ]


def test_a_line_put_in_shows(rewrite):
    problems = rewrite(lambda lines: [*lines[:3], with_score(lines[0]), *lines[3:]])
    assert problems[0].startswith("line 4 (ada, toy) was not written after line 3 (cyn, toy)")
    assert problems[1].startswith("line 5 (dee, toy) was not written after line 4 (ada, toy)")


def test_a_line_put_in_with_the_right_name_of_the_one_before_shows(rewrite):
    def forge(lines):
        before = hashlib.sha256(lines[2].rstrip(b"\n")).hexdigest()
        data = json.loads(with_score(lines[0])) | {"previous": before}
        return [*lines[:3], json.dumps(data).encode() + b"\n", *lines[3:]]

    assert rewrite(forge)[0].startswith("line 5 (dee, toy) was not written after line 4")


def test_an_end_cut_off_shows_though_the_rest_is_a_whole_chain(rewrite):
    problems = rewrite(lambda lines: lines[:5])
    assert problems[0] == "ledger.head tells of 6 lines, 5 are left: the end was cut off"
    assert "grades.csv, bea, toy, score: 4; the ledger has 2" in problems


def test_a_chain_made_again_from_a_changed_line_shows_by_the_head(rewrite):
    def forge(lines):
        lines, previous = [*lines[:4], with_score(lines[4]), lines[5]], None
        for i, line in enumerate(lines):
            data = json.loads(line)
            if previous:
                data["previous"] = previous
            lines[i] = json.dumps(data, separators=(",", ":")).encode() + b"\n"
            previous = hashlib.sha256(lines[i].rstrip(b"\n")).hexdigest()
        return lines

    assert "line 6 (bea, toy) is not the line that ledger.head tells of" in rewrite(forge)[0]


def test_an_unfinished_line_and_a_line_that_is_none_show(rewrite):
    problems = rewrite(lambda lines: [*lines[:5], b"{}\n", b'{"student'])
    assert problems[0].startswith("line 6 is no grade record (")
    assert problems[1].startswith("line 7 is unfinished: a run was cut short")


def test_a_longer_ledger_than_the_head_tells_of_is_fine(graded, record):
    with Ledger(graded) as ledger:
        ledger.append(record("ada", sha256="02"))
    (graded / "grades.csv").unlink()
    (graded / "gradebook.db").unlink()
    assert audit(graded).problems == ()


def test_a_missing_or_damaged_head_shows(graded):
    (graded / "ledger.head").write_text("{}")
    assert "ledger.head cannot be read" in audit(graded).problems[0]
    (graded / "ledger.head").unlink()
    assert "ledger.head is missing" in audit(graded).problems[0]


def test_an_edited_gradebook_shows_and_points_given_by_hand_do_not(graded):
    with sqlite3.connect(graded / "gradebook.db") as db:
        db.execute("update grade set manual_score = 1.5")
    assert audit(graded).problems == ()
    of_ada = """
        update grade set auto_score = 2 where auto_score = 0 and notebook_id in (
            select n.id from submitted_notebook n join submitted_assignment s
            on n.assignment_id = s.id where s.student_id = 'ada')
    """
    with sqlite3.connect(graded / "gradebook.db") as db:
        assert db.execute(of_ada).rowcount == 1
    assert audit(graded).problems == ("gradebook.db, ada, toy, q1: 2.0; the ledger has 0.0",)
    (graded / "gradebook.db").write_bytes(b"no database at all, but long enough" * 100)
    assert "gradebook.db cannot be read" in audit(graded).problems[0]


def test_an_edited_table_shows(graded):
    path = graded / "grades.csv"
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    rows[3][header.index("score")] = "4"
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([header, *rows[:4]])
    assert audit(graded).problems == (
        "grades.csv, dee, toy, score: 4; the ledger has 2",
        "grades.csv, eva, toy: a row is missing",
    )


def test_a_folder_without_a_ledger_is_an_error(tmp_path):
    with pytest.raises(CourseError, match="cannot read .*ledger.jsonl: no such file"):
        audit(tmp_path)


def test_command_line_prints_what_was_found(graded, run_selfattn):
    whole = run_selfattn("report", graded, "--verify")
    assert (whole.returncode, whole.stdout) == (
        0,
        f"6 grades, chain whole, head {audit(graded).head}\n",
    )
    (graded / "ledger.head").unlink()
    broken = run_selfattn("report", graded, "--verify")
    assert broken.returncode == 1
    assert broken.stdout.startswith("ledger.head is missing: ")
    assert not (graded / "report.html").exists()
