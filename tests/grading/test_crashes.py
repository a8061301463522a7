"""The whole grader is killed at fifty random moments; what it had promised is there each time.

A process that has everything loaded forks a grader for each attempt, so that most moments lie in
the grading and in the writing of the gradebook, not in the start of Python. Every other kill comes
as soon as the grader told of a grade, for that is a promise. Every other folder starts with a
whole ledger and nothing else, so that all its moments lie in what is made from it.
"""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from selfattn_course.grading.ledger import read_history

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
FOLDERS, KILLS_EACH, CLASS = 10, 5, 6

GRADERS = '''
"""Forks graders, kills them after a while, and reaps whatever they leave behind."""
import ctypes, functools, json, os, random, shutil, signal, sys, time
import toy
from nbgrader import api
from selfattn_course.grading import gradebook_rows
from selfattn_course.grading.handins import find_handins
from selfattn_course.grading.run import grade_class

PR_SET_CHILD_SUBREAPER = 36
submitted, out, level, seed, folders, kills = sys.argv[1:]
os.makedirs(out)
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
api.get_alembic_version = functools.lru_cache(api.get_alembic_version)
api.get_alembic_version()


def grade(folder, kill_after=None, told=None):
    """Fork a grader and kill it after some seconds, or as soon as it has told of more grades.

    Returns the seconds it took, whether it ended by itself, and how many processes it left.
    """
    start, grader = time.monotonic(), os.fork()
    if grader == 0:
        status = 1
        try:
            with open(f"{folder}.promised", "ab", buffering=0) as promised:
                grade_class(
                    find_handins(submitted, {"toy"}), {"toy": toy.ASSIGNMENT}, folder,
                    level=level, jobs=2, grader_version="1.0",
                    progress=lambda d, t, record: promised.write(record.student.encode() + b" "),
                )
            status = 0
        finally:
            os._exit(status)
    if kill_after is not None:
        end, known = time.monotonic() + kill_after, told and os.path.getsize(f"{folder}.promised")
        while time.monotonic() < end:
            if told and os.path.getsize(f"{folder}.promised") >= known + told * len("s0 "):
                break
            time.sleep(0.001)
        os.kill(grader, signal.SIGKILL)
    status = os.waitpid(grader, 0)[1]
    return time.monotonic() - start, status == 0, reap()


def reap(patience=20.0):
    """How many processes a grader left that did not end by themselves."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.01)
        except ChildProcessError:
            return 0
    return 1


def graded(folder):
    """A folder where all is graded, but no gradebook, table or report is written yet."""
    os.mkdir(folder)
    for name in ("ledger.jsonl", "feedback"):
        copy = shutil.copytree if name == "feedback" else shutil.copy
        copy(f"{out}/undisturbed/{name}", f"{folder}/{name}")
    return folder


def whole_lines(folder, before):
    """Ledger lines that a killed grader finished: all old ones, and all that it had announced."""
    try:
        data = open(f"{folder}/ledger.jsonl", "rb").read()
    except FileNotFoundError:
        data = b""
    lines = data[: data.rfind(b"\\n") + 1]
    assert lines.startswith(before), "a finished line was lost or changed"
    students = {json.loads(line)["student"] for line in lines.splitlines()}
    for student in students:
        assert os.path.isfile(f"{folder}/feedback/{student}/toy.html"), "a grade without a page"
    promised = set(open(f"{folder}.promised").read().split())
    assert promised <= students, f"promised {promised}, kept {students}"
    return lines


durations = [grade(f"{out}/undisturbed")[0], grade(graded(f"{out}/replayed"))[0]]
moments, tally = random.Random(int(seed)), {"killed": 0, "left": 0}
for i in range(int(folders)):
    folder = graded(f"{out}/{i}") if i % 2 else f"{out}/{i}"
    open(f"{folder}.promised", "w").close()
    lines = whole_lines(folder, b"")
    killed, most = 0, durations[i % 2]
    while killed < int(kills):
        told = moments.randint(1, 4) if killed % 2 else None
        _, whole, left = grade(folder, most if told else moments.uniform(0, most), told)
        lines = whole_lines(folder, lines)
        tally["left"] += left
        killed += not whole
        if whole:  # faster than the moment: from now on it has to make all but the ledger again
            most = durations[1]
            for name in ("gradebook.db", "grades.csv", "report.html", "ledger.head"):
                os.unlink(f"{folder}/{name}")
    tally["killed"] += killed
    assert grade(folder)[1], "the last run did not end well"
print(json.dumps(tally | {"durations": durations}))
'''


@pytest.fixture(scope="module")
def seed():
    return int(os.environ.get("CRASH_SEED") or random.SystemRandom().randrange(10**6))


@pytest.fixture(scope="module")
def crashed(tmp_path_factory, toy, notebook_text, level, seed):
    """The folder that all graders wrote below, and what was counted on the way."""
    folder = tmp_path_factory.mktemp("crashes")
    for i in range(CLASS):
        path = folder / "submitted" / f"s{i}" / "toy" / "toy.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(notebook_text(f"print({i})", (toy.DOUBLE, toy.NEGATE)[i % 2]))
    numbers = map(str, (seed, FOLDERS, KILLS_EACH))
    own = {
        "PYTHONPATH": f"{HERE.parents[1]}:{HERE}",
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),  # alembic
        "SELFATTN_COURSE_KEY": "the same",
        "OPENBLAS_NUM_THREADS": "1",
    }
    print(f"CRASH_SEED={seed}")
    finished = subprocess.run(
        [sys.executable, "-c", GRADERS, folder / "submitted", folder / "out", level, *numbers],
        env=os.environ | own,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert finished.returncode == 0, f"CRASH_SEED={seed}: {finished.stderr}"
    return folder / "out", json.loads(finished.stdout.splitlines()[-1])


def test_fifty_graders_were_killed_before_they_were_done(crashed, seed):
    assert crashed[1]["killed"] == FOLDERS * KILLS_EACH == 50, f"CRASH_SEED={seed}"


def test_no_process_of_a_sandbox_outlives_its_grader(crashed, seed):
    assert crashed[1]["left"] == 0, f"CRASH_SEED={seed}"


@pytest.mark.parametrize("i", range(FOLDERS))
def test_killed_graders_lose_double_and_leave_nothing(crashed, kept, i, seed):
    out, _ = crashed
    folder, note = out / str(i), f"CRASH_SEED={seed}"
    history = read_history(folder)
    assert (folder / "ledger.jsonl").read_bytes().endswith(b"\n"), note
    previous = [entry.previous for entry in history[1:]]
    assert previous == [entry.sha256 for entry in history[:-1]], note
    graded = [entry.record.student for entry in history]
    assert sorted(graded) == [f"s{j}" for j in range(CLASS)], note
    assert kept(folder) == kept(out / "undisturbed"), note
    names = {path.relative_to(folder) for path in folder.rglob("*")}
    whole = out / "undisturbed"
    assert names == {path.relative_to(whole) for path in whole.rglob("*")}, note
    for name in ("grades.csv", "report.html", "class.json"):
        assert (folder / name).read_bytes() == (whole / name).read_bytes(), note
