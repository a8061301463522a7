import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.erf import erf

pytestmark = pytest.mark.filterwarnings("error")


def by_the_standard_library(x):
    return np.array([math.erf(v) for v in np.ravel(x)]).reshape(np.shape(x))


def test_known_values():
    np.testing.assert_allclose(erf([0.0, 0.5, 1.0]), [0, 0.5204998778130465, 0.8427007929497149])


def test_error_is_below_2e_16_everywhere():
    x = np.linspace(-7, 7, 100_003)  # a step that hits every distance to a node
    np.testing.assert_allclose(erf(x), by_the_standard_library(x), rtol=0, atol=2e-16)


def test_small_arguments_keep_all_digits():
    x = np.logspace(-300, -1, 1009)
    np.testing.assert_allclose(erf(x), by_the_standard_library(x), rtol=4e-16)


@given(st.floats(allow_nan=False))
@settings(deadline=None, derandomize=True)
def test_any_number_is_as_in_the_standard_library(x):
    np.testing.assert_allclose(erf(x), math.erf(x), rtol=4e-16)


def test_middle_between_two_nodes_is_exact_too():
    x = (np.arange(-400, 400) + 0.5) / 64
    np.testing.assert_allclose(erf(x), by_the_standard_library(x), rtol=0, atol=2e-16)


def test_function_is_odd():
    x = np.random.default_rng(0).normal(size=997) * 2
    np.testing.assert_array_equal(erf(-x), -erf(x))


def test_infinities_give_plus_and_minus_one_and_nan_stays():
    np.testing.assert_array_equal(erf([-np.inf, np.inf, np.nan]), [-1, 1, np.nan])


def test_derivative_is_the_bell_curve():
    x = np.random.default_rng(1).normal(size=(5, 7)) * 2
    slope = complex_step_vjp(erf, x, np.ones_like(x))
    np.testing.assert_allclose(slope, 2 / math.sqrt(math.pi) * np.exp(-x * x), atol=2e-15)


@pytest.mark.parametrize(("dtype", "error"), [(np.float16, 1e-3), (np.float32, 1.2e-7)])
def test_low_precision_is_kept_and_used_up(dtype, error):
    x = np.linspace(-7, 7, 10_007).astype(dtype)
    assert erf(x).dtype == dtype
    exact = by_the_standard_library(x.astype(float))
    np.testing.assert_allclose(erf(x).astype(float), exact, rtol=0, atol=error)


def test_integers_count_as_float64_and_shape_is_kept():
    assert erf(np.ones((2, 0, 3), int)).shape == (2, 0, 3)
    assert erf(1).dtype == np.float64


def test_inputs_are_not_written_to():
    x = np.array([-9.0, 0.3, 9.0])
    erf(x)
    np.testing.assert_array_equal(x, [-9.0, 0.3, 9.0])


def test_text_is_refused():
    with pytest.raises(TypeError, match="x has dtype .*; expected numbers"):
        erf(["a"])
