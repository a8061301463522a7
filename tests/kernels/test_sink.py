import numpy as np
import pytest

from selfattn_course.kernels.attention import attention, attention_weights
from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.sink import (
    sink_attention,
    sink_attention_vjp,
    sink_attention_weights,
)


def random_inputs(seed=0):
    rng = np.random.default_rng(seed)
    shapes = [(2, 3, 5, 4), (2, 3, 7, 4), (2, 3, 7, 2), (3,)]
    return tuple(rng.normal(size=shape) for shape in shapes)


def test_softmax_off_by_one_by_hand():
    q, k = [[1.0]], np.log([[2.0], [5.0]])
    np.testing.assert_allclose(sink_attention_weights(q, k), [[2 / 8, 5 / 8]], rtol=1e-15)
    np.testing.assert_allclose(sink_attention(q, k, [[8.0], [16.0]]), [[12]], rtol=1e-15)


def test_each_head_has_its_own_sink():
    q, k, v, sink = random_inputs()
    mask = causal_mask(5, 7, offset=2)
    scores = q @ np.swapaxes(k, -1, -2) / 2
    exps = np.where(mask, np.exp(scores), 0)
    total = exps.sum(axis=-1, keepdims=True) + np.exp(sink)[:, None, None]
    np.testing.assert_allclose(sink_attention_weights(q, k, sink, mask), exps / total, atol=1e-15)
    np.testing.assert_allclose(sink_attention(q, k, v, sink, mask), exps / total @ v, atol=1e-14)


def test_a_sink_of_minus_infinity_is_none():
    q, k, v, _ = random_inputs()
    got = sink_attention(q, k, v, -np.inf)
    np.testing.assert_allclose(got, attention(q, k, v), atol=1e-15)


def test_a_huge_sink_takes_everything():
    q, k, v, _ = random_inputs()
    np.testing.assert_array_equal(sink_attention(q, k, v, 1e300), np.zeros((2, 3, 5, 2)))


def test_a_row_with_nothing_else_to_attend_to_is_zero():
    q, k, v, sink = random_inputs()
    got = sink_attention(q, k, v, sink, np.zeros((5, 7), bool))
    np.testing.assert_array_equal(got, np.zeros((2, 3, 5, 2)))
    empty = sink_attention(q, k[..., :0, :], v[..., :0, :], sink)
    np.testing.assert_array_equal(empty, np.zeros((2, 3, 5, 2)))


def test_the_sink_only_scales_the_weights():
    q, k, _, sink = random_inputs()
    weights = sink_attention_weights(q, k, sink)
    total = weights.sum(axis=-1, keepdims=True)
    assert (total < 1).all()
    np.testing.assert_allclose(weights / total, attention_weights(q, k), rtol=1e-13)


@pytest.mark.parametrize("mask", [None, causal_mask(5, 7), np.ones(7, bool), np.ones((5, 1), bool)])
@pytest.mark.parametrize("bias_shape", [None, (), (7,), (5, 1), (3, 5, 7), (2, 1, 1, 7)])
def test_mask_and_bias_may_broadcast(mask, bias_shape):
    q, k, v, sink = random_inputs()
    bias = None if bias_shape is None else np.random.default_rng(1).normal(size=bias_shape)
    scores = q @ np.swapaxes(k, -1, -2) / 2 + (0 if bias is None else bias)
    exps = np.exp(scores) * (1 if mask is None else mask)
    expected = exps / (exps.sum(axis=-1, keepdims=True) + np.exp(sink)[:, None, None]) @ v
    got = sink_attention(q, k, v, sink, mask, bias=bias)
    np.testing.assert_allclose(got, expected, atol=1e-13)


@pytest.mark.parametrize("sink_shape", [(), (3,), (2, 3), (2, 1)])
@pytest.mark.parametrize("biased", [False, True])
def test_gradients_agree_with_the_complex_step(sink_shape, biased):
    rng = np.random.default_rng(2)
    q, k, v, _ = random_inputs()
    sink, d_out = rng.normal(size=sink_shape), rng.normal(size=(2, 3, 5, 2))
    mask = causal_mask(5, 7, offset=1)
    options = {"scale": 0.7, "softcap": 3.0, "bias": rng.normal(size=(5, 7)) if biased else None}

    def run(q=q, k=k, v=v, sink=sink):
        return sink_attention(q, k, v, sink, mask, **options)

    gradients = sink_attention_vjp(q, k, v, d_out, sink, mask, **options)
    for name, x, got in zip("qkvs", (q, k, v, sink), gradients, strict=True):
        name = "sink" if name == "s" else name
        exact = complex_step_vjp(lambda x, name=name: run(**{name: x}), x, d_out)
        assert got.shape == x.shape
        np.testing.assert_allclose(got, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


def test_float32_gradients_are_close_to_float64_ones():
    arrays = random_inputs()
    d_out = np.random.default_rng(3).normal(size=(2, 3, 5, 2))
    single = [x.astype(np.float32) for x in (*arrays[:3], d_out, arrays[3])]
    exact = sink_attention_vjp(*arrays[:3], d_out, arrays[3])
    for got, expected in zip(sink_attention_vjp(*single), exact, strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, expected, rtol=0, atol=1e-5 * np.abs(expected).max())


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    x = np.ones((3, 2), dtype)
    for sink in (0.0, np.float64(1), np.zeros((), dtype)):
        assert sink_attention(x, x, x, sink).dtype == dtype
        assert sink_attention_weights(x, x, sink).dtype == dtype


def test_inputs_are_not_written_to():
    q, k, v, sink = random_inputs()
    before = [x.copy() for x in (q, k, v, sink)]
    sink_attention_vjp(q, k, v, np.ones((2, 3, 5, 2)), sink, causal_mask(5, 7))
    for array, old in zip((q, k, v, sink), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_what_does_not_fit_is_named():
    q, k, v, sink = random_inputs()
    with pytest.raises(ValueError, match=r"sink has shape \(2,\) .* broadcasts to \(2, 3\)"):
        sink_attention(q, k, v, sink[:2])
    with pytest.raises(ValueError, match=r"sink has shape \(4, 1, 1\) for scores"):
        sink_attention(q, k, v, np.ones((4, 1, 1)))
    with pytest.raises(ValueError, match=r"mask has shape \(5, 6\) for scores .* 5, 7\)"):
        sink_attention(q, k, v, sink, np.ones((5, 6), bool))
    with pytest.raises(TypeError, match="mask has dtype float64; expected bool"):
        sink_attention(q, k, v, sink, np.ones((5, 7)))
    with pytest.raises(ValueError, match=r"bias has shape \(5, 6\) for scores"):
        sink_attention(q, k, v, sink, bias=np.ones((5, 6)))
    with pytest.raises(ValueError, match=r"v has shape .* for 8 keys|v has shape"):
        sink_attention(q, k, v[..., :6, :], sink)


def test_values_that_do_not_fit_are_refused():
    x = np.ones((2, 5, 3))
    for v in (np.ones(3), np.ones((2, 4, 3)), 1.0):
        with pytest.raises(ValueError, match="v has shape .*; expected"):
            sink_attention(x, x, v)


def test_float16_gradient_of_the_sink_is_rounded_once():
    k, v, bias = np.zeros((4, 2)), np.ones((4, 2)), np.zeros((3000, 4))
    q, d_out = np.zeros((3000, 2)), np.full((3000, 2), np.float16(1e-6))  # each has few digits
    half = [x.astype(np.float16) for x in (q, k, v, d_out)]
    *_, d_sink = sink_attention_vjp(*half, np.float16(0), bias=bias.astype(np.float16))
    *_, exact = sink_attention_vjp(q, k, v, d_out, 0.0, bias=bias)
    assert d_sink.dtype == np.float16
    np.testing.assert_allclose(d_sink, exact, rtol=5e-4)
