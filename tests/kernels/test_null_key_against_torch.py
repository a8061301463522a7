"""A second opinion on null keys from PyTorch's add_bias_kv and add_zero_attn."""

import numpy as np
import pytest

from selfattn_course.kernels.heads import merge_heads, split_heads
from selfattn_course.kernels.null_key import null_key_attention, null_key_attention_vjp
from selfattn_course.kernels.sink import sink_attention


@pytest.fixture
def torch():
    return pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")


def identity_layer(torch, **options):
    """One that neither projects before attention nor after, so that only attention is compared."""
    layer = torch.nn.MultiheadAttention(
        6, 2, bias=False, batch_first=True, dtype=torch.float64, **options
    )
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.eye(6, dtype=torch.float64).repeat(3, 1))
        layer.out_proj.weight.copy_(torch.eye(6))
    return layer


def test_null_key_and_its_gradients_agree(torch):
    layer = identity_layer(torch, add_bias_kv=True)
    rng = np.random.default_rng(0)
    x, d_out = rng.normal(size=(2, 3, 4, 6))
    t = torch.tensor(x, requires_grad=True)
    expected, _ = layer(t, t, t)
    expected.backward(torch.tensor(d_out))
    heads = split_heads(x, 2)
    null_k, null_v = (b.detach().numpy().reshape(2, 3) for b in (layer.bias_k, layer.bias_v))
    got = null_key_attention(heads, heads, heads, null_k, null_v)
    np.testing.assert_allclose(merge_heads(got), expected.detach().numpy(), atol=1e-14)
    gradients = null_key_attention_vjp(heads, heads, heads, null_k, null_v, split_heads(d_out, 2))
    np.testing.assert_allclose(merge_heads(sum(gradients[:3])), t.grad.numpy(), atol=1e-13)
    for bias, got in zip((layer.bias_k, layer.bias_v), gradients[3:], strict=True):
        np.testing.assert_allclose(got.ravel(), bias.grad.numpy().ravel(), atol=1e-13)


def test_a_sink_of_zero_is_attention_with_a_key_of_zeros(torch):
    layer = identity_layer(torch, add_zero_attn=True)
    x = np.random.default_rng(1).normal(size=(3, 4, 6))
    t = torch.tensor(x)
    heads = split_heads(x, 2)
    got = merge_heads(sink_attention(heads, heads, heads))
    np.testing.assert_allclose(got, layer(t, t, t)[0].detach().numpy(), atol=1e-14)
