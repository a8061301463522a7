"""A second opinion on attention and its gradients. PyTorch is a test oracle only."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels import grouped_query_attention, grouped_query_attention_vjp
from tests.kernels.attention_problems import KERNELS, assert_close, problems

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")

quick = settings(max_examples=20, deadline=None, derandomize=True)


each_dtype = pytest.mark.parametrize("dtype", [np.float32, np.float64])
each_kernel = pytest.mark.parametrize("kernel", KERNELS)


def with_gradients(function, arrays, d_out):
    """What a function of tensors returns, and its gradients for d_out(output)."""
    leaves = [torch.tensor(array, requires_grad=True) for array in arrays]
    out = function(*leaves)
    gradients = torch.autograd.grad(out, leaves, torch.tensor(d_out(out.detach().numpy())))
    return out.detach().numpy(), [gradient.numpy() for gradient in gradients]


def torch_attention(p):
    """PyTorch's own function; its mask is a bias too, so mask and bias become one bias."""
    terms = [x for x in (p.full_mask, p.bias) if x is not None]
    leading = np.broadcast_shapes(*(x.shape[:-2] for x in (p.q, p.k, p.v, *terms)))
    bias = p.full_mask
    if p.bias is not None:
        bias = p.bias if bias is None else np.where(bias, p.bias, -np.inf).astype(p.bias.dtype)
    if bias is not None:
        bias = torch.tensor(np.broadcast_to(bias, (*leading, *p.grid)).copy())

    def function(q, k, v):
        expanded = (x.expand(*leading, *x.shape[-2:]) for x in (q, k, v))
        return torch.nn.functional.scaled_dot_product_attention(
            *expanded, attn_mask=bias, scale=p.scale
        )

    return function


def step_by_step(p):
    """With a soft cap, which PyTorch's function lacks."""

    def function(q, k, v):
        scale = p.q.shape[-1] ** -0.5 if p.scale is None else p.scale
        scores = p.softcap * torch.tanh(scale * (q @ k.mT) / p.softcap)
        if p.bias is not None:
            scores = scores + torch.tensor(p.bias)
        if p.full_mask is not None:
            scores = scores.masked_fill(~torch.tensor(p.full_mask), -torch.inf)
        empty = torch.isneginf(scores).all(-1, keepdim=True)
        weights = torch.softmax(scores.masked_fill(empty, 0.0), -1)
        return weights.masked_fill(empty, 0.0) @ v

    return function


def check(kernel, p, function, dtype):
    expected, gradients = with_gradients(function, (p.q, p.k, p.v), p.d_out)
    out = kernel.out(p)
    assert_close(out, expected, dtype=dtype)
    for mine, theirs in zip(kernel.vjp(p, p.d_out(out)), gradients, strict=True):
        assert_close(mine, theirs, dtype=dtype)


@each_kernel
@each_dtype
@given(data=st.data())
@quick
def test_mask_bias_causal_and_scale(kernel, dtype, data):
    p = data.draw(problems(dtype=dtype))
    check(kernel, p, torch_attention(p), dtype)


@each_kernel
@each_dtype
@given(data=st.data(), softcap=st.sampled_from([0.5, 5.0]))
@quick
def test_softcap(kernel, dtype, data, softcap):
    p = replace(data.draw(problems(dtype=dtype)), softcap=softcap)
    check(kernel, p, step_by_step(p), dtype)


@each_kernel
@each_dtype
@given(data=st.data())
@quick
def test_causal_without_offset(kernel, dtype, data):
    """Where queries and keys differ in number, PyTorch aligns both at the start, as we do."""
    p = data.draw(problems(dtype=dtype))
    p = replace(p, mask=None, bias=None, causal=True, offset=0)
    leading = np.broadcast_shapes(*(x.shape[:-2] for x in (p.q, p.k, p.v)))

    def function(q, k, v):
        expanded = (x.expand(*leading, *x.shape[-2:]) for x in (q, k, v))
        return torch.nn.functional.scaled_dot_product_attention(
            *expanded, is_causal=True, scale=p.scale
        )

    check(kernel, p, function, dtype)


@each_dtype
@given(
    seed=st.integers(0, 2**20),
    sizes=st.tuples(*[st.integers(1, 7)] * 4),
    heads=st.sampled_from([(4, 2), (6, 2), (6, 3), (5, 1), (3, 3)]),
    masked=st.booleans(),
)
@quick
def test_grouped_heads(dtype, seed, sizes, heads, masked):
    rng = np.random.default_rng(seed)
    (h, h_kv), (n_q, n_k, d, d_v) = heads, sizes
    shapes = [(2, h, n_q, d), (2, h_kv, n_k, d), (2, h_kv, n_k, d_v)]
    q, k, v = (rng.normal(size=shape).astype(dtype) for shape in shapes)
    mask = rng.random((2, h, n_q, n_k)) < (0.5 if masked else 1)
    d_out = rng.normal(size=(2, h, n_q, d_v)).astype(dtype)
    expected, gradients = with_gradients(
        lambda q, k, v: torch.nn.functional.scaled_dot_product_attention(
            q, k, v, attn_mask=torch.tensor(mask), enable_gqa=True
        ),
        (q, k, v),
        lambda out: d_out,
    )
    assert_close(grouped_query_attention(q, k, v, mask), expected, dtype=dtype)
    mine = grouped_query_attention_vjp(q, k, v, d_out, mask)
    for gradient, theirs in zip(mine, gradients, strict=True):
        assert_close(gradient, theirs, dtype=dtype)
