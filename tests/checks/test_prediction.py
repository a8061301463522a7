import numpy as np
import pytest

from selfattn_course.checks.prediction import within

PROBLEM = within(0.05, ("a", "b"))
EXPECTED = np.array([2.0, 100.0])


@pytest.mark.parametrize("value", [[2, 100], (1.91, 104.9), np.array([2.09, 96])])
def test_near_enough_is_right(value):
    assert PROBLEM(EXPECTED, value) == ""


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([2, 106], "106 for b is more than 5% off."),
        ([1.8, 1], "1.8 for a, 1 for b is more than 5% off."),
        ([np.nan, 100], "nan for a is more than 5% off."),
        ([2], "expected 2 numbers, for a, b."),
        ([[2, 100]], "expected 2 numbers, for a, b."),
        (["2", "100"], "returned a list that is no array"),
        ([True, True], "returned True or False; expected numbers."),
        (None, "returned None; is a return missing?"),
    ],
)
def test_what_is_off_is_said_and_what_is_right_is_not(value, sentence):
    assert PROBLEM(EXPECTED, value).startswith(sentence)
