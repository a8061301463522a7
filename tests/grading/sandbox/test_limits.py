"""A notebook that takes too much is stopped, says how, and loses only what it must."""

import time

import pytest

from selfattn_course.grading.sandbox import Call

FAST = {"cell_cpu_s": 0.3, "cell_wall_s": 0.9, "call_cpu_s": 0.3, "call_wall_s": 0.9}
FAST["grace_s"] = 0.4
AFTER = "def double(x):\n    return 2 * x\nprint('after')"
STUBBORN = """
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        while True: pass
    except BaseException: pass
"""


@pytest.mark.parametrize(
    "source",
    ["while True: pass", "import time; time.sleep(99)", "import asyncio; await asyncio.sleep(99)"],
)
def test_a_cell_that_does_not_end_is_interrupted_and_the_next_goes_on(any_sandbox, run, source):
    execution = run(any_sandbox, [f"a = 5\n{source}", f"print(a)\n{AFTER}"], **FAST)
    assert [cell.status for cell in execution.cells] == ["timeout", "ok"]
    assert execution.cells[1].text == "5\nafter\n"
    assert execution.restarts == 0
    assert "stopped after 0.3 s" in execution.cells[0].outputs[-1]["evalue"]


def test_a_cell_that_swallows_interrupts_is_killed(any_sandbox, run):
    cells = [f"def g(): return 1\nprint('seen')\n{STUBBORN}", AFTER]
    execution = run(any_sandbox, cells, [Call("double", (2,)), Call("g")], **FAST)
    assert [cell.status for cell in execution.cells] == ["timeout", "ok"]
    assert execution.cells[0].text == "seen\n"
    assert [outcome.value for outcome in execution.visible[0]] == [4, 1]
    assert execution.restarts == 1


def test_a_call_that_does_not_end_settles_its_exercise_alone(sandbox, run):
    cells = ["def loop(x):\n    while x: pass\n    return x", AFTER]
    calls = [Call("double", (1,)), Call("loop", (0,)), Call("loop", (1,)), Call("double", (1,))]
    start = time.monotonic()
    execution = run(sandbox, cells, calls, calls, **FAST)
    assert [o.status for o in execution.visible[0]] == ["returned", "returned"] + ["timeout"] * 2
    assert [o.status for o in execution.hidden[0]] == ["timeout"] * 4
    assert execution.restarts == 0
    assert time.monotonic() - start < 3


def test_a_call_that_swallows_interrupts_is_killed(sandbox, answer):
    body = STUBBORN.replace("\n", "\n    ")
    outcome = answer(sandbox, f"def f():{body}", "f", **FAST)
    assert outcome.status == "timeout"


def test_calls_of_one_exercise_share_a_budget(sandbox, run):
    cells = [
        "import time\ndef f():\n    end = time.time() + 0.2\n    while time.time() < end: pass"
    ]
    execution = run(sandbox, cells, [Call("f")] * 9, exercise_cpu_s=0.5)
    found = [outcome.status for outcome in execution.visible[0]]
    assert found[0] == "returned"
    assert found[-1] == "timeout"


def test_cells_past_the_total_are_reduced_to_definitions(sandbox, run):
    busy = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass"
    cells = [busy, busy, f"print('not run')\n{AFTER}"]
    execution = run(sandbox, cells, [Call("double", (1,))], total_cpu_s=0.6)
    assert [cell.status for cell in execution.cells] == ["ok", "ok", "skipped"]
    assert execution.visible[0][0].value == 2
    assert execution.cpu_s > 0.6


@pytest.mark.parametrize(
    "flood",
    [
        "print('x' * 50_000_000)",
        "for _ in range(50): print('x' * 1_000_000)",
        "import os\nfor _ in range(800): os.write(2, b'x' * 65536)",
    ],
)
def test_a_flood_of_text_is_cut(any_sandbox, run, flood):
    execution = run(any_sandbox, [flood, AFTER])
    first, second = execution.cells
    assert first.status == "ok"
    assert 65536 < len(first.text) < 66000
    assert "[cut after 65536 bytes]" in first.text
    assert second.text == "after\n"


def test_a_flood_of_outputs_is_cut(sandbox, run):
    source = "from IPython.display import HTML\nfor _ in range(300): display(HTML('x' * 100_000))"
    (cell,) = run(sandbox, [source]).cells
    assert cell.status == "ok"
    assert sum(len(output["data"]["text/html"]) for output in cell.outputs) <= 3 << 20


def test_one_process_cannot_take_all_memory(any_sandbox, run):
    cells = [
        "a = 6\nimport numpy as np\nnp.ones(10**10)",
        "b = []\nwhile True: b.append(bytearray(50 << 20))",
        "b = None\nprint(a)",
    ]
    limits = {"memory_bytes": 600 << 20, "address_bytes": 900 << 20}
    execution = run(any_sandbox, cells, **limits)
    assert [cell.status for cell in execution.cells] == ["memory", "memory", "ok"]


def test_resident_memory_is_watched_over_all_processes(full_sandbox, run):
    hog = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        kept = bytearray(100 << 20)
        kept[::4096] = b"x" * len(kept[::4096])
        time.sleep(30)
        os._exit(0)
time.sleep(30)
"""
    start = time.monotonic()
    execution = run(full_sandbox, [hog, AFTER], memory_bytes=500 << 20)
    assert [cell.status for cell in execution.cells] == ["memory", "ok"]
    assert time.monotonic() - start < 10


def test_memory_in_a_call(sandbox, answer):
    source = "import numpy as np\ndef f():\n    return np.ones(10**10)"
    assert answer(sandbox, source, "f").status == "memory"


def test_a_fork_bomb_is_bounded(full_sandbox, run):
    bomb = """
import os, time
made = 0
try:
    while made < 500:
        if os.fork() == 0:
            time.sleep(60); os._exit(0)
        made += 1
except OSError as error:
    print(made, error.strerror)
"""
    execution = run(full_sandbox, [bomb], [])
    made = int(execution.cells[0].text.split()[0])
    assert 5 < made < 24
    assert "Resource temporarily unavailable" in execution.cells[0].text


def test_forks_are_refused_without_a_namespace_for_processes(landlock_sandbox, run):
    (cell,) = run(landlock_sandbox, ["import os; os.fork()"]).cells
    assert cell.outputs[0]["ename"] == "PermissionError"


def test_a_thread_bomb_is_bounded(sandbox, run):
    bomb = """
import threading, time
threading.stack_size(64 << 10)
made = 0
try:
    while made < 2000:
        threading.Thread(target=time.sleep, args=(9,), daemon=True).start(); made += 1
except RuntimeError:
    pass
time.sleep(0.3)
print(made)
"""
    (cell,) = run(sandbox, [bomb]).cells
    assert cell.status == "crash" or int(cell.text) < 24


def test_the_disk_is_bounded(sandbox, run):
    fill = """
import os, time
def fill():
    for i in range(200):
        with open(f"f{i}", "wb") as file:
            file.write(b"0" * (4 << 20))
        time.sleep(0.01)
try:
    fill()
except OSError as error:
    print(error.strerror)
"""
    (cell,) = run(sandbox, [fill]).cells
    assert cell.status == "memory" or "No space left" in cell.text


def test_one_file_is_bounded(sandbox, say):
    source = (
        "try:\n    open('f', 'wb').write(b'0' * (20 << 20))\nexcept OSError as e: print(e.strerror)"
    )
    assert say(sandbox, source) == "File too large"


def test_outputs_of_all_cells_together_are_bounded(any_sandbox, run):
    loud = "print('x' * 20_000)\nfrom IPython.display import HTML\ndisplay(HTML('y' * 50_000))"
    cells = run(any_sandbox, [loud, loud, loud, "1/0"], outputs_bytes=150_000).cells
    assert [len(cell.text) > 10_000 for cell in cells] == [True, True, False, False]
    assert [len(cell.outputs) for cell in cells] == [1, 1, 0, 0]
    assert "left out: the cells printed and drew too much" in cells[2].text
    assert [cell.status for cell in cells] == ["ok", "ok", "ok", "error"]
