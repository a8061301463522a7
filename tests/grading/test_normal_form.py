import pytest

from selfattn_course.grading.normal_form import LONGEST, NotComparable, given_code, own_parts

GIVEN = given_code(
    ["import numpy as np", "def softmax(x, axis=-1):\n    raise NotImplementedError()", "check(1)"]
)
CODE = """
def softmax(x, axis=-1):
    top = x.max(axis=axis, keepdims=True)
    e = np.exp(x - top)
    return e / e.sum(axis=axis, keepdims=True)
"""
SAME = {
    "renamed": CODE.replace("top", "m").replace("e ", "powers ").replace("e.", "powers."),
    "comments": CODE.replace("    top", "    # the largest\n\n    top"),
    "docstring": CODE.replace("    top =", '    """Mine."""\n    top =', 1),
    "annotated": CODE.replace("(x, axis", "(x: np.ndarray, axis: int").replace("):", ") -> int:"),
    "layout": CODE.replace("axis=axis,", "axis = (axis) ,").replace("    ", "  "),
    "annotated variable": CODE.replace("top =", "top: float =", 1),
    "a magic": "%time\n" + CODE,
    "carriage returns": CODE.replace("\n", "\r\n"),
}


def forms(*cells, given=GIVEN):
    return {part.name: part.exact for part in own_parts(cells, given)}


@pytest.mark.parametrize("name", SAME)
def test_what_does_not_matter_leaves_the_form_as_it_is(name):
    assert forms(SAME[name]) == forms(CODE)


@pytest.mark.parametrize(
    ("old", "new"), [("x - top", "top - x"), ("np.exp", "np.exp2"), ("-1", "-2")]
)
def test_what_matters_changes_the_form(old, new):
    assert forms(CODE.replace(old, new)) != forms(CODE)


def test_helpers_of_ones_own_are_the_same_by_any_name():
    one = "def help_me(a):\n    return np.exp(a) + softmax(a)"
    other = one.replace("help_me", "_h").replace("a)", "zz)")
    assert list(forms(one).values()) == list(forms(other).values())
    assert "softmax" in forms(one)["help_me"]


def test_a_local_name_that_a_given_one_has_is_a_local_name():
    assert forms("def f(np):\n    return np") == forms("def f(other):\n    return other")


def test_given_code_is_nobodys_own():
    assert (
        forms("import numpy as np", "def softmax(x, axis=-1):\n    raise NotImplementedError()")
        == {}
    )
    assert forms("check(1)", "check(2)") == {"(other cells)": "v0(2)"}


def test_cells_that_are_not_python_are_text():
    assert forms("def softmax(x\n  return 1  # why", "check( 1") == {
        "(cells that are not Python)": "defsoftmax(x\nreturn1\ncheck(1"
    }


def test_given_lines_in_cells_that_are_not_python_are_nobodys_own():
    cell = "import numpy as np\ncheck(1)  # once more\nmine("
    assert forms(cell) == {"(cells that are not Python)": "mine("}


def test_source_is_what_was_written():
    (part,) = own_parts(
        ["import os\r\n\r\n@np.vectorize\r\ndef f(a):  # why\r\n  return a"], GIVEN
    )[:1]
    assert part.source == "@np.vectorize\ndef f(a):  # why\n  return a"


def test_of_two_definitions_the_last_one_counts():
    assert forms("def f():\n    return 1", "def f():\n    return 2") == {
        "f": "def v0():\n    return 2"
    }


def test_loose_form_keeps_no_blank_and_no_own_name():
    (part,) = own_parts([CODE], GIVEN)
    assert "v=np.exp(v-v)\n" in part.loose


def test_every_kind_of_own_name_is_one():
    code = """
def f(a, *b, c=1, **d):
    global e
    import os as g
    from re import sub
    for h in a: pass
    with open(h) as i: pass
    try: pass
    except ValueError as j: raise j
    def k(l): return l
    match a:
        case [m, *n]: return (o := m)
    return [p for p in b] + [lambda q: q]
"""
    names = "abcdefghijklmnopq"
    other = "".join(f"z{c}" if c in names and _alone(code, i) else c for i, c in enumerate(code))
    assert other != code
    assert forms(other) == {"zf": forms(code)["f"]}


def _alone(code, i):
    return not (code[i - 1] + code[i + 1]).replace("_", "").isalnum() and not (
        code[i - 1].isalnum() or code[i + 1].isalnum()
    )


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "-" * 50_000 + "1",
        "+".join("a" * 40_000),
        "a" + ".b" * 40_000,
        "lambda:" * 5000 + "0",
    ],
)
def test_code_nested_too_deeply_is_not_compared(code):
    with pytest.raises(NotComparable, match="nested too deeply"):
        own_parts([code], GIVEN)


def test_code_that_is_too_long_is_not_compared():
    with pytest.raises(NotComparable, match="more than 100000 characters"):
        own_parts(["x = 1\n" * (LONGEST // 6 + 1)], GIVEN)


@pytest.mark.parametrize(
    "code",
    [
        "(" * 90_000,
        "a\0b",
        '"' * 90_001,
        "x = 0x" + "f" * 90_000,
        "f(a a " * 3000,
        "{" * 90,
        "\ud800",
    ],
)
def test_odd_code_is_read_in_some_way(code):
    assert own_parts([code], GIVEN)


def test_a_line_of_many_statements_takes_no_more_than_its_length():
    (part,) = own_parts(["x=1;" * 20_000 + "1"], GIVEN)
    assert len(part.source) < 100_000
    assert part.exact.count("v0 = 1") == 20_000
