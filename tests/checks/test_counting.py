import numpy as np
import pytest

from selfattn_course.checks.counting import exactly


@pytest.mark.parametrize(
    "value",
    [12, 12.0, np.int8(12), np.float32(12), np.uint64(12), np.array(12), np.array(12.0)],
)
def test_a_whole_number_counts_whatever_its_type(value):
    assert exactly(12, value) == ""


def test_counts_are_exact_at_any_size():
    large = 2**80 + 1
    assert exactly(large, large) == ""
    assert exactly(large, 2**80) != ""
    assert exactly(2**53 + 1, 2**53 + 1) == ""
    assert exactly(2**53 + 1, float(2**53)) == (
        "the result is 9007199254740992; expected 9007199254740993."
    )
    assert exactly([large, 1], [large, 1]) == ""
    assert exactly([large, 3], [large, np.uint64(3)]) == ""
    assert exactly([2**62 + 1, 3], [np.int64(2**62 + 1), 3.0]) == ""
    assert exactly([[large], [2]], [[large], np.array([2])]) == ""
    assert exactly([large, 1], [large, 2]) == "entry (1,) is 2; expected 1."


@pytest.mark.parametrize("kind", [list, tuple, np.array, lambda x: np.array(x, float)])
def test_arrays_of_counts(kind):
    assert exactly(np.array([[1, 2], [3, 4]]), kind([[1, 2], [3, 4]])) == ""
    assert exactly(np.array([[1, 2], [3, 4]]), kind([[1, 2], [5, 4]])) == (
        "entry (1, 0) is 5; expected 3."
    )


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "returned None; is a return missing?"),
        (11, "the result is 11; expected 12."),
        (-12, "the result is -12; expected 12."),
        (12.5, "12.5 is no whole number."),
        (np.nan, "nan is no whole number."),
        (np.inf, "inf is no whole number."),
        (True, "returned True or False; expected whole numbers."),
        ([12], "shape is (1,); expected ()."),
        ([], "shape is (0,); expected ()."),
        ("12", "returned a value of type str; expected an array."),
        ([[1], [2, 3]], "returned a list that is no array; expected whole numbers, in rows of"),
        ([1, True], "returned True or False; expected whole numbers."),
        ([1, 2.5], "2.5 is no whole number."),
        ([1, [2]], "returned a list that is no array"),
        ([[[[[[[[[[1]]]]]]]]]], "returned a list"),
        ([2**70, "a"], "returned a list that is no array"),
        (np.zeros(2 * 10**6), "returned 2000000 numbers; expected far fewer."),
        (12 + 0j, "returned a value of type complex; expected an array."),
        (np.zeros((1,) * 20), "shape is 20 axes; expected ()."),
    ],
)
def test_anything_else_is_wrong_in_one_sentence(value, sentence):
    assert exactly(12, value).startswith(sentence)


def test_a_huge_number_is_not_written_out():
    assert exactly(12, 10**5000) == "the result is a number of more than 40 digits; expected 12."


class Stubborn(int):
    """An integer that refuses to be compared or converted."""

    def refuse(self, *_):
        raise ValueError

    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __int__ = __abs__ = refuse
    __hash__ = int.__hash__


def test_integers_of_a_students_own_class_are_judged_by_their_value():
    assert exactly(3, Stubborn(3)) == ""
    assert exactly([3, 4], [3, Stubborn(5)]) == "entry (1,) is 5; expected 4."
