import math

import numpy as np
import pytest

from selfattn_course.experiments import rounding
from selfattn_course.kernels import softmax

DTYPES = ("float16", "float32", "float64")


@pytest.mark.parametrize("dtype", DTYPES)
def test_limits_of_exp_are_those_of_the_number_format(dtype):
    limits = np.finfo(dtype)
    first_infinite = math.floor(math.log(limits.max)) + 1
    # half the smallest number still rounds up to it; Python logs a float64 subnormal right
    first_zero = math.floor(-math.log(float(limits.smallest_subnormal)) + math.log(2)) + 1
    assert rounding.exp_limits(dtype) == (first_infinite, first_zero)


def test_naive_softmax_is_right_until_it_overflows():
    x = np.array([[1.0, 2.0, -3.0], [0.0, 0.0, 0.0]])
    np.testing.assert_allclose(rounding.naive_softmax(x), softmax(x))
    assert np.isnan(rounding.naive_softmax(np.array([1000.0, 0.0]))).any()
    assert np.isnan(rounding.naive_softmax(np.array([-1000.0, -1000.0]))).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_shifted_softmax_never_fails_and_the_naive_one_does_at_both_ends(dtype):
    errors = rounding.offset_errors(dtype)
    eps = np.finfo(dtype).eps
    assert errors["shifted"].max() < 2 * eps  # a NaN would fail this comparison, too
    middle = np.abs(errors["offset"]) <= 1
    assert errors["naive"][middle].max() < 2 * eps
    assert np.isnan(errors["naive"][[0, -1]]).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_naive_softmax_is_wrong_before_it_is_nan(dtype):
    errors = rounding.offset_errors(dtype)
    assert np.nanmax(errors["naive"]) > 50 * np.nanmax(errors["shifted"])
