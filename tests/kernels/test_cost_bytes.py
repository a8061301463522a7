"""Bytes of every cost function against its definition, run step by step on a counting machine.

Each definition is checked against its kernel, so that no step can be missing.
"""

import numpy as np
import pytest

from selfattn_course.kernels import cost
from selfattn_course.kernels.attention import attention
from selfattn_course.kernels.attention_vjp import attention_vjp
from selfattn_course.kernels.block_sparse import (
    block_sparse_attention,
    block_sparse_attention_vjp,
    layout_slices,
)
from selfattn_course.kernels.softmax import softmax
from selfattn_course.kernels.softmax_vjp import softmax_vjp
from selfattn_course.kernels.tiled import tiled_attention
from selfattn_course.kernels.window import (
    window_attention,
    window_attention_vjp,
    window_slices,
)
from tests.kernels.counting import Machine, dot, dot_t, t_dot

N_Q, N_K, D, D_V = 11, 13, 5, 3


@pytest.fixture
def normal():
    rng = np.random.default_rng(0)
    return lambda *shape: rng.normal(size=shape)


def same(got, expected):
    np.testing.assert_allclose(got, expected, atol=1e-12)


def run_attention(m, q, k, v):
    weights = m.step(lambda q, k: dot_t(q, k) / np.sqrt(D), q, k)
    m.overwrite(weights, softmax, weights)
    return m.step(dot, weights, v)


def run_attention_vjp(m, q, k, v, d_out):
    weights = m.step(lambda q, k: dot_t(q, k) / np.sqrt(D), q, k)
    m.overwrite(weights, softmax, weights)
    dv = m.step(t_dot, weights, d_out)
    d_scores = m.step(dot_t, d_out, v)
    m.overwrite(d_scores, softmax_vjp, weights, d_scores)
    del weights
    dq = m.step(lambda s, k: s @ k / np.sqrt(D), d_scores, k)
    dk = m.step(lambda s, q: t_dot(s, q) / np.sqrt(D), d_scores, q)
    return dq, dk, dv


def test_attention(normal):
    m, arrays = Machine(), (normal(N_Q, D), normal(N_K, D), normal(N_K, D_V))
    same(run_attention(m, *arrays), attention(*arrays))
    m.agrees_with(cost.attention_cost(N_Q, N_K, D, D_V))


def test_attention_vjp(normal):
    m, arrays = Machine(), (normal(N_Q, D), normal(N_K, D), normal(N_K, D_V), normal(N_Q, D_V))
    for got, expected in zip(run_attention_vjp(m, *arrays), attention_vjp(*arrays), strict=True):
        same(got, expected)
    m.agrees_with(cost.attention_vjp_cost(N_Q, N_K, D, D_V))


def test_float32_halves_all_bytes():
    double = cost.attention_vjp_cost(N_Q, N_K, D, D_V)
    single = cost.attention_vjp_cost(N_Q, N_K, D, D_V, itemsize=4)
    assert 2 * single.bytes_read == double.bytes_read
    assert 2 * single.bytes_written == double.bytes_written
    assert 2 * single.bytes_held == double.bytes_held
    assert single.multiply_adds == double.multiply_adds


def test_shared_heads_are_read_once():
    alone = cost.grouped_query_attention_cost(N_Q, N_K, 6, 6, D, D_V)
    shared = cost.grouped_query_attention_cost(N_Q, N_K, 6, 2, D, D_V)
    assert alone == cost.attention_cost(N_Q, N_K, D, D_V).at_once(6)
    assert alone.bytes_read - shared.bytes_read == 8 * 4 * N_K * (D + D_V)
    assert alone.multiply_adds == shared.multiply_adds


@pytest.mark.parametrize("causal", [False, True])
def test_tiled_attention(normal, causal):
    q, k, v, rows, columns = normal(N_Q, D), normal(N_K, D), normal(N_K, D_V), 4, 5
    m, out = Machine(), np.zeros((N_Q, D_V))
    m.hold(out)
    for start in range(0, N_Q, rows):
        q_rows, total, n_k = q[start : start + rows], 0.0, N_K
        m.bytes_read += q_rows.nbytes
        stop = start + len(q_rows)
        for first in range(0, min(N_K, stop + 1) if causal else n_k, columns):
            last = min(first + columns, stop + 1 if causal else n_k, n_k)
            tile = m.hold(dot_t(q_rows, k[first:last]) / np.sqrt(D))
            m.bytes_read += k[first:last].nbytes + v[first:last].nbytes
            if causal:
                tile[~(np.arange(first, last) <= np.arange(start, stop)[:, None] + 1)] = -np.inf
            np.exp(tile, out=tile)
            total += tile.sum(axis=1, keepdims=True)
            out[start:stop] += tile @ v[first:last]
            del tile
        out[start:stop] /= total
        m.bytes_written += out[start:stop].nbytes
    same(out, tiled_attention(q, k, v, causal=causal, offset=1))
    sizes = {"rows": rows, "columns": columns, "causal": causal, "offset": 1}
    m.agrees_with(cost.tiled_attention_cost(N_Q, N_K, D, D_V, **sizes))


@pytest.mark.parametrize("causal", [False, True])
def test_tiled_attention_vjp(normal, causal):
    q, k, v, d_out = normal(N_Q, D), normal(N_K, D), normal(N_K, D_V), normal(N_Q, D_V)
    rows, columns = 4, 5
    mask = np.arange(N_K) <= np.arange(N_Q)[:, None] + 1 if causal else np.ones((N_Q, N_K), bool)
    m, out = Machine(), attention(q, k, v, mask)
    scores = np.where(mask, q @ k.T / np.sqrt(D), -np.inf)
    normalizer = np.log(np.exp(scores).sum(axis=1, keepdims=True))
    row_sums = (d_out * out).sum(axis=1, keepdims=True)
    m.bytes_read += d_out.nbytes + out.nbytes
    dq, dk, dv = (m.hold(np.zeros_like(x)) for x in (q, k, v))
    for first in range(0, N_K, columns):
        keys = slice(first, min(first + columns, N_K))
        m.bytes_read += k[keys].nbytes + v[keys].nbytes
        m.bytes_written += k[keys].nbytes + v[keys].nbytes
        for start in range(0, N_Q, rows):
            some = slice(start, min(start + rows, N_Q))
            if not mask[some.stop - 1, first]:
                continue
            m.bytes_read += q[some].nbytes + d_out[some].nbytes + dq[some].nbytes
            m.bytes_written += dq[some].nbytes
            weights = m.hold(np.exp(scores[some, keys] - normalizer[some]))
            d_scores = m.hold(dot_t(d_out[some], v[keys]))
            d_scores -= row_sums[some]
            d_scores *= weights / np.sqrt(D)
            dv[keys] += t_dot(weights, d_out[some])
            dq[some] += d_scores @ k[keys]
            dk[keys] += t_dot(d_scores, q[some])
            del weights, d_scores
    for got, expected in zip((dq, dk, dv), attention_vjp(q, k, v, d_out, mask), strict=True):
        same(got, expected)
    sizes = {"rows": rows, "columns": columns, "causal": causal, "offset": 1}
    m.agrees_with(cost.tiled_attention_vjp_cost(N_Q, N_K, D, D_V, **sizes))


def run_pieces(m, q, k, v, pieces):
    out = m.hold(np.zeros((N_Q, D_V)))
    for rows, keys, mask in pieces:
        weights = m.step(lambda q, k: dot_t(q, k) / np.sqrt(D), q[rows], k[keys])
        weights[~mask] = -np.inf
        m.overwrite(weights, softmax, weights)
        m.overwrite(out[rows], dot, weights, v[keys])
        del weights
    return out


def run_pieces_vjp(m, q, k, v, d_out, pieces):
    dq, dk, dv = (m.hold(np.zeros_like(x)) for x in (q, k, v))
    for rows, keys, mask in pieces:
        inner = Machine()
        weights = inner.step(lambda q, k: dot_t(q, k) / np.sqrt(D), q[rows], k[keys])
        weights[~mask] = -np.inf
        inner.overwrite(weights, softmax, weights)
        dv_part = inner.step(t_dot, weights, d_out[rows])
        d_scores = inner.step(dot_t, d_out[rows], v[keys])
        inner.overwrite(d_scores, softmax_vjp, weights, d_scores)
        del weights
        dq_part = inner.step(lambda s, k: s @ k / np.sqrt(D), d_scores, k[keys])
        dk_part = inner.step(lambda s, q: t_dot(s, q) / np.sqrt(D), d_scores, q[rows])
        dq[rows] = dq_part
        m.bytes_read += inner.bytes_read
        m.bytes_written += inner.bytes_written
        m.bytes_held = max(m.bytes_held, dq.nbytes + dk.nbytes + dv.nbytes + inner.bytes_held)
        for whole, part in ((dk, dk_part), (dv, dv_part)):
            m.bytes_read += 2 * part.nbytes
            m.bytes_written += part.nbytes
            whole[keys] += part
    return dq, dk, dv


def window_pieces(left, right, offset, block):
    slices = window_slices(N_Q, N_K, left=left, right=right, offset=offset, block=block)
    for rows, keys in slices:
        position = np.arange(rows.start, rows.stop)[:, None] + offset
        distance = np.arange(keys.start, keys.stop) - position
        yield rows, keys, (distance >= -left) & (distance <= right)


def test_window_attention(normal):
    window = {"left": 3, "right": 1, "offset": 2, "block": 4}
    q, k, v, d_out = normal(N_Q, D), normal(N_K, D), normal(N_K, D_V), normal(N_Q, D_V)
    m = Machine()
    same(run_pieces(m, q, k, v, window_pieces(**window)), window_attention(q, k, v, **window))
    m.agrees_with(cost.window_attention_cost(N_Q, N_K, D, D_V, **window))
    m = Machine()
    gradients = run_pieces_vjp(m, q, k, v, d_out, window_pieces(**window))
    for got, expected in zip(
        gradients, window_attention_vjp(q, k, v, d_out, **window), strict=True
    ):
        same(got, expected)
    m.agrees_with(cost.window_attention_vjp_cost(N_Q, N_K, D, D_V, **window))


def test_block_sparse_attention(normal):
    layout = np.array([[1, 0, 1, 0], [1, 1, 0, 1], [0, 1, 1, 0]], bool)
    options = {"layout": layout, "block": 4, "causal": True, "offset": 1}
    pieces = [
        (rows, keys, keys <= np.arange(rows.start, rows.stop)[:, None] + 1)
        for rows, keys in layout_slices(layout, N_Q, N_K, block=4, causal=True, offset=1)
    ]
    q, k, v, d_out = normal(N_Q, D), normal(N_K, D), normal(N_K, D_V), normal(N_Q, D_V)
    m = Machine()
    same(run_pieces(m, q, k, v, pieces), block_sparse_attention(q, k, v, **options))
    m.agrees_with(cost.block_sparse_attention_cost(N_Q, N_K, D, D_V, **options))
    m = Machine()
    gradients = run_pieces_vjp(m, q, k, v, d_out, pieces)
    for got, expected in zip(
        gradients, block_sparse_attention_vjp(q, k, v, d_out, **options), strict=True
    ):
        same(got, expected)
    m.agrees_with(cost.block_sparse_attention_vjp_cost(N_Q, N_K, D, D_V, **options))
