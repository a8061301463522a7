import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from selfattn_course.errors import NotGradedError
from selfattn_course.grading import gradebook

pytestmark = pytest.mark.usefixtures("quick_gradebook")


@pytest.fixture
def update_gradebook(final):
    """Writes records as they are, without a policy."""
    return lambda records, **where: gradebook.update_gradebook([*map(final, records)], **where)


@pytest.fixture
def opened(tmp_path):
    return lambda: Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "selfattn")


def grades(book, student, slug="toy"):
    (notebook,) = book.find_submission(slug, student).notebooks
    return {grade.name: grade for grade in notebook.grades}


def test_nbgrader_reads_the_grades(update_gradebook, tmp_path, record, opened):
    records = [record(), record("bea", statuses=("ok", "ok")), record("ada", "other")]
    update_gradebook(records, folder=tmp_path)
    with opened() as book:
        assert book.find_assignment("toy").max_score == 4.0
        submission = book.find_submission("toy", "ada")
        assert (submission.score, submission.max_score) == (2.0, 4.0)
        assert not submission.needs_manual_grade
        assert book.find_submission("toy", "bea").score == 4.0
        assert book.find_student("ada").score == 4.0
        cell = book.find_grade_cell("check_q1", "toy", "toy")
        assert (cell.max_score, cell.cell_type) == (2.0, "code")
        assert book.find_solution_cell("q1", "toy", "toy")
        assert len(book.submission_dicts("toy")) == 2
        assert len(book.notebook_submission_dicts("toy", "toy")) == 2


def test_comments_say_what_feedback_says(update_gradebook, tmp_path, record, opened):
    update_gradebook([record(message="seen 1", hint="try 2")], folder=tmp_path)
    with opened() as book:
        assert book.find_comment("q1", "toy", "toy", "ada").comment == "seen 1 try 2"
        assert book.find_comment("q0", "toy", "toy", "ada").comment is None


def test_second_run_changes_no_byte(update_gradebook, tmp_path, record):
    records = [record(), record("bea", statuses=("not graded", "ok"))]
    update_gradebook(records, folder=tmp_path)
    path = tmp_path / "gradebook.db"
    before, changed = path.read_bytes(), path.stat().st_mtime_ns
    update_gradebook(records, folder=tmp_path)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == changed


def test_only_what_changed_is_changed(update_gradebook, tmp_path, record, opened):
    update_gradebook([record(), record("bea")], folder=tmp_path)
    update_gradebook([record(statuses=("ok", "ok")), record("bea")], folder=tmp_path)
    with opened() as book:
        assert book.find_submission("toy", "ada").score == 4.0
        assert book.find_submission("toy", "bea").score == 2.0
        assert len(grades(book, "ada")) == 2


def test_points_and_time_of_a_new_attempt_are_taken_over(
    update_gradebook, tmp_path, record, opened
):
    first = replace(record(), handed_in="2026-11-20T18:30:00+00:00")
    update_gradebook([first, record("bea")], folder=tmp_path)
    questions = tuple(replace(question, max_score=3.0) for question in first.questions)
    second = replace(first, handed_in="2026-11-21T18:30:00+01:00", questions=questions)
    update_gradebook([second, replace(record("bea"), questions=questions)], folder=tmp_path)
    with opened() as book:
        assert book.find_assignment("toy").max_score == 6.0
        submission = book.find_submission("toy", "ada")
        assert submission.timestamp.isoformat() == "2026-11-21T17:30:00"
        submission.timestamp = submission.timestamp.replace(hour=3)
        book.db.commit()
    update_gradebook([replace(second, handed_in=""), record("bea")], folder=tmp_path)
    with opened() as book:  # what is not known to us stays
        assert book.find_submission("toy", "ada").timestamp.hour == 3


def test_what_is_not_graded_waits_for_a_grade(update_gradebook, tmp_path, record, opened):
    update_gradebook([record(statuses=("not graded", "ok"))], folder=tmp_path)
    with opened() as book:
        grade = grades(book, "ada")["check_q0"]
        assert (grade.auto_score, grade.needs_manual_grade) == (None, True)
    update_gradebook([record(statuses=("ok", "ok"))], folder=tmp_path)
    with opened() as book:
        grade = grades(book, "ada")["check_q0"]
        assert (grade.auto_score, grade.needs_manual_grade) == (2.0, False)


def test_scores_given_by_hand_stay_and_come_up_for_review(
    update_gradebook, tmp_path, record, opened
):
    update_gradebook([record()], folder=tmp_path)
    with opened() as book:
        grades(book, "ada")["check_q1"].manual_score = 1.5
        book.db.commit()
    before = (tmp_path / "gradebook.db").read_bytes()
    update_gradebook([record()], folder=tmp_path)
    assert (tmp_path / "gradebook.db").read_bytes() == before
    update_gradebook([record(statuses=("ok", "ok"))], folder=tmp_path)
    with opened() as book:
        grade = grades(book, "ada")["check_q1"]
        assert (grade.manual_score, grade.auto_score, grade.score) == (1.5, 2.0, 1.5)
        assert grade.needs_manual_grade


def test_a_gradebook_that_nbgrader_filled_is_used_as_it_is(
    update_gradebook, tmp_path, record, opened
):
    update_gradebook([], folder=tmp_path)
    with opened() as book:
        book.add_assignment("toy")
        book.add_notebook("toy", "toy")
        book.add_grade_cell("check_q0", "toy", "toy", max_score=2.0, cell_type="code")
        book.add_grade_cell("essay", "toy", "toy", max_score=5.0, cell_type="markdown")
        book.add_student("ada", first_name="Ada")
        book.add_submission("toy", "ada")
    update_gradebook([record()], folder=tmp_path)
    with opened() as book:
        got = grades(book, "ada")
        assert (got["check_q0"].auto_score, got["check_q0"].needs_manual_grade) == (2.0, False)
        assert (got["essay"].auto_score, got["essay"].needs_manual_grade) == (None, True)
        assert got["check_q1"].auto_score == 0.0
        assert book.find_student("ada").first_name == "Ada"


def test_another_database_can_be_named(update_gradebook, tmp_path, record):
    update_gradebook([record()], db_url=f"sqlite:///{tmp_path}/other.db")
    with Gradebook(f"sqlite:///{tmp_path}/other.db", "selfattn") as book:
        assert book.find_submission("toy", "ada").score == 2.0


def dump(path):
    with closing(sqlite3.connect(path)) as db:
        return sorted(db.iterdump())


def test_gradebooks_of_the_same_grades_are_equal_row_for_row(update_gradebook, tmp_path, record):
    records = [record(), record("bea", message="seen"), record("ada", "other")]
    update_gradebook(records, db_url=f"sqlite:///{tmp_path}/one.db")
    update_gradebook(records[1:], db_url=f"sqlite:///{tmp_path}/two.db")
    update_gradebook(records[::-1], db_url=f"sqlite:///{tmp_path}/two.db")
    assert dump(tmp_path / "one.db") == dump(tmp_path / "two.db")
    assert any("seen" in line for line in dump(tmp_path / "one.db"))


def test_one_changed_submission_writes_its_own_rows_only(update_gradebook, tmp_path, record):
    update_gradebook([record(f"s{i}") for i in range(9)], folder=tmp_path)
    with closing(sqlite3.connect(tmp_path / "gradebook.db")) as db:
        db.execute("CREATE TABLE written (id TEXT)")
        for table in (
            "grade",
            "comment",
            "submitted_notebook",
            "submitted_assignment",
            "grade_cells",
        ):
            for when, row in (("UPDATE", "NEW"), ("INSERT", "NEW"), ("DELETE", "OLD")):
                db.execute(
                    f"CREATE TRIGGER {table}_{when} AFTER {when} ON {table} "
                    f"BEGIN INSERT INTO written VALUES ({row}.id); END"
                )
        db.commit()
    changed = [record(f"s{i}", statuses=("ok", "ok" if i == 5 else "wrong")) for i in range(9)]
    update_gradebook(changed, folder=tmp_path)
    with closing(sqlite3.connect(tmp_path / "gradebook.db")) as db:
        assert db.execute("SELECT count(*) FROM written").fetchone() == (1,)


ALONE = """
import sys
from selfattn_course.grading.gradebook import update_gradebook
update_gradebook([], folder=sys.argv[1])
update_gradebook([], folder=sys.argv[1])
print(sorted(name for name in sys.modules if name.startswith(("nbgrader", "alembic"))))
"""


def test_nbgrader_is_not_imported(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ALONE, tmp_path], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
    assert (tmp_path / "gradebook.db").exists()


def test_database_of_another_version_says_what_to_do(update_gradebook, tmp_path, record):
    update_gradebook([record()], folder=tmp_path)
    with closing(sqlite3.connect(tmp_path / "gradebook.db")) as db:
        db.execute("ALTER TABLE grade DROP COLUMN extra_credit")
    with pytest.raises(
        NotGradedError, match="grade has no column extra_credit.*nbgrader db upgrade"
    ):
        update_gradebook([record()], folder=tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/x.db",
        "nonsense",
        "nodb://u:secret@h/d",
        "sqlite:////nowhere/x?password=secret",
    ],
)
def test_bad_database_is_one_sentence_without_its_password(update_gradebook, record, url):
    with pytest.raises(NotGradedError, match="cannot update the gradebook .*ledger") as failed:
        update_gradebook([record()], db_url=url)
    assert "secret" not in str(failed.value)
    assert "\n" not in str(failed.value)


def test_full_disk_leaves_no_half_made_gradebook(update_gradebook, small_disk, record):
    room = small_disk / "filler"
    room.write_bytes(b"x" * 970_000)
    with pytest.raises(NotGradedError, match="cannot update the gradebook"):
        update_gradebook([record()], folder=small_disk)
    assert [path.name for path in small_disk.iterdir()] == ["filler"]
    room.unlink()
    update_gradebook([record()], folder=small_disk)
    before = (small_disk / "gradebook.db").read_bytes()
    room.write_bytes(b"x" * 100)
    many = [record(f"s{i:04d}", message="m" * 900) for i in range(1000)]
    with pytest.raises(NotGradedError, match="cannot update the gradebook"):
        update_gradebook(many, folder=small_disk)
    assert (small_disk / "gradebook.db").read_bytes() == before
    several = [record(f"s{i:04d}", f"toy{i % 5}", message="m" * 900) for i in range(1000)]
    with pytest.raises(NotGradedError, match="cannot update the gradebook"):
        update_gradebook(several, folder=small_disk)
    assert (small_disk / "gradebook.db").read_bytes() == before
    assert {path.name for path in small_disk.iterdir()} == {"filler", "gradebook.db"}


def test_a_submission_takes_a_small_part_of_what_nbgrader_takes(update_gradebook, tmp_path, record):
    update_gradebook([record()], folder=tmp_path)
    start = time.perf_counter()
    update_gradebook([record(f"s{i}") for i in range(300)], folder=tmp_path)
    ours_ms = (time.perf_counter() - start) / 300 * 1000
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "selfattn") as book:
        start = time.perf_counter()
        for i in range(20):
            book.update_or_create_student(f"t{i}")
            book.update_or_create_submission("toy", f"t{i}")
        theirs_ms = (time.perf_counter() - start) / 20 * 1000
    assert ours_ms < theirs_ms / 2
