import numpy as np
import pytest

from selfattn_course.kernels.causal_convolution import (
    causal_convolution,
    causal_convolution_vjp,
    convolution_past,
)
from selfattn_course.kernels.complex_step import complex_step_vjp


def test_the_last_weight_is_for_the_position_itself_by_hand():
    x, w = [[1.0], [2.0], [3.0]], [[10.0], [1.0]]
    np.testing.assert_array_equal(causal_convolution(x, w), [[1], [12], [23]])
    np.testing.assert_array_equal(
        causal_convolution(x, w, [0.5], past=[[4.0]]), [[41.5], [12.5], [23.5]]
    )


@pytest.mark.parametrize("width", [1, 3, 9])
def test_equals_the_convolution_of_numpy(width):
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(2, 7, 3)), rng.normal(size=(width, 3))
    got = causal_convolution(x, w)
    for batch, feature in np.ndindex(2, 3):
        full = np.convolve(x[batch, :, feature], w[::-1, feature])
        np.testing.assert_allclose(got[batch, :, feature], full[:7], atol=1e-14)


@pytest.mark.parametrize("cut", [0, 1, 4, 7])
def test_a_sequence_may_be_cut_anywhere(cut):
    rng = np.random.default_rng(1)
    x, w, b = rng.normal(size=(2, 7, 3)), rng.normal(size=(4, 3)), rng.normal(size=3)
    past = convolution_past(x[:, :cut], 4)
    first = causal_convolution(x[:, :cut], w, b)
    second = causal_convolution(x[:, cut:], w, b, past=past)
    np.testing.assert_allclose(np.concatenate([first, second], axis=1), causal_convolution(x, w, b))
    np.testing.assert_array_equal(
        convolution_past(x[:, cut:], 4, past=past), convolution_past(x, 4)
    )


@pytest.mark.parametrize("width", [1, 3, 9])
@pytest.mark.parametrize("biased", [False, True])
def test_gradients_agree_with_the_complex_step(width, biased):
    rng = np.random.default_rng(2)
    x, w, d_out = (
        rng.normal(size=(2, 5, 3)),
        rng.normal(size=(width, 3)),
        rng.normal(size=(2, 5, 3)),
    )
    b = rng.normal(size=3) if biased else None
    past = rng.normal(size=(2, width - 1, 3))
    d_x, d_w, d_b = causal_convolution_vjp(x, w, b, d_out, past=past)
    cases = [
        (x, d_x, lambda x: causal_convolution(x, w, b, past=past)),
        (w, d_w, lambda w: causal_convolution(x, w, b, past=past)),
    ]
    if biased:
        cases.append((b, d_b, lambda b: causal_convolution(x, w, b, past=past)))
    else:
        assert d_b is None
    for given_array, got, run in cases:
        exact = complex_step_vjp(run, given_array, d_out)
        np.testing.assert_allclose(got, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    x, w, b = np.ones((4, 2), dtype), np.ones((3, 2), dtype), np.ones(2, dtype)
    assert causal_convolution(x, w, b).dtype == convolution_past(x, 3).dtype == dtype
    assert [g.dtype for g in causal_convolution_vjp(x, w, b, x)] == [dtype] * 3


def test_empty_axes_stay_empty():
    assert causal_convolution(np.ones((0, 2)), np.ones((3, 2))).shape == (0, 2)
    assert convolution_past(np.ones((4, 2)), 1).shape == (0, 2)
    d_x, d_w, d_b = causal_convolution_vjp(
        np.ones((0, 2)), np.ones((3, 2)), np.ones(2), np.ones((0, 2))
    )
    assert d_x.shape == (0, 2)
    assert (d_w == 0).all()
    assert (d_b == 0).all()


def test_inputs_are_not_written_to():
    x, w, past = np.ones((4, 2)), np.ones((3, 2)), np.ones((2, 2))
    kept = convolution_past(x, 3)
    kept[:] = 7
    causal_convolution_vjp(x, w, None, x, past=past)
    causal_convolution(x, w, past=past)
    for array in (x, w, past):
        assert (array == 1).all()


def test_what_does_not_fit_is_named():
    x, w = np.ones((4, 2)), np.ones((3, 2))
    with pytest.raises(ValueError, match=r"x has shape \(4, 2\) and w has shape \(3, 5\)"):
        causal_convolution(x, np.ones((3, 5)))
    with pytest.raises(ValueError, match=r"x has shape \(2,\) and w has shape \(3, 2\)"):
        causal_convolution(x[0], w)
    with pytest.raises(ValueError, match=r"w has shape \(0, 2\); .* width at least 1"):
        convolution_past(x, 0)
    with pytest.raises(ValueError, match=r"past has shape \(3, 2\); expected \(2, 2\)"):
        causal_convolution(x, w, past=np.ones((3, 2)))
    with pytest.raises(ValueError, match=r"b has shape \(3,\) .* expected b of shape \(2,\)"):
        causal_convolution(x, w, np.ones(3))
    with pytest.raises(ValueError, match=r"d_out has shape \(4, 3\); expected \(4, 2\)"):
        causal_convolution_vjp(x, w, None, np.ones((4, 3)))


def test_gradients_have_the_wider_dtype_of_input_and_output():
    x, w = np.ones((4, 2)), np.ones((2, 2))
    d_x, d_w, d_b = causal_convolution_vjp(x, w, np.ones(2), np.ones((4, 2), np.float32))
    assert d_x.dtype == d_w.dtype == d_b.dtype == np.float64


def test_backward_pass_checks_b():
    x, w = np.ones((4, 2)), np.ones((2, 2))
    with pytest.raises(ValueError, match=r"b has shape \(3,\) .*; expected b of shape \(2,\)"):
        causal_convolution_vjp(x, w, np.ones(3), x)


def test_negative_width_is_refused():
    with pytest.raises(ValueError, match="with width at least 1"):
        convolution_past(np.ones((4, 2)), -1)
