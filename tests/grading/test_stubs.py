import pytest

from selfattn_course.grading.stubs import (
    LONGEST_PARSED,
    answer_cells,
    defines,
    without_stub_copies,
)

FILLED = "def f(x):\n    return x"
STUB = 'def f(x):\n    """What f is."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
BLANK = "\n" * STUB.count("\n")


@pytest.mark.parametrize(
    "cell",
    [
        STUB,
        "# Exercise 1\n\ndef f(x):\n    raise NotImplementedError\n",
        "def f(x): pass",
        "def f(x):\n    ...",
        "def f(x):\n    'only a docstring'",
        "def f(x):\n    pass\n    raise NotImplementedError('later') from None",
        "async def f(x):\n    pass",
        'def f(x, axis=-1, *, y={"a": (1, 2)}) -> "t":\n    raise NotImplementedError("write it")',
    ],
)
def test_unfilled_functions_are_known(cell):
    assert not defines(cell, "f")
    assert without_stub_copies([FILLED, cell]) == (FILLED, "")


@pytest.mark.parametrize(
    "cell",
    [
        FILLED,
        "def f(x):\n    x += 1\n    raise NotImplementedError",
        "def f(x):\n    raise ValueError",
        "def f(x):\n    raise",
        "def f(x):\n    return NotImplementedError",
        "def f(x):\n    '''doc'''\n    return x",
        "@jit\ndef f(x):\n    pass",
        "%%time\ndef f(x):\n    pass",
        "def f(x:\n    pass",
        "def f(x):\n    '''never closed",
        "f = g = abs",
        "(f, *g), a[0] = h",
        "f: int = 3",
        "%matplotlib inline\n!ls\n" + FILLED,
        "def f(x):\n" + "    # long\n" * (LONGEST_PARSED // 10) + "    pass",
    ],
)
def test_anything_else_is_somebodys_work(cell):
    assert defines(cell, "f")
    assert without_stub_copies([FILLED, cell]) == (FILLED, cell)
    assert without_stub_copies([cell, STUB]) == (cell, "")


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "f",
        "f == 3\nff = 1",
        "f: int",
        "f[0] = 1\nf.a = 2\ng = f",
        "class A:\n    def f(self):\n        return 1",
        "if x:\n    def f(x):\n        return 1",
        "def g(f):\n    f = 1",
        "from m import f",
        "'''\ndef f(x):\n    return x\n'''",
    ],
)
def test_names_that_are_only_mentioned_are_not_defined(cell):
    assert not defines(cell, "f")
    assert without_stub_copies([cell, STUB]) == (cell, STUB)


def test_stub_copied_below_the_filled_cell_is_not_run():
    assert without_stub_copies(["a", FILLED, STUB]) == ("a", FILLED, "")
    assert without_stub_copies([STUB, FILLED, STUB]) == ("", FILLED, "")


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("import numpy as np\n" + STUB, "import numpy as np\n" + BLANK),
        (STUB + "\ncheck(f)", BLANK + "\ncheck(f)"),
        ("%matplotlib inline\n" + STUB + "\ng = 1", "%matplotlib inline\n" + BLANK + "\ng = 1"),
        (STUB + "\n\ndef g(x):\n    pass", BLANK + "\n\ndef g(x):\n    pass"),
        (STUB.replace("\n", "\r\n") + "\r\ncheck(f)", BLANK + "\ncheck(f)"),
        (STUB.replace("\n", "\r") + "\rcheck(f)", BLANK + "\ncheck(f)"),
        ("x = '''\n\n'''\n" + STUB + "  # mine\ny", "x = '''\n\n'''\n" + BLANK + "\ny"),
        (FILLED + "\n\n" + STUB, FILLED + "\n\n" + BLANK),
        (STUB + "\n" + FILLED, BLANK + "\n" + FILLED),
    ],
)
def test_only_the_stub_in_a_cell_is_blanked_and_lines_keep_their_numbers(cell, left):
    assert without_stub_copies([FILLED, cell]) == (FILLED, left)


def test_two_stubs_in_a_cell_go_when_both_are_filled():
    both = STUB + "\n" + STUB.replace("f(", "g(")
    filled = FILLED.replace("f(", "g(")
    assert without_stub_copies([FILLED, filled, both]) == (FILLED, filled, "")
    assert without_stub_copies([FILLED, both]) == (FILLED, both.replace(STUB, BLANK))


def test_nothing_else_is_touched():
    for cells in [
        (STUB, STUB),  # nothing filled
        (FILLED, "def f(x):\n    return -x"),  # the last real one wins by itself
        (FILLED.replace("f", "g"), STUB),  # another function
        (FILLED, "if x:\n" + STUB.replace("def", " def").replace("\n", "\n ")),  # not on top
    ]:
        assert without_stub_copies(cells) == cells


@pytest.mark.parametrize(
    "source",
    [
        "(" * LONGEST_PARSED,
        "-" * 99_000 + "1",
        "a" + ".b" * 49_000,
        "f" + "()" * 49_000,
        "1" + "+1" * 49_000,
        "not " * 24_000 + "1",
        "if a: pass\n" + "elif a: pass\n" * 7_000,
        "def f" + "." * 99_000,
        "def f(x):\n" + " " * 99_000,
        "\0def",
        "def",
    ],
    ids=lambda source: source[:4],
)
def test_hostile_source_neither_crashes_nor_hides_the_answer(source):
    assert without_stub_copies([source, FILLED, STUB])[1:] == (FILLED, "")


def test_the_last_real_definition_is_the_answer():
    cells = ["f = 1", "def f():\n    return 2", "def f():\n    pass", "f()", "g = f"]
    assert answer_cells(cells, ["f", "g", "h"]) == {"f": 1, "g": 4}
