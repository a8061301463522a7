import pytest

from selfattn_course.grading.stubs import stub_name, without_stub_copies

FILLED = "def f(x):\n    return x"
STUB = 'def f(x):\n    """What f is."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'


@pytest.mark.parametrize(
    "cell",
    [
        STUB,
        "# Exercise 1\n\ndef f(x):\n    raise NotImplementedError\n",
        "def f(x): pass",
        "def f(x):\n    ...",
        "def f(x):\n    'only a docstring'",
        'def f(x, axis=-1, *, y={"a": (1, 2)}) -> "t":\n    raise NotImplementedError("write it")',
    ],
)
def test_unfilled_cells_are_known(cell):
    assert stub_name(cell) == "f"


@pytest.mark.parametrize(
    "cell",
    [
        FILLED,
        "",
        "x = 1",
        "import numpy as np\n" + STUB,
        STUB + "\ng = 1",
        "def f(x):\n    x += 1\n    raise NotImplementedError",
        "def f(x):\n    raise ValueError",
        "def f(x):\n    return NotImplementedError",
        "def f(x):\n    '''doc'''\n    return x",
        "@jit\ndef f(x):\n    pass",
        "%%time\ndef f(x):\n    pass",
        "def f(x:\n    pass",
        "def f(x):\n    '''never closed",
        "def",
        "class f:\n    pass",
        "def f(x):\n" + "    # long\n" * 10_000 + "    pass",
    ],
)
def test_anything_else_is_somebodys_work(cell):
    assert stub_name(cell) == ""


def test_stub_copied_below_the_filled_cell_is_not_run():
    assert without_stub_copies(["a", FILLED, STUB]) == ("a", FILLED, "")
    assert without_stub_copies([STUB, FILLED, STUB]) == ("", FILLED, "")
    assert without_stub_copies(["%%time\n" + FILLED, STUB]) == ("%%time\n" + FILLED, "")
    assert without_stub_copies(["f = lambda x: x", STUB]) == ("f = lambda x: x", "")


def test_nothing_else_is_touched():
    later = "def f(x):\n    return -x"
    for cells in [
        (STUB, STUB),  # nothing filled
        (FILLED, later),  # the last real one wins by itself
        (FILLED.replace("f", "g"), STUB),  # another function
        ("f == 3\nff = 1\nclass A:\n    def f(self):\n        return 1", STUB),
    ]:
        assert without_stub_copies(cells) == cells


def test_hostile_source_neither_crashes_nor_stalls():
    for source in ["(" * 19_000, "def f(x):\n" + " " * 9_000, "def f" + "." * 19_000, "\0def"]:
        without_stub_copies([source, FILLED, STUB])
