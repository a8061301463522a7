import numpy as np
import pytest

from selfattn_course.checks.prediction import about, within

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


@pytest.mark.parametrize("value", [100, 104.9, np.float32(96), np.array(101.0)])
def test_one_number_near_enough_is_right(value):
    assert about(0.05)(100.0, value) == ""


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (106, "106 is more than 5% off."),
        (-100, "-100 is more than 5% off."),
        (np.nan, "nan is more than 5% off."),
        ([100], "shape is (1,); expected ()."),
        (True, "returned True or False; expected a number."),
        ("100", "returned a value of type str"),
        (None, "returned None; is a return missing?"),
    ],
)
def test_one_number_off_is_said_without_the_right_one(value, sentence):
    assert about(0.05)(100.0, value).startswith(sentence)


def test_of_several_numbers_the_first_that_is_off_is_said():
    assert about(0.05)(np.array([1.0, 2.0]), [1.0, 3.0]) == "3 is more than 5% off."
