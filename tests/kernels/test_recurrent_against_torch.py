"""RNN, GRU and LSTM against PyTorch's layers: outputs, last states, and all gradients."""

import numpy as np
import pytest

from tests.kernels.gradient_checks import assert_close
from tests.kernels.recurrent_layers import LAYERS

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")

MODULES = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}


def two_biases(weights):
    """PyTorch always has two; of those that only count as a sum, the second is zero here."""
    if hasattr(weights, "b"):
        return weights.b, np.zeros_like(weights.b)
    return weights.b_x, weights.b_h


def torch_module(name, weights):
    d_in, d_h = weights.w_x.shape[0], weights.w_h.shape[0]
    module = MODULES[name](d_in, d_h, batch_first=True, dtype=torch.float64)
    for parameter, value in zip(
        (module.weight_ih_l0, module.weight_hh_l0, module.bias_ih_l0, module.bias_hh_l0),
        (weights.w_x.T, weights.w_h.T, *two_biases(weights)),
        strict=True,
    ):
        parameter.data = torch.tensor(value)
    return module


@pytest.mark.parametrize("name", MODULES)
def test_states_and_gradients_are_those_of_pytorch(name):
    layer = LAYERS[name]
    x, weights, *states = layer.problem(lead=(2,), n=11, d_in=3, d_h=5)
    module = torch_module(name, weights)
    leaves = [torch.tensor(x, requires_grad=True)]
    leaves += [torch.tensor(s[None], requires_grad=True) for s in states]
    given = leaves[1] if len(states) == 1 else tuple(leaves[1:])
    expected, last = module(leaves[0], given)
    trace = layer.trace(x, weights, *states)
    assert_close(trace.out, expected.detach().numpy(), 1e-13)
    d_out = np.random.default_rng(1).normal(size=trace.out.shape)
    loss = (expected * torch.tensor(d_out)).sum()
    extra = ()
    if name == "lstm":
        assert_close(trace.cell_states[:, -1], last[1][0].detach().numpy(), 1e-13)
        d_cells = np.zeros_like(d_out)
        d_cells[:, -1] = np.random.default_rng(2).normal(size=(2, 5))
        loss = loss + (last[1][0] * torch.tensor(d_cells[:, -1])).sum()
        extra = (d_cells,)
    loss.backward()
    d_x, d_weights, *d_states = layer.vjp(trace, d_out, *extra)
    assert_close(d_x, leaves[0].grad.numpy(), 1e-12)
    assert_close(d_weights.w_x.T, module.weight_ih_l0.grad.numpy(), 1e-12)
    assert_close(d_weights.w_h.T, module.weight_hh_l0.grad.numpy(), 1e-12)
    d_b_x, d_b_h = (d_weights.b,) * 2 if name != "gru" else (d_weights.b_x, d_weights.b_h)
    assert_close(d_b_x, module.bias_ih_l0.grad.numpy(), 1e-12)
    assert_close(d_b_h, module.bias_hh_l0.grad.numpy(), 1e-12)
    for ours, leaf in zip(d_states, leaves[1:], strict=True):
        assert_close(ours, leaf.grad[0].numpy(), 1e-12)


@pytest.mark.parametrize("name", MODULES)
def test_long_float32_sequences_stay_close_to_pytorch(name):
    layer = LAYERS[name]
    x, weights, *_ = layer.problem(lead=(4,), n=200, d_in=16, d_h=16)
    # smaller weights, as layers have them: at 0.7 the plain layer is chaotic, and rounding grows
    small = layer.weights(**{k: (0.2 * v).astype(np.float32) for k, v in vars(weights).items()})
    x = x.astype(np.float32)
    module = torch_module(name, small).to(torch.float32)
    assert_close(layer.forward(x, small), module(torch.tensor(x))[0].detach().numpy(), 1e-5)
