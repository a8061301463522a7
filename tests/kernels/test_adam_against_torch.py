import numpy as np
import pytest

from selfattn_course.kernels.adam import adam_start, adam_step

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")


@pytest.mark.parametrize(("dtype", "error"), [(np.float32, 2e-6), (np.float64, 1e-13)])
@pytest.mark.parametrize("decay", [None, 0.1])
def test_steps_agree(dtype, error, decay):
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=s).astype(dtype) for s in ((3, 5), (7,))]
    tensors = [torch.tensor(w, requires_grad=True) for w in weights]
    theirs = {"lr": 0.02, "betas": (0.85, 0.97), "eps": 1e-4}
    if decay is None:
        optimizer = torch.optim.Adam(tensors, **theirs)
    else:
        optimizer = torch.optim.AdamW(tensors, weight_decay=decay, **theirs)
    state = adam_start(weights)
    for _ in range(23):
        gradients = [rng.normal(size=w.shape).astype(dtype) for w in weights]
        for tensor, gradient in zip(tensors, gradients, strict=True):
            tensor.grad = torch.tensor(gradient)
        optimizer.step()
        weights, state = adam_step(
            weights,
            gradients,
            state,
            learning_rate=0.02,
            beta_1=0.85,
            beta_2=0.97,
            eps=1e-4,
            weight_decay=decay or 0.0,
        )
        for w, tensor in zip(weights, tensors, strict=True):
            np.testing.assert_allclose(w, tensor.detach(), rtol=error, atol=error)
