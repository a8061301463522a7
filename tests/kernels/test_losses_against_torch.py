import numpy as np
import pytest

from selfattn_course.kernels.losses import cross_entropy, cross_entropy_vjp
from selfattn_course.kernels.mean_losses import (
    mean_cross_entropy,
    mean_cross_entropy_vjp,
    mean_squared_error,
    mean_squared_error_vjp,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")
F = torch.nn.functional
TOLERANCE = {np.float32: 2e-6, np.float64: 1e-14}


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("ignored", [-100, 3])
def test_cross_entropy_agrees(dtype, smoothing, weighted, ignored):
    rng = np.random.default_rng(0)
    logits, d_out = rng.normal(size=(23, 7)).astype(dtype), rng.normal(size=23).astype(dtype)
    targets = rng.integers(0, 7, size=23)
    targets[5] = ignored
    weights = rng.uniform(0.5, 2, size=7).astype(dtype) if weighted else None
    ours = {"class_weights": weights, "ignore_index": ignored, "label_smoothing": smoothing}
    theirs = {
        "weight": torch.tensor(weights) if weighted else None,
        "ignore_index": ignored,
        "label_smoothing": smoothing,
    }
    tolerance = {"rtol": TOLERANCE[dtype], "atol": TOLERANCE[dtype]}
    tensor = torch.tensor(logits, requires_grad=True)

    single = F.cross_entropy(tensor, torch.tensor(targets), reduction="none", **theirs)
    single.backward(torch.tensor(d_out))
    np.testing.assert_allclose(cross_entropy(logits, targets, **ours), single.detach(), **tolerance)
    gradient = cross_entropy_vjp(logits, targets, d_out, **ours)
    np.testing.assert_allclose(gradient, tensor.grad, **tolerance)

    tensor.grad = None
    mean = F.cross_entropy(tensor, torch.tensor(targets), **theirs)
    mean.backward()
    np.testing.assert_allclose(
        mean_cross_entropy(logits, targets, **ours), mean.detach(), **tolerance
    )
    gradient = mean_cross_entropy_vjp(logits, targets, 1.0, **ours)
    np.testing.assert_allclose(gradient, tensor.grad, **tolerance)


def test_squared_error_agrees():
    prediction, target = np.random.default_rng(1).normal(size=(2, 3, 5))
    tensors = [torch.tensor(a, requires_grad=True) for a in (prediction, target)]
    out = F.mse_loss(*tensors)
    out.backward()
    np.testing.assert_allclose(mean_squared_error(prediction, target), out.detach(), rtol=1e-14)
    for gradient, tensor in zip(
        mean_squared_error_vjp(prediction, target, 1.0), tensors, strict=True
    ):
        np.testing.assert_allclose(gradient, tensor.grad, rtol=1e-14)
