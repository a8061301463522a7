import numpy as np
import pytest

from selfattn_course.kernels.inputs import (
    any_array,
    float_array,
    narrowed,
    positive_number,
    real_array,
    wide,
)


@pytest.mark.parametrize("accept", [any_array, float_array, real_array])
def test_rows_of_unequal_length_are_refused_by_name(accept):
    with pytest.raises(ValueError, match="x has rows of unequal length; expected an array"):
        accept([[1.0, 2.0], [3.0]], "x")


@pytest.mark.parametrize("x", [["a"], [None], [object()], np.zeros(1, "M8[s]"), [b"1"]])
def test_what_is_not_numbers_is_refused(x):
    with pytest.raises(TypeError, match="x has dtype .*; expected numbers"):
        float_array(x, "x")


def test_real_numbers_become_float64_and_complex_ones_are_refused():
    assert real_array([1, 2], "x").dtype == real_array(np.float32([1]), "x").dtype == np.float64
    with pytest.raises(TypeError, match="x has dtype complex128; expected real numbers"):
        real_array([1j], "x")


def test_half_precision_goes_there_and_back():
    half, single = np.ones(2, np.float16), np.ones(2, np.float32)
    assert wide(half).dtype == np.float32
    assert wide(single) is single
    assert narrowed(wide(half), half).dtype == np.float16
    assert narrowed(wide(half), half, single).dtype == np.float32


@pytest.mark.parametrize("value", [0, -1.0, np.nan, np.inf, 1e-50, 1e50])
def test_number_outside_the_positive_range_of_the_dtype_is_refused(value):
    with pytest.raises(ValueError, match="tau is .*; expected .* for float32. Use 1"):
        positive_number(value, "tau", np.float32, "Use 1.")


@pytest.mark.parametrize("two", [2, np.float16(2), np.float32(2), np.float64(2), np.array(2)])
def test_positive_number_is_a_python_float(two):
    with np.errstate(all="raise"):  # against a float16 the limits of float32 are infinite
        number = positive_number(two, "tau", np.float32, "Use 1.")
    assert type(number) is float
    assert number == 2
