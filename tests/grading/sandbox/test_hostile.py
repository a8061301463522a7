"""Code that attacks the protocol gets nothing that its own answers would not have got."""

import time

import numpy as np
import pytest

from selfattn_course.grading.sandbox import Call, execute
from selfattn_course.outcome import Outcome

AFTER = "def double(x):\n    return 2 * x"
SEND = """
import os, struct, json, sys
import numpy as np
def frame(header, body=b"", head=None, size=None):
    header = header if isinstance(header, bytes) else json.dumps(header).encode()
    head = len(header) if head is None else head
    size = len(body) if size is None else size
    return struct.pack("<4sII", b"SAC1", head, size) + header + body
def seq():
    frame = sys._getframe()
    while frame is not None:
        if isinstance(frame.f_locals.get("header"), dict) and "seq" in frame.f_locals["header"]:
            return frame.f_locals["header"]["seq"]
        frame = frame.f_back
def send(raw):
    os.write(3, raw)
"""
FORGERIES = {
    "garbage": "send(os.urandom(5000))",
    "huge body announced": "send(frame({}, size=2**32 - 1))",
    "huge header announced": "send(frame(b'{}', head=2**32 - 1))",
    "deep JSON": "send(frame(b'[' * 500_000))",
    "no sequence number": "send(frame({'status': 'returned', 'value': True, 'changed': []}))",
    "wrong sequence number": "send(frame({'seq': 1, 'status': 'returned', 'value': True}))",
    "status of another type": "send(frame({'seq': seq(), 'status': ['returned']}))",
    "array past its body": "send(frame({'seq': seq(), 'status': 'returned',"
    " 'value': {'a': ['<f8', [2**30, 2**10]]}}, b'0' * 8))",
    "negative array": "send(frame({'seq': seq(), 'status': 'returned',"
    " 'value': {'a': ['<f8', [-1]]}}, b'0' * 8))",
    "body not named": "send(frame({'seq': seq(), 'status': 'returned', 'value': None}, b'0' * 8))",
    "NaN constant": "send(frame(b'{\"seq\": NaN}'))",
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_frame_costs_its_own_exercise_only(sandbox, run, forgery):
    cells = [SEND, f"def f(x):\n    {forgery}\n    return x", AFTER]
    calls = [Call("double", (2,)), Call("f", (1,))]
    (outcomes,) = run(sandbox, cells, calls).visible
    assert outcomes == (Outcome("returned", 4), Outcome("crash"))


@pytest.mark.parametrize(
    "fields",
    [
        "'status': 'verdict', 'score': 100",
        "'value': [[1, 'perfect', '', []]]",
        "'value': [[1, 'returned', '', [9]]]",
        "'value': [[1, 'returned', '', 'no']]",
        "'value': [[None, 'error', 5, []]]",
        "'value': [[1, 'returned', '']]",
        "'value': [[1, {'t': ['returned']}, '', []]]",
        "'value': [[1]] * 2",
        "'value': []",
        "'value': [[]]",
        "'value': [{}]",
        "'value': 41",
        "'first': 1, 'value': [[1]]",
    ],
)
def test_fields_out_of_place_are_a_crash(sandbox, answer, fields):
    reply = f"{{'seq': seq(), 'status': 'outcomes', 'first': 0, 'left': 0}} | {{{fields}}}"
    source = f"{SEND}\ndef f(x):\n    send(frame({reply}))\n    os._exit(0)"
    assert answer(sandbox, source, "f", 1) == Outcome("crash")


def test_a_frame_in_the_right_shape_is_no_more_than_an_answer(sandbox, answer):
    reply = "{'seq': seq(), 'status': 'outcomes', 'first': 0, 'value': [[41]]}"
    source = f"{SEND}\ndef f(x):\n    send(frame({reply}))\n    os._exit(0)"
    assert answer(sandbox, source, "f", 1) == Outcome("returned", 41)


def test_a_forged_cell_result_is_checked(sandbox, run):
    forged = "{'seq': seq(), 'status': 'perfect', 'value': [{'output_type': 'x'}]}"
    cells = [f"{SEND}\nsend(frame({forged}))\nimport time; time.sleep(1)", AFTER]
    execution = run(sandbox, cells, [Call("double", (1,))])
    assert execution.cells[0].status == "crash"
    assert execution.visible[0][0].value == 2


def test_an_endless_trickle_is_stopped(sandbox, answer):
    source = f"""{SEND}
import time
def f():
    send(struct.pack("<4sII", b"SAC1", 1 << 20, 1 << 20))
    while True:
        send(b"x"); time.sleep(0.05)
"""
    assert answer(sandbox, source, "f", call_wall_s=0.5, grace_s=0.3).status == "timeout"


def test_an_answer_before_the_question_was_read_is_a_crash(sandbox, run):
    early = """
import gc
def early(runner, limit=1 << 20):
    head = runner._connection.recv(60)  # enough to find the sequence number
    number = int(head.split(b'"seq": ')[1].split(b",")[0])
    send(frame({"seq": number, "status": "returned", "value": 1, "changed": []}))
    import time; time.sleep(9)
def f():
    (runner,) = (x for x in gc.get_objects() if type(x).__name__ == "Runner")
    runner._receive = lambda: early(runner)
    return 0
"""
    big = Call("double", (np.zeros(4 << 20),))
    cells = [SEND, early, AFTER]
    (outcomes,) = run(sandbox, cells, [Call("f"), big]).visible
    assert [outcome.status for outcome in outcomes] == ["returned", "crash"]


def test_an_answer_that_is_never_read_does_not_block_the_grader(sandbox, answer):
    source = f"{SEND}\nimport time\ndef f(x):\n    return x\ndef g():\n    time.sleep(9)"
    big = np.zeros(4 << 20)  # more than a socket holds
    outcome = answer(sandbox, f"{source}\ndef f(x):\n    time.sleep(99)", "f", big, call_wall_s=0.5)
    assert outcome.status == "timeout"


LIARS = {
    "object array": "return np.array([[Equal()] * 3] * 3, dtype=object)",
    "always equal": "return Equal()",
    "list of them": "return [Equal()]",
    "type": "return Equal",
}


@pytest.mark.parametrize("body", LIARS.values(), ids=LIARS)
def test_objects_with_their_own_idea_of_equality_do_not_cross(sandbox, answer, body):
    equal = "import numpy as np\nclass Equal:\n    def __eq__(self, other): return True\n"
    equal += "    def __array__(self, *a, **k): return np.zeros(3)\n"
    outcome = answer(sandbox, f"{equal}def f(x):\n    {body}", "f", 1)
    assert outcome.status == "error"
    assert outcome.error.startswith("TypeError: returned ")


def test_patched_libraries_do_not_reach_the_grader(sandbox, run):
    cells = [
        "import numpy as np, json, builtins\n"
        "np.allclose = np.array_equal = lambda *a, **k: True\n"
        "np.testing.assert_allclose = lambda *a, **k: None\n"
        'json.dumps = lambda *a, **k: \'{"status": "returned", "passed": true}\'\n'
        "def f(x): return x"
    ]
    (outcomes,) = run(sandbox, cells, [Call("f", (np.zeros(2),))]).visible
    assert outcomes[0].status == "returned"
    np.testing.assert_array_equal(outcomes[0].value, [0, 0])
    assert not np.allclose(1, 2)


def test_a_hostile_exception_is_bounded(sandbox, answer):
    source = (
        "def f():\n"
        "    raise type('X' * 10**6, (Exception,), {})('y' * 10**7)\n"
        "def g():\n"
        "    class E(Exception):\n"
        "        def __str__(self): raise ValueError\n"
        "    raise E\n"
    )
    outcome = answer(sandbox, source, "f")
    assert outcome.status == "error"
    assert len(outcome.error) < 2600
    assert answer(sandbox, source, "g").error == "E"


def test_tampering_with_ipython_reaches_no_other_question(sandbox, run):
    cells = [
        "ip = get_ipython()\nip.input_transformers_cleanup.append(lambda lines: ['pass\\n'])",
        "1 / 0",
    ]
    execution = run(sandbox, [*cells, AFTER], [Call("double", (1,))])
    assert execution.visible[0][0].status == "missing"  # its own functions are gone, nothing else


def test_what_was_forked_and_forgotten_does_not_answer(full_sandbox, run):
    cells = ["import os\npid = os.fork()\nprint('both')", AFTER]
    execution = run(full_sandbox, cells, [Call("double", (1,))])
    assert [cell.status for cell in execution.cells] == ["ok", "ok"]
    assert execution.visible[0][0].value == 2


def test_threads_and_exit_handlers_do_not_delay_the_end(sandbox, run):
    cells = [
        "import atexit, threading, time\n"
        "atexit.register(time.sleep, 99)\n"
        "threading.Thread(target=time.sleep, args=(99,)).start()"
    ]
    start = time.monotonic()
    run(sandbox, cells)
    assert time.monotonic() - start < 3


def test_hidden_inputs_cannot_be_printed_out(sandbox):
    leak = """
import sys, os
def f(x):
    print("hidden", x); os.write(2, str(x).encode()); display(x)
    return 0
"""
    call = [Call("f", (123456,))]
    execution = execute(sandbox, [leak, "print(1)"], [[]], [call])
    assert "123456" not in repr(execution)
