"""Multiply-adds and exponentials of every cost function against its kernel, counted as it runs."""

import dataclasses

import numpy as np
import pytest

from selfattn_course.kernels import cost
from selfattn_course.kernels.attention import attention
from selfattn_course.kernels.attention_vjp import attention_vjp
from selfattn_course.kernels.block_sparse import (
    block_sparse_attention,
    block_sparse_attention_vjp,
)
from selfattn_course.kernels.cache import KeyValueCache
from selfattn_course.kernels.decoder import (
    DecoderBlockWeights,
    decoder_block,
    decoder_block_trace,
    decoder_block_vjp,
)
from selfattn_course.kernels.encoder import (
    EncoderBlockWeights,
    encoder_block,
    encoder_block_trace,
    encoder_block_vjp,
)
from selfattn_course.kernels.feed_forward import (
    FeedForwardWeights,
    GatedFeedForwardWeights,
    feed_forward,
    feed_forward_vjp,
    gated_feed_forward,
    gated_feed_forward_vjp,
)
from selfattn_course.kernels.grouped import (
    grouped_query_attention,
    grouped_query_attention_vjp,
)
from selfattn_course.kernels.gru import GRUWeights, gru, gru_trace, gru_vjp
from selfattn_course.kernels.linear_attention import linear_attention, linear_attention_vjp
from selfattn_course.kernels.linear_map import linear_map, linear_map_vjp
from selfattn_course.kernels.lstm import LSTMWeights, lstm, lstm_trace, lstm_vjp
from selfattn_course.kernels.multihead import (
    MultiHeadWeights,
    multi_head_attention,
    multi_head_attention_trace,
    multi_head_attention_vjp,
)
from selfattn_course.kernels.normalization import layer_norm, layer_norm_vjp, rms_norm, rms_norm_vjp
from selfattn_course.kernels.residual import LayerNormWeights
from selfattn_course.kernels.rnn import RNNWeights, rnn, rnn_trace, rnn_vjp
from selfattn_course.kernels.tiled import tiled_attention
from selfattn_course.kernels.window import window_attention, window_attention_vjp
from tests.kernels.counting import counted_work

N_Q, N_K, D, D_V, H, H_KV, BATCH, HIDDEN = 11, 13, 5, 3, 6, 2, 7, 17
SIZES = N_Q, N_K, D, D_V
rng = np.random.default_rng(0)


def normal(*shape):
    return 0.3 * rng.normal(size=shape)  # scores so small that tiles never move their reference


def check(expected, function, *args, **options):
    _, tally = counted_work(function, *args, **options)
    counts = expected.multiply_adds, expected.exponentials
    assert (tally.multiply_adds, tally.exponentials) == counts


def check_with_sigmoids(expected, function, *args, **options):
    """The kernels' sigmoid takes exp(x) and exp(-x), to be accurate at both ends."""
    check(
        dataclasses.replace(expected, exponentials=2 * expected.exponentials),
        function,
        *args,
        **options,
    )


def more_columns(pairs):
    """The tiled backward pass adds normalizers and row sums as one more column of a product."""
    return cost.Cost(multiply_adds=2 * BATCH * H * pairs)


def last_projection(d):
    """The backward pass of a block runs its parts forward again, to their very ends."""
    return cost.linear_map_cost(BATCH * N_Q, d, d)


def qkv(n_q=N_Q, n_k=N_K, leading=(), kv_leading=None):
    kv_leading = leading if kv_leading is None else kv_leading
    return (
        normal(*leading, n_q, D),
        normal(*kv_leading, n_k, D),
        normal(*kv_leading, n_k, D_V),
    )


def multi_head_weights(d_model, h, h_kv, d):
    return MultiHeadWeights(
        normal(d_model, h * d),
        normal(d_model, h_kv * d),
        normal(d_model, h_kv * d),
        normal(h * d, d_model),
    )


def feed_forward_weights(d):
    return FeedForwardWeights(normal(d, HIDDEN), normal(HIDDEN), normal(HIDDEN, d), normal(d))


def layer_norm_weights(d):
    return LayerNormWeights(normal(d), normal(d))


def test_counting_changes_no_result():
    q, k, v = qkv()
    counted, _ = counted_work(attention, q, k, v)
    np.testing.assert_array_equal(counted, attention(q, k, v))
    assert type(attention(q, k, v)) is np.ndarray  # and leaves nothing behind


def test_attention():
    q, k, v = qkv()
    check(cost.attention_cost(*SIZES), attention, q, k, v)
    check(cost.attention_cost(*SIZES), attention, q, k, v, np.tri(N_Q, N_K, dtype=bool))
    check(cost.attention_vjp_cost(*SIZES), attention_vjp, q, k, v, normal(N_Q, D_V))
    check(cost.attention_cost(*SIZES).at_once(BATCH), attention, *qkv(leading=(BATCH,)))


def test_grouped_query_attention():
    sizes = N_Q, N_K, H, H_KV, D, D_V
    q, k, v = qkv(leading=(H,), kv_leading=(H_KV,))
    check(cost.grouped_query_attention_cost(*sizes), grouped_query_attention, q, k, v)
    backward = cost.grouped_query_attention_vjp_cost(*sizes)
    check(backward, grouped_query_attention_vjp, q, k, v, normal(H, N_Q, D_V))


@pytest.mark.parametrize("n_q", [1, 256, 300, 600])
@pytest.mark.parametrize("causal", [False, True])
def test_tiled_attention(n_q, causal):
    q, k, v = qkv(n_q, 700)
    options = {"causal": causal, "offset": 90}
    check(
        cost.tiled_attention_cost(n_q, 700, D, D_V, **options), tiled_attention, q, k, v, **options
    )


@pytest.mark.parametrize(("left", "right"), [(0, 0), (4, 0), (3, 5), (99, 99)])
def test_window_attention(left, right):
    q, k, v = qkv(23, 29)
    options = {"left": left, "right": right, "offset": 4, "block": 6}
    check(
        cost.window_attention_cost(23, 29, D, D_V, **options), window_attention, q, k, v, **options
    )
    backward = cost.window_attention_vjp_cost(23, 29, D, D_V, **options)
    check(backward, window_attention_vjp, q, k, v, normal(23, D_V), **options)


@pytest.mark.parametrize("causal", [False, True])
def test_block_sparse_attention(causal):
    q, k, v = qkv(23, 29)
    layout = np.random.default_rng(1).random((4, 5)) < 0.6
    options = {"layout": layout, "block": 6, "causal": causal}
    forward = cost.block_sparse_attention_cost(23, 29, D, D_V, **options)
    check(forward, block_sparse_attention, q, k, v, **options)
    backward = cost.block_sparse_attention_vjp_cost(23, 29, D, D_V, **options)
    check(backward, block_sparse_attention_vjp, q, k, v, normal(23, D_V), **options)


def test_linear_attention():
    q, k, v = qkv()
    check(cost.linear_attention_cost(*SIZES), linear_attention, q, k, v)
    backward = cost.linear_attention_vjp_cost(*SIZES)
    check(backward, linear_attention_vjp, q, k, v, normal(N_Q, D_V))


@pytest.mark.parametrize("n", [1, 50, 64, 150])
def test_causal_linear_attention(n):
    q, k, v = qkv(n, n)
    sizes, causal = (n, n, D, D_V), {"causal": True}
    check(cost.linear_attention_cost(*sizes, **causal), linear_attention, q, k, v, **causal)
    backward = cost.linear_attention_vjp_cost(*sizes, **causal)
    check(backward, linear_attention_vjp, q, k, v, normal(n, D_V), **causal)


def test_linear_map():
    x, w = normal(BATCH, N_Q, D), normal(D, HIDDEN)
    check(cost.linear_map_cost(BATCH * N_Q, D, HIDDEN), linear_map, x, w)
    backward = cost.linear_map_vjp_cost(BATCH * N_Q, D, HIDDEN)
    check(backward, linear_map_vjp, x, w, None, normal(BATCH, N_Q, HIDDEN))


def test_normalizations_have_no_matrix_product():
    x, gain, bias, d_out = normal(N_Q, D), normal(D), normal(D), normal(N_Q, D)
    check(cost.layer_norm_cost(N_Q, D), layer_norm, x, gain, bias)
    check(cost.layer_norm_vjp_cost(N_Q, D), layer_norm_vjp, x, gain, bias, d_out)
    check(cost.rms_norm_cost(N_Q, D), rms_norm, x, gain)
    check(cost.rms_norm_vjp_cost(N_Q, D), rms_norm_vjp, x, gain, d_out)


@pytest.mark.parametrize("activation", ["relu", "gelu", "gelu_tanh", "swish"])
def test_feed_forward(activation):
    x, weights, options = normal(BATCH, N_Q, D), feed_forward_weights(D), {"activation": activation}
    sizes = BATCH * N_Q, D, HIDDEN
    compare = check_with_sigmoids if activation in ("gelu_tanh", "swish") else check
    compare(cost.feed_forward_cost(*sizes, **options), feed_forward, x, weights, **options)
    backward = cost.feed_forward_vjp_cost(*sizes, **options)
    compare(backward, feed_forward_vjp, x, weights, normal(BATCH, N_Q, D), **options)


def test_gated_feed_forward():
    x = normal(BATCH, N_Q, D)
    weights = GatedFeedForwardWeights(normal(D, HIDDEN), normal(D, HIDDEN), normal(HIDDEN, D))
    sizes = BATCH * N_Q, D, HIDDEN
    check_with_sigmoids(cost.gated_feed_forward_cost(*sizes), gated_feed_forward, x, weights)
    backward = cost.gated_feed_forward_vjp_cost(*sizes)
    check_with_sigmoids(backward, gated_feed_forward_vjp, x, weights, normal(BATCH, N_Q, D))


@pytest.mark.parametrize("h_kv", [H, H_KV, 1])
def test_multi_head_attention(h_kv):
    d_model = 19
    x_q, x_kv = normal(BATCH, N_Q, d_model), normal(BATCH, N_K, d_model)
    weights, heads = multi_head_weights(d_model, H, h_kv, D), {"n_kv_heads": h_kv}
    sizes, given = (N_Q, N_K, d_model, H, h_kv), {"d": D, "batch": BATCH}
    forward = cost.multi_head_attention_cost(*sizes, **given)
    check(forward, multi_head_attention, x_q, x_kv, weights, H, **heads)
    backward = cost.multi_head_attention_vjp_cost(*sizes, **given)
    d_out = normal(BATCH, N_Q, d_model)
    heads["trace"] = multi_head_attention_trace(x_q, x_kv, weights, H, **heads)
    backward += more_columns(N_Q * N_K)
    check(backward, multi_head_attention_vjp, x_q, x_kv, weights, d_out, H, **heads)


def test_decoding_step():
    d_model, n_cached = 19, 23
    weights = multi_head_weights(d_model, H, H_KV, D)
    cache = KeyValueCache()
    cache.append(*normal(2, BATCH, H_KV, n_cached, D))

    def step(x, weights):
        def heads(features, h):
            return (features.reshape(BATCH, 1, h, D)).swapaxes(1, 2)

        cache.append(heads(x @ weights.w_k, H_KV), heads(x @ weights.w_v, H_KV))
        # The cache copies into plain buffers: with queries under count, its products still are.
        out = cache.attend(heads(x @ weights.w_q, H))
        return out.swapaxes(1, 2).reshape(BATCH, H * D) @ weights.w_o

    expected = cost.decoding_step_cost(n_cached, d_model, H, H_KV, d=D, batch=BATCH)
    check(expected, step, normal(BATCH, d_model), weights)
    held = cache.k.nbytes + cache.v.nbytes
    assert cost.cache_bytes(n_cached + 1, H_KV, D, batch=BATCH) == held


@pytest.mark.parametrize("norm_first", [True, False])
@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_encoder_block(norm_first, activation):
    d = 18
    attend = multi_head_weights(d, H, H, d // H)
    norms = layer_norm_weights(d), layer_norm_weights(d)
    weights = EncoderBlockWeights(attend, norms[0], feed_forward_weights(d), norms[1])
    options = {"norm_first": norm_first, "activation": activation}
    expected = cost.encoder_block_cost(N_Q, d, H, HIDDEN, batch=BATCH, **options)
    x, d_out = normal(2, BATCH, N_Q, d)
    check(expected, encoder_block, x, weights, H, **options)
    expected = cost.encoder_block_vjp_cost(N_Q, d, H, HIDDEN, batch=BATCH, **options)
    expected += more_columns(N_Q * N_Q) + last_projection(d)
    options["trace"] = encoder_block_trace(x, weights, H, **options)
    check(expected, encoder_block_vjp, x, weights, d_out, H, **options)


@pytest.mark.parametrize("norm_first", [True, False])
def test_decoder_block(norm_first):
    d, options = 18, {"norm_first": norm_first, "activation": "gelu"}
    attend = [multi_head_weights(d, H, H, d // H) for _ in range(2)]
    norms = [layer_norm_weights(d) for _ in range(3)]
    weights = DecoderBlockWeights(
        attend[0], norms[0], attend[1], norms[1], feed_forward_weights(d), norms[2]
    )
    x, memory = normal(BATCH, N_Q, d), normal(BATCH, N_K, d)
    expected = cost.decoder_block_cost(N_Q, N_K, d, H, HIDDEN, batch=BATCH, **options)
    check(expected, decoder_block, x, memory, weights, H, **options)
    expected = cost.decoder_block_vjp_cost(N_Q, N_K, d, H, HIDDEN, batch=BATCH, **options)
    expected += more_columns(N_Q * (N_Q + N_K)) + 2 * last_projection(d)
    options["trace"] = decoder_block_trace(x, memory, weights, H, **options)
    d_out = normal(BATCH, N_Q, d)
    check(expected, decoder_block_vjp, x, memory, weights, d_out, H, **options)


RECURRENT = {
    "rnn": (rnn, rnn_trace, rnn_vjp, RNNWeights, 1, 1),
    "gru": (gru, gru_trace, gru_vjp, GRUWeights, 3, 2),
    "lstm": (lstm, lstm_trace, lstm_vjp, LSTMWeights, 4, 1),
}


@pytest.mark.parametrize("name", RECURRENT)
def test_recurrent_layer(name):
    forward, trace, backward, record, gates, biases = RECURRENT[name]
    b = [normal(gates * HIDDEN) for _ in range(biases)]
    weights = record(normal(D, gates * HIDDEN), normal(HIDDEN, gates * HIDDEN), *b)
    x, sizes = normal(BATCH, N_Q, D), (N_Q, D, HIDDEN)
    check(getattr(cost, f"{name}_cost")(*sizes, batch=BATCH), forward, x, weights)
    expected = getattr(cost, f"{name}_vjp_cost")(*sizes, batch=BATCH)
    check(expected, backward, trace(x, weights), normal(BATCH, N_Q, HIDDEN))


@pytest.mark.parametrize("groups", [1, 3])
def test_convolution(groups):
    n, d_in, d_out, width = 5, 6, 9, 4
    multiply_adds = 0
    for _ in range(n):
        for out in range(d_out):
            group = out * groups // d_out
            for feature in range(d_in):
                if feature * groups // d_in == group:
                    multiply_adds += width
    expected = cost.convolution_cost(n, d_in, d_out, width, groups=groups)
    assert expected.multiply_adds == multiply_adds


def test_linear_attention_step():
    multiply_adds = 0
    for _ in range(D):  # features of the key
        for _ in range(D_V + 1):  # features of the value, and the one that sums the weights
            multiply_adds += 2  # into the sum of products, and out of it with the query
    expected = cost.linear_attention_step_cost(D, D_V)
    assert (expected.multiply_adds, expected.exponentials) == (multiply_adds, 2 * D)
