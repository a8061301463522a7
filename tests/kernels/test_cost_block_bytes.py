"""Bytes of blocks against their definitions, run step by step on a counting machine."""

import numpy as np
import pytest

from selfattn_course.kernels import cost
from selfattn_course.kernels.decoder import (
    DecoderBlockWeights,
    decoder_block,
    decoder_block_trace,
    decoder_block_vjp,
)
from selfattn_course.kernels.encoder import EncoderBlockWeights, encoder_block
from selfattn_course.kernels.feed_forward import FeedForwardWeights
from selfattn_course.kernels.multihead import MultiHeadWeights
from selfattn_course.kernels.normalization import layer_norm, layer_norm_vjp
from selfattn_course.kernels.residual import LayerNormWeights
from tests.kernels.counting import Machine
from tests.kernels.definitions import (
    BATCH,
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


def all_weights(normal):
    attend, cross = (MultiHeadWeights(*(normal(D, D) for _ in range(4))) for _ in range(2))
    feed = FeedForwardWeights(normal(D, HIDDEN), normal(HIDDEN), normal(HIDDEN, D), normal(D))
    return attend, cross, feed, [LayerNormWeights(normal(D), normal(D)) for _ in range(3)]


def run_block(m, x, parts, norm_first):
    """Each part: a function of the machine and an array, and the weights of its norm."""
    for part, norm in parts:
        given = m.step(layer_norm, x, norm.gain, norm.bias) if norm_first else x
        change = part(m, given, done=(given,) if norm_first else ())
        del given
        m.overwrite(change, np.add, x, change)
        x = change
        del change
        if not norm_first:
            m.overwrite(x, layer_norm, x, norm.gain, norm.bias)
    return x


@pytest.mark.parametrize("norm_first", [True, False])
@pytest.mark.parametrize("n_memory", [None, M])
def test_blocks(normal, norm_first, n_memory):
    attend, cross, feed, norms = all_weights(normal)
    x, memory, m = normal(BATCH, N, D), normal(BATCH, M, D), Machine()
    parts = [
        (lambda m, x, done: run_multi_head(m, x, x, attend, H, done), norms[0]),
        (
            lambda m, x, done: run_multi_head(m, x, memory.reshape(-1, D), cross, H, done),
            norms[1],
        ),
        (lambda m, x, done: run_feed_forward(m, x, feed, done), norms[2]),
    ]
    options = {"batch": BATCH, "norm_first": norm_first}
    if n_memory is None:
        del parts[1]
        weights = EncoderBlockWeights(attend, norms[0], feed, norms[2])
        expected = encoder_block(x, weights, H, norm_first=norm_first)
        expected_cost = cost.encoder_block_cost(N, D, H, HIDDEN, **options)
    else:
        weights = DecoderBlockWeights(attend, norms[0], cross, norms[1], feed, norms[2])
        expected = decoder_block(x, memory, weights, H, norm_first=norm_first)
        expected_cost = cost.decoder_block_cost(N, M, D, H, HIDDEN, **options)
    same(run_block(m, x.reshape(-1, D), parts, norm_first), expected.reshape(-1, D))
    m.agrees_with(expected_cost)


def run_norm_vjp(m, x, d, norm):
    """In the place of d, unless that is an input."""
    d_x, *d_norm = layer_norm_vjp(x, norm.gain, norm.bias, d)
    m.bytes_read += x.nbytes + d.nbytes + norm.gain.nbytes
    m.bytes_written += d_x.nbytes + 2 * norm.gain.nbytes
    m.done(d)
    return m.hold(d_x), m.hold(np.concatenate(d_norm))


@pytest.mark.parametrize("norm_first", [True, False])
def test_decoder_block_vjp(normal, norm_first):
    attend, cross, feed, norms = all_weights(normal)
    weights = DecoderBlockWeights(attend, norms[0], cross, norms[1], feed, norms[2])
    x, d_start, memory = normal(BATCH, N, D), normal(BATCH, N, D), normal(BATCH, M, D)
    options = {"norm_first": norm_first}
    trace = decoder_block_trace(x, memory, weights, H, **options)
    expected = decoder_block_vjp(x, memory, weights, d_start, H, **options)
    m, kept, rows = Machine(), [], memory.reshape(-1, D)

    def backwards(part, x, d_out, done):
        """The gradient in x; what else the part gives is kept."""
        if part == 2:
            d_x, *others = run_feed_forward_vjp(m, x, feed, d_out, done)
        elif part == 1:
            inner = list(run_attended(m, x, rows, cross, H))
            d_x, *others = run_multi_head_vjp(m, inner, x, rows, cross, d_out, H, done)
        else:
            inner = list(run_attended(m, x, x, attend, H))
            d_x, d_x_too, *others = run_multi_head_vjp(m, inner, x, x, attend, d_out, H, done)
            m.overwrite(d_x, np.add, d_x, d_x_too)
        kept.append(others)
        return d_x

    d_out = d_start.reshape(-1, D)
    for part in (2, 1, 0):
        residual, norm = trace.residuals[part], norms[part]
        x, before = residual.x.reshape(-1, D), residual.before_norm.reshape(-1, D)
        if norm_first:
            given = m.step(layer_norm, x, norm.gain, norm.bias)
            d_given = backwards(part, given, d_out, (given,))
            d_x, d_norm = run_norm_vjp(m, x, d_given, norm)
            m.overwrite(d_x, np.add, d_out, d_x)
            m.done(d_out)
        else:
            d_normed, d_norm = run_norm_vjp(m, before, d_out, norm)
            d_x = backwards(part, x, d_normed, ())
            m.overwrite(d_x, np.add, d_normed, d_x)
            m.done(d_normed)
        kept.append(d_norm)
        d_out = d_x
    same(d_out, expected[0].reshape(-1, D))
    same(kept[2][0], expected[1].reshape(-1, D))
    same(kept[4][0], expected[2].self_attention.w_q)
    m.agrees_with(cost.decoder_block_vjp_cost(N, M, D, H, HIDDEN, batch=BATCH, **options))


@pytest.mark.parametrize("norm_first", [True, False])
def test_an_encoder_block_is_a_decoder_block_without_memory(norm_first):
    sizes, options = (D, H, HIDDEN), {"norm_first": norm_first, "batch": BATCH}
    encoder = cost.encoder_block_vjp_cost(N, *sizes, **options)
    decoder = cost.decoder_block_vjp_cost(N, M, *sizes, **options)
    attention = cost.multi_head_attention_vjp_cost(N, M, D, H, batch=BATCH)
    attention += cost.linear_map_cost(BATCH * N, D, D) + 2 * cost.linear_map_cost(BATCH * M, D, D)
    attention += cost.attention_cost(N, M, D // H).at_once(BATCH * H)
    rows, residual = BATCH * N, 8 * BATCH * N * D
    norm = cost.layer_norm_vjp_cost(rows, D)
    if norm_first:
        norm += cost.layer_norm_cost(rows, D)
    both = encoder + attention + norm
    assert decoder.multiply_adds == both.multiply_adds
    assert decoder.exponentials == both.exponentials
    assert decoder.bytes_read == both.bytes_read + 2 * residual
    assert decoder.bytes_written == both.bytes_written + residual
