import numpy as np
import pytest

from selfattn_course.checks.counting import exactly
from selfattn_course.checks.several import each

PROBLEM = each("d_q", "d_k")
EXPECTED = (np.array([1.0, 2.0]), np.eye(3))


@pytest.mark.parametrize("kind", [list, tuple])
def test_right_parts_in_order_are_right(kind):
    assert PROBLEM(EXPECTED, kind(EXPECTED)) == ""


def test_one_array_stands_for_its_parts():
    assert each("a", "b")((np.zeros(3), np.ones(3)), np.array([[0, 0, 0], [1, 1, 1]])) == ""


def test_each_part_is_judged_by_the_given_comparison():
    assert each("n", compare=exactly)((3,), (3,)) == ""
    assert each("n", compare=exactly)((3,), (3.5,)) == "n: 3.5 is no whole number."


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "returned None; is a return missing?"),
        ((np.eye(3), np.array([1.0, 2.0])), "d_q: shape is (3, 3); expected (2,)."),
        ((np.array([1.0, 2.0]), np.zeros((3, 3))), "d_k: entry (0, 0) is 0; expected 1."),
        ((np.array([1.0, 2.0]),), "returned 1 values; expected 2 arrays: d_q, d_k."),
        ((), "returned 0 values; expected 2 arrays: d_q, d_k."),
        (7, "returned a value of type int; expected 2 arrays: d_q, d_k."),
        (np.float64(7), "returned a value of type float64; expected 2 arrays"),
        ({"d_q": 1, "d_k": 2}, "returned a value of type dict; expected 2 arrays"),
        (np.array(["a", "b"]), "returned a value of type ndarray; expected 2 arrays"),
        ("ab", "returned a value of type str; expected 2 arrays"),
        ([None, None], "d_q: returned None; is a return missing?"),
    ],
)
def test_anything_else_is_wrong_in_one_sentence(value, sentence):
    assert PROBLEM(EXPECTED, value).startswith(sentence)
