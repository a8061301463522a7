from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels.attention import attention, attention_weights
from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.multihead import (
    MultiHeadWeights,
    multi_head_attention,
    multi_head_attention_trace,
    multi_head_attention_vjp,
    multi_head_attention_weights,
)

NAMES = [field.name for field in fields(MultiHeadWeights)]


def random_weights(rng, *, d_model=5, d_kv=5, h=2, h_kv=None, d=3, d_v=3, d_out=5, biases=True):
    h_kv = h if h_kv is None else h_kv
    shapes = [(d_model, h * d), (d_kv, h_kv * d), (d_kv, h_kv * d_v), (h * d_v, d_out)]
    products = [rng.normal(size=shape) for shape in shapes]
    return MultiHeadWeights(*products, *(rng.normal(size=s[1]) if biases else None for s in shapes))


def cast(weights, dtype):
    return MultiHeadWeights(*(getattr(weights, name).astype(dtype) for name in NAMES))


def loop_over_heads(x_q, x_kv, w, n_heads, n_kv_heads, mask=None):
    """Head by head with explicit slices, and no reshaping."""
    d, d_v = w.w_q.shape[1] // n_heads, w.w_o.shape[0] // n_heads
    q, k, v = x_q @ w.w_q + w.b_q, x_kv @ w.w_k + w.b_k, x_kv @ w.w_v + w.b_v
    out = w.b_o
    for head in range(n_heads):
        shared = head * n_kv_heads // n_heads
        q_head = q[..., d * head : d * (head + 1)]
        k_head = k[..., d * shared : d * (shared + 1)]
        v_head = v[..., d_v * shared : d_v * (shared + 1)]
        out = out + attention(q_head, k_head, v_head, mask) @ w.w_o[d_v * head : d_v * (head + 1)]
    return out


def assert_close(got, expected, tolerance):
    """Relative to the largest entry: small entries are differences of large ones."""
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance * np.abs(expected).max())


def test_one_head_with_identity_projections_is_attention():
    x = np.random.default_rng(0).normal(size=(4, 3))
    layer = MultiHeadWeights(np.eye(3), np.eye(3), np.eye(3), np.eye(3))
    np.testing.assert_allclose(multi_head_attention(x, x, layer, 1), attention(x, x, x), rtol=1e-15)


def test_two_heads_by_hand():
    # Every score is 0, so each head gives the mean of its own value column: 2 and 30.
    x = np.array([[1.0, 10.0], [3.0, 50.0]])
    layer = MultiHeadWeights(np.zeros((2, 2)), np.zeros((2, 2)), np.eye(2), np.eye(2))
    np.testing.assert_array_equal(multi_head_attention(x, x, layer, 2), [[2.0, 30.0]] * 2)


@pytest.mark.parametrize(("h", "h_kv"), [(1, 1), (6, 6), (6, 3), (6, 2), (6, 1)])
def test_equals_a_loop_over_heads(h, h_kv):
    rng = np.random.default_rng(1)
    layer = random_weights(rng, d_kv=7, h=h, h_kv=h_kv, d_v=2, d_out=11)
    x_q, x_kv = rng.normal(size=(2, 3, 5)), rng.normal(size=(2, 4, 7))
    got = multi_head_attention(x_q, x_kv, layer, h, n_kv_heads=h_kv)
    assert got.shape == (2, 3, 11)
    np.testing.assert_allclose(got, loop_over_heads(x_q, x_kv, layer, h, h_kv), rtol=1e-12)


def test_every_head_has_its_own_weights():
    rng = np.random.default_rng(2)
    layer = random_weights(rng, h=6, h_kv=2)
    x, mask = rng.normal(size=(2, 4, 5)), causal_mask(4)
    got = multi_head_attention_weights(x, x, layer, 6, mask, n_kv_heads=2)
    assert got.shape == (2, 6, 4, 4)
    q, k = x @ layer.w_q + layer.b_q, x @ layer.w_k + layer.b_k
    for head in range(6):
        shared = slice(3 * (head // 3), 3 * (head // 3 + 1))
        expected = attention_weights(q[..., 3 * head : 3 * head + 3], k[..., shared], mask)
        np.testing.assert_allclose(got[:, head], expected, rtol=1e-12)


def test_a_causal_layer_does_not_look_ahead():
    rng = np.random.default_rng(3)
    layer, x = random_weights(rng), rng.normal(size=(4, 5))
    before = multi_head_attention(x, x, layer, 2, causal_mask(4))
    changed = np.vstack([x[:2], rng.normal(size=(2, 5))])
    after = multi_head_attention(changed, changed, layer, 2, causal_mask(4))
    np.testing.assert_array_equal(after[:2], before[:2])
    assert (after[2:] != before[2:]).all()


def test_mask_and_bias_may_differ_between_heads():
    rng = np.random.default_rng(4)
    layer, x = random_weights(rng), rng.normal(size=(3, 5))
    mask = np.array([np.eye(3), np.ones((3, 3))]) == 1
    bias = np.where(mask, 0, -np.inf)
    masked = multi_head_attention(x, x, layer, 2, mask)
    np.testing.assert_allclose(multi_head_attention(x, x, layer, 2, bias=bias), masked, rtol=1e-15)
    weights = multi_head_attention_weights(x, x, layer, 2, mask)
    np.testing.assert_array_equal(weights[0], np.eye(3))
    assert (weights[1] > 0).all()


def test_nothing_to_attend_to_leaves_the_last_bias():
    rng = np.random.default_rng(5)
    layer, x = random_weights(rng), rng.normal(size=(3, 5))
    got = multi_head_attention(x, x, layer, 2, np.zeros((3, 3), bool))
    np.testing.assert_array_equal(got, [layer.b_o] * 3)


def test_permuting_what_is_attended_to_changes_nothing():
    rng = np.random.default_rng(6)
    layer = random_weights(rng)
    x_q, x_kv = rng.normal(size=(3, 5)), rng.normal(size=(4, 5))
    shuffled = multi_head_attention(x_q, x_kv[rng.permutation(4)], layer, 2)
    np.testing.assert_allclose(shuffled, multi_head_attention(x_q, x_kv, layer, 2), rtol=1e-12)


@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("h_kv", [1, 2, 4])
def test_gradients_agree_with_the_complex_step(h_kv, biases):
    rng = np.random.default_rng(7)
    layer = random_weights(rng, d_kv=3, h=4, h_kv=h_kv, d=2, d_v=3, d_out=7, biases=biases)
    x_q, x_kv, d_out = (rng.normal(size=shape) for shape in [(2, 3, 5), (2, 4, 3), (2, 3, 7)])
    mask, bias = causal_mask(3, 4, offset=1), rng.normal(size=(4, 3, 4))

    def run(x_q=x_q, x_kv=x_kv, layer=layer):
        return multi_head_attention(
            x_q, x_kv, layer, 4, mask, n_kv_heads=h_kv, bias=bias, scale=0.7, softcap=3.0
        )

    d_x_q, d_x_kv, d_layer = multi_head_attention_vjp(
        x_q, x_kv, layer, d_out, 4, mask, n_kv_heads=h_kv, bias=bias, scale=0.7, softcap=3.0
    )
    assert_close(d_x_q, complex_step_vjp(lambda x: run(x_q=x), x_q, d_out), 1e-12)
    assert_close(d_x_kv, complex_step_vjp(lambda x: run(x_kv=x), x_kv, d_out), 1e-12)
    for name in NAMES:
        given_weight = getattr(layer, name)
        if given_weight is None:
            assert getattr(d_layer, name) is None
            continue
        measured = complex_step_vjp(
            lambda w, name=name: run(layer=replace(layer, **{name: w})), given_weight, d_out
        )
        assert_close(getattr(d_layer, name), measured, 1e-12)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 4), st.integers(0, 4), st.booleans())
def test_any_shape_gives_gradients_of_its_inputs_shapes(group, h_kv, n_q, n_k, shared):
    rng = np.random.default_rng(8)
    h = group * h_kv
    layer = random_weights(rng, h=h, h_kv=h_kv, d=2, d_v=3, d_out=7)
    x_q, x_kv = rng.normal(size=(2, n_q, 5)), rng.normal(size=(n_k, 5) if shared else (2, n_k, 5))
    d_out = rng.normal(size=(2, n_q, 7))
    out = multi_head_attention(x_q, x_kv, layer, h, n_kv_heads=h_kv)
    np.testing.assert_allclose(
        out, loop_over_heads(x_q, x_kv, layer, h, h_kv), rtol=1e-9, atol=1e-12
    )
    d_x_q, d_x_kv, d_layer = multi_head_attention_vjp(x_q, x_kv, layer, d_out, h, n_kv_heads=h_kv)
    direction = rng.normal(size=x_kv.shape)
    moved = multi_head_attention(x_q, x_kv + 1e-30j * direction, layer, h, n_kv_heads=h_kv)
    expected = (np.imag(moved) * d_out).sum() / 1e-30
    np.testing.assert_allclose((d_x_kv * direction).sum(), expected, rtol=1e-9, atol=1e-9)
    assert d_x_q.shape == x_q.shape
    for name in NAMES:
        assert getattr(d_layer, name).shape == getattr(layer, name).shape


@pytest.mark.parametrize("h_kv", [1, 2, 4])
def test_the_trace_holds_the_output_and_spares_the_second_forward_pass(h_kv):
    rng = np.random.default_rng(14)
    layer = random_weights(rng, h=4, h_kv=h_kv)
    x_q, x_kv, d_out = (rng.normal(size=(2, n, 5)) for n in (3, 4, 3))
    options = {"n_kv_heads": h_kv, "bias": rng.normal(size=(3, 4)), "scale": 0.7, "softcap": 3.0}
    mask = causal_mask(3, 4, offset=1)
    trace = multi_head_attention_trace(x_q, x_kv, layer, 4, mask, **options)
    expected = multi_head_attention(x_q, x_kv, layer, 4, mask, **options)
    np.testing.assert_allclose(trace.out, expected, atol=1e-13 * np.abs(expected).max())
    again = multi_head_attention_vjp(x_q, x_kv, layer, d_out, 4, mask, **options)
    spared = multi_head_attention_vjp(x_q, x_kv, layer, d_out, 4, mask, trace=trace, **options)
    for got, wanted in zip(spared[:2], again[:2], strict=True):
        np.testing.assert_array_equal(got, wanted)
    for name in NAMES:
        np.testing.assert_array_equal(getattr(spared[2], name), getattr(again[2], name))
    doubled = replace(trace, attention=replace(trace.attention, out=2 * trace.attention.out))
    other = multi_head_attention_vjp(x_q, x_kv, layer, d_out, 4, mask, trace=doubled, **options)
    np.testing.assert_allclose(other[2].w_o, 2 * again[2].w_o, rtol=1e-12)  # the trace was used


def test_float32_gradients_are_close_to_float64_ones():
    rng = np.random.default_rng(9)
    layer = random_weights(rng, h=4, h_kv=2)
    x, d_out = rng.normal(size=(2, 2, 13, 5))
    exact = multi_head_attention_vjp(x, x, layer, d_out, 4, n_kv_heads=2)
    x, d_out, layer = x.astype(np.float32), d_out.astype(np.float32), cast(layer, np.float32)
    short = multi_head_attention_vjp(x, x, layer, d_out, 4, n_kv_heads=2)
    for got, expected in zip(short[:2], exact[:2], strict=True):
        assert got.dtype == np.float32
        assert_close(got, expected, 1e-5)
    for name in NAMES:
        got, expected = getattr(short[2], name), getattr(exact[2], name)
        assert got.dtype == np.float32
        if name == "b_k":  # the same score added to every key: its true gradient is 0
            assert np.abs(got).max() < 1e-5 * np.abs(exact[2].b_q).max()
        else:
            assert_close(got, expected, 1e-5)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    layer = cast(random_weights(np.random.default_rng(10)), dtype)
    x = np.ones((3, 5), dtype)
    assert multi_head_attention(x, x, layer, 2).dtype == dtype
    assert multi_head_attention_weights(x, x, layer, 2).dtype == dtype


def test_inputs_are_not_written_to():
    rng = np.random.default_rng(11)
    layer, x, d_out = random_weights(rng), rng.normal(size=(3, 5)), rng.normal(size=(3, 5))
    given_arrays = [x, d_out, *(getattr(layer, name) for name in NAMES)]
    before = [array.copy() for array in given_arrays]
    multi_head_attention(x, x, layer, 2)
    multi_head_attention_vjp(x, x, layer, d_out, 2)
    for array, old in zip(given_arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_weights_that_do_not_fit_are_named():
    layer, x = random_weights(np.random.default_rng(12)), np.ones((3, 5))
    with pytest.raises(ValueError, match=r"w_q: x has shape \(3, 4\) and w has shape \(5, 6\)"):
        multi_head_attention(x[:, :4], x, layer, 2)
    with pytest.raises(ValueError, match=r"w_k: x has shape \(3, 4\) and w has shape \(5, 6\)"):
        multi_head_attention(x, x[:, :4], layer, 2)
    with pytest.raises(ValueError, match=r"w_o: x has shape \(3, 6\) and w has shape \(5, 5\)"):
        multi_head_attention(x, x, replace(layer, w_o=np.ones((5, 5))), 2)
    with pytest.raises(ValueError, match=r"w_v: b has shape \(5,\) and w has shape \(5, 6\)"):
        multi_head_attention(x, x, replace(layer, b_v=np.ones(5)), 2)
    with pytest.raises(ValueError, match="n_heads is 4 for 6 features"):
        multi_head_attention(x, x, layer, 4)
    layer = random_weights(np.random.default_rng(12), h=6, h_kv=4)
    for function in (multi_head_attention, multi_head_attention_trace):
        with pytest.raises(ValueError, match="q has 6 heads and k has 4"):
            function(x, x, layer, 6, n_kv_heads=4)


def test_gradients_of_the_wrong_shape_are_named():
    layer, x = random_weights(np.random.default_rng(13)), np.ones((3, 5))
    with pytest.raises(ValueError, match=r"d_out has shape \(2, 5\); expected \(3, 5\)"):
        multi_head_attention_vjp(x, x, layer, np.ones((2, 5)), 2)
