import numpy as np
import pytest

from selfattn_course.kernels import (
    complex_step_vjp,
    finite_difference_vjp,
    log_softmax,
    log_softmax_vjp,
    logsumexp,
    logsumexp_vjp,
    softmax,
    softmax_jacobian,
    softmax_vjp,
)


@pytest.mark.parametrize("axis", [-1, 0, 1])
def test_vjp_agrees_with_finite_differences(axis):
    rng = np.random.default_rng(1)
    x, dp = rng.normal(size=(2, 3, 5)), rng.normal(size=(2, 3, 5))
    by_hand = softmax_vjp(softmax(x, axis=axis), dp, axis=axis)
    measured = finite_difference_vjp(lambda x: softmax(x, axis=axis), x, dp)
    np.testing.assert_allclose(by_hand, measured, atol=1e-9)


def test_vjp_agrees_with_the_complex_step():
    rng = np.random.default_rng(2)
    x, dp, direction = rng.normal(size=(3, 2, 5))
    derivative = (softmax(x + 1e-30j * direction).imag * dp).sum() / 1e-30
    exact = (softmax_vjp(softmax(x), dp) * direction).sum()
    np.testing.assert_allclose(exact, derivative, rtol=1e-12)


def test_vjp_is_the_jacobian_times_the_gradient():
    rng = np.random.default_rng(3)
    p, dp = softmax(rng.normal(size=(4, 5))), rng.normal(size=(4, 5))
    product = (softmax_jacobian(p) @ dp[..., None])[..., 0]
    np.testing.assert_allclose(softmax_vjp(p, dp), product, atol=1e-15)


def test_vjp_refuses_shapes_that_differ():
    with pytest.raises(ValueError, match=r"p has shape \(3,\) and its gradient has shape \(4,\)"):
        softmax_vjp(np.ones(3), np.ones(4))


@pytest.mark.parametrize("axis", [0, -1, (0, 2)])
def test_all_gradients_agree_with_the_complex_step(axis):
    rng = np.random.default_rng(4)
    x, d = rng.normal(size=(2, 2, 3, 5))
    exact = complex_step_vjp(lambda x: softmax(x, axis=axis), x, d)
    np.testing.assert_allclose(softmax_vjp(softmax(x, axis=axis), d, axis=axis), exact, atol=1e-14)
    exact = complex_step_vjp(lambda x: log_softmax(x, axis=axis), x, d)
    by_hand = log_softmax_vjp(log_softmax(x, axis=axis), d, axis=axis)
    np.testing.assert_allclose(by_hand, exact, atol=1e-14)
    d = d.sum(axis=axis)
    exact = complex_step_vjp(lambda x: logsumexp(x, axis=axis, temperature=0.4), x, d)
    by_hand = logsumexp_vjp(x, d, axis=axis, temperature=0.4)
    np.testing.assert_allclose(by_hand, exact, atol=1e-14)


def test_gradients_of_a_slice_without_a_distribution_are_finite():
    x = np.full((2, 3), -np.inf)
    x[1] = [0.0, -np.inf, 1.0]
    assert (logsumexp_vjp(x, np.ones(2))[0] == 0).all()
    np.testing.assert_allclose(logsumexp_vjp(x, np.ones(2))[1], softmax(x[1]))
    assert np.isfinite(softmax_vjp(softmax(x), np.ones((2, 3)))).all()
    assert np.isfinite(log_softmax_vjp(log_softmax(x), np.ones((2, 3)))).all()


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_gradients_keep_the_dtype(dtype):
    x, d = np.random.default_rng(5).normal(size=(2, 3, 5)).astype(dtype)
    for gradient in (
        softmax_vjp(softmax(x), d),
        log_softmax_vjp(log_softmax(x), d),
        logsumexp_vjp(x, d[:, 0]),
        softmax_jacobian(softmax(x)),
    ):
        assert gradient.dtype == dtype


def test_log_gradients_refuse_shapes_that_differ():
    with pytest.raises(ValueError, match=r"log_p has shape \(3,\) and its gradient has shape"):
        log_softmax_vjp(np.ones(3), np.ones(4))
    with pytest.raises(ValueError, match=r"d_out has shape \(3,\); expected \(2,\)"):
        logsumexp_vjp(np.ones((2, 3)), np.ones(3))


def test_jacobian_of_a_single_number_is_refused():
    with pytest.raises(ValueError, match="p is the single number 1.0; expected shape"):
        softmax_jacobian(1.0)
