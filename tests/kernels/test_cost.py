import dataclasses
import tracemalloc

import numpy as np
import pytest

from selfattn_course.kernels import cost
from selfattn_course.kernels.attention import attention
from selfattn_course.kernels.attention_vjp import attention_vjp
from selfattn_course.kernels.block_sparse import block_sparse_attention, block_sparse_attention_vjp
from selfattn_course.kernels.cost import Cost
from selfattn_course.kernels.cost.schedule import cost_of, elementwise, product
from selfattn_course.kernels.layouts import global_layout, local_layout
from selfattn_course.kernels.linear_attention import linear_attention
from selfattn_course.kernels.tiled import tiled_attention
from selfattn_course.kernels.window import window_attention, window_attention_vjp

ALL_COSTS = [
    cost.attention_cost(7, 5, 3, 2),
    cost.attention_vjp_cost(7, 5, 3, 2),
    cost.grouped_query_attention_cost(7, 5, 4, 2, 3),
    cost.grouped_query_attention_vjp_cost(7, 5, 4, 2, 3),
    cost.tiled_attention_cost(7, 5, 3, 2, rows=2, columns=3, causal=True),
    cost.tiled_attention_vjp_cost(7, 5, 3, 2, rows=2, columns=3, causal=True),
    cost.window_attention_cost(7, 5, 3, left=1, right=0),
    cost.window_attention_vjp_cost(7, 5, 3, left=1, right=0),
    cost.block_sparse_attention_cost(7, 5, 3, layout=np.ones((4, 3), bool), block=2),
    cost.block_sparse_attention_vjp_cost(7, 5, 3, layout=np.ones((4, 3), bool), block=2),
    cost.linear_attention_cost(7, 5, 3),
    cost.linear_attention_vjp_cost(7, 7, 3, causal=True),
    cost.linear_attention_step_cost(3, 2),
    cost.linear_map_cost(7, 3, 2),
    cost.linear_map_vjp_cost(7, 3, 2),
    cost.layer_norm_cost(7, 3),
    cost.layer_norm_vjp_cost(7, 3),
    cost.rms_norm_cost(7, 3),
    cost.rms_norm_vjp_cost(7, 3),
    cost.feed_forward_cost(7, 3, 5),
    cost.feed_forward_vjp_cost(7, 3, 5),
    cost.gated_feed_forward_cost(7, 3, 5),
    cost.gated_feed_forward_vjp_cost(7, 3, 5),
    cost.multi_head_attention_cost(7, 5, 6, 2),
    cost.multi_head_attention_vjp_cost(7, 5, 6, 2),
    cost.decoding_step_cost(7, 6, 2),
    cost.encoder_block_cost(7, 6, 2, 5),
    cost.decoder_block_cost(7, 5, 6, 2, 5),
    cost.encoder_block_vjp_cost(7, 6, 2, 5),
    cost.decoder_block_vjp_cost(7, 5, 6, 2, 5),
    cost.rnn_cost(7, 3, 2),
    cost.rnn_vjp_cost(7, 3, 2),
    cost.gru_cost(7, 3, 2),
    cost.gru_vjp_cost(7, 3, 2),
    cost.lstm_cost(7, 3, 2),
    cost.lstm_vjp_cost(7, 3, 2),
    cost.convolution_cost(7, 3, 2, 3),
]


def test_a_product_by_hand():
    # (2, 3) @ (3, 5): 10 sums of 3 products; 6 + 15 numbers in, 10 out, of 4 bytes each.
    assert cost.linear_map_cost(2, 3, 5, itemsize=4) == Cost(30, 0, 84, 40, 40)


def test_attention_by_hand():
    # 2 queries, 3 keys of 5 numbers, values of 7: scores and weights are 6 numbers.
    expected = Cost(
        multiply_adds=6 * 5 + 6 * 7,
        exponentials=6,
        bytes_read=8 * ((10 + 15) + 6 + (6 + 21)),
        bytes_written=8 * (6 + 6 + 14),
        bytes_held=8 * (6 + 14),
    )
    assert cost.attention_cost(2, 3, 5, 7) == expected


def test_convolution_by_hand():
    # A filter of 3 numbers over 5 positions of one feature.
    assert cost.convolution_cost(5, 1, 1, 3) == Cost(15, 0, 8 * (5 + 3), 40, 40)
    # Four features, each filtered alone: as four such filters.
    assert cost.convolution_cost(5, 4, 4, 3, groups=4) == cost.convolution_cost(5, 1, 1, 3).at_once(
        4
    )


def test_one_after_the_other_adds_counts_but_not_memory():
    assert Cost(1, 2, 3, 4, 5) + Cost(10, 20, 30, 40, 2) == Cost(11, 22, 33, 44, 5)
    assert sum([Cost(1), Cost(2)], Cost()) == Cost(3)


def test_repetition_multiplies_counts_but_not_memory():
    assert 3 * Cost(1, 2, 3, 4, 5) == Cost(1, 2, 3, 4, 5) * 3 == Cost(3, 6, 9, 12, 5)
    assert 0 * Cost(1, 2, 3, 4, 5) == Cost()


def test_together_multiplies_memory_too():
    assert Cost(1, 2, 3, 4, 5).at_once(3) == Cost(3, 6, 9, 12, 15)


def test_costs_refuse_what_is_no_cost():
    with pytest.raises(TypeError, match="unsupported operand"):
        Cost() + 1
    with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
        Cost() * 1.5
    with pytest.raises(ValueError, match="times is -1; expected 0 or more"):
        -1 * Cost()


def test_all_counts_are_exact_python_ints():
    for each in ALL_COSTS:
        assert all(type(count) is int for count in dataclasses.astuple(each))
    assert cost.attention_cost(10**12, 10**12, 128).multiply_adds == 256 * 10**24
    of_numpy = cost.attention_cost(*np.array([10**5, 10**5, 10**9]))
    assert of_numpy == cost.attention_cost(10**5, 10**5, 10**9)
    assert type(of_numpy.bytes_read) is int


def test_every_function_is_in_the_list_above():
    functions = [name for name in vars(cost) if name.endswith("_cost")]
    assert len(functions) == len(ALL_COSTS)


def test_an_array_is_held_until_its_last_reader():
    steps = [
        product("a", "x", "y", 2, 3, 5),  # 10 numbers, read by the last step
        elementwise("b", 10, {"a": 10}),
        product("c", "b", "z", 2, 5, 7),  # 14 numbers; b goes
        elementwise("d", 2, {"c": 14, "a": 10}),
    ]
    assert cost_of(steps, results={"d"}, itemsize=1).bytes_held == 10 + 10 + 14
    assert cost_of(steps, results={"d", "b"}, itemsize=1).bytes_held == 10 + 10 + 14
    assert cost_of(steps[:1], results=(), itemsize=3).bytes_held == 30


def test_elementwise_steps_overwrite_what_nobody_reads_again():
    steps = [elementwise("a", 4, {"x": 4}), elementwise("b", 4, {"a": 4})]
    assert cost_of(steps, results={"b"}, itemsize=1).bytes_held == 4
    assert cost_of(steps, results={"a", "b"}, itemsize=1).bytes_held == 8


def test_backward_multiply_adds_are_multiples_of_the_forward_ones():
    assert 2 * cost.linear_map_cost(7, 3, 2).multiply_adds == (
        cost.linear_map_vjp_cost(7, 3, 2).multiply_adds
    )
    assert 5 * cost.attention_cost(7, 5, 3).multiply_adds == (
        2 * cost.attention_vjp_cost(7, 5, 3).multiply_adds
    )


def test_window_cost_is_linear_and_attention_cost_quadratic():
    window = [cost.window_attention_cost(n, n, 8, left=63, right=0) for n in (4096, 8192)]
    full = [cost.attention_cost(n, n, 8) for n in (4096, 8192)]
    assert window[1].multiply_adds / window[0].multiply_adds == pytest.approx(2, rel=0.02)
    assert window[1].bytes_held / window[0].bytes_held < 2
    assert full[1].multiply_adds == 4 * full[0].multiply_adds


def test_decoding_reads_the_cache_of_all_heads():
    one, more = (cost.decoding_step_cost(n, 64, 8, 2) for n in (99, 100))
    assert more.multiply_adds - one.multiply_adds == 8 * (8 + 8)
    score_and_weight = 2 * 8 * 8  # of each of 8 heads
    assert more.bytes_read - one.bytes_read == cost.cache_bytes(1, 2, 8) + score_and_weight


def measured_peak(function):
    tracemalloc.start()
    try:
        kept = function()  # what it returns is part of the peak
        return tracemalloc.get_traced_memory()[1]
    finally:
        del kept
        tracemalloc.stop()


def test_attention_in_place_holds_what_its_cost_says():
    n, d = 700, 16
    q, k, v = np.random.default_rng(0).normal(size=(3, n, d))

    def in_place():
        weights = q @ k.T
        weights -= weights.max(axis=1, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=1, keepdims=True)
        return weights @ v

    held = cost.attention_cost(n, n, d).bytes_held
    assert held <= measured_peak(in_place) < 1.01 * held


LAYOUT = local_layout(24, left=2) | global_layout(24, n_global=1)
WINDOW, BLOCKS = {"left": 100, "right": 0}, {"layout": LAYOUT, "block": 64}
CAUSAL = {"causal": True}


@pytest.mark.parametrize(
    ("kernel", "expected", "options", "at_most"),
    [
        # Kernels take scores, weights and temporaries between them where one array would do.
        (attention, cost.attention_cost, {}, 4),
        (attention_vjp, cost.attention_vjp_cost, {}, 3),
        (window_attention, cost.window_attention_cost, WINDOW, 3),
        (window_attention_vjp, cost.window_attention_vjp_cost, WINDOW, 2),
        (block_sparse_attention, cost.block_sparse_attention_cost, BLOCKS, 4),
        (block_sparse_attention_vjp, cost.block_sparse_attention_vjp_cost, BLOCKS, 3),
        (tiled_attention, cost.tiled_attention_cost, CAUSAL, 4),
        (linear_attention, cost.linear_attention_cost, {}, 4),
        (linear_attention, cost.linear_attention_cost, CAUSAL, 4),
    ],
)
def test_kernels_take_a_small_multiple_of_what_must_be_held(kernel, expected, options, at_most):
    n, d = 64 * 24, 16
    arrays = np.random.default_rng(0).normal(size=(4 if "vjp" in kernel.__name__ else 3, n, d))
    kernel(*arrays, **options)  # what is allocated once, at the first call, is not its cost
    held = expected(n, n, d, **options).bytes_held
    assert held <= measured_peak(lambda: kernel(*arrays, **options)) <= at_most * held


def test_bad_sizes_are_explained():
    with pytest.raises(ValueError, match="n_heads is 6 and n_kv_heads is 4; expected a number"):
        cost.grouped_query_attention_cost(7, 5, 6, 4, 3)
    with pytest.raises(ValueError, match="d_model is 7 and n_heads is 2; expected a number of"):
        cost.multi_head_attention_cost(7, 5, 7, 2)
    with pytest.raises(ValueError, match="n_q is -1; expected 0 or more"):
        cost.attention_cost(-1, 5, 3)
    with pytest.raises(ValueError, match="a size of q @ k is -5; expected 0 or more"):
        cost.attention_cost(1, -5, 3)
    with pytest.raises(ValueError, match="bytes_held is -1; expected 0 or more"):
        Cost(bytes_held=-1)
    with pytest.raises(ValueError, match="n_q is 3 and n_k is 4; expected equal numbers"):
        cost.linear_attention_cost(3, 4, 2, causal=True)
    with pytest.raises(ValueError, match="groups is 2 for d_in = 3 and d_out = 4"):
        cost.convolution_cost(5, 3, 4, 2, groups=2)
    with pytest.raises(ValueError, match="activation is 'tanh'; expected one of relu, gelu"):
        cost.feed_forward_cost(2, 3, 4, activation="tanh")
    with pytest.raises(ValueError, match="itemsize is -8; expected 0 or more"):
        cost.attention_cost(2, 3, 4, itemsize=-8)


@pytest.mark.parametrize("sizes", [(0, 5), (5, 0), (0, 0)])
def test_empty_axes_cost_no_arithmetic(sizes):
    for each in (cost.attention_cost, cost.attention_vjp_cost, cost.tiled_attention_cost):
        assert each(*sizes, 3).multiply_adds == each(*sizes, 3).exponentials == 0
    assert cost.rnn_cost(0, 3, 2).bytes_held == 0
