"""Bytes of recurrent layers and linear attention, run step by step on a counting machine.

Each definition is checked against its kernel, so that no step can be missing.
"""

import numpy as np
import pytest

from selfattn_course.kernels import cost
from selfattn_course.kernels.activations import sigmoid
from selfattn_course.kernels.gru import GRUWeights, gru, gru_trace, gru_vjp
from selfattn_course.kernels.linear_attention import linear_attention, linear_attention_vjp
from selfattn_course.kernels.lstm import LSTMWeights, lstm, lstm_trace, lstm_vjp
from selfattn_course.kernels.rnn import RNNWeights, rnn, rnn_trace, rnn_vjp
from tests.kernels.counting import Machine, dot, dot_t, t_dot

N, D, HIDDEN, BATCH = 7, 6, 11, 2


@pytest.fixture
def normal():
    rng = np.random.default_rng(0)
    return lambda *shape: rng.normal(size=shape)


def same(got, expected):
    np.testing.assert_allclose(got, expected, atol=1e-12)


def features(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def slopes(x, d):
    return d * np.exp(np.minimum(x, 0))


def run_sums(m, a, b, c, chunk=None, done=()):
    """Sum of (a_i b_j) c_j; arrays in `done` are not read after it."""
    mine = [x for x in done if x is not a]
    if chunk is None:
        products = m.step(t_dot, b, c)
        m.done(*mine)
        sums = m.step(dot, a, products)
        m.done(*done)
        return sums
    a, b, c = (x.reshape(-1, chunk, x.shape[-1]) for x in (a, b, c))
    pairs = m.step(lambda a, b: np.tril(dot_t(a, b)), a, b)
    within = m.step(dot, pairs, c)
    del pairs
    before = m.step(t_dot, b, c)
    m.done(*mine)
    m.overwrite(before, lambda x: np.cumsum(x, axis=0) - x, before)
    across = m.step(dot, a, before)
    m.done(*done)
    del before
    m.overwrite(within, np.add, within, across)
    return within


def ratio(sums):
    return sums[..., :-1] / sums[..., -1:]


@pytest.mark.parametrize("chunk", [None, 3])
def test_linear_attention(normal, chunk):
    n_q, n_k, d_v, m = (8, 5, 4, Machine()) if chunk is None else (9, 9, 4, Machine())
    q, k, v = normal(n_q, D), normal(n_k, D), normal(n_k, d_v)
    ones_v = np.concatenate([v, np.ones((n_k, 1))], axis=1)
    features_q, features_k = m.step(features, q), m.step(features, k)
    sums = run_sums(m, features_q, features_k, ones_v, chunk, done=(features_q, features_k))
    m.bytes_read += sums.nbytes  # the last step, in the place of the sums
    m.bytes_written += sums.nbytes - n_q * 8
    same(ratio(sums).reshape(n_q, d_v), linear_attention(q, k, v, causal=chunk is not None))
    options = {} if chunk is None else {"causal": True, "chunk": chunk}
    m.agrees_with(cost.linear_attention_cost(n_q, n_k, D, d_v, **options))


def test_linear_attention_vjp(normal):
    n_q, n_k, d_v, m = 8, 5, 4, Machine()
    q, k, v, d_out = normal(n_q, D), normal(n_k, D), normal(n_k, d_v), normal(n_q, d_v)
    ones_v = np.concatenate([v, np.ones((n_k, 1))], axis=1)
    features_q, features_k = m.step(features, q), m.step(features, k)
    sums = run_sums(m, features_q, features_k, ones_v)
    d_values = d_out / sums[:, -1:]
    d_total = -(d_values * ratio(sums)).sum(axis=1, keepdims=True)
    m.overwrite(sums, lambda *_: np.concatenate([d_values, d_total], axis=1), sums, d_out)
    dq = run_sums(m, sums, ones_v, features_k)
    dk = run_sums(m, ones_v, sums, features_q)
    dv = run_sums(m, features_k, features_q, sums, done=(features_k, features_q, sums))
    m.overwrite(dq, slopes, q, dq)
    m.overwrite(dk, slopes, k, dk)
    expected = linear_attention_vjp(q, k, v, d_out)
    for got, gradient in zip((dq, dk, dv[:, :-1]), expected, strict=True):
        same(got, gradient)
    m.agrees_with(cost.linear_attention_vjp_cost(n_q, n_k, D, d_v))


def test_linear_attention_step(normal):
    """Token after token, the memory of earlier ones gives causal linear attention."""
    n, d_v = 4, 3
    q, k, v = normal(n, D), normal(n, D), normal(n, d_v)
    products, out = np.zeros((D, d_v + 1)), []
    for t in range(n):
        m, now = Machine(), slice(t, t + 1)
        value = np.concatenate([v[now], np.ones((1, 1))], axis=1)
        features_q, features_k = m.step(features, q[now]), m.step(features, k[now])
        m.overwrite(products, lambda s, k, v: s + k.T @ v, products, features_k, value)
        del features_k
        sums = m.step(dot, features_q, products)
        del features_q
        m.bytes_read += sums.nbytes
        m.bytes_written += sums.nbytes - 8
        out.append(ratio(sums)[0])
        m.agrees_with(cost.linear_attention_step_cost(D, d_v))
    same(np.array(out), linear_attention(q, k, v, causal=True))


def run_recurrent(m, x, w_x, w_h, step, carried=0):
    """x is (n, batch, d_in); `step` maps what it reads to the state and, maybe, the cell."""
    n, d_h = len(x), w_h.shape[0]
    pre = m.step(lambda x, w: x.reshape(-1, x.shape[-1]) @ w, x, w_x)
    rows = pre.reshape(n, BATCH, -1)
    in_place = rows.shape[-1] == d_h
    states = rows if in_place else m.hold(np.empty((n, BATCH, d_h)))
    state, cell = np.zeros((BATCH, d_h)), [m.hold(np.zeros((BATCH, d_h)))] * carried
    for t in range(n):
        added = m.step(dot, state, w_h)
        results = (
            step(rows[t], added, *cell) if carried or in_place else step(rows[t], added, state)
        )
        m.bytes_read += rows[t].nbytes + added.nbytes
        m.bytes_read += 0 if in_place else state.nbytes
        del added
        m.bytes_written += sum(x.nbytes for x in results)
        states[t] = state = results[0]
        if carried:
            cell[0][...] = results[1]
    return states


def gates(x):
    return np.split(x, x.shape[-1] // HIDDEN, axis=-1)


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
def test_recurrent_layers(normal, name):
    def rnn_step(from_input, from_state):
        return (np.tanh(from_input + from_state + b),)

    def gru_step(from_input, from_state, state):
        (r, z, c), (u_r, u_z, u_c) = gates(from_input + b), gates(from_state)
        r, z = sigmoid(r + u_r), sigmoid(z + u_z)
        c = np.tanh(c + r * u_c)
        return ((1 - z) * c + z * state,)

    def lstm_step(from_input, from_state, cell):
        i, f, g, o = gates(from_input + from_state + b)
        cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(cell), cell

    layer, record, step, n_gates, carried = {
        "rnn": (rnn, RNNWeights, rnn_step, 1, 0),
        "gru": (gru, GRUWeights, gru_step, 3, 0),
        "lstm": (lstm, LSTMWeights, lstm_step, 4, 1),
    }[name]
    x, b = normal(N, BATCH, D), normal(n_gates * HIDDEN)
    w_x, w_h = normal(D, n_gates * HIDDEN), normal(HIDDEN, n_gates * HIDDEN)
    weights = record(w_x, w_h, b, 0 * b) if name == "gru" else record(w_x, w_h, b)
    m = Machine()
    states = run_recurrent(m, x, w_x, w_h, step, carried)
    same(states, layer(x.swapaxes(0, 1), weights).swapaxes(0, 1))
    m.agrees_with(getattr(cost, f"{name}_cost")(N, D, HIDDEN, batch=BATCH))


def test_rnn_vjp(normal):
    weights = RNNWeights(normal(D, HIDDEN), normal(HIDDEN, HIDDEN), normal(HIDDEN))
    x, d_out = normal(BATCH, N, D), normal(BATCH, N, HIDDEN)
    d_x, d_weights, d_start = rnn_vjp(rnn_trace(x, weights), d_out)
    states = np.concatenate([np.zeros((BATCH, 1, HIDDEN)), rnn(x, weights)], axis=1)
    m = Machine()
    d_pre, d_state = m.hold(np.empty((BATCH, N, HIDDEN))), m.hold(np.zeros((BATCH, HIDDEN)))
    for t in reversed(range(N)):
        m.overwrite(
            d_pre[:, t],
            lambda h, d, d_h: (1 - h * h) * (d + d_h),
            *(states[:, t + 1], d_out[:, t], d_state),
        )
        m.overwrite(d_state, dot_t, d_pre[:, t], weights.w_h)
    d_rows = d_pre.reshape(-1, HIDDEN)
    got_d_x = m.step(dot_t, d_rows, weights.w_x)
    d_w_x = m.step(t_dot, x.reshape(-1, D), d_rows)
    d_w_h = m.step(t_dot, states[:, :-1].reshape(-1, HIDDEN), d_rows)
    same(got_d_x, d_x.reshape(-1, D))
    same(d_w_x, d_weights.w_x)
    same(d_w_h, d_weights.w_h)
    same(d_state, d_start)
    m.agrees_with(cost.rnn_vjp_cost(N, D, HIDDEN, batch=BATCH))


def test_lstm_vjp(normal):
    weights = LSTMWeights(normal(D, 4 * HIDDEN), normal(HIDDEN, 4 * HIDDEN), normal(4 * HIDDEN))
    x, d_out, m = normal(BATCH, N, D), normal(BATCH, N, HIDDEN), Machine()
    trace, zeros = lstm_trace(x, weights), np.zeros((BATCH, 1, HIDDEN))
    d_x, d_weights, d_start, _ = lstm_vjp(trace, d_out)
    states = np.concatenate([zeros, trace.out], axis=1)
    cells = np.concatenate([zeros, trace.cell_states], axis=1)
    pre = x @ weights.w_x + states[:, :-1] @ weights.w_h + weights.b
    kept = np.concatenate(
        [f(part) for f, part in zip((sigmoid, sigmoid, np.tanh, sigmoid), gates(pre), strict=True)],
        axis=-1,
    )

    def backwards(kept, cell, before, d_out, d_state, d_cell):
        (i, f, g, o), tanh_cell, d = gates(kept), np.tanh(cell), d_out + d_state
        d_cell = d_cell + d * o * (1 - tanh_cell**2)
        d_gates = d_cell * g * i * (1 - i), d_cell * before * f * (1 - f), d_cell * i * (1 - g * g)
        return np.concatenate([*d_gates, d * tanh_cell * o * (1 - o)], axis=-1), d_cell * f

    d_pre = m.hold(np.empty((BATCH, N, 4 * HIDDEN)))
    d_state, d_cell = (m.hold(np.zeros((BATCH, HIDDEN))) for _ in range(2))
    for t in reversed(range(N)):
        read = kept[:, t], cells[:, t + 1], cells[:, t], d_out[:, t], d_state, d_cell
        results = backwards(*read)
        m.overwrite(d_pre[:, t], lambda *_, d=results[0]: d, *read)
        m.overwrite(d_cell, lambda d=results[1]: d)  # the same step
        m.overwrite(d_state, dot_t, d_pre[:, t], weights.w_h)
    d_rows = d_pre.reshape(-1, 4 * HIDDEN)
    got = [m.step(dot_t, d_rows, weights.w_x), m.step(t_dot, x.reshape(-1, D), d_rows)]
    got.append(m.step(t_dot, states[:, :-1].reshape(-1, HIDDEN), d_rows))
    same(got[0], d_x.reshape(-1, D))
    same(got[1], d_weights.w_x)
    same(got[2], d_weights.w_h)
    same(d_state, d_start)
    m.agrees_with(cost.lstm_vjp_cost(N, D, HIDDEN, batch=BATCH))


def test_gru_vjp(normal):
    zero_bias = np.zeros(3 * HIDDEN)
    weights = GRUWeights(
        normal(D, 3 * HIDDEN), normal(HIDDEN, 3 * HIDDEN), normal(3 * HIDDEN), zero_bias
    )
    x, d_out, m = normal(BATCH, N, D), normal(BATCH, N, HIDDEN), Machine()
    trace = gru_trace(x, weights)
    d_x, d_weights, d_start = gru_vjp(trace, d_out)
    states = np.concatenate([np.zeros((BATCH, 1, HIDDEN)), trace.out], axis=1)
    (r, z, c), (u_r, u_z, u_c) = (
        gates(x @ weights.w_x + weights.b_x),
        gates(states[:, :-1] @ weights.w_h),
    )
    r, z = sigmoid(r + u_r), sigmoid(z + u_z)
    c = np.tanh(c + r * u_c)

    def backwards(r, z, c, u_c, before, d_out, d_state, direct):
        d = d_out + d_state + direct
        d_c = d * (1 - z) * (1 - c * c)
        d_r, d_z = d_c * u_c * r * (1 - r), d * (before - c) * z * (1 - z)
        return np.concatenate([d_r, d_z, d_c * r, d_c], axis=-1), d * z

    d_pre = m.hold(np.empty((BATCH, N, 4 * HIDDEN)))
    d_state, direct = (m.hold(np.zeros((BATCH, HIDDEN))) for _ in range(2))
    for t in reversed(range(N)):
        read = *(a[:, t] for a in (r, z, c, u_c, states, d_out)), d_state, direct
        results = backwards(*read)
        m.overwrite(d_pre[:, t], lambda *_, d=results[0]: d, *read)
        m.overwrite(direct, lambda d=results[1]: d)  # the same step
        m.overwrite(d_state, dot_t, d_pre[:, t, : 3 * HIDDEN], weights.w_h)
    for_h, for_x = (
        d_pre[..., : 3 * HIDDEN],
        np.delete(d_pre, np.s_[2 * HIDDEN : 3 * HIDDEN], axis=-1),
    )
    for_h, for_x = for_h.reshape(-1, 3 * HIDDEN), for_x.reshape(-1, 3 * HIDDEN)
    got = [m.step(dot_t, for_x, weights.w_x), m.step(t_dot, x.reshape(-1, D), for_x)]
    got.append(m.step(t_dot, states[:, :-1].reshape(-1, HIDDEN), for_h))
    same(got[0], d_x.reshape(-1, D))
    same(got[1], d_weights.w_x)
    same(got[2], d_weights.w_h)
    same(d_state + direct, d_start)
    m.agrees_with(cost.gru_vjp_cost(N, D, HIDDEN, batch=BATCH))
