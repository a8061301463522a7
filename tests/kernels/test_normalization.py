import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from selfattn_course.kernels.normalization import (
    layer_norm,
    layer_norm_vjp,
    mean_and_inverse_std,
    rms_norm,
    rms_norm_vjp,
)
from tests.kernels.gradient_checks import (
    assert_close,
    assert_gradients_exact,
    assert_single_precision_gradients,
    assert_unwritten,
)

pytestmark = pytest.mark.filterwarnings("error")

FLOATS = (np.float16, np.float32, np.float64)
shapes = hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=5)


def layer_norm_row_by_row(x, gain, bias, eps=1e-5):
    out = np.empty_like(x)
    for index in np.ndindex(x.shape[:-1]):
        row = x[index]
        mean = sum(row) / len(row)
        variance = sum((v - mean) ** 2 for v in row) / len(row)
        out[index] = [
            (v - mean) / (variance + eps) ** 0.5 * g + b
            for v, g, b in zip(row, gain, bias, strict=True)
        ]
    return out


def test_layer_norm_by_hand():
    # mean 3, deviations -2 and 2, variance 4
    out = layer_norm([[1.0, 5.0]], [1.0, 10.0], [0.5, 0.0], eps=1e-300)
    np.testing.assert_allclose(out, [[-0.5, 10.0]])


def test_rms_norm_by_hand():
    # mean square (9 + 16 + 0 + 0) / 4 = 6.25
    np.testing.assert_allclose(
        rms_norm([3.0, 4.0, 0.0, 0.0], [1, 2, 1, 1], eps=1e-300), [1.2, 3.2, 0, 0]
    )


def test_mean_and_inverse_std_by_hand():
    mean, inverse_std = mean_and_inverse_std([[1.0, 5.0], [7.0, 7.0]], eps=0.25)
    np.testing.assert_allclose(mean, [[3], [7]])
    np.testing.assert_allclose(inverse_std, [[4.25**-0.5], [2]])


def test_layer_norm_row_by_row():
    rng = np.random.default_rng(0)
    x, gain, bias = rng.normal(size=(2, 3, 7)), rng.normal(size=7), rng.normal(size=7)
    np.testing.assert_allclose(
        layer_norm(x, gain, bias), layer_norm_row_by_row(x, gain, bias), rtol=1e-13, atol=1e-15
    )


def test_rms_norm_is_a_layer_norm_of_rows_with_mean_zero():
    rng = np.random.default_rng(1)
    x, gain = rng.normal(size=(5, 7)), rng.normal(size=7)
    x -= x.mean(axis=-1, keepdims=True)
    np.testing.assert_allclose(rms_norm(x, gain), layer_norm(x, gain, np.zeros(7)), atol=1e-14)


def test_eps_is_added_to_the_variance():
    x = np.array([-1.0, 1.0])
    np.testing.assert_allclose(layer_norm(x, np.ones(2), np.zeros(2), eps=3.0), [-0.5, 0.5])
    np.testing.assert_allclose(rms_norm(x, np.ones(2), eps=3.0), [-0.5, 0.5])


@given(shapes, st.integers(0, 99))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_rows_have_mean_zero_and_mean_square_one(shape, seed):
    x = np.random.default_rng(seed).normal(size=(*shape, 6))
    out = layer_norm(x, np.ones(6), np.zeros(6), eps=1e-12)
    np.testing.assert_allclose(out.mean(axis=-1), 0, atol=1e-14)
    np.testing.assert_allclose(np.square(out).mean(axis=-1), 1, rtol=1e-9)
    np.testing.assert_allclose(np.square(rms_norm(x, np.ones(6), eps=1e-12)).mean(-1), 1, rtol=1e-9)


def test_shift_and_scale_of_a_row_change_nothing():
    rng = np.random.default_rng(2)
    x, gain, bias = rng.normal(size=(3, 7)), rng.normal(size=7), rng.normal(size=7)
    moved = layer_norm(5 * x + 11, gain, bias, eps=25e-5)
    np.testing.assert_allclose(moved, layer_norm(x, gain, bias, eps=1e-5), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("offset", [1e4, -1e6])
def test_mean_large_against_the_spread_costs_no_digits(offset):
    # The numbers are exact in float32, so only the normalization can lose digits.
    steps = np.random.default_rng(3).integers(-64, 64, size=(5, 61)) / 16
    x = (offset + steps).astype(np.float32)
    single = layer_norm(x, np.ones(61, np.float32), np.zeros(61, np.float32))
    double = layer_norm(x.astype(float), np.ones(61), np.zeros(61))
    np.testing.assert_allclose(single, double, rtol=0, atol=2e-6)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("value", [0.0, 0.1, 1e4 / 3, -6e4])
def test_constant_row_gives_the_bias_and_finite_gradients(dtype, value):
    x, gain, bias = np.full((2, 7), value, dtype), np.full(7, 3, dtype), np.arange(7).astype(dtype)
    np.testing.assert_array_equal(layer_norm(x, gain, bias), np.stack([bias, bias]))
    for gradient in layer_norm_vjp(x, gain, bias, np.ones_like(x)):
        assert gradient.dtype == dtype
        assert np.isfinite(gradient).all()


def test_zeros_stay_zeros_under_rms_norm():
    assert (rms_norm(np.zeros((2, 3)), np.ones(3)) == 0).all()


@pytest.mark.parametrize("dtype", FLOATS)
def test_squares_that_overflow_do_no_harm(dtype):
    small = np.array([[1.0, -2.0, 4.0], [1.0, 1.0, -1.0], [0.5, 0.5, 0.25]])
    size = np.array([[np.finfo(dtype).max / 8], [1], [np.finfo(dtype).max]])
    x, gain, bias = (small * size).astype(dtype), np.ones(3, dtype), np.zeros(3, dtype)
    eps = 1e-30  # far below all the rows, so that scaling them changes nothing
    error = 4 * np.finfo(dtype).eps
    for got, exact in (
        (layer_norm(x, gain, bias, eps=eps), layer_norm(small, gain, bias, eps=eps)),
        (rms_norm(x, gain, eps=eps), rms_norm(small, gain, eps=eps)),
    ):
        np.testing.assert_allclose(got.astype(float), exact.astype(float), rtol=0, atol=error)
    mean, _ = mean_and_inverse_std(x)
    np.testing.assert_allclose(mean, x.astype(np.longdouble).mean(-1, keepdims=True), rtol=error)
    d_x, *_ = layer_norm_vjp(x, gain, bias, np.ones_like(x))
    assert np.isfinite(d_x).all()


def test_largest_constant_row_gives_the_bias():
    x = np.full((1, 5), np.finfo(np.float32).max)
    np.testing.assert_array_equal(layer_norm(x, np.ones(5), np.arange(5)), [np.arange(5)])


def test_nan_and_infinity_spoil_only_their_own_row():
    x = np.array([[1.0, np.nan, 2.0], [np.inf, 1.0, 2.0], [1.0, 2.0, 3.0], [1e300, 0.0, 0.0]])
    out = layer_norm(x, np.ones(3), np.zeros(3))
    np.testing.assert_array_equal(np.isnan(out).all(axis=-1), [True, True, False, False])
    out = rms_norm(x, np.ones(3))
    np.testing.assert_array_equal(np.isnan(out).all(axis=-1), [True, True, False, False])
    assert np.isfinite(out[2:]).all()
    np.testing.assert_allclose(out[3], [3**0.5, 0, 0])


@given(shapes, st.integers(0, 99))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_layer_norm_gradients_are_exact(shape, seed):
    rng = np.random.default_rng(seed)
    shape = (*shape, 3)
    inputs = (rng.normal(size=shape), rng.normal(size=3), rng.normal(size=3))
    d_out = rng.normal(size=shape)
    assert_gradients_exact(layer_norm, inputs, d_out, layer_norm_vjp(*inputs, d_out))
    inputs = inputs[:2]
    assert_gradients_exact(rms_norm, inputs, d_out, rms_norm_vjp(*inputs, d_out))


def test_gradients_use_eps():
    rng = np.random.default_rng(4)
    x, gain, bias, d_out = (rng.normal(size=s) for s in ((3, 5), 5, 5, (3, 5)))
    assert_gradients_exact(
        lambda *a: layer_norm(*a, eps=0.7),
        (x, gain, bias),
        d_out,
        layer_norm_vjp(x, gain, bias, d_out, eps=0.7),
    )
    assert_gradients_exact(
        lambda *a: rms_norm(*a, eps=0.7), (x, gain), d_out, rms_norm_vjp(x, gain, d_out, eps=0.7)
    )


@pytest.mark.parametrize("shape", [(), (1,), (5, 1), (2, 1, 7), (2, 5, 7)])
def test_gradients_of_broadcast_parameters_add_up(shape):
    rng = np.random.default_rng(5)
    x, gain, bias, d_out = (rng.normal(size=s) for s in ((2, 5, 7), shape, shape, (2, 5, 7)))
    gain, bias = np.asarray(gain), np.asarray(bias)
    gradients = layer_norm_vjp(x, gain, bias, d_out)
    assert_gradients_exact(layer_norm, (x, gain, bias), d_out, gradients)


def test_gradient_in_x_sums_to_zero_along_rows():
    rng = np.random.default_rng(6)
    d_x, _, _ = layer_norm_vjp(*(rng.normal(size=s) for s in ((3, 7), 7, 7, (3, 7))))
    np.testing.assert_allclose(d_x.sum(axis=-1), 0, atol=1e-14)


def test_single_precision_gradients():
    rng = np.random.default_rng(7)
    x, gain, bias, d_out = (rng.normal(size=s) for s in ((2, 5, 67), 67, 67, (2, 5, 67)))
    assert_single_precision_gradients(layer_norm_vjp, (x + 3, gain, bias), d_out)
    assert_single_precision_gradients(rms_norm_vjp, (x + 3, gain), d_out)


def test_half_precision_computes_in_single():
    rng = np.random.default_rng(8)
    x = (300 * rng.normal(size=(3, 67))).astype(np.float16)  # squares overflow
    one, zero = np.ones(67, np.float16), np.zeros(67, np.float16)
    exact = layer_norm(x.astype(float), one, zero)
    assert_close(layer_norm(x, one, zero).astype(float), exact, 5e-4)


@pytest.mark.parametrize("dtype", FLOATS)
def test_dtype_is_kept(dtype):
    x, p = np.ones((2, 3), dtype), np.ones(3, dtype)
    eps = np.float64(1e-5)
    results = [layer_norm(x, p, p, eps=eps), rms_norm(x, p, eps=eps)]
    results += [*mean_and_inverse_std(x), *layer_norm_vjp(x, p, p, x), *rms_norm_vjp(x, p, x)]
    assert {r.dtype for r in results} == {np.dtype(dtype)}


def test_integers_count_as_float64():
    out = layer_norm([[1, 2, 4]], [1, 1, 1], [0, 0, 0])
    np.testing.assert_array_equal(out, layer_norm([[1.0, 2.0, 4.0]], np.ones(3), np.zeros(3)))


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (2, 0, 3), (0,)])
def test_empty_axes_give_empty_results_and_zero_gradients(shape):
    x, p = np.zeros(shape), np.ones(shape[-1])
    assert layer_norm(x, p, p).shape == rms_norm(x, p).shape == shape
    d_x, d_gain, d_bias = layer_norm_vjp(x, p, p, x)
    assert d_x.shape == shape
    np.testing.assert_array_equal([d_gain, d_bias], np.zeros((2, shape[-1])))
    assert (mean_and_inverse_std(x)[0] == 0).all()


def test_inputs_are_not_written_to():
    rng = np.random.default_rng(9)
    x, gain, bias, d_out = (rng.normal(size=s) for s in ((3, 7), 7, 7, (3, 7)))
    assert_unwritten(layer_norm, x, gain, bias)
    assert_unwritten(layer_norm_vjp, x, gain, bias, d_out)
    assert_unwritten(rms_norm_vjp, x, gain, d_out)


def test_parameters_that_do_not_fit_are_refused():
    x = np.ones((2, 3))
    with pytest.raises(ValueError, match=r"gain has shape \(2,\) for x of shape \(2, 3\); expec"):
        layer_norm(x, np.ones(2), np.ones(3))
    with pytest.raises(ValueError, match=r"bias has shape \(4, 2, 3\) for x of shape \(2, 3\)"):
        layer_norm(x, np.ones(3), np.ones((4, 2, 3)))
    with pytest.raises(ValueError, match=r"gain has shape \(2,\)"):
        rms_norm(x, np.ones(2))
    with pytest.raises(ValueError, match="x is the single number 1.0; expected shape"):
        rms_norm(1.0, 1.0)
    with pytest.raises(
        ValueError, match=r"d_out has shape \(3,\); expected \(2, 3\), the shape of"
    ):
        rms_norm_vjp(x, np.ones(3), np.ones(3))


@pytest.mark.parametrize("eps", [0, -1e-5, np.inf, np.nan, 1e-50])
def test_eps_must_be_positive_in_the_dtype_of_x(eps):
    x, p = np.ones((2, 3), np.float32), np.ones(3, np.float32)
    with pytest.raises(ValueError, match="eps is .*; expected a positive finite number, from"):
        layer_norm(x, p, p, eps=eps)


def test_gradient_of_the_bias_is_never_the_given_gradient_itself():
    x, d_out = np.arange(4.0), np.ones(4)
    for gradient in layer_norm_vjp(x, np.ones(4), np.zeros(4), d_out):
        assert not np.shares_memory(gradient, d_out)
