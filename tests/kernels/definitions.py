"""Definitions of layers as steps of a counting machine; sequences lie as rows of one matrix."""

import numpy as np

from selfattn_course.kernels.activations import relu, relu_vjp
from selfattn_course.kernels.softmax import softmax
from selfattn_course.kernels.softmax_vjp import softmax_vjp
from tests.kernels.counting import dot, dot_t, t_dot

BATCH = 2
HEAD = 2  # features of a head


def run_feed_forward(m, x, weights, done=()):
    hidden = m.step(lambda x, w: x @ w + weights.b_in, x, weights.w_in)
    m.done(*done)
    m.overwrite(hidden, relu, hidden)
    return m.step(lambda x, w: x @ w + weights.b_out, hidden, weights.w_out)


def run_feed_forward_vjp(m, x, weights, d_out, done=()):
    before = m.step(lambda x, w: x @ w + weights.b_in, x, weights.w_in)
    hidden = m.step(relu, before)
    d_before = m.step(dot_t, d_out, weights.w_out)
    d_w_out = m.step(t_dot, hidden, d_out)
    del hidden
    m.overwrite(d_before, relu_vjp, before, d_before)
    del before
    d_x, d_w_in = m.step(dot_t, d_before, weights.w_in), m.step(t_dot, x, d_before)
    m.done(*done)
    return d_x, d_w_in, d_w_out


def heads(x, h_kv, rows):
    """(batch n, h d) as (batch, h_kv, group n, d), a group of query heads as more queries."""
    x = x.reshape(BATCH, rows, -1, HEAD).swapaxes(1, 2)
    return x.reshape(BATCH, h_kv, -1, HEAD)


def packed(x, rows):
    """The inverse of `heads`."""
    x = x.reshape(BATCH, -1, rows, x.shape[-1]).swapaxes(1, 2)
    return x.reshape(BATCH * rows, -1)


def run_heads(m, q, k, v, h_kv):
    n_q, n_k = len(q) // BATCH, len(k) // BATCH
    sides = heads(q, h_kv, n_q), heads(k, h_kv, n_k)
    scores = m.step(lambda q, k: dot_t(*sides) / np.sqrt(HEAD), q, k)
    m.overwrite(scores, softmax, scores)
    return scores, n_q, n_k


def run_attended(m, x_q, x_kv, weights, h_kv, done=(), *, keep=True):
    """Queries, keys, values, and what the heads make of them."""
    q = m.step(dot, x_q, weights.w_q)
    if x_kv is not x_q:
        m.done(*done)
    k = m.step(dot, x_kv, weights.w_k)
    v = m.step(dot, x_kv, weights.w_v)
    m.done(*done)
    scores, n_q, n_k = run_heads(m, q, k, v, h_kv)
    if not keep:
        m.done(q, k)
    attended = m.step(lambda s, v: packed(s @ heads(v, h_kv, n_k), n_q), scores, v)
    return q, k, v, attended


def run_multi_head(m, x_q, x_kv, weights, h_kv, done=()):
    attended = run_attended(m, x_q, x_kv, weights, h_kv, done, keep=False)[-1]
    return m.step(dot, attended, weights.w_o)


def run_multi_head_vjp(m, trace, x_q, x_kv, weights, d_out, h_kv, done=()):
    """Empties the list `trace` of q, k, v and attended, which may be held by the machine."""
    q, k, v, attended = trace
    trace.clear()
    n_q, n_k, root = len(q) // BATCH, len(k) // BATCH, np.sqrt(HEAD)
    d_heads, d_w_o = m.step(dot_t, d_out, weights.w_o), m.step(t_dot, attended, d_out)
    del attended
    weights_again, _, _ = run_heads(m, q, k, v, h_kv)
    dv = m.step(lambda p, d: packed(t_dot(p, heads(d, h_kv, n_q)), n_k), weights_again, d_heads)
    d_scores = m.step(lambda d, v: dot_t(heads(d, h_kv, n_q), heads(v, h_kv, n_k)), d_heads, v)
    del d_heads, v
    m.overwrite(d_scores, softmax_vjp, weights_again, d_scores)
    del weights_again
    dq = m.step(lambda s, k: packed(s @ heads(k, h_kv, n_k), n_q) / root, d_scores, k)
    del k
    dk = m.step(lambda s, q: packed(t_dot(s, heads(q, h_kv, n_q)), n_k) / root, d_scores, q)
    del q, d_scores
    d_x_q, d_w_q = m.step(dot_t, dq, weights.w_q), m.step(t_dot, x_q, dq)
    del dq
    d_x_kv, d_w_k = m.step(dot_t, dk, weights.w_k), m.step(t_dot, x_kv, dk)
    del dk
    d_x_v, d_w_v = m.step(dot_t, dv, weights.w_v), m.step(t_dot, x_kv, dv)
    del dv
    m.done(*done)
    m.overwrite(d_x_kv, np.add, d_x_kv, d_x_v)
    return d_x_q, d_x_kv, d_w_q, d_w_k, d_w_v, d_w_o
