from dataclasses import replace

import numpy as np
import pytest

from selfattn_course.kernels.encoder import (
    EncoderBlockWeights,
    encoder_block,
    encoder_block_trace,
    encoder_block_vjp,
)
from selfattn_course.kernels.feed_forward import feed_forward
from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.multihead import multi_head_attention
from selfattn_course.kernels.nested import map_arrays
from selfattn_course.kernels.normalization import layer_norm
from tests.kernels.gradient_checks import (
    assert_close,
    assert_gradients_exact,
    assert_records_close,
    assert_single_precision_gradients,
    assert_unwritten,
)
from tests.kernels.transformer_problems import random_encoder

pytestmark = pytest.mark.filterwarnings("error")

orders = pytest.mark.parametrize("norm_first", [True, False], ids=["pre-norm", "post-norm"])


def problem(seed=0, leading=(2,), n=5):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(*leading, n, 4)), random_encoder(rng), rng.normal(size=(*leading, n, 4))


def test_block_whose_steps_give_zero_passes_x_on():
    x, w, _ = problem()
    zeros = map_arrays(np.zeros_like, w)
    np.testing.assert_array_equal(encoder_block(x, zeros, 2), x)
    unit = replace(
        zeros,
        attention_norm=replace(zeros.attention_norm, gain=np.ones(4)),
        feed_forward_norm=replace(zeros.feed_forward_norm, gain=np.ones(4)),
    )
    out = encoder_block(x, unit, 2, norm_first=False)
    np.testing.assert_allclose(out.mean(axis=-1), 0, atol=1e-15)
    np.testing.assert_allclose(np.square(out).mean(axis=-1), 1, rtol=1e-4)


def test_pre_norm_step_by_step():
    x, w, _ = problem()
    mask = causal_mask(5)
    normed = layer_norm(x, w.attention_norm.gain, w.attention_norm.bias)
    middle = x + multi_head_attention(normed, normed, w.attention, 2, mask)
    normed = layer_norm(middle, w.feed_forward_norm.gain, w.feed_forward_norm.bias)
    expected = middle + feed_forward(normed, w.feed_forward, activation="gelu")
    got = encoder_block(x, w, 2, mask, activation="gelu")
    np.testing.assert_allclose(got, expected, rtol=1e-13)


def test_post_norm_step_by_step():
    x, w, _ = problem()
    total = x + multi_head_attention(x, x, w.attention, 2)
    middle = layer_norm(total, w.attention_norm.gain, w.attention_norm.bias, eps=0.1)
    total = middle + feed_forward(middle, w.feed_forward)
    expected = layer_norm(total, w.feed_forward_norm.gain, w.feed_forward_norm.bias, eps=0.1)
    np.testing.assert_allclose(encoder_block(x, w, 2, norm_first=False, eps=0.1), expected)


@orders
def test_permuted_positions_give_permuted_outputs(norm_first):
    x, w, _ = problem(1)
    order = np.random.default_rng(2).permutation(5)
    got = encoder_block(x[:, order], w, 2, norm_first=norm_first)
    np.testing.assert_allclose(got, encoder_block(x, w, 2, norm_first=norm_first)[:, order])


@orders
def test_causal_mask_hides_the_future(norm_first):
    x, w, _ = problem(3)
    changed = x.copy()
    changed[:, 3:] += 1
    before, after = (
        encoder_block(a, w, 2, causal_mask(5), norm_first=norm_first) for a in (x, changed)
    )
    np.testing.assert_array_equal(after[:, :3], before[:, :3])
    assert (after[:, 3:] != before[:, 3:]).all()


@orders
@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_gradients_of_all_weights_are_exact(norm_first, activation):
    x, w, d_out = problem(4)
    mask = causal_mask(5)
    mask[2] = False  # a position that attends to nothing
    options = {"norm_first": norm_first, "activation": activation, "eps": 1e-2}
    gradients = encoder_block_vjp(x, w, d_out, 2, mask, **options)
    assert isinstance(gradients[1], EncoderBlockWeights)
    assert_gradients_exact(
        lambda x, w: encoder_block(x, w, 2, mask, **options), (x, w), d_out, gradients
    )


@orders
def test_gradients_with_a_mask_for_each_sequence_are_exact(norm_first):
    x, w, _ = problem(5, leading=())
    mask = np.random.default_rng(6).random((3, 1, 5, 5)) < 0.6
    out = encoder_block(x, w, 2, mask, norm_first=norm_first)
    assert out.shape == (3, 5, 4)
    d_out = np.random.default_rng(7).normal(size=out.shape)
    assert_gradients_exact(
        lambda x, w: encoder_block(x, w, 2, mask, norm_first=norm_first),
        (x, w),
        d_out,
        encoder_block_vjp(x, w, d_out, 2, mask, norm_first=norm_first),
    )


@orders
def test_trace_changes_nothing(norm_first):
    x, w, d_out = problem(8)
    trace = encoder_block_trace(x, w, 2, norm_first=norm_first)
    np.testing.assert_array_equal(trace.out, encoder_block(x, w, 2, norm_first=norm_first))
    with_trace = encoder_block_vjp(x, w, d_out, 2, norm_first=norm_first, trace=trace)
    without = encoder_block_vjp(x, w, d_out, 2, norm_first=norm_first)
    map_arrays(np.testing.assert_array_equal, with_trace, without)


@orders
def test_single_precision_gradients(norm_first):
    x, w, d_out = problem(9)
    assert_single_precision_gradients(
        lambda x, w, d: encoder_block_vjp(x, w, d, 2, norm_first=norm_first), (x, w), d_out
    )


@orders
def test_inputs_are_not_written_to(norm_first):
    x, w, d_out = problem()
    assert_unwritten(
        lambda x, w, d: encoder_block_vjp(x, w, d, 2, norm_first=norm_first), x, w, d_out
    )


@orders
def test_no_positions_and_no_sequences(norm_first):
    _, w, _ = problem()
    for shape in ((2, 0, 4), (0, 5, 4)):
        empty = np.zeros(shape)
        assert encoder_block(empty, w, 2, norm_first=norm_first).shape == shape
        d_x, d_w = encoder_block_vjp(empty, w, empty, 2, norm_first=norm_first)
        assert d_x.shape == shape
        assert (d_w.attention.w_q == 0).all()


def test_leading_axes_are_independent():
    x, w, d_out = problem(10, leading=(2, 3))
    one_by_one = np.stack([encoder_block(a, w, 2) for a in x])
    assert_close(encoder_block(x, w, 2), one_by_one, 1e-14)
    parts = [encoder_block_vjp(a, w, d, 2)[1] for a, d in zip(x, d_out, strict=True)]
    whole = encoder_block_vjp(x, w, d_out, 2)[1]
    assert_records_close(whole, map_arrays(np.add, *parts), 1e-12)


def test_shapes_that_disagree_are_refused():
    x, w, d_out = problem()
    wide = replace(w, attention=replace(w.attention, w_o=np.ones((4, 1)), b_o=np.ones(1)))
    with pytest.raises(ValueError, match="a step turns 4 features into 1; expected as many as"):
        encoder_block(x, wide, 2)
    with pytest.raises(ValueError, match=r"d_out has shape \(5, 4\); expected \(2, 5, 4\)"):
        encoder_block_vjp(x, w, d_out[0], 2)
    with pytest.raises(ValueError, match="n_heads is 3"):
        encoder_block(x, w, 3)
