import hashlib
import sys
from pathlib import Path

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.similar import compare
from selfattn_course.grading.submission import Submission

GIVEN = (
    "import numpy as np",
    'def softmax(x):\n    """Weights."""\n    raise NotImplementedError()',
    'def attention(q, k, v):\n    """Mix."""\n    raise NotImplementedError()',
    'def mask(n):\n    """Who may attend."""\n    raise NotImplementedError()',
    "check(softmax)",
)
SOFTMAX = (
    "def softmax(x):\n    e = np.exp(x - x.max(axis=-1, keepdims=True))\n"
    "    return e / e.sum(axis=-1, keepdims=True)",
    "def softmax(x):\n    top = np.max(x, axis=-1, keepdims=True)\n    shifted = np.exp(x - top)\n"
    "    return shifted / np.sum(shifted, axis=-1, keepdims=True)",
    "def softmax(x):\n    x = x - np.amax(x, axis=-1)[..., None]\n    x = np.exp(x)\n"
    "    x /= x.sum(axis=-1)[..., None]\n    return x",
)
ATTENTION = (
    "def attention(q, k, v):\n    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])\n"
    "    return softmax(scores) @ v",
    "def attention(q, k, v):\n    d = k.shape[-1]\n    s = np.matmul(q, k.swapaxes(-2, -1))\n"
    "    s = s * d ** -0.5\n    return np.matmul(softmax(s), v)",
    "def attention(q, k, v):\n    s = np.einsum('...id,...jd->...ij', q, k)\n"
    "    w = softmax(s / q.shape[-1] ** 0.5)\n    return np.einsum('...ij,...jd->...id', w, v)",
)
MASK = (
    "def mask(n):\n    i = np.arange(n)\n    return i[None, :] <= i[:, None]",
    "def mask(n):\n    return np.tril(np.ones((n, n), dtype=bool))",
    "def mask(n):\n    rows, columns = np.indices((n, n))\n    return columns <= rows",
)
ODD = (
    "def softmax(x):\n    # my own way\n    largest = x[..., :1]\n"
    "    for i in range(x.shape[-1]):\n        largest = np.maximum(largest, x[..., i : i + 1])\n"
    "    powers = np.power(np.e, x - largest)\n    total = powers @ np.ones((x.shape[-1], 1))\n"
    "    return powers / total",
    "def attention(q, k, v):\n    rows = []\n    for one in q:\n"
    "        scores = np.array([np.dot(one, key) for key in k])\n"
    "        weights = softmax(scores / len(one))\n"
    "        rows.append(sum(w * value for w, value in zip(weights, v)))\n"
    "    return np.stack(rows)",
    "def mask(n):\n    table = np.zeros((n, n), dtype=bool)\n    for query in range(n):\n"
    "        for key in range(query + 1):\n            table[query, key] = True\n    return table",
)
NAMES = {"largest": "m", "powers": "p", "rows": "out", "table": "t", "query": "a", "key": "b"}


def renamed(code):
    for old, new in NAMES.items():
        code = code.replace(old, new)
    return code


DISGUISES = {
    "nothing": ODD,
    "names": tuple(map(renamed, ODD)),
    "order": ODD[::-1],
    "comments": tuple(code.replace("# my own way", "# softmax, stable") for code in ODD),
    "blank lines": tuple(code.replace("\n", "\n\n") for code in ODD),
    "docstrings": tuple(code.replace(":\n", ':\n    """New."""\n', 1) for code in ODD),
    "one cell": ("\n".join(ODD),),
}


@pytest.fixture(scope="module")
def submission():
    def make(student, *cells, problem=""):
        cells = (*GIVEN, *cells)
        sha256 = hashlib.sha256("\n".join(cells).encode("utf-8", "replace")).hexdigest()
        return Submission(student, "toy", Path("x"), sha256, cells, problem)

    return make


@pytest.fixture(scope="module")
def honest(submission):
    """Twenty-seven students who each found right answers for themselves: every mixture of three."""
    mixtures = ((a, b, c) for a in SOFTMAX for b in ATTENTION for c in MASK)
    return [
        submission(f"s{number:02}", f"# {number}", *cells) for number, cells in enumerate(mixtures)
    ]


def compared(submissions, **options):
    options = {"model": (SOFTMAX[0], ATTENTION[0], MASK[0])} | options
    return compare("toy", submissions, given=GIVEN, **options)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_copy_is_first_whatever_it_is_disguised_by(honest, submission, disguise):
    eve, mal = submission("eve", *ODD), submission("mal", "1", *DISGUISES[disguise])
    first, *others = compared([*honest, mal, eve]).pairs
    assert (first.student, first.other) == ("eve", "mal")
    assert {one.name for one in first.same_functions} == {"softmax", "attention", "mask"}
    assert min(first.overlap, first.other_overlap) > 0.95
    assert first.unusual > 300
    assert all(pair.unusual < first.unusual / 10 for pair in others)


def test_a_copy_with_lines_put_in_between_is_still_found(honest, submission):
    padded = [code.replace("    return", "    unused = 1\n    return") for code in ODD]
    result = compared([*honest, submission("eve", *ODD), submission("mal", *padded)])
    first = result.pairs[0]
    assert (first.student, first.other, first.same_functions) == ("eve", "mal", ())
    assert [one.name for one in first.shared] == ["attention", "mask", "softmax"]


def test_functions_copied_into_other_code_are_listed_below_the_threshold(honest, submission):
    eve = submission("eve", *ODD, f"def more(x):\n    return {list(range(500))}")
    mal = submission("mal", *ODD, f"def other(y):\n    return {list(range(5000, 5500))}")
    first = compared([*honest, eve, mal]).pairs[0]
    assert max(first.overlap, first.other_overlap) < 0.8
    assert [one.name for one in first.same_functions] == ["attention", "mask", "softmax"]


def test_right_answers_found_independently_share_nothing_unusual(honest):
    result = compared(honest)
    assert result.compared == 27
    assert not any(pair.same_functions or pair.unusual for pair in result.pairs)


def test_the_model_answer_is_never_unusual(honest, submission):
    others = [one for one in honest if one.cells[-2] == ATTENTION[1]]
    model = (SOFTMAX[0], ATTENTION[0], MASK[0])
    pair = [submission("eve", *model, "1"), submission("mal", *model, "2")]
    found = {(one.student, one.other): one for one in compared([*others, *pair]).pairs}
    assert (found["eve", "mal"].unusual, found["eve", "mal"].own) == (0, 0)
    assert found["eve", "mal"].same_functions == ()


def test_the_same_file_is_listed_first(honest, submission):
    model = (SOFTMAX[0], ATTENTION[0], MASK[0])
    same = [submission("x", *model), submission("y", *model)]
    copy = [submission("eve", *ODD), submission("mal", "1", *ODD)]
    result = compared([*honest, *same, *copy])
    assert [(one.student, one.same_file) for one in result.pairs[:2]] == [
        ("x", True),
        ("eve", False),
    ]


def test_given_code_alone_is_like_nothing(honest, submission):
    result = compared([submission("a"), submission("b"), submission("c", "# mine"), *honest[:3]])
    assert [student for student, _ in result.not_compared] == ["a", "b", "c"]
    assert not {"a", "b", "c"} & {pair.student for pair in result.pairs}


def test_given_code_adds_nothing_to_what_is_shared(submission):
    pair = [submission("eve", ODD[0], MASK[1]), submission("mal", SOFTMAX[2], MASK[2])]
    (found,) = compared(pair, threshold=0).pairs
    assert max(found.overlap, found.other_overlap) < 0.2


def test_a_given_cell_that_two_changed_alike_counts_for_the_change_only(submission):
    demo = f"print(softmax(np.array({list(range(100))})).sum(axis=-1), np.array([0.0, 1.0]))"
    mine = demo.replace(" 0.0", " 5.0").replace("[0.0", "[5.0")
    pair = [submission("eve", mine, ODD[0]), submission("mal", mine, MASK[1], ODD[1])]
    (found,) = compare("toy", pair, given=(*GIVEN, demo), threshold=0).pairs
    assert found.own < 60
    assert max(found.overlap, found.other_overlap) < 0.4


def test_hostile_notebooks_are_named_and_stop_nothing(honest, submission, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hostile = [
        submission("h1", "x = " + "-" * 50_000 + "1"),
        submission("h2", "x = 1\n" * 100_000),
        submission("h3", "(" * 90_000),
        submission("h4", "\0\ud800", "if a:\n" * 500),
        submission("h5", "open('ran', 'w')", "raise SystemExit"),
        submission("h6", problem="The file is empty."),
    ]
    copy = [submission("eve", *ODD), submission("mal", "1", *ODD)]
    result = compared([*honest, *hostile, *copy])
    assert (result.pairs[0].student, result.pairs[0].other) == ("eve", "mal")
    why = dict(result.not_compared)
    assert set(why) == {"h1", "h2", "h6"}
    assert "nested too deeply" in why["h1"]
    assert why["h6"] == "The file is empty."
    assert list(tmp_path.iterdir()) == []


def test_the_same_wrong_answer_is_said_to_be_one(honest, submission):
    wrong = {"eve": {"softmax"}, "mal": {"softmax", "mask"}}
    copy = [submission("eve", *ODD), submission("mal", "1", *ODD)]
    first = compared([*honest, *copy], wrong=wrong).pairs[0]
    assert {one.name: one.wrong for one in first.shared} == {
        "softmax": True,
        "attention": False,
        "mask": False,
    }


def test_code_that_many_have_is_not_unusual(submission):
    few = [submission(f"s{i}", "1" * i, *ODD) for i in range(2)]
    many = [submission(f"s{i}", "1" * i, *ODD) for i in range(9)]
    assert compared(few).pairs[0].unusual > 0
    result = compared(many)
    assert {pair.unusual for pair in result.pairs} == {0}
    assert min(pair.own for pair in result.pairs) > 300


def test_more_pairs_than_anyone_reads_are_counted(submission):
    result = compared([submission(f"s{i:02}", *ODD) for i in range(25)])
    assert (len(result.pairs), result.more) == (200, 100)


def test_without_copydetect_it_says_how_to_install_it(honest, monkeypatch):
    monkeypatch.setitem(sys.modules, "copydetect", None)
    with pytest.raises(
        CourseError, match=r"copydetect .* pip install 'selfattn_course\[similar\]'"
    ):
        compared(honest)
