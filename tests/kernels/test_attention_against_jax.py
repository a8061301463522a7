"""A third opinion, from another differentiator. JAX is a test oracle only.

JAX's own attention function computes its softmax in float32, whatever the dtype of its input, so
it is compared in float32 only. In float64 the same steps are written with JAX's softmax.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from selfattn_course.kernels import (
    causal_mask,
    grouped_query_attention,
    grouped_query_attention_vjp,
    padding_mask,
    softmax,
    softmax_vjp,
    window_mask,
)
from tests.kernels.attention_problems import KERNELS, assert_close, problems

jax = pytest.importorskip("jax", reason="JAX is not installed: no third opinion here")

# Each new shape is compiled: few examples, and no search for a smaller one that fails too.
quick = settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
)


@pytest.fixture(autouse=True, scope="module")
def _float64():
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", before)


def with_gradients(function, arrays, d_out):
    """What a function of JAX arrays returns, and its gradients for d_out in the output."""

    @jax.jit
    def forward_and_backward(arrays, d_out):
        out, vjp = jax.vjp(function, *arrays)
        return out, vjp(d_out)

    out, gradients = forward_and_backward(arrays, d_out)
    return np.asarray(out), [np.asarray(gradient) for gradient in gradients]


def step_by_step(p):
    """JAX's softmax gives zeros where `where` is all False, but NaN where scores are all -inf."""
    allowed = np.ones(p.grid, bool) if p.full_mask is None else p.full_mask
    allowed = allowed if p.bias is None else allowed & ~np.isneginf(p.bias)
    bias = 0 if p.bias is None else np.where(np.isneginf(p.bias), 0, p.bias)
    scale = p.q.shape[-1] ** -0.5 if p.scale is None else p.scale

    def function(q, k, v):
        scores = scale * (q @ k.mT)
        if p.softcap is not None:
            scores = p.softcap * jax.numpy.tanh(scores / p.softcap)
        return jax.nn.softmax(scores + bias, where=allowed) @ v

    return function


@pytest.mark.parametrize("kernel", KERNELS)
@given(data=st.data(), softcap=st.sampled_from([None, 2.0]))
@quick
def test_step_by_step_in_float64(kernel, data, softcap):
    p = replace(data.draw(problems(dtype=np.float64)), softcap=softcap)
    out = kernel.out(p)
    d_out = p.d_out(out)
    expected, gradients = with_gradients(step_by_step(p), (p.q, p.k, p.v), d_out)
    assert_close(out, expected, dtype=np.float64)
    for mine, theirs in zip(kernel.vjp(p, d_out), gradients, strict=True):
        assert_close(mine, theirs, dtype=np.float64)


@given(
    seed=st.integers(0, 2**20),
    sizes=st.tuples(*[st.integers(1, 7)] * 3),
    heads=st.sampled_from([(4, 2), (6, 3), (5, 1), (3, 3)]),
    scale=st.sampled_from([None, 0.3]),
    causal=st.booleans(),
    window=st.sampled_from([None, (0, 0), (2, 1), (1, 9)]),
    terms=st.sampled_from([(), ("mask",), ("bias",), ("mask", "bias")]),
)
@quick
def test_grouped_heads_mask_bias_causal_and_window(
    seed, sizes, heads, scale, causal, window, terms
):
    """Every query may attend to some key, for JAX returns the mean of all values otherwise."""
    rng = np.random.default_rng(seed)
    (h, h_kv), (n_q, n_k, d) = heads, sizes
    q, k, v, d_out = (
        rng.normal(size=(2, heads, n, d)).astype(np.float32)
        for heads, n in ((h, n_q), (h_kv, n_k), (h_kv, n_k), (h, n_q))
    )
    near = window_mask(n_q, n_k, left=window and window[0], right=window and window[1])
    near &= causal_mask(n_q, n_k) if causal else True
    mask = (rng.random((2, h, n_q, n_k)) < 0.5) | (np.cumsum(near, axis=-1) == 1)
    mask = mask if "mask" in terms else np.ones_like(mask)
    bias = np.float32(rng.normal(size=(2, h, n_q, n_k)) if "bias" in terms else np.zeros((1,) * 4))
    seen = (near & mask).any(axis=-1)
    out = grouped_query_attention(q, k, v, near & mask, bias=bias, scale=scale)
    mine = grouped_query_attention_vjp(
        q, k, v, d_out * seen[..., None], near & mask, bias=bias, scale=scale
    )

    def theirs(q, k, v):
        options = {"scale": scale, "is_causal": causal, "local_window_size": window}
        by_head = (x.swapaxes(1, 2) for x in (q, k, v))
        out = jax.nn.dot_product_attention(*by_head, bias, mask, **options)
        return out.swapaxes(1, 2) * seen[..., None]

    expected, gradients = with_gradients(theirs, (q, k, v), d_out)
    assert_close(out, expected, dtype=np.float32)
    for gradient, other in zip(mine, gradients, strict=True):
        assert_close(gradient, other, dtype=np.float32)


def test_padding_is_what_jax_calls_sequence_lengths():
    rng = np.random.default_rng(0)
    q, k, v = (rng.normal(size=(3, 2, n, 4)).astype(np.float32) for n in (5, 7, 7))
    lengths = np.array([1, 7, 4], np.int32)
    by_head = (x.swapaxes(1, 2) for x in (q, k, v))
    expected = jax.nn.dot_product_attention(*by_head, key_value_seq_lengths=lengths)
    mask = padding_mask(lengths[:, None], 7)
    out = grouped_query_attention(q, k, v, mask)
    assert_close(out, np.asarray(expected).swapaxes(1, 2), dtype=np.float32)


def test_softmax_and_its_gradient_agree_with_jax():
    rng = np.random.default_rng(0)
    x, dp = 20 * rng.normal(size=(3, 5)), rng.normal(size=(3, 5))
    expected, (gradient,) = with_gradients(jax.nn.softmax, (x,), dp)
    np.testing.assert_allclose(softmax(x), expected, rtol=1e-13)
    np.testing.assert_allclose(softmax_vjp(softmax(x), dp), gradient, atol=1e-14)
