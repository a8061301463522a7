import math

import numpy as np
import pytest

from selfattn_course.kernels.activations import (
    mish,
    mish_vjp,
    relu,
    relu_vjp,
    sigmoid,
    sigmoid_vjp,
    swish,
    swish_vjp,
)
from selfattn_course.kernels.gelu import gelu, gelu_tanh, gelu_tanh_vjp, gelu_vjp
from tests.kernels.gradient_checks import (
    assert_gradients_exact,
    assert_single_precision_gradients,
    assert_unwritten,
)

pytestmark = pytest.mark.filterwarnings("error")

PAIRS = {
    "relu": (relu, relu_vjp),
    "sigmoid": (sigmoid, sigmoid_vjp),
    "swish": (swish, swish_vjp),
    "steep swish": (lambda x: swish(x, alpha=3.5), lambda x, d: swish_vjp(x, d, alpha=3.5)),
    "mish": (mish, mish_vjp),
    "gelu": (gelu, gelu_vjp),
    "gelu_tanh": (gelu_tanh, gelu_tanh_vjp),
}
each = pytest.mark.parametrize(("function", "vjp"), PAIRS.values(), ids=PAIRS)
LOOPS = {  # one number at a time, from the definition
    relu: lambda v: max(v, 0.0),
    sigmoid: lambda v: 1 / (1 + math.exp(-v)),
    swish: lambda v: v / (1 + math.exp(-v)),
    mish: lambda v: v * math.tanh(math.log1p(math.exp(v))),
    gelu: lambda v: v * math.erfc(-v / math.sqrt(2)) / 2,
    gelu_tanh: lambda v: v / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (v + 0.044715 * v**3))),
}


def test_relu_by_hand():
    np.testing.assert_array_equal(relu([-2.0, 0.0, 3.0]), [0, 0, 3])
    np.testing.assert_array_equal(relu_vjp([-2.0, 0.0, 3.0], [5.0, 5.0, 5.0]), [0, 0, 5])


def test_sigmoid_by_hand():
    np.testing.assert_allclose(sigmoid([0.0, math.log(3), -math.log(3)]), [0.5, 0.75, 0.25])


def test_swish_by_hand():
    np.testing.assert_allclose(swish([0.0, math.log(3)]), [0, 0.75 * math.log(3)])
    np.testing.assert_allclose(swish([math.log(3)], alpha=-1.0), [0.25 * math.log(3)])


@pytest.mark.parametrize(("function", "by_definition"), LOOPS.items())
def test_definition_number_by_number(function, by_definition):
    x = np.linspace(-9, 9, 181)
    expected = [by_definition(v) for v in x.tolist()]
    np.testing.assert_allclose(function(x), expected, rtol=1e-13, atol=2e-15)


@each
def test_gradient_is_exact(function, vjp):
    rng = np.random.default_rng(0)
    x, d_out = rng.normal(size=(3, 7)) * 4, rng.normal(size=(3, 7))
    assert_gradients_exact(function, (x,), d_out, (vjp(x, d_out),))


@each
def test_single_precision_gradient(function, vjp):
    rng = np.random.default_rng(1)
    x, d_out = rng.normal(size=(2, 5, 7)), rng.normal(size=(2, 5, 7))
    assert_single_precision_gradients(vjp, (x,), d_out)


@each
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_largest_numbers_give_no_nan_and_no_warning(function, vjp, dtype):
    largest = np.finfo(dtype).max
    x = np.array([-largest, -1e3, -30, 0, 30, 1e3, largest], dtype)
    out, d_x = function(x), vjp(x, np.ones_like(x))
    assert out.dtype == d_x.dtype == dtype
    assert np.isfinite(out).all()
    assert np.isfinite(d_x).all()


def test_far_out_all_gates_are_open_or_shut():
    x, ones = np.array([-1e30, 1e30]), np.ones(2)
    for name, (function, vjp) in PAIRS.items():
        np.testing.assert_allclose(vjp(x, ones), [0, 0 if name == "sigmoid" else 1], atol=1e-12)
        np.testing.assert_allclose(function(x), [0, 1] if name == "sigmoid" else [0, 1e30])


def test_sigmoid_keeps_its_digits_where_it_is_small():
    np.testing.assert_allclose(sigmoid(np.float32(-80)), math.exp(-80), rtol=1e-6)
    assert sigmoid(-np.inf) == 0
    assert sigmoid(np.inf) == 1


def test_swish_turns_into_relu_and_into_half():
    x = np.linspace(-3, 3, 11)
    np.testing.assert_allclose(swish(x, alpha=1e4), relu(x), atol=1e-12)
    np.testing.assert_allclose(swish(x, alpha=0), x / 2)


def test_tanh_form_of_gelu_is_close_to_the_exact_one():
    x = np.linspace(-8, 8, 2003)
    assert 1e-4 < np.abs(gelu(x) - gelu_tanh(x)).max() < 5e-4


@each
def test_nan_stays_and_empty_stays_empty(function, vjp):
    assert np.isnan(function(np.array([np.nan]))).all()
    assert function(np.zeros((2, 0))).shape == vjp(np.zeros((2, 0)), np.zeros((2, 0))).shape


@each
def test_inputs_are_not_written_to(function, vjp):
    rng = np.random.default_rng(2)
    assert_unwritten(function, rng.normal(size=7) * 30)
    assert_unwritten(vjp, rng.normal(size=7) * 30, rng.normal(size=7))


@each
def test_integers_count_as_float64(function, vjp):
    np.testing.assert_array_equal(function([-1, 0, 2]), function([-1.0, 0.0, 2.0]))
    assert function([1, 2]).dtype == vjp([1, 2], [1, 2]).dtype == np.float64


@each
def test_gradient_of_another_shape_is_refused(function, vjp):
    with pytest.raises(ValueError, match=r"d_out has shape \(3,\); expected \(2,\), the shape of"):
        vjp(np.ones(2), np.ones(3))


@pytest.mark.parametrize("alpha", [np.inf, np.nan, 1e300])
def test_alpha_that_is_not_finite_in_the_dtype_is_refused(alpha):
    x = np.zeros(2, np.float32)
    with pytest.raises(ValueError, match="alpha is .*; expected a finite number in float32"):
        swish(x, alpha=alpha)
    with pytest.raises(ValueError, match="alpha is .*; expected a finite number in float32"):
        swish_vjp(x, x, alpha=alpha)
