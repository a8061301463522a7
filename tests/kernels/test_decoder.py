import numpy as np
import pytest

from selfattn_course.kernels.decoder import (
    DecoderBlockWeights,
    decoder_block,
    decoder_block_trace,
    decoder_block_vjp,
)
from selfattn_course.kernels.feed_forward import feed_forward
from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.multihead import multi_head_attention
from selfattn_course.kernels.nested import map_arrays
from selfattn_course.kernels.normalization import layer_norm
from tests.kernels.gradient_checks import (
    assert_gradients_exact,
    assert_single_precision_gradients,
    assert_unwritten,
)
from tests.kernels.transformer_problems import random_decoder

pytestmark = pytest.mark.filterwarnings("error")

orders = pytest.mark.parametrize("norm_first", [True, False], ids=["pre-norm", "post-norm"])


def problem(seed=0, leading=(2,), n=5, m=7):
    rng = np.random.default_rng(seed)
    x, memory = rng.normal(size=(*leading, n, 4)), rng.normal(size=(*leading, m, 3))
    return x, memory, random_decoder(rng), rng.normal(size=x.shape)


def test_memory_is_not_used_where_nothing_of_it_may_be_attended_to():
    x, memory, w, _ = problem()
    nothing = np.zeros((5, 7), bool)
    out = decoder_block(x, memory, w, 2, None, nothing)
    np.testing.assert_array_equal(out, decoder_block(x, memory + 1, w, 2, None, nothing))
    assert (out != decoder_block(x, memory, w, 2)).all()


def test_pre_norm_step_by_step():
    x, memory, w, _ = problem()
    mask = causal_mask(5)
    normed = layer_norm(x, w.self_attention_norm.gain, w.self_attention_norm.bias)
    x = x + multi_head_attention(normed, normed, w.self_attention, 2, mask)
    normed = layer_norm(x, w.cross_attention_norm.gain, w.cross_attention_norm.bias)
    x = x + multi_head_attention(normed, memory, w.cross_attention, 2)
    normed = layer_norm(x, w.feed_forward_norm.gain, w.feed_forward_norm.bias)
    expected = x + feed_forward(normed, w.feed_forward)
    np.testing.assert_allclose(
        decoder_block(problem()[0], memory, w, 2, mask), expected, rtol=1e-12
    )


def test_causal_mask_hides_the_future():
    x, memory, w, _ = problem(1)
    changed = x.copy()
    changed[:, 3:] += 1
    before, after = (decoder_block(a, memory, w, 2, causal_mask(5)) for a in (x, changed))
    np.testing.assert_array_equal(after[:, :3], before[:, :3])


@orders
@pytest.mark.parametrize("activation", ["relu", "gelu_tanh"])
def test_gradients_of_all_inputs_and_weights_are_exact(norm_first, activation):
    x, memory, w, d_out = problem(2)
    masks = causal_mask(5), np.random.default_rng(3).random((2, 1, 5, 7)) < 0.6
    options = {"norm_first": norm_first, "activation": activation, "eps": 1e-2}
    gradients = decoder_block_vjp(x, memory, w, d_out, 2, *masks, **options)
    assert isinstance(gradients[2], DecoderBlockWeights)
    assert_gradients_exact(
        lambda x, memory, w: decoder_block(x, memory, w, 2, *masks, **options),
        (x, memory, w),
        d_out,
        gradients,
    )


def test_gradients_add_up_over_sequences_that_share_a_memory():
    x, memory, w, d_out = problem(4)
    assert_gradients_exact(
        lambda x, memory: decoder_block(x, memory, w, 2),
        (x, memory[0]),
        d_out,
        decoder_block_vjp(x, memory[0], w, d_out, 2)[:2],
    )


@orders
def test_trace_changes_nothing(norm_first):
    x, memory, w, d_out = problem(5)
    trace = decoder_block_trace(x, memory, w, 2, norm_first=norm_first)
    np.testing.assert_array_equal(trace.out, decoder_block(x, memory, w, 2, norm_first=norm_first))
    with_trace = decoder_block_vjp(x, memory, w, d_out, 2, norm_first=norm_first, trace=trace)
    without = decoder_block_vjp(x, memory, w, d_out, 2, norm_first=norm_first)
    map_arrays(np.testing.assert_array_equal, with_trace, without)


@orders
def test_single_precision_gradients(norm_first):
    *inputs, d_out = problem(6)
    assert_single_precision_gradients(
        lambda x, memory, w, d: decoder_block_vjp(x, memory, w, d, 2, norm_first=norm_first),
        tuple(inputs),
        d_out,
    )


def test_inputs_are_not_written_to():
    assert_unwritten(lambda x, memory, w, d: decoder_block_vjp(x, memory, w, d, 2), *problem())


def test_empty_memory_and_no_positions():
    x, memory, w, d_out = problem()
    nothing = np.zeros((5, 7), bool)
    np.testing.assert_array_equal(
        decoder_block(x, memory[:, :0], w, 2), decoder_block(x, memory, w, 2, None, nothing)
    )
    d_x, d_memory, _ = decoder_block_vjp(x, memory[:, :0], w, d_out, 2)
    assert (d_x.shape, d_memory.shape) == (x.shape, (2, 0, 3))
    assert decoder_block(x[:, :0], memory, w, 2).shape == (2, 0, 4)


def test_shapes_that_disagree_are_refused():
    x, memory, w, d_out = problem()
    with pytest.raises(ValueError, match=r"w_k.*2, 7, 2"):
        decoder_block(x, memory[..., :2], w, 2)
    with pytest.raises(ValueError, match=r"d_out has shape \(5, 4\); expected \(2, 5, 4\)"):
        decoder_block_vjp(x, memory, w, d_out[0], 2)
