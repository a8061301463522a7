import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading import sandbox as box
from selfattn_course.grading import worker
from selfattn_course.grading.handins import Found
from selfattn_course.grading.ledger import read_ledger
from selfattn_course.grading.run import grade_class

pytestmark = pytest.mark.usefixtures("quick_gradebook")


@pytest.fixture
def grade(tmp_path, handed_in, toy, level):
    """Grade tmp_path/submitted into tmp_path/out."""

    def go(out=tmp_path / "out", version="1.0", level=level, found=None, **options):
        return grade_class(
            found or handed_in(),
            {toy.SLUG: toy.ASSIGNMENT},
            out,
            level=level,
            grader_version=version,
            **options,
        )

    return go


def files(folder):
    """Path and hash of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def scores(result):
    return {record.student: record.score for record in result.records}


def test_a_class_is_graded_into_every_file(hand_in, grade, toy, tmp_path, level):
    hand_in("ada", toy.DOUBLE, toy.NEGATE)
    hand_in("bea", "print('mine')", toy.DOUBLE)
    result = grade(jobs=2)
    out = tmp_path / "out"
    assert scores(result) == {"ada": 3.5, "bea": 2.0}
    assert (result.graded, result.skipped, result.complete) == (2, 0, True)
    assert set(files(out)) == {
        "class.json",
        "course.key",
        "feedback/ada/toy.html",
        "feedback/bea/toy.html",
        "gradebook.db",
        "grades.csv",
        "ledger.head",
        "ledger.jsonl",
        "report.html",
    }
    assert "mine" in (out / "feedback" / "bea" / "toy.html").read_text()
    assert "Toys &amp; tests" in (out / "report.html").read_text()
    assert (
        f"toy,bea,2,3.5,0,{result.records[1].submission_sha256}" in (out / "grades.csv").read_text()
    )
    with Gradebook(f"sqlite:///{out}/gradebook.db", "selfattn") as book:
        assert book.find_submission("toy", "bea").score == 2.0
    lines = [json.loads(line) for line in (out / "ledger.jsonl").read_text().splitlines()]
    assert {(line["student"], line["sandbox_level"]) for line in lines} == {
        ("ada", level),
        ("bea", level),
    }


def test_second_run_changes_no_byte_and_opens_no_sandbox(
    hand_in, grade, toy, tmp_path, monkeypatch
):
    hand_in("ada", toy.DOUBLE)
    hand_in("bea", content=b"{")
    grade()
    before = files(tmp_path / "out")
    monkeypatch.setattr(box, "Sandbox", lambda level: pytest.fail("opened a sandbox"))
    again = grade()
    assert (again.graded, again.skipped) == (0, 2)
    assert files(tmp_path / "out") == before


def test_another_time_of_handing_in_is_taken_up_and_a_lost_one_is_not(
    hand_in, grade, toy, tmp_path
):
    hand_in("ada", toy.DOUBLE)
    noted = hand_in("ada", name="timestamp.txt", content=b"2026-11-20 18:30:00 UTC")
    grade()
    noted.write_text("2026-11-21 18:30:00 UTC")
    assert grade().graded == 1
    noted.unlink()
    assert grade().graded == 0
    (record,) = read_ledger(tmp_path / "out")
    assert record.handed_in == "2026-11-21T18:30:00+00:00"


def test_only_what_changed_is_graded_again(hand_in, grade, toy, tmp_path):
    hand_in("ada", toy.DOUBLE)
    hand_in("bea", toy.DOUBLE)
    grade()
    hand_in("bea", toy.DOUBLE, toy.NEGATE)
    result = grade()
    assert (result.graded, scores(result)) == (1, {"ada": 2.0, "bea": 3.5})
    (tmp_path / "out" / "feedback" / "ada" / "toy.html").unlink()
    assert grade().graded == 1
    assert grade(version="1.1").graded == 2
    assert {record.grader_version for record in grade(version="1.1").records} == {"1.1"}


def test_grades_made_without_isolation_are_not_kept_for_a_run_with_it(hand_in, grade, toy, level):
    if level == "process":
        pytest.skip("no isolation works on this machine")
    hand_in("ada", toy.DOUBLE)
    assert grade(level="process").records[0].sandbox_level == "process"
    result = grade()
    assert (result.graded, result.records[0].sandbox_level) == (1, level)


def test_order_of_finishing_shows_in_no_result(hand_in, grade, toy, tmp_path, monkeypatch):
    monkeypatch.setenv("SELFATTN_COURSE_KEY", "the same")
    for i in range(6):
        slow = "import time\ntime.sleep(0.2)" if i < 2 else "1"
        hand_in(f"s{i}", slow, toy.DOUBLE)
    grade(out=tmp_path / "one", jobs=1)
    grade(out=tmp_path / "many", jobs=3)
    one, many = files(tmp_path / "one"), files(tmp_path / "many")
    for name in ("ledger.jsonl", "ledger.head", "gradebook.db"):
        one.pop(name), many.pop(name)
    assert one == many


def test_nothing_of_a_hidden_input_reaches_any_file(hand_in, grade, toy, tmp_path, capfd):
    hand_in("ada", toy.TELLS_HIDDEN, toy.NEGATE)
    result = grade()
    question = result.records[0].questions[0]
    assert (question.status, question.score) == ("wrong", 0.0)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("out/**/*.*"))
    everything += "".join(capfd.readouterr()).encode()
    assert b"Right on the examples" in everything
    assert b"918273" not in everything


def test_our_own_fault_is_not_graded_and_retried(hand_in, grade, toy, tmp_path, monkeypatch):
    hand_in("ada", toy.DOUBLE, toy.NEGATE)
    hand_in("bea", toy.DOUBLE)
    monkeypatch.setenv("TOY_FAULT", "negate")
    result = grade()
    assert not result.complete
    assert scores(result) == {"ada": None, "bea": None}
    assert [q.score for q in result.records[0].questions] == [2.0, None]
    out = tmp_path / "out"
    assert "toy,ada,,3.5,1," in (out / "grades.csv").read_text()
    assert "The grader stopped with ZeroDivisionError" in (out / "report.html").read_text()
    assert "Not fully graded" in (out / "feedback" / "ada" / "toy.html").read_text()
    assert "918273" not in "".join(path.read_text("latin-1") for path in out.rglob("*.*"))
    monkeypatch.delenv("TOY_FAULT")
    mended = grade()
    assert (mended.graded, mended.complete) == (2, True)
    assert scores(mended) == {"ada": 3.5, "bea": 2.0}


def test_one_submission_that_we_fail_on_stops_no_other(hand_in, grade, toy, monkeypatch, tmp_path):
    for student in ("ada", "bea", "cyn"):
        hand_in(student, f"# {student}", toy.DOUBLE, toy.NEGATE)
    opened = []

    class Notebook(box.Notebook):
        def __init__(self, sandbox, cells, *rest, **options):
            opened.append(sandbox)
            if cells[0] == "# bea":
                raise NotGradedError("secret")  # a dead sandbox's last words may be a student's
            super().__init__(sandbox, cells, *rest, **options)

    monkeypatch.setattr(box, "Notebook", Notebook)
    result = grade(jobs=1)
    assert scores(result) == {"ada": 3.5, "bea": None, "cyn": 3.5}
    assert opened[2] is not opened[1], "a sandbox that failed was used again"
    report = (tmp_path / "out" / "report.html").read_text()
    assert "The grader stopped with NotGradedError" in report
    assert "secret" not in report


def test_a_page_that_we_fail_to_make_stops_no_other(hand_in, grade, toy, monkeypatch):
    hand_in("ada", toy.DOUBLE)
    hand_in("bea", toy.DOUBLE)
    real = worker.feedback_page

    def page(record, *rest):
        if record.student == "ada" and record.score is not None:
            raise UnicodeError("ours")
        return real(record, *rest)

    monkeypatch.setattr(worker, "feedback_page", page)
    assert scores(grade()) == {"ada": None, "bea": 2.0}


def test_a_file_that_vanishes_is_not_graded(hand_in, grade, toy, handed_in):
    hand_in("ada", toy.DOUBLE)
    path = hand_in("bea", toy.DOUBLE)
    found = handed_in()
    path.unlink()
    result = grade(found=found)
    assert scores(result) == {"ada": 2.0, "bea": None}
    assert "could not be read: no such file" in result.records[1].questions[0].message


def test_no_sandbox_stops_before_anything_is_graded(hand_in, grade, toy, tmp_path, monkeypatch):
    hand_in("ada", toy.DOUBLE)

    def refuse(level):
        raise NotGradedError("no sandbox starts here")

    monkeypatch.setattr(box, "Sandbox", refuse)
    with pytest.raises(NotGradedError, match="no sandbox starts here"):
        grade()
    assert read_ledger(tmp_path / "out") == ()


def test_damaged_submissions_count_zero_and_leave_the_others(hand_in, grade, toy, tmp_path):
    hand_in("ada", toy.DOUBLE, toy.NEGATE)
    for i, content in enumerate([b"", b"{", b"[]", b"\xff", b"[" * 99_999, b'{"cells":[1]}']):
        hand_in(f"bad{i}", content=content)
    result = grade()
    assert result.complete
    assert scores(result) == {"ada": 3.5} | {f"bad{i}": 0.0 for i in range(6)}
    assert "Unreadable submissions" in (tmp_path / "out" / "report.html").read_text()
    assert "is empty" in (tmp_path / "out" / "feedback" / "bad0" / "toy.html").read_text()


def test_refused_submissions_make_the_run_incomplete(hand_in, grade, toy, tmp_path):
    hand_in("ada", toy.DOUBLE)
    hand_in("bea", name="a.ipynb")
    hand_in("bea", name="b.ipynb")
    result = grade()
    assert not result.complete
    assert "bea/toy: has 2 notebooks" in (tmp_path / "out" / "report.html").read_text()


def test_odd_names_stay_in_their_own_files(hand_in, grade, toy, tmp_path):
    names = ["=cmd()", "<script>alert(1)<", "a b", "%2e%2e%2fx", "é", "x" * 128]
    for name in names:
        hand_in(name, toy.DOUBLE)
    assert len(grade().records) == len(names)
    assert {path.name for path in (tmp_path / "out" / "feedback").iterdir()} == set(names)
    assert "<script" not in (tmp_path / "out" / "report.html").read_text()
    assert set(os.listdir(tmp_path)) == {"submitted", "out"}


def test_an_empty_class_gives_empty_results(grade, hand_in, tmp_path):
    result = grade()
    assert (result.records, result.complete) == ((), True)
    assert "Nothing has been graded yet." in (tmp_path / "out" / "report.html").read_text()


def test_progress_counts_every_submission(hand_in, grade, toy):
    hand_in("ada", toy.DOUBLE)
    grade()
    hand_in("bea", toy.DOUBLE)
    calls = []
    grade(progress=lambda *call: calls.append(call))
    assert [(done, total, record.student) for done, total, record in calls] == [
        (1, 2, "ada"),
        (2, 2, "bea"),
    ]


def test_results_of_an_earlier_assignment_stay(grade, hand_in, toy, tmp_path):
    hand_in("ada", toy.DOUBLE)
    grade()
    result = grade(found=Found())
    assert len(result.records) == 1
    assert "Toys &amp; tests" in (tmp_path / "out" / "report.html").read_text()


def test_output_that_cannot_be_used_is_refused_before_grading(
    hand_in, grade, toy, tmp_path, read_only, monkeypatch
):
    hand_in("ada", toy.DOUBLE)
    monkeypatch.setattr(box, "Sandbox", lambda level: pytest.fail("opened a sandbox"))
    (tmp_path / "file").touch()
    with pytest.raises(CourseError, match="file is a file; expected a folder"):
        grade(out=tmp_path / "file")
    with pytest.raises(CourseError, match="read-only file system") as refused:
        grade(out=read_only / "out")
    assert refused.value.exit_code == 2


def test_full_disk_keeps_what_was_graded_and_nothing_half(hand_in, grade, toy, small_disk):
    loud = "print('x' * 60_000)"
    for i in range(40):
        hand_in(f"s{i:02d}", loud, loud, loud, toy.DOUBLE)
    with pytest.raises(NotGradedError, match="no space left on device"):
        grade(out=small_disk / "out")
    out = small_disk / "out"
    kept = read_ledger(out)
    assert 0 < len(kept) < 40
    for record in kept:
        assert (out / "feedback" / record.student / "toy.html").read_text().endswith("</html>\n")
    assert not list(out.rglob(".writing-*"))


GRADER = """
import sys, toy
from selfattn_course.grading.handins import find_handins
from selfattn_course.grading.run import grade_class
found = find_handins(sys.argv[1], {"toy"})
grade_class(found, {"toy": toy.ASSIGNMENT}, sys.argv[2], level=sys.argv[3], grader_version="1.0")
"""


def test_a_killed_run_loses_and_doubles_nothing(hand_in, grade, toy, tmp_path, level):
    for i in range(8):
        hand_in(f"s{i}", "import time\ntime.sleep(0.2)", toy.DOUBLE)
    out = tmp_path / "out"
    command = [sys.executable, "-c", GRADER, tmp_path / "submitted", out, level]
    root = Path(__file__).parents[2]
    paths = os.pathsep.join((str(root), str(Path(__file__).parent)))
    grader = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": paths})
    deadline = time.monotonic() + 60
    while len(read_ledger(out)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    grader.kill()
    grader.wait()
    kept = read_ledger(out)
    assert 2 <= len(kept) < 8
    result = grade()
    assert (result.graded, result.skipped) == (8 - len(kept), len(kept))
    assert scores(result) == {f"s{i}": 2.0 for i in range(8)}
    assert len((out / "ledger.jsonl").read_text().splitlines()) == 8
