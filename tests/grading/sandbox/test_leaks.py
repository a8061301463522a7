"""Nothing stays behind: no process, no descriptor, no folder."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from selfattn_course.errors import NotGradedError
from selfattn_course.grading.sandbox import Call, Sandbox, execute, usage

LEVELS = ["full", "landlock", "process"]
MESS = [
    "import threading, time\nthreading.Thread(target=time.sleep, args=(9,)).start()",
    "open('left', 'w').write('x')",
]
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(99)
    os._exit(0)
"""


@pytest.fixture(autouse=True)
def _own_temporary_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def folders():
    temporary = Path(tempfile.gettempdir())
    return sorted([*temporary.glob("selfattn-*"), *temporary.glob("selfattn-*/runs/*")])


def below(pid):
    """All processes below pid."""
    found = usage._children(pid)
    return found + [deeper for child in found for deeper in below(child)]


def now():
    return descriptors(), folders(), set(below(os.getpid()))


def alive(pids):
    states = {}
    for pid in pids:
        try:
            states[pid] = usage._stat(pid)[0]
        except OSError:
            continue
    return [pid for pid, state in states.items() if state != b"Z"]


def wait_until(condition, seconds=5):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def opened(level):
    try:
        return Sandbox(level)
    except NotGradedError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("level", LEVELS)
def test_many_runs_leave_nothing_behind(level):
    def settled(before):
        # a process of an earlier test may still have been about to end
        return now()[:2] == before[:2] and now()[2] <= before[2]

    before = now()
    with opened(level) as sandbox:
        idle = now()
        mess = MESS if level == "landlock" else [*MESS, DAEMON]
        for _ in range(25 if level == "full" else 10):
            execute(sandbox, mess, [[Call("none")]], [[]])
            execute(sandbox, ["import os; os._exit(0)"], [[Call("none")]], [[]])
        assert wait_until(lambda: settled(idle)), (now(), idle)
        sandbox.close()  # closing twice is harmless
    assert wait_until(lambda: settled(before)), (now(), before)


def test_a_grader_that_is_killed_leaves_nothing_behind(any_sandbox):
    level = any_sandbox.level
    before = folders()
    daemon = "" if level == "landlock" else DAEMON
    script = f"""
from selfattn_course.grading.sandbox import Sandbox, execute
with Sandbox({level!r}) as sandbox:
    print("ready", flush=True)
    execute(sandbox, [{daemon!r}, "print(1)\\nwhile True: pass"], [], [])
"""
    grader = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert grader.stdout.readline() == "ready\n"
    assert wait_until(lambda: len(below(grader.pid)) >= (3 if level == "landlock" else 4))
    time.sleep(0.3)
    started = alive(below(grader.pid))
    assert len(started) >= 3
    grader.kill()
    grader.communicate()
    assert wait_until(lambda: not alive(started)), alive(started)
    assert wait_until(lambda: folders() == before)


@pytest.mark.parametrize("level", ["full", "landlock"])
def test_a_zygote_that_died_is_replaced(level):
    others = below(os.getpid())
    with opened(level) as sandbox:
        os.kill(max(set(below(os.getpid())) - set(others)), signal.SIGKILL)
        ((outcome,),) = execute(sandbox, ["def f(): return 1"], [[Call("f")]], [[]]).visible
        assert outcome.value == 1


def test_a_sandbox_that_cannot_be_replaced_says_so_in_one_sentence(monkeypatch, tmp_path):
    others = below(os.getpid())
    with opened("full") as sandbox:
        monkeypatch.setenv("PATH", str(tmp_path))
        for pid in set(below(os.getpid())) - set(others):
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(NotGradedError, match="level full cannot start: bubblewrap is not inst"):
            execute(sandbox, ["1"], [], [])
