import numpy as np
import pytest

from selfattn_course.kernels.normalization import (
    layer_norm,
    layer_norm_vjp,
    rms_norm,
    rms_norm_vjp,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")
F = torch.nn.functional


@pytest.mark.parametrize(("dtype", "error"), [(np.float32, 3e-6), (np.float64, 1e-14)])
@pytest.mark.parametrize("eps", [1e-5, 0.3])
def test_output_and_gradients_agree(dtype, error, eps):
    rng = np.random.default_rng(0)
    shapes = ((2, 3, 67), 67, 67, (2, 3, 67))
    *inputs, d_out = (rng.normal(size=s).astype(dtype) for s in shapes)
    for ours, vjp, theirs, n in (
        (layer_norm, layer_norm_vjp, F.layer_norm, 3),
        (rms_norm, rms_norm_vjp, F.rms_norm, 2),
    ):
        tensors = [torch.tensor(a, requires_grad=True) for a in inputs[:n]]
        out = theirs(tensors[0], (67,), *tensors[1:], eps=eps)
        out.backward(torch.tensor(d_out))
        np.testing.assert_allclose(ours(*inputs[:n], eps=eps), out.detach(), atol=error)
        gradients = vjp(*inputs[:n], d_out, eps=eps)
        for gradient, tensor in zip(gradients, tensors, strict=True):
            np.testing.assert_allclose(gradient, tensor.grad, rtol=error, atol=error)
