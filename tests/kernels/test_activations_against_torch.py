import numpy as np
import pytest

from selfattn_course.kernels.activations import mish, mish_vjp, relu, relu_vjp, swish, swish_vjp
from selfattn_course.kernels.gelu import gelu, gelu_tanh, gelu_tanh_vjp, gelu_vjp

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")
F = torch.nn.functional
PAIRS = {
    "relu": (relu, relu_vjp, F.relu),
    "swish": (swish, swish_vjp, F.silu),
    "mish": (mish, mish_vjp, F.mish),
    "gelu": (gelu, gelu_vjp, F.gelu),
    "gelu_tanh": (gelu_tanh, gelu_tanh_vjp, lambda x: F.gelu(x, approximate="tanh")),
}


@pytest.mark.parametrize(("function", "vjp", "theirs"), PAIRS.values(), ids=PAIRS)
@pytest.mark.parametrize(("dtype", "error"), [(np.float32, 3e-6), (np.float64, 1e-14)])
def test_output_and_gradient_agree(function, vjp, theirs, dtype, error):
    rng = np.random.default_rng(0)
    x, d_out = (rng.normal(size=(5, 211)) * 3).astype(dtype), rng.normal(size=(5, 211))
    d_out = d_out.astype(dtype)
    tensor = torch.tensor(x, requires_grad=True)
    out = theirs(tensor)
    out.backward(torch.tensor(d_out))
    np.testing.assert_allclose(function(x), out.detach(), rtol=error, atol=error)
    np.testing.assert_allclose(vjp(x, d_out), tensor.grad, rtol=error, atol=error)
