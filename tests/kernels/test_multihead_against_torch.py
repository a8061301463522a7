"""A second opinion on multi-head attention from PyTorch, and on shared heads from JAX."""

import numpy as np
import pytest

from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.multihead import (
    MultiHeadWeights,
    multi_head_attention,
    multi_head_attention_vjp,
    multi_head_attention_weights,
)


@pytest.fixture
def torch():
    return pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")


def layer_of_torch(torch, d_model, n_heads, *, d_kv=None, bias=True):
    torch.manual_seed(0)
    layer = torch.nn.MultiheadAttention(
        d_model, n_heads, kdim=d_kv, vdim=d_kv, bias=bias, batch_first=True, dtype=torch.float64
    )
    if bias:  # PyTorch starts them at zero
        torch.nn.init.normal_(layer.in_proj_bias)
        torch.nn.init.normal_(layer.out_proj.bias)
    return layer


def our_record(layer, of=lambda parameter: parameter):
    """The parameters (or what `of` gives for each) in our orientation, from the left."""
    if layer.in_proj_weight is not None:
        w_q, w_k, w_v = of(layer.in_proj_weight).chunk(3)
    else:
        w_q, w_k, w_v = (of(getattr(layer, f"{name}_proj_weight")) for name in "qkv")
    products = [w_q, w_k, w_v, of(layer.out_proj.weight)]
    biases = [None] * 4
    if layer.in_proj_bias is not None:
        biases = [*of(layer.in_proj_bias).chunk(3), of(layer.out_proj.bias)]
    arrays = [w.T.detach().numpy() for w in products]
    return MultiHeadWeights(*arrays, *(b if b is None else b.detach().numpy() for b in biases))


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("d_kv", [None, 7])
def test_layer_and_gradients_agree(torch, d_kv, masked, bias):
    layer = layer_of_torch(torch, 10, 5, d_kv=d_kv, bias=bias)
    rng = np.random.default_rng(1)
    x_q, x_kv = rng.normal(size=(2, 3, 10)), rng.normal(size=(2, 4, d_kv or 10))
    d_out = rng.normal(size=(2, 3, 10))
    mask = causal_mask(3, 4, offset=1) if masked else None

    t_q, t_kv = (torch.tensor(x, requires_grad=True) for x in (x_q, x_kv))
    hidden = None if mask is None else torch.tensor(~mask)  # there, True forbids
    expected, weights = layer(t_q, t_kv, t_kv, attn_mask=hidden, average_attn_weights=False)
    expected.backward(torch.tensor(d_out))

    ours = our_record(layer)
    got = multi_head_attention(x_q, x_kv, ours, 5, mask)
    np.testing.assert_allclose(got, expected.detach().numpy(), atol=1e-12)
    np.testing.assert_allclose(
        multi_head_attention_weights(x_q, x_kv, ours, 5, mask), weights.detach().numpy(), atol=1e-12
    )
    d_x_q, d_x_kv, d_weights = multi_head_attention_vjp(x_q, x_kv, ours, d_out, 5, mask)
    np.testing.assert_allclose(d_x_q, t_q.grad.numpy(), atol=1e-12)
    np.testing.assert_allclose(d_x_kv, t_kv.grad.numpy(), atol=1e-12)
    expected_weights = our_record(layer, of=lambda parameter: parameter.grad)
    for name, gradient in vars(expected_weights).items():
        if gradient is None:
            assert getattr(d_weights, name) is None
        else:
            np.testing.assert_allclose(getattr(d_weights, name), gradient, atol=1e-12)


def test_gradient_of_self_attention_is_the_sum_of_both(torch):
    layer = layer_of_torch(torch, 6, 2)
    rng = np.random.default_rng(2)
    x, d_out = rng.normal(size=(2, 2, 3, 6))
    t = torch.tensor(x, requires_grad=True)
    layer(t, t, t, need_weights=False)[0].backward(torch.tensor(d_out))
    d_x_q, d_x_kv, _ = multi_head_attention_vjp(x, x, our_record(layer), d_out, 2)
    np.testing.assert_allclose(d_x_q + d_x_kv, t.grad.numpy(), atol=1e-12)


def test_shared_heads_agree_with_jax():
    jax = pytest.importorskip("jax", reason="JAX is not installed: no second opinion here")
    rng = np.random.default_rng(3)
    layer = MultiHeadWeights(
        *(rng.normal(size=s).astype(np.float32) for s in [(5, 18), (5, 6), (5, 6), (18, 7)])
    )
    x = rng.normal(size=(2, 4, 5)).astype(np.float32)
    q, k, v = ((x @ w).reshape(2, 4, -1, 3) for w in (layer.w_q, layer.w_k, layer.w_v))
    heads = jax.nn.dot_product_attention(q, k, v, is_causal=True)
    expected = np.asarray(heads).reshape(2, 4, 18) @ layer.w_o
    got = multi_head_attention(x, x, layer, 6, causal_mask(4), n_kv_heads=2)
    np.testing.assert_allclose(got, expected, atol=1e-4 * np.abs(expected).max())
