"""Bytes of layers against their definitions, run step by step on a counting machine.

Each definition is checked against its kernel, so that no step can be missing.
"""

import numpy as np
import pytest

from selfattn_course.kernels import cost
from selfattn_course.kernels.feed_forward import (
    FeedForwardWeights,
    GatedFeedForwardWeights,
    feed_forward,
    feed_forward_vjp,
    gated_feed_forward,
    gated_feed_forward_vjp,
)
from selfattn_course.kernels.gated import swiglu, swiglu_vjp
from selfattn_course.kernels.multihead import (
    MultiHeadWeights,
    multi_head_attention,
    multi_head_attention_vjp,
)
from selfattn_course.kernels.normalization import layer_norm, layer_norm_vjp, rms_norm, rms_norm_vjp
from selfattn_course.kernels.softmax import softmax
from tests.kernels.counting import Machine, dot, dot_t, t_dot
from tests.kernels.definitions import (
    BATCH,
    HEAD,
    heads,
    packed,
    run_attended,
    run_feed_forward,
    run_feed_forward_vjp,
    run_multi_head,
    run_multi_head_vjp,
)

N, M, D, HIDDEN, H = 7, 5, 6, 11, 3


@pytest.fixture
def normal():
    rng = np.random.default_rng(0)
    return lambda *shape: rng.normal(size=shape)


def same(got, expected):
    np.testing.assert_allclose(got, expected, atol=1e-12)


def test_linear_map(normal):
    m, x, w, d_out = Machine(), normal(N, D), normal(D, HIDDEN), normal(N, HIDDEN)
    kept = m.step(dot, x, w)
    m.agrees_with(cost.linear_map_cost(N, D, HIDDEN))
    m = Machine()
    kept = m.step(dot_t, d_out, w), m.step(t_dot, x, d_out)
    m.agrees_with(cost.linear_map_vjp_cost(N, D, HIDDEN))
    assert len(kept) == 2


def test_normalizations(normal):
    x, gain, bias, d_out = normal(N, D), normal(D), normal(D), normal(N, D)
    m = Machine()
    m.step(layer_norm, x, gain, bias)
    m.agrees_with(cost.layer_norm_cost(N, D))
    m = Machine()
    m.step(rms_norm, x, gain)
    m.agrees_with(cost.rms_norm_cost(N, D))
    m = Machine()
    results = m.step(lambda x, gain, d_out: layer_norm_vjp(x, gain, bias, d_out), x, gain, d_out)
    m.agrees_with(cost.layer_norm_vjp_cost(N, D))
    m = Machine()
    results = m.step(lambda x, gain, d_out: rms_norm_vjp(x, gain, d_out), x, gain, d_out)
    m.agrees_with(cost.rms_norm_vjp_cost(N, D))
    assert len(results) == 2


@pytest.mark.parametrize("n", [N, 1])  # inputs weigh more, or weights do
def test_feed_forward(normal, n):
    weights = FeedForwardWeights(normal(D, HIDDEN), normal(HIDDEN), normal(HIDDEN, D), normal(D))
    x, d_out = normal(n, D), normal(n, D)
    m = Machine()
    same(run_feed_forward(m, x, weights), feed_forward(x, weights))
    m.agrees_with(cost.feed_forward_cost(n, D, HIDDEN))
    m = Machine()
    d_x, d_w_in, d_w_out = run_feed_forward_vjp(m, x, weights, d_out)
    expected_d_x, expected = feed_forward_vjp(x, weights, d_out)
    same(d_x, expected_d_x)
    same(d_w_in, expected.w_in)
    same(d_w_out, expected.w_out)
    m.agrees_with(cost.feed_forward_vjp_cost(n, D, HIDDEN))


def test_gated_feed_forward(normal):
    weights = GatedFeedForwardWeights(normal(D, HIDDEN), normal(D, HIDDEN), normal(HIDDEN, D))
    x, m = normal(N, D), Machine()
    gate, value = m.step(dot, x, weights.w_gate), m.step(dot, x, weights.w_value)
    m.overwrite(gate, swiglu, gate, value)
    del value
    out = m.step(dot, gate, weights.w_out)
    same(out, gated_feed_forward(x, weights))
    m.agrees_with(cost.gated_feed_forward_cost(N, D, HIDDEN))


@pytest.mark.parametrize("n", [N, 1])  # inputs weigh more, or weights do
def test_gated_feed_forward_vjp(normal, n):
    weights = GatedFeedForwardWeights(normal(D, HIDDEN), normal(D, HIDDEN), normal(HIDDEN, D))
    x, d_out, m = normal(n, D), normal(n, D), Machine()
    gate, value = m.step(dot, x, weights.w_gate), m.step(dot, x, weights.w_value)
    hidden = m.step(swiglu, gate, value)
    d_hidden, d_w_out = m.step(dot_t, d_out, weights.w_out), m.step(t_dot, hidden, d_out)
    del hidden
    both = np.stack(swiglu_vjp(gate, value, d_hidden))
    m.overwrite(gate, lambda *_: both[0], gate, value, d_hidden)
    m.overwrite(value, lambda: both[1])  # the same step: it reads nothing again
    m.done(d_hidden)
    d_x, d_w_gate = m.step(dot_t, gate, weights.w_gate), m.step(t_dot, x, gate)
    del gate
    d_x_too, d_w_value = m.step(dot_t, value, weights.w_value), m.step(t_dot, x, value)
    del value
    m.overwrite(d_x, np.add, d_x, d_x_too)
    expected_d_x, expected = gated_feed_forward_vjp(x, weights, d_out)
    same(d_x, expected_d_x)
    same(d_w_gate, expected.w_gate)
    same(d_w_value, expected.w_value)
    same(d_w_out, expected.w_out)
    m.agrees_with(cost.gated_feed_forward_vjp_cost(n, D, HIDDEN))


def multi_head_weights(normal, h_kv):
    shapes = (D, D), (D, h_kv * HEAD), (D, h_kv * HEAD), (D, D)
    return MultiHeadWeights(*(normal(*shape) for shape in shapes))


@pytest.mark.parametrize("h_kv", [H, 1])
def test_multi_head_attention(normal, h_kv):
    weights = multi_head_weights(normal, h_kv)
    x_q, x_kv, m = normal(BATCH, N, D), normal(BATCH, M, D), Machine()
    out = run_multi_head(m, x_q.reshape(-1, D), x_kv.reshape(-1, D), weights, h_kv)
    expected = multi_head_attention(x_q, x_kv, weights, H, n_kv_heads=h_kv)
    same(out, expected.reshape(-1, D))
    m.agrees_with(cost.multi_head_attention_cost(N, M, D, H, h_kv, batch=BATCH))


@pytest.mark.parametrize("h_kv", [H, 1])
def test_multi_head_attention_vjp(normal, h_kv):
    weights = multi_head_weights(normal, h_kv)
    x_q, x_kv = normal(BATCH, N, D), normal(BATCH, M, D)
    d_out = normal(BATCH, N, D)
    expected = multi_head_attention_vjp(x_q, x_kv, weights, d_out, H, n_kv_heads=h_kv)
    x_q, x_kv, d_out = (x.reshape(-1, D) for x in (x_q, x_kv, d_out))
    m, trace = Machine(), list(run_attended(Machine(), x_q, x_kv, weights, h_kv))
    d_x_q, d_x_kv, *d_weights = run_multi_head_vjp(m, trace, x_q, x_kv, weights, d_out, h_kv)
    same(d_x_q, expected[0].reshape(-1, D))
    same(d_x_kv, expected[1].reshape(-1, D))
    for name, got in zip("qkvo", d_weights, strict=True):
        same(got, getattr(expected[2], f"w_{name}"))
    m.agrees_with(cost.multi_head_attention_vjp_cost(N, M, D, H, h_kv, batch=BATCH))


def test_decoding_step(normal):
    n_cached = 4
    weights, x = multi_head_weights(normal, 1), normal(BATCH, D)
    k, v, m = normal(BATCH, 1, n_cached + 1, HEAD), normal(BATCH, 1, n_cached + 1, HEAD), Machine()
    q = m.step(dot, x, weights.w_q)
    new_k, new_v = m.step(dot, x, weights.w_k), m.step(dot, x, weights.w_v)
    k[:, 0, -1], v[:, 0, -1] = new_k, new_v
    scores = m.step(lambda q, k: dot_t(heads(q, 1, 1), k), q, k)
    del q
    m.overwrite(scores, softmax, scores)
    attended = m.step(lambda s, v: packed(s @ v, 1), scores, v)
    del scores
    out = m.step(dot, attended, weights.w_o)
    assert out.shape == x.shape
    m.agrees_with(cost.decoding_step_cost(n_cached, D, H, 1, batch=BATCH))
