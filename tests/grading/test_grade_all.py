"""How a class is mapped over workers, and what one thread keeps of it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from selfattn_course.grading import submission as submissions
from selfattn_course.grading.ledger import read_history
from selfattn_course.grading.local_workers import LocalWorkers
from selfattn_course.grading.run import grade_class

pytestmark = pytest.mark.usefixtures("quick_gradebook")


@pytest.fixture
def grade(tmp_path, handed_in, toy):
    def go(workers, **options):
        assignments = {toy.SLUG: toy.ASSIGNMENT}
        options |= {"workers": workers, "grader_version": "1.0"}
        return grade_class(handed_in(), assignments, tmp_path / "out", **options)

    return go


class Counting(LocalWorkers):
    """Counts how many submissions are under way before each one that it is given."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.futures, self.under_way, self.read = [], [], []

    def submit(self, *arguments):
        self.under_way.append(len(self.futures) - self.futures.count(None))
        future = super().submit(*arguments)
        self.futures.append(future)
        return future

    def kept(self, done, total, record):
        self.futures[done - 1] = None


def test_only_so_many_submissions_are_read_and_under_way(hand_in, grade, toy, level, monkeypatch):
    for i in range(20):
        hand_in(f"s{i:02d}", f"print({i})", toy.DOUBLE)
    workers, ahead = Counting(level, 2), []
    real = submissions._code_cells

    def read(path):
        ahead.append(len(workers.futures) - workers.futures.count(None))
        return real(path)

    monkeypatch.setattr(submissions, "_code_cells", read)
    result = grade(workers, progress=workers.kept)
    assert result.graded == 20
    assert max(workers.under_way) == workers.at_a_time - 1 == 3
    assert max(ahead) <= 3, "a submission was read long before its turn"


def test_nobody_is_told_of_a_grade_before_it_is_on_the_disk(
    hand_in, grade, toy, level, tmp_path, monkeypatch
):
    for i in range(6):
        hand_in(f"s{i}", content=b"{")
    synced, real = set(), os.fsync

    def fsync(file):
        real(file)
        synced.update(entry.record.student for entry in read_history(tmp_path / "out"))

    monkeypatch.setattr(os, "fsync", fsync)
    told = []
    grade(LocalWorkers(level, 2), progress=lambda _d, _t, r: told.append(r.student in synced))
    assert told == [True] * 6


def test_files_that_a_killed_run_left_are_removed(hand_in, grade, toy, level, tmp_path):
    hand_in("ada", toy.DOUBLE)
    left = [tmp_path / "out" / name for name in (".writing-a", "feedback/ada/.writing-b")]
    left.append(tmp_path / "out" / ".writing-gradebook.db-journal")
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")
    grade(LocalWorkers(level, 1))
    assert not [path for path in left if path.exists()]


GRADER = """
import sys, toy
from selfattn_course.grading.handins import find_handins
from selfattn_course.grading.run import grade_class
found = find_handins(sys.argv[1], {"toy"})
try:
    grade_class(found, {"toy": toy.ASSIGNMENT}, sys.argv[2], level=sys.argv[3], jobs=2,
                grader_version="1.0")
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_an_interrupt_finishes_what_runs_and_keeps_it(hand_in, toy, level, tmp_path):
    for i in range(12):
        hand_in(f"s{i:02d}", "import time\ntime.sleep(0.5)", toy.DOUBLE)
    out, here = tmp_path / "out", Path(__file__).parent
    grader = subprocess.Popen(
        [sys.executable, "-c", GRADER, tmp_path / "submitted", out, level],
        env=os.environ | {"PYTHONPATH": f"{here.parents[1]}:{here}"},
    )
    end = time.monotonic() + 60
    while not read_history(out) and time.monotonic() < end:
        time.sleep(0.01)
    before = len(read_history(out))
    grader.send_signal(signal.SIGINT)
    assert grader.wait(60) == 130
    kept = [entry.record.student for entry in read_history(out)]
    assert before < len(kept) < 12
    assert len(set(kept)) == len(kept)
    assert {path.parent.name for path in out.rglob("*.html")} == set(kept)
    assert not list(out.rglob(".writing-*"))
