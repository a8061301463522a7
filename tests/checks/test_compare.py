import tracemalloc

import numpy as np
import pytest

from selfattn_course.checks.compare import (
    TOLERANCE,
    as_array,
    describe,
    difference,
    difference_with_zeros,
    error,
    numbers,
    same,
)


@pytest.mark.parametrize(
    "value",
    [
        np.array([1.0, 2.0]),
        [1, 2],
        (1.0, np.float32(2.0)),
        np.array([1, 2], dtype=np.uint8),
        np.array([1.0, 2.0], dtype=np.float32),
        np.array([1 + TOLERANCE / 2, 2.0]),
        np.ma.array([1.0, 2.0]),
        np.array([1.0, 9.0, 2.0])[::2],
    ],
)
def test_numbers_of_any_real_dtype_are_taken(value):
    assert difference(np.array([1.0, 2.0]), value) == ""


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "returned None; is a return missing?"),
        ([1.0, 2.0, 3.0], "shape is (3,); expected (2,)."),
        (np.zeros((1,) * 9), "shape is 9 axes; expected (2,)."),
        (1.0, "shape is (); expected (2,)."),
        ([True, True], "dtype is bool; expected numbers."),
        (np.array([1, 2], complex), "dtype is complex128; expected numbers."),
        (np.array(["1", "2"]), "dtype is <U1; expected numbers."),
        ([[1], [2, 3]], "returned a list that is no array; expected numbers, in rows of equal"),
        ("12", "returned a value of type str; expected an array."),
        ([1.0, 3.0], "entry (1,) is 3; expected 2."),
        ([1.0, 2.0001], "entry (1,) is 2.0001; expected 2."),
        ([np.inf, 2.0], "entry (0,) is inf; expected 1."),
    ],
)
def test_what_is_wrong_is_said(value, sentence):
    assert difference(np.array([1.0, 2.0]), value).startswith(sentence)


def test_booleans_are_asked_for_where_the_answer_is_boolean():
    mask = np.array([[True, False]])
    assert difference(mask, [[True, False]]) == ""
    assert difference(mask, [[1, 0]]) == "dtype is int64; expected booleans."
    assert difference(mask, [[True, True]]) == "entry (0, 1) is True; expected False."


def test_a_single_number_has_no_place():
    assert difference(np.float64(2.0), 3.0) == "the result is 3; expected 2."


def test_error_is_relative_above_one_and_absolute_below():
    expected = np.array([1e4, 1e-4])
    assert np.allclose(error(expected, expected + [1.0, 1e-8]), [1e-4, 1e-8])


def test_infinity_is_right_only_where_expected():
    assert error(np.array([np.inf, 1.0]), np.array([np.inf, np.inf])).tolist() == [0, np.inf]
    assert error(np.array([np.nan]), np.array([np.nan])).tolist() == [np.inf]


def test_zeros_can_be_asked_for_exactly():
    expected = np.array([0.0, 1.0])
    assert difference(expected, [1e-9, 1.0]) == ""
    found = difference_with_zeros(expected, [1e-9, 1.0])
    assert found == "entry (0,) is 1e-09; expected exactly 0."
    assert difference_with_zeros(expected, [-0.0, 1.0 - 1e-9]) == ""


def test_a_long_double_is_0_where_a_float64_is():
    tiny = np.exp(np.longdouble(-5000))
    assert tiny != 0
    assert difference_with_zeros(np.array([0.0, 1.0]), np.array([tiny, 1])) == ""
    assert difference_with_zeros(np.array([0.0, 1.0]), np.array([1e-300, 1], np.longdouble)) != ""


def test_digits_are_enough_to_tell_numbers_apart():
    assert numbers(0.5, 0.25) == ["0.5", "0.25"]
    assert numbers(1.0, 1.00001) == ["1", "1.00001"]


def test_same_tells_answers_apart():
    assert same([1.0, np.nan], np.array([1.0, np.nan]))
    assert same([[1.0], [1.0, 2.0]], [[1.0], (1.0, 2.0)])
    assert same(None, None)
    assert same(2**70, 2**70)
    assert not same(2**70, 2**71)
    assert not same([1.0], [1.1])
    assert not same([1.0], [[1.0]])
    assert not same([True], [1.0])
    assert not same(None, "x")
    assert not same([[1.0], [1.0, 2.0]], [[1.0], [1.0, 3.0]])


def test_as_array_refuses_what_is_no_array():
    assert as_array({"a": 1}) is None
    assert as_array([10**400]) is None
    assert as_array([np.zeros(2), np.zeros(2)]).shape == (2, 2)


def test_an_object_that_lies_about_being_equal_gets_nowhere():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, bool)

        def __array_ufunc__(self, *args, **kwargs):
            return np.zeros(self.shape)

    assert difference(np.array([1.0]), np.array([2.0]).view(Liar)) != ""
    assert describe(Liar) == "returned a value of type type; expected an array."


def test_a_list_of_texts_is_no_array_and_takes_no_memory():
    tracemalloc.start()
    texts = ["x" * 10**5] + ["a"] * 3000
    assert "no array" in difference(np.zeros(3001), texts)
    assert tracemalloc.get_traced_memory()[1] < 10**6
    tracemalloc.stop()
