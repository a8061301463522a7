"""A second opinion. PyTorch is a test oracle only and is not among the requirements."""

import numpy as np
import pytest

from selfattn_course.kernels import log_softmax, logsumexp, softmax, softmax_vjp

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")


@pytest.mark.parametrize("axis", [0, 1])
def test_softmax_family_agrees_with_torch(axis):
    rng = np.random.default_rng(0)
    x, dp = 20 * rng.normal(size=(3, 5)), rng.normal(size=(3, 5))
    t = torch.from_numpy(x).requires_grad_()
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
