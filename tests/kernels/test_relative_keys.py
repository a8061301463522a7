import numpy as np
import pytest

from selfattn_course.kernels.attention import attention
from selfattn_course.kernels.attention_vjp import attention_bias_vjp, attention_vjp
from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.relative_keys import relative_key_bias, relative_key_bias_vjp
from selfattn_course.kernels.softmax import softmax


def test_bias_by_hand():
    q = np.array([[1.0], [10.0]])
    table = np.array([[1.0], [2.0], [3.0]])  # one before, same, one after
    got = relative_key_bias(q, table, 4)
    np.testing.assert_array_equal(got, [[2, 3, 3, 3], [10, 20, 30, 30]])


def test_equals_adding_the_vectors_to_the_keys():
    rng = np.random.default_rng(0)
    q, k, v = rng.normal(size=(2, 5, 3)), rng.normal(size=(2, 7, 3)), rng.normal(size=(2, 7, 4))
    table, mask = rng.normal(size=(5, 3)), causal_mask(5, 7, offset=2)
    expected = np.empty((2, 5, 4))
    for i in range(5):
        distances = np.clip(np.arange(7) - (i + 2), -2, 2)
        keys = k + table[distances + 2]
        scores = np.einsum("bd,bjd->bj", q[:, i], keys) / np.sqrt(3)
        weights = softmax(np.where(mask[i], scores, -np.inf))
        expected[:, i] = np.einsum("bj,bjd->bd", weights, v)
    got = attention(q, k, v, mask, bias=relative_key_bias(q, table, 7, offset=2))
    np.testing.assert_allclose(got, expected, atol=1e-14)


@pytest.mark.parametrize("leading", [(), (3,), (2, 3)])
def test_gradients_agree_with_the_complex_step(leading):
    rng = np.random.default_rng(1)
    q, table = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(*leading, 7, 5))
    d_bias = rng.normal(size=(2, 3, 4, 11))
    options = {"scale": 0.3, "offset": 5}
    dq, d_table = relative_key_bias_vjp(q, table, 11, d_bias, **options)
    exact = complex_step_vjp(lambda q: relative_key_bias(q, table, 11, **options), q, d_bias)
    np.testing.assert_allclose(dq, exact, rtol=0, atol=1e-12 * np.abs(exact).max())
    exact = complex_step_vjp(lambda t: relative_key_bias(q, t, 11, **options), table, d_bias)
    assert d_table.shape == table.shape
    np.testing.assert_allclose(d_table, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


def test_gradients_through_attention_agree_with_the_complex_step():
    rng = np.random.default_rng(2)
    q, k, v, d_out = rng.normal(size=(4, 3, 5, 2))
    table = rng.normal(size=(3, 2))

    def run(q=q, table=table):
        return attention(q, k, v, bias=relative_key_bias(q, table, 5))

    bias = relative_key_bias(q, table, 5)
    d_bias = attention_bias_vjp(q, k, v, d_out, bias=bias)
    dq, d_table = relative_key_bias_vjp(q, table, 5, d_bias)
    dq = dq + attention_vjp(q, k, v, d_out, bias=bias)[0]
    exact = complex_step_vjp(lambda x: run(q=x), q, d_out)
    np.testing.assert_allclose(dq, exact, rtol=0, atol=1e-12 * np.abs(exact).max())
    exact = complex_step_vjp(lambda x: run(table=x), table, d_out)
    np.testing.assert_allclose(d_table, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    q, table = np.ones((4, 3), dtype), np.ones((5, 3), dtype)
    assert relative_key_bias(q, table, 4).dtype == dtype
    for gradient in relative_key_bias_vjp(q, table, 4, np.ones((4, 4), dtype)):
        assert gradient.dtype == dtype


def test_float32_gradients_are_close_to_float64_ones():
    rng = np.random.default_rng(3)
    q, table, d_bias = rng.normal(size=(9, 5)), rng.normal(size=(7, 5)), rng.normal(size=(9, 13))
    exact = relative_key_bias_vjp(q, table, 13, d_bias)
    short = relative_key_bias_vjp(
        *(x.astype(np.float32) for x in (q, table)), 13, d_bias.astype(np.float32)
    )
    for got, expected in zip(short, exact, strict=True):
        np.testing.assert_allclose(got, expected, rtol=0, atol=1e-5 * np.abs(expected).max())


def test_empty_axes_stay_empty():
    assert relative_key_bias(np.ones((0, 3)), np.ones((5, 3)), 4).shape == (0, 4)
    assert relative_key_bias(np.ones((4, 3)), np.ones((5, 3)), 0).shape == (4, 0)
    dq, d_table = relative_key_bias_vjp(np.ones((0, 3)), np.ones((5, 3)), 4, np.ones((0, 4)))
    assert dq.shape == (0, 3)
    np.testing.assert_array_equal(d_table, np.zeros((5, 3)))


def test_what_does_not_fit_is_named():
    q = np.ones((4, 3))
    for table in (np.ones((4, 3)), np.ones((5, 2))):
        with pytest.raises(ValueError, match=r"q has shape \(4, 3\) and table .*; expected"):
            relative_key_bias(q, table, 4)
    with pytest.raises(ValueError, match=r"d_bias has shape \(4, 4\); expected \(4, 5\)"):
        relative_key_bias_vjp(q, np.ones((5, 3)), 5, np.ones((4, 4)))
    with pytest.raises(TypeError, match=r"offset has shape \(2,\); expected one integer"):
        relative_key_bias(q, np.ones((5, 3)), 4, offset=np.array([1, 2]))


def test_inputs_are_not_written_to():
    rng = np.random.default_rng(4)
    arrays = rng.normal(size=(4, 3)), rng.normal(size=(5, 3)), rng.normal(size=(4, 4))
    before = [x.copy() for x in arrays]
    relative_key_bias_vjp(arrays[0], arrays[1], 4, arrays[2])
    for array, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_leading_axes_that_do_not_broadcast_are_refused():
    q, table = np.ones((2, 5, 3)), np.ones((4, 3, 3))
    with pytest.raises(ValueError, match="expected leading axes that broadcast"):
        relative_key_bias(q, table, 5)
    with pytest.raises(ValueError, match="expected leading axes that broadcast"):
        relative_key_bias_vjp(q, table, 5, np.ones((2, 5, 5)))
