"""A second opinion. PyTorch is a test oracle only and is not among the requirements."""

import numpy as np
import pytest

from selfattn_course.kernels import attention, log_softmax, logsumexp, softmax, softmax_vjp

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_attention_agrees_with_torch(rng, dtype):
    q, k, v = (rng.normal(size=(2, 3, n, d)).astype(dtype) for n, d in ((5, 7), (11, 7), (11, 4)))
    mask = rng.random((2, 1, 5, 11)) < 0.5
    mask[0, 0, 2] = False
    theirs = torch.nn.functional.scaled_dot_product_attention(
        *(torch.from_numpy(array) for array in (q, k, v, mask))
    ).numpy()
    tolerance = 50 * np.finfo(dtype).eps  # a sum of 11 rounded products in another order
    np.testing.assert_allclose(attention(q, k, v, mask), theirs, atol=tolerance)


def test_softmax_family_agrees_with_torch(rng):
    x, dp = 20 * rng.normal(size=(2, 3, 5)), rng.normal(size=(2, 3, 5))[0]
    x = x[0]
    t = torch.from_numpy(x).requires_grad_()
    for axis in (0, 1):
        p = torch.softmax(t, axis)
        np.testing.assert_allclose(softmax(x, axis=axis), p.detach().numpy(), rtol=1e-13)
        np.testing.assert_allclose(
            log_softmax(x, axis=axis), torch.log_softmax(t, axis).detach().numpy(), rtol=1e-13
        )
        np.testing.assert_allclose(
            logsumexp(x, axis=axis), torch.logsumexp(t, axis).detach().numpy(), rtol=1e-13
        )
        (gradient,) = torch.autograd.grad(p, t, torch.from_numpy(dp))
        np.testing.assert_allclose(
            softmax_vjp(softmax(x, axis=axis), dp, axis=axis), gradient.numpy(), atol=1e-14
        )
