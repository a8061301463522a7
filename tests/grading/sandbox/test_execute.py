"""A notebook runs as in a kernel, and what one cell or question does never costs another."""

import base64

import numpy as np
import pytest

from selfattn_course.grading.sandbox import Call, Limits, execute
from selfattn_course.outcome import Outcome

SOFTMAX = """
import numpy as np
def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
"""
DOUBLE = "def double(x):\n    return 2 * x"
TRIPLE = "def triple(x):\n    return 3 * x"


def statuses(execution):
    return [cell.status for cell in execution.cells]


def values(execution):
    return [outcome.value for outcomes in execution.visible for outcome in outcomes]


def test_a_good_notebook(any_sandbox, run):
    cells = [
        SOFTMAX,
        "x = np.arange(3.)\nprint('shape', softmax(x).shape)\nx",
        "import matplotlib.pyplot as plt\nplt.plot(x);",
        "%timeit -n1 -r1 softmax(x)\ndisplay('shown')",
    ]
    x = np.random.default_rng(0).normal(size=(3, 5))
    calls = [Call("softmax", (x,)), Call("softmax", (x,), {"axis": 0})]
    execution = run(any_sandbox, cells, calls, calls)
    assert statuses(execution) == ["ok"] * 4
    assert execution.level == any_sandbox.level
    assert execution.restarts == 0
    assert execution.cells[1].text == "shape (3,)\n"
    assert execution.cells[1].outputs[0]["data"] == {"text/plain": "array([0., 1., 2.])"}
    (figure,) = execution.cells[2].outputs
    assert base64.b64decode(figure["data"]["image/png"]).startswith(b"\x89PNG")
    assert "per loop" in execution.cells[3].text
    for axis, phase in ((-1, 0), (0, 1)):
        expected = np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)
        for (outcomes,) in (execution.visible, execution.hidden):
            assert outcomes[phase].status == "returned"
            np.testing.assert_allclose(outcomes[phase].value, expected, rtol=1e-12)


def test_results_have_the_shape_of_the_calls(full_sandbox):
    visible = [[Call("double", (1,)), Call("double", (2,))], [], [Call("triple", (1,))]]
    hidden = [[], [], [Call("triple", (2,)), Call("none", ())]]
    execution = execute(full_sandbox, [DOUBLE, TRIPLE], visible, hidden)
    assert execution.visible == (
        (Outcome("returned", 2), Outcome("returned", 4)),
        (),
        (Outcome("returned", 3),),
    )
    assert execution.hidden == ((), (), (Outcome("returned", 6), Outcome("missing")))


def test_nothing_to_do(full_sandbox):
    execution = execute(full_sandbox, [], [], [])
    assert (execution.cells, execution.visible, execution.hidden) == ((), (), ())


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("!echo from a shell", "from a shell"),
        ("lines = !echo a; echo b\nprint(lines)", "['a', 'b']"),
        ("%%bash\necho from bash", "from bash"),
        ("import sys, subprocess\nsubprocess.run([sys.executable, '-c', 'print(5)'])", "5"),
        ("%%writefile util.py\nA = 5", "Writing util.py"),
        ("import multiprocessing as m\nwith m.Pool(2) as p: print(p.map(abs, [-1, -2]))", "[1, 2]"),
    ],
)
def test_constructs_that_start_processes(full_sandbox, say, source, printed):
    assert printed in say(full_sandbox, source)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')", "awaited"),
        ("import asyncio\nasync def f(): return 3\nprint(asyncio.run(f()))", "3"),
        ("import asyncio\nprint(asyncio.get_event_loop().is_closed())", "False"),
        ("import inspect\ndef f():\n    return 1\nprint(inspect.getsource(f))", "return 1"),
        ("try:\n    input()\nexcept EOFError: print('no input')", "no input"),
        ("open('a.py', 'w').write('A = 5')\nimport a\nprint(a.A)", "5"),
        ("import threading as t\nx = t.Thread(target=print, args='t'); x.start(); x.join()", "t"),
        ("import os\nos.write(1, b'raw'); print(os.getcwd() == os.environ['HOME'])", "rawTrue"),
        ("import warnings; warnings.warn('careful')", "careful"),
        ("import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))))", "A"),
        ("import tempfile; print(tempfile.NamedTemporaryFile('w').write('abc'))", "3"),
    ],
)
def test_constructs_that_work_everywhere(sandbox, say, source, printed):
    assert printed in say(sandbox, source)


def test_errors_and_exits_do_not_end_the_run(sandbox, run):
    cells = [
        "1 / 0",
        "import sys; sys.exit(3)",
        "exit()",
        "def f(:",
        "raise SystemExit",
        "print(1)",
    ]
    execution = run(sandbox, cells)
    assert statuses(execution) == ["error"] * 5 + ["ok"]
    assert execution.restarts == 0
    assert execution.cells[0].outputs[0]["ename"] == "ZeroDivisionError"
    assert any("1 / 0" in line for line in execution.cells[0].outputs[0]["traceback"])


def test_every_run_has_the_same_random_numbers(sandbox, say):
    source = "import random, numpy as np\nprint(random.random(), np.random.rand())"
    assert say(sandbox, source) == say(sandbox, source)


def test_the_course_package_is_a_stub(sandbox, run):
    cells = [
        "from selfattn_course.checks.ch03_softmax import check\ncheck(3)",
        "import selfattn_course.checks.ch99 as c\nassert c.check(1, 2, a=3), 'as in nbgrader'",
        "from selfattn_course.kernels import softmax",
        "import selfattn_course.kernels.softmax",
        "from selfattn_course import grading",
    ]
    execution = run(sandbox, cells)
    assert statuses(execution) == ["ok", "ok", "error", "error", "error"]
    assert [(cell.text, cell.outputs) for cell in execution.cells[:2]] == [("", ())] * 2
    for cell, name in zip(execution.cells[2:], ["kernels", "kernels", "grading"], strict=True):
        sentence = f"selfattn_course.{name} is not available while grading: write the function"
        assert sentence in cell.outputs[0]["evalue"]


KILLERS = {
    "os._exit": "import os; os._exit(0)",
    "segmentation fault": "import ctypes; ctypes.string_at(0)",
    "abort": "import os; os.abort()",
    "closed connection": "import os; os.closerange(3, 100)",
}


@pytest.mark.parametrize("killer", KILLERS.values(), ids=KILLERS)
def test_answers_around_and_inside_a_killer_cell_survive(sandbox, run, killer):
    cells = [
        "before = 1\nprint('first')",
        f"{DOUBLE}\nfactor = 3\n{killer}",
        "def triple(x):\n    return factor * x",
    ]
    execution = run(sandbox, cells, [Call("double", (1,)), Call("triple", (1,))])
    assert statuses(execution) == ["ok", "crash", "ok"]
    assert values(execution) == [2, 3]
    assert execution.cells[0].text == "first\n"
    assert execution.restarts == 1
    assert execution.cells[1].outputs[-1]["output_type"] == "error"


def test_a_killed_cell_keeps_what_it_printed(sandbox, run):
    execution = run(sandbox, ["print('seen', end='')\nimport os; os._exit(1)"])
    assert execution.cells[0].text == "seen"


def test_definitions_that_kill_are_left_out_too(sandbox, run):
    cells = [f"{DOUBLE}\nimport os\ndef bad(x=os._exit(0)): pass", TRIPLE]
    execution = run(sandbox, cells, [Call("triple", (1,))])
    assert statuses(execution) == ["crash", "ok"]
    assert values(execution) == [3]


def test_a_notebook_of_killers_is_given_up_cell_by_cell(sandbox, run):
    killers = [f"def f{i}():\n    return {i}\nimport os; os._exit(0)" for i in range(12)]
    calls = [Call(f"f{i}") for i in range(12)]
    execution = run(sandbox, [*killers, DOUBLE], [*calls, Call("double", (4,))], restarts=3)
    assert values(execution) == [*range(12), 8]
    assert statuses(execution) == ["crash"] * 4 + ["skipped"] * 9
    assert execution.restarts == 4


def test_a_call_that_kills_costs_only_its_exercise(sandbox):
    cells = [DOUBLE, "import os\ndef bad(x):\n    return x if x < 2 else os._exit(0)", TRIPLE]
    phase = [
        [Call("double", (1,))],
        [Call("bad", (1,)), Call("bad", (2,)), Call("bad", (1,))],
        [Call("triple", (1,))],
    ]
    execution = execute(sandbox, cells, phase, phase)
    assert execution.visible == (
        (Outcome("returned", 2),),
        (Outcome("returned", 1), Outcome("crash"), Outcome("crash")),
        (Outcome("returned", 3),),
    )
    assert execution.hidden[0] == execution.visible[0]
    assert execution.hidden[1] == (Outcome("crash"),) * 3
    assert execution.hidden[2] == execution.visible[2]
    assert execution.restarts == 2  # the second to find out which call it was


def test_a_hidden_call_that_kills_leaves_the_visible_answers(sandbox):
    cells = ["import os\ndef bad(x):\n    return x if x < 2 else os._exit(0)", TRIPLE]
    visible, hidden = [[Call("bad", (1,))], []], [[Call("bad", (2,))], [Call("triple", (1,))]]
    execution = execute(sandbox, cells, visible, hidden)
    assert execution.visible == ((Outcome("returned", 1),), ())
    assert execution.hidden == ((Outcome("crash"),), (Outcome("returned", 3),))


def test_all_visible_calls_come_before_all_hidden_ones(sandbox):
    count = "calls = []\ndef f(x):\n    calls.append(x)\n    return list(calls)"
    visible = [[Call("f", (1,))], [Call("f", (2,))]]
    execution = execute(sandbox, [count], visible, [[Call("f", (3,))], [Call("f", (4,))]])
    assert execution.hidden[1][0].value == [1, 2, 3, 4]


def test_a_function_below_an_error_in_its_cell_is_found(sandbox, run):
    cells = [f"undefined\n{DOUBLE}", "1 / 0\ntriple = lambda x: 3 * x", "1 / 0"]
    calls = [Call("double", (1,)), Call("triple", (1,)), Call("none", (1,))]
    (outcomes,) = run(sandbox, cells, calls).visible
    assert outcomes == (Outcome("returned", 2), Outcome("returned", 3), Outcome("missing"))


def test_calls_end_where_the_first_finds_no_function(sandbox, run):
    count = """
calls = []
def unwritten(x):
    calls.append(x)
    raise NotImplementedError("later")
def calls_so_far():
    return len(calls)
"""
    visible = [[Call(name, (i,)) for i in range(3)] for name in ("unwritten", "none")]
    execution = execute(sandbox, [count], visible, [[Call("calls_so_far")], []])
    unwritten = Outcome("error", error="NotImplementedError: later")
    assert execution.visible == ((unwritten,) * 3, (Outcome("missing"),) * 3)
    assert execution.hidden[0][0].value == 1


def test_a_branch_that_is_not_written_ends_nothing(sandbox, run):
    half = "def f(x):\n    if x:\n        raise NotImplementedError\n    return x"
    calls = [Call("f", (x,)) for x in (0, 1, 0)]
    (outcomes,) = run(sandbox, [half], calls).visible
    assert [one.status for one in outcomes] == ["returned", "error", "returned"]


def test_a_function_that_is_there_is_not_looked_for(sandbox, run):
    cells = [DOUBLE, "1 / 0\ndef double(x):\n    return None"]
    assert values(run(sandbox, cells, [Call("double", (1,))])) == [2]


def test_what_a_failing_import_hides_is_there_for_later_cells(sandbox, run):
    cells = [
        "import nothing_like_it as sns\nimport nothing_else\nimport numpy as np\nN = 2\nN = 3",
        "def f(x):\n    return np.sum(x) + N\nprint(f(np.ones(2)))",
    ]
    execution = run(sandbox, cells, [Call("f", (np.ones(2),))])
    assert statuses(execution) == ["error", "ok"]
    assert values(execution) == [5]


def test_what_ran_before_an_error_is_not_undone(sandbox, run):
    cells = ["N = 1\nN = N + 1\nfrom math import *\npow = 7\nundefined\nfrom math import *\nM = 5"]
    cells += ["def f():\n    return [N, pow, M, floor(2.5)]"]
    assert values(run(sandbox, cells, [Call("f")])) == [[2, 7, 5, 2]]


@pytest.mark.parametrize(
    "cell",
    [
        "undefined\nif True:\n    def f(x): return 2 * x",
        "undefined\nwith undefined:\n    for i in []:\n        def f(x): return 2 * x",
        "undefined\ntry:\n    import nothing\nexcept ImportError:\n    def f(x): return 2 * x",
        "undefined\nfrom functools import partial\ndef g(k, x): return k * x\nf = partial(g, 2)",
        "%%time\nundefined\ndef f(x): return 2 * x",
        "%%capture\nundefined\ndef f(x): return 2 * x",
        "%%timeit -n1 -r1\nundefined\ndef f(x): return 2 * x",
    ],
)
def test_definitions_below_an_error_wherever_they_are(full_sandbox, run, cell):
    assert values(run(full_sandbox, [cell], [Call("f", (2,))])) == [4]


@pytest.mark.parametrize(
    "cells",
    [
        [DOUBLE, "double = double(4)"],
        [f"{DOUBLE}\ndouble = double(4)"],
        [f"{DOUBLE}\nfor double in range(3): pass"],
        ["double = lambda x: 2 * x\ndouble = double(4)"],
        ["double = 3", f"{DOUBLE}\ndouble = None\nundefined"],
        ["def double(x): return 0", "double = 3", f"{DOUBLE}\ndouble = 4"],
        [DOUBLE, "del double"],
        [f"{DOUBLE}\ndouble = 3\nimport os; os._exit(0)"],
        ["def double(x): return 0", "double = 3", DOUBLE],
    ],
)
def test_a_variable_with_the_name_of_a_function_does_not_replace_it(full_sandbox, run, cells):
    assert values(run(full_sandbox, cells, [Call("double", (1,))])) == [2]


def test_a_function_in_a_branch_that_was_not_taken_is_missing(full_sandbox, answer):
    cell = "import sys\nif sys.flags.debug:\n    def f(): return 1"
    assert answer(full_sandbox, cell, "f") == Outcome("missing")


def test_functions_that_call_one_whose_name_was_used_again_find_it(sandbox, run):
    cells = [
        f"{DOUBLE}\ndef six(x):\n    return 3 * double(x)",
        "double = double(4)\nprint(double)",
    ]
    execution = run(sandbox, cells, [Call("six", (1,))])
    assert values(execution) == [6]
    assert execution.cells[1].text == "8\n"


def test_a_value_that_took_the_name_of_a_lambda_stays(sandbox, run):
    cells = ["scale = lambda d: 1 / d\nscale = scale(4)\ndef f(x):\n    return scale * x"]
    assert values(run(sandbox, cells, [Call("f", (1,))])) == [0.25]


@pytest.mark.parametrize(
    "setting",
    [
        "np.seterr(all='raise')",
        "import warnings; warnings.simplefilter('error')",
        "import sys; sys.stdout.close(); sys.stderr = None",
    ],
)
def test_a_setting_left_behind_fails_no_function(sandbox, answer, setting):
    source = "import numpy as np, warnings\ndef f(x):\n    print('called')\n"
    source += "    warnings.warn('old')\n    return np.exp(x) / np.ones(1)\n"
    outcome = answer(sandbox, f"{source}{setting}", "f", np.array([-1e4]))
    assert outcome == Outcome("returned", np.zeros(1))


@pytest.mark.parametrize(
    "assignment", ["sys.stderr = None", "sys.stdout = None", "sys.stdout.close()", "sys.stdout = 3"]
)
def test_streams_that_a_cell_broke_fail_no_later_cell(sandbox, run, assignment):
    execution = run(sandbox, [f"import sys; {assignment}", "print('seen', end='')", "1 / 0"])
    assert statuses(execution)[1:] == ["ok", "error"]
    assert execution.cells[1].text == "seen"
    assert execution.cells[2].outputs[0]["ename"] == "ZeroDivisionError"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("raise ValueError('shapes differ')", "ValueError: shapes differ"),
        ("raise KeyError", "KeyError"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("yield x", "TypeError: returned a generator; expected an array, a number, a string"),
        ("return {1, 2}", "TypeError: returned a set; expected an array"),
        ("return np.array([None])", "TypeError: returned an array of object; expected bool"),
        ("return np.broadcast_to(0., (10**6, 10**4))", "TypeError: returned more than 64 MiB"),
        ("return ['é' * 9] * 60000", "ValueError: returned"),
        ("input()", "EOFError"),
    ],
)
def test_what_is_not_an_answer_is_an_error(sandbox, answer, body, error):
    outcome = answer(sandbox, f"import numpy as np\ndef f(x):\n    {body}", "f", 1)
    assert outcome.status == "error"
    assert outcome.error.startswith(error)


def test_a_name_that_is_not_a_function(sandbox, answer):
    outcome = answer(sandbox, "f = 3", "f", 1)
    assert (outcome.status, outcome.error) == ("error", "TypeError: 'int' object is not callable")


def test_returned_views_and_subclasses_are_fine(sandbox, answer):
    x = np.arange(6.0).reshape(2, 3)
    outcome = answer(sandbox, "def f(x):\n    return x.T[::-1]", "f", x)
    assert outcome.changed == ()
    np.testing.assert_array_equal(outcome.value, x.T[::-1])


def test_inputs_that_were_written_into_are_named(sandbox, run):
    cells = [
        "import numpy as np\n"
        "def zero(x, y, *, z): y[0] = z[0] = 0; return x\n"
        "def same(x, y, *, z): y[0] = y[0]; x[np.isnan(x)] = np.nan; return y\n"
        "def shape(x, y, *, z): x.shape = (2, 1); z.sort(); return y.copy()\n"
    ]
    x, y, z = np.array([np.nan, 1.0]), np.array([5.0]), np.array([3.0, 2.0])
    calls = [Call(name, (x, y), {"z": z}) for name in ("zero", "same", "shape")]
    (outcomes,) = run(sandbox, cells, calls).visible
    assert [outcome.changed for outcome in outcomes] == [(1, 2), (), (0, 2)]
    np.testing.assert_array_equal([*x, *y, *z], [np.nan, 1, 5, 3, 2])  # ours are untouched


def test_every_call_gets_its_own_copy(sandbox, run):
    x = np.ones(2)
    cells = ["kept = []\ndef f(x):\n    kept.append(x)\n    x += len(kept)\n    return x"]
    execution = run(sandbox, cells, [Call("f", (x,)), Call("f", (x,))])
    np.testing.assert_array_equal(values(execution), [[2, 2], [3, 3]])


def test_a_submission_with_odd_characters(sandbox, run):
    execution = run(sandbox, ["print('\ud800' == '?')", "x = 'é\u2028'\nprint(x)", "\0", ""])
    assert [cell.status for cell in execution.cells] == ["ok", "ok", "error", "ok"]


def test_the_stop_of_all_time_answers_the_rest_with_timeout(sandbox):
    cells = ["import time\ndef f(): time.sleep(0.4)", DOUBLE]
    visible = [[Call("f")] * 9, [Call("double", (1,))]]
    execution = execute(sandbox, cells, visible, [[], []], Limits(total_wall_s=1))
    assert {outcome.status for outcome in execution.visible[0]} == {"returned", "timeout"}
    assert execution.visible[1] == (Outcome("timeout"),)


CALLS_GIVEN = """
def softmax(x):
    return x * 0

def attention(x, axis=-1):
    return softmax(x, axis=axis) + 1
"""


def given_answers(name, args, kwargs):
    assert name == "softmax"
    (x,) = args
    if x.size > 4:
        raise ValueError("softmax was called with inputs that are too large.")
    return 10 * x + kwargs["axis"]


def test_a_call_may_build_on_functions_that_the_grader_has(any_sandbox):
    x = np.arange(3.0)
    calls = [Call("attention", (x,), {}, ("softmax",)), Call("softmax", (x,))]
    execution = execute(any_sandbox, [CALLS_GIVEN], [calls], [calls], answer=given_answers)
    for outcomes in (*execution.visible, *execution.hidden):
        np.testing.assert_array_equal(outcomes[0].value, 10 * x)  # 10 x - 1 + 1
        np.testing.assert_array_equal(outcomes[1].value, 0 * x)  # its own again


def test_what_the_grader_refuses_is_an_exception_there(any_sandbox):
    calls = [Call("attention", (np.zeros(5),), {}, ("softmax",))]
    execution = execute(any_sandbox, [CALLS_GIVEN], [calls], [[]], answer=given_answers)
    assert values(execution) == [None]
    assert execution.visible[0][0].error.startswith("ValueError: softmax was called with inputs")


def test_asking_for_ever_is_a_timeout(any_sandbox):
    source = "def attention(x):\n    while True: softmax(x, axis=0)"
    calls = [Call("attention", (np.zeros(3),), {}, ("softmax",))]
    limits = Limits(call_cpu_s=1, call_wall_s=2)
    cells, phase = [source, DOUBLE], [calls, [Call("double", (1,))]]
    execution = execute(any_sandbox, cells, phase, [[], []], limits, answer=given_answers)
    assert execution.visible == ((Outcome("timeout"),), (Outcome("returned", 2),))


def test_only_given_names_are_answered(any_sandbox):
    forged = (
        "import gc\ndef attention(x):\n"
        "    for thing in gc.get_objects():\n"
        "        if type(thing).__name__ == 'Runner': return thing._ask('attention', x)\n"
    )
    calls = [Call("attention", (np.zeros(3),), {}, ("softmax",))]
    execution = execute(any_sandbox, [forged], [calls], [[]], answer=given_answers)
    assert execution.visible[0][0].status == "error"
    assert "a function was called that was not given" in execution.visible[0][0].error


def test_answers_that_would_fill_the_grader_s_memory_end_the_exercise(any_sandbox):
    cells = ["import numpy as np\ndef large(n):\n    return np.zeros(n)", DOUBLE]
    large = [Call("large", (n,)) for n in (10, 3_000_000, 10)]
    execution = execute(any_sandbox, cells, [large, [Call("double", (2,))]], [large, []])
    assert [outcome.status for outcome in execution.visible[0]] == ["returned", "error", "error"]
    assert "returned too much" in execution.visible[0][1].error
    assert [outcome.status for outcome in execution.hidden[0]] == ["returned", "error", "error"]
    assert execution.visible[1][0].value == 4


def test_an_answer_that_cannot_be_sent_is_refused(any_sandbox):
    source = "def attention(x):\n    return softmax(x)"
    calls = [Call("attention", (np.zeros(3),), {}, ("softmax",))]
    for answer in (lambda *_: np.zeros(20_000_000), lambda *_: object()):
        execution = execute(any_sandbox, [source], [calls], [[]], answer=answer)
        assert execution.visible[0][0].status == "error"


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("x = !echo shelled\nprint(x[0])", "shelled"),
        ("print(1)\n%who_ls str\nprint(2)", "2"),
        ("x = %who_ls str\nprint(type(x))", "list"),
        (",print a b", "a b"),
        (";print a b", "a b"),
        ("/print 7", "7"),
        ("text = '''\n%matplotlib\n!ls\n'''\nprint(text)", "%matplotlib\n!ls"),
        ("async def f(): return 'later'\nprint(await f())", "later"),
        (
            "manager = get_ipython().input_transformer_manager\n"
            "class Shout:\n"
            "    priority = 1\n"
            "    find = classmethod(lambda cls, lines: None)\n"
            "manager.token_transformers.append(Shout)\nprint(len(manager.token_transformers))",
            "5",
        ),
    ],
)
def test_ipython_s_own_syntax_works_in_cells(full_sandbox, cell, printed):
    result = execute(full_sandbox, [cell, "print('after')"], [], []).cells
    assert printed in result[0].text
    assert [one.status for one in result] == ["ok", "ok"]
