import numpy as np
import pytest

from selfattn_course.kernels import (
    attention,
    attention_vjp,
    causal_mask,
    complex_step_vjp,
    grouped_query_attention,
    grouped_query_attention_vjp,
)

B, H, N_Q, N_K, D, D_V = 2, 6, 3, 5, 4, 7


def arrays(h_kv, leading=(B,)):
    rng = np.random.default_rng(0)
    q = rng.normal(size=(*leading, H, N_Q, D))
    k, v = rng.normal(size=(*leading, h_kv, N_K, D)), rng.normal(size=(*leading, h_kv, N_K, D_V))
    return q, k, v


def repeated(x, h_kv):
    """Each shared head written out once for every query head that uses it."""
    return np.repeat(x, H // h_kv, axis=-3)


def test_query_heads_share_keys_in_order():
    """Two groups of two: the first pair sees value 1, the second pair value 2."""
    q, k = np.ones((4, 1, 1)), np.ones((2, 1, 1))
    v = np.array([1.0, 2.0]).reshape(2, 1, 1)
    np.testing.assert_array_equal(grouped_query_attention(q, k, v).ravel(), [1, 1, 2, 2])


@pytest.mark.parametrize("h_kv", [1, 2, 3, 6])
@pytest.mark.parametrize("leading", [(), (B,), (B, 1)])
def test_is_attention_with_repeated_heads(h_kv, leading):
    q, k, v = arrays(h_kv, leading)
    options = {"scale": 0.3, "softcap": 2.0}
    np.testing.assert_allclose(
        grouped_query_attention(q, k, v, causal_mask(N_Q, N_K), **options),
        attention(q, repeated(k, h_kv), repeated(v, h_kv), causal_mask(N_Q, N_K), **options),
        atol=1e-15,
    )


@pytest.mark.parametrize(
    "shape", [(N_K,), (N_Q, N_K), (1, N_Q, N_K), (H, N_Q, N_K), (B, 1, 1, N_K), (B, H, N_Q, 1)]
)
def test_mask_and_bias_count_query_heads(shape):
    q, k, v = arrays(2)
    rng = np.random.default_rng(1)
    mask, bias = rng.random(shape) < 0.6, rng.normal(size=shape)
    np.testing.assert_allclose(
        grouped_query_attention(q, k, v, mask, bias=bias),
        attention(q, repeated(k, 2), repeated(v, 2), mask, bias=bias),
        atol=1e-15,
    )


def test_keys_without_a_batch_serve_all_of_it():
    q, k, v = arrays(2)
    np.testing.assert_allclose(
        grouped_query_attention(q, k[0], v[0])[1], grouped_query_attention(q[1], k[0], v[0])
    )


@pytest.mark.parametrize("h_kv", [1, 2, 6])
@pytest.mark.parametrize("softcap", [None, 0.8])
def test_vjp_agrees_with_the_complex_step(h_kv, softcap):
    q, k, v = arrays(h_kv, ())
    rng = np.random.default_rng(2)
    mask, bias = rng.random((H, N_Q, N_K)) < 0.6, rng.normal(size=(N_Q, N_K))
    d_out = rng.normal(size=(H, N_Q, D_V))

    def out(q=q, k=k, v=v):
        return grouped_query_attention(q, k, v, mask, bias=bias, softcap=softcap).astype(complex)

    by_hand = grouped_query_attention_vjp(q, k, v, d_out, mask, bias=bias, softcap=softcap)
    exact = (
        complex_step_vjp(lambda q: out(q=q), q, d_out),
        complex_step_vjp(lambda k: out(k=k), k, d_out),
        complex_step_vjp(lambda v: out(v=v), v, d_out),
    )
    for mine, other in zip(by_hand, exact, strict=True):
        assert mine.shape == other.shape
        np.testing.assert_allclose(mine, other, rtol=0, atol=1e-12 * np.abs(other).max())


def test_gradient_of_a_shared_head_adds_up_over_its_group():
    q, k, v = arrays(2)
    d_out = np.random.default_rng(3).normal(size=(B, H, N_Q, D_V))
    _, dk, dv = grouped_query_attention_vjp(q, k, v, d_out)
    _, dk_each, dv_each = attention_vjp(q, repeated(k, 2), repeated(v, 2), d_out)
    np.testing.assert_allclose(dk, dk_each.reshape(B, 2, 3, N_K, D).sum(axis=2), atol=1e-14)
    np.testing.assert_allclose(dv, dv_each.reshape(B, 2, 3, N_K, D_V).sum(axis=2), atol=1e-14)


def test_gradient_of_keys_without_a_batch_adds_up_over_it():
    q, k, v = arrays(2)
    d_out = np.random.default_rng(3).normal(size=(B, H, N_Q, D_V))
    _, dk, dv = grouped_query_attention_vjp(q, k[0], v[0], d_out)
    parts = [grouped_query_attention_vjp(q[b], k[0], v[0], d_out[b]) for b in range(B)]
    np.testing.assert_allclose(dk, sum(part[1] for part in parts), atol=1e-14)
    np.testing.assert_allclose(dv, sum(part[2] for part in parts), atol=1e-14)


def test_float32_is_kept_and_agrees_with_float64():
    q, k, v = map(np.float32, arrays(2))
    d_out = np.float32(np.random.default_rng(3).normal(size=(B, H, N_Q, D_V)))
    assert grouped_query_attention(q, k, v).dtype == np.float32
    single = grouped_query_attention_vjp(q, k, v, d_out)
    exact = grouped_query_attention_vjp(*map(np.float64, (q, k, v, d_out)))
    for mine, other in zip(single, exact, strict=True):
        assert mine.dtype == np.float32
        np.testing.assert_allclose(mine, other, rtol=0, atol=1e-5 * np.abs(other).max())


def test_inputs_are_not_written_to():
    q, k, v = arrays(2)
    mask, d_out = causal_mask(N_Q, N_K), np.ones((B, H, N_Q, D_V))
    before = [x.copy() for x in (q, k, v, mask, d_out)]
    grouped_query_attention(q, k, v, mask)
    grouped_query_attention_vjp(q, k, v, d_out, mask)
    for array, old in zip((q, k, v, mask, d_out), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_no_queries_or_no_keys():
    q, k, v = arrays(2)
    assert grouped_query_attention(q[..., :0, :], k, v).shape == (B, H, 0, D_V)
    out = grouped_query_attention(q, k[..., :0, :], v[..., :0, :])
    np.testing.assert_array_equal(out, np.zeros((B, H, N_Q, D_V)))


def test_heads_that_do_not_fit_are_explained():
    q, k, v = arrays(4)
    with pytest.raises(ValueError, match="q has 6 heads and k has 4; expected a number that div"):
        grouped_query_attention(q, k, v)
    with pytest.raises(ValueError, match="q has 6 heads and k has 0"):
        grouped_query_attention(q, k[:, :0], v[:, :0])
    with pytest.raises(ValueError, match="as many heads of values as of keys"):
        grouped_query_attention(q, k[:, :2], v[:, :3])
    with pytest.raises(ValueError, match=r"\(3, 4\).*expected \(..., h, n, d\)"):
        grouped_query_attention(q[0, 0], k, v)


@pytest.mark.parametrize("heads", [2, 3])
@pytest.mark.parametrize("name", ["mask", "bias"])
def test_mask_for_another_number_of_heads_is_explained(name, heads):
    q, k, v = arrays(2)
    term = np.ones((heads, N_Q, N_K), bool if name == "mask" else float)
    with pytest.raises(ValueError, match=rf"{name} has shape \({heads}, 3, 5\).*expected"):
        grouped_query_attention(q, k, v, **{name: term})


def test_gradient_of_another_shape_is_explained():
    q, k, v = arrays(2)
    for shape in [(B, H, N_Q, D), (B, 2, N_Q, D_V), (B, 3, N_Q, D_V), (N_Q, D_V)]:
        with pytest.raises(ValueError, match=r"d_out has shape .*; expected \(2, 6, 3, 7\)"):
            grouped_query_attention_vjp(q, k, v, np.ones(shape))


def test_forward_and_backward_refuse_the_same_leading_axes():
    q, k, v = np.ones((2, 4, 5, 3)), np.ones((3, 2, 7, 3)), np.ones((3, 2, 7, 6))
    with pytest.raises(ValueError, match="expected axes before the heads that broadcast"):
        grouped_query_attention(q, k, v)
    with pytest.raises(ValueError, match="expected axes before the heads that broadcast"):
        grouped_query_attention_vjp(q, k, v, np.ones((2, 4, 5, 6)))


def test_mask_that_does_not_fit_is_named_with_its_own_shape():
    q, k = np.ones((2, 4, 5, 3)), np.ones((2, 2, 7, 3))
    with pytest.raises(
        ValueError, match=r"mask has shape \(3, 1, 5, 7\) for scores of shape \(2, 4"
    ):
        grouped_query_attention_vjp(q, k, k, np.ones_like(q), np.ones((3, 1, 5, 7), bool))
