import numpy as np
import pytest

from selfattn_course.kernels.attention import attention
from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.null_key import null_key_attention, null_key_attention_vjp
from selfattn_course.kernels.sink import sink_attention


def random_inputs(seed=0):
    rng = np.random.default_rng(seed)
    shapes = [(2, 3, 5, 4), (2, 3, 7, 4), (2, 3, 7, 2), (3, 4), (3, 2)]
    return tuple(rng.normal(size=shape) for shape in shapes)


def test_an_equal_null_key_takes_its_share_by_hand():
    zero = np.zeros((1, 1))
    np.testing.assert_array_equal(null_key_attention(zero, zero, [[8.0]], [0.0], [2.0]), [[5]])


def test_equals_attention_with_one_more_token():
    q, k, v, null_k, null_v = random_inputs()
    more_k = np.concatenate([k, np.broadcast_to(null_k[:, None], (2, 3, 1, 4))], axis=-2)
    more_v = np.concatenate([v, np.broadcast_to(null_v[:, None], (2, 3, 1, 2))], axis=-2)
    np.testing.assert_array_equal(
        null_key_attention(q, k, v, null_k, null_v), attention(q, more_k, more_v)
    )


def test_mask_and_bias_do_not_act_on_the_null_key():
    q, k, v, null_k, null_v = random_inputs()
    mask, bias = causal_mask(5, 7), np.random.default_rng(3).normal(size=(5, 7))
    more_k = np.concatenate([k, np.broadcast_to(null_k[:, None], (2, 3, 1, 4))], axis=-2)
    more_v = np.concatenate([v, np.broadcast_to(null_v[:, None], (2, 3, 1, 2))], axis=-2)
    more_mask = np.concatenate([mask, np.ones((5, 1), bool)], axis=-1)
    more_bias = np.concatenate([bias, np.zeros((5, 1))], axis=-1)
    got = null_key_attention(q, k, v, null_k, null_v, mask, bias=bias)
    np.testing.assert_array_equal(got, attention(q, more_k, more_v, more_mask, bias=more_bias))


def test_a_null_key_and_value_of_zero_is_a_sink_of_zero():
    q, k, v, _, _ = random_inputs()
    got = null_key_attention(q, k, v, np.zeros(4), np.zeros(2))
    np.testing.assert_allclose(got, sink_attention(q, k, v, 0.0), atol=1e-15)


def test_a_row_with_nothing_else_to_attend_to_is_the_null_value():
    q, k, v, null_k, null_v = random_inputs()
    got = null_key_attention(q, k, v, null_k, null_v, np.zeros((5, 7), bool))
    np.testing.assert_array_equal(got, np.broadcast_to(null_v[:, None], (2, 3, 5, 2)))


@pytest.mark.parametrize("leading", [(), (3,), (2, 3)])
def test_gradients_agree_with_the_complex_step(leading):
    rng = np.random.default_rng(1)
    q, k, v, _, _ = random_inputs()
    null_k, null_v = rng.normal(size=(*leading, 4)), rng.normal(size=(*leading, 2))
    d_out, mask = rng.normal(size=(2, 3, 5, 2)), causal_mask(5, 7)
    options = {"bias": rng.normal(size=(7,)), "scale": 0.7, "softcap": 3.0}
    inputs = [q, k, v, null_k, null_v]
    gradients = null_key_attention_vjp(*inputs, d_out, mask, **options)
    for index, (x, got) in enumerate(zip(inputs, gradients, strict=True)):

        def run(x, index=index):
            changed = [*inputs[:index], x, *inputs[index + 1 :]]
            return null_key_attention(*changed, mask, **options)

        exact = complex_step_vjp(run, x, d_out)
        assert got.shape == x.shape
        np.testing.assert_allclose(got, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


def test_a_null_key_for_each_head_serves_keys_without_heads():
    rng = np.random.default_rng(2)
    inputs = [rng.normal(size=s) for s in [(3, 5, 4), (7, 4), (7, 2), (3, 4), (3, 2)]]
    out = null_key_attention(*inputs)
    assert out.shape == (3, 5, 2)
    d_out = rng.normal(size=out.shape)
    gradients = null_key_attention_vjp(*inputs, d_out)
    exact = complex_step_vjp(
        lambda k: null_key_attention(inputs[0], k, *inputs[2:]), inputs[1], d_out
    )
    np.testing.assert_allclose(gradients[1], exact, rtol=0, atol=1e-12 * np.abs(exact).max())
    assert [g.shape for g in gradients] == [x.shape for x in inputs]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    inputs = [x.astype(dtype) for x in random_inputs()]
    assert null_key_attention(*inputs).dtype == dtype
    for gradient in null_key_attention_vjp(*inputs, np.ones((2, 3, 5, 2), dtype)):
        assert gradient.dtype == dtype


def test_inputs_are_not_written_to():
    inputs = random_inputs()
    before = [x.copy() for x in inputs]
    null_key_attention_vjp(*inputs, np.ones((2, 3, 5, 2)))
    for array, old in zip(inputs, before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_what_does_not_fit_is_named():
    q, k, v, null_k, null_v = random_inputs()
    with pytest.raises(ValueError, match=r"null_k has shape \(3, 3\); expected \(..., 4\)"):
        null_key_attention(q, k, v, null_k[:, :3], null_v)
    with pytest.raises(ValueError, match=r"null_v has shape \(3, 1\); expected \(..., 2\)"):
        null_key_attention(q, k, v, null_k, null_v[:, :1])
    with pytest.raises(ValueError, match=r"mask has shape \(5, 8\) for scores"):
        null_key_attention(q, k, v, null_k, null_v, np.ones((5, 8), bool))


def test_leading_axes_that_do_not_fit_are_refused():
    x = np.ones((2, 4, 5, 3))
    with pytest.raises(ValueError, match=r"null_k has shape \(3, 3\) .* expected leading axes"):
        null_key_attention(x, x, x, np.ones((3, 3)), np.ones(3))
    for v in (np.ones(3), np.ones((2, 3, 5, 3)), 1.0):
        with pytest.raises(ValueError, match="v has shape .*; expected"):
            null_key_attention(x, x, v, np.ones(3), np.ones(3))
