import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.feature_maps import elu_plus_one
from selfattn_course.kernels.linear_attention import (
    linear_attention,
    linear_attention_vjp,
    linear_attention_weights,
)
from selfattn_course.kernels.linear_recurrence import linear_recurrence

BOTH = pytest.mark.parametrize("causal", [False, True])


def squared(x):
    return x**2


def squared_vjp(x, d_out):
    return 2 * x * d_out


def random_qkv(n, *, leading=(2,), seed=0):
    rng = np.random.default_rng(seed)
    return tuple(rng.normal(size=(*leading, n, width)) for width in (3, 3, 5))


def test_two_keys_by_hand():
    # Features of the query are (1, 2); those of the keys (1, 1) and (3, 1): weights 3 and 5.
    q, k, v = [[0.0, 1.0]], [[0.0, 0.0], [2.0, 0.0]], [[8.0], [16.0]]
    np.testing.assert_allclose(linear_attention(q, k, v), [[3 / 8 * 8 + 5 / 8 * 16]], rtol=1e-15)
    np.testing.assert_allclose(linear_attention_weights(q, k), [[3 / 8, 5 / 8]], rtol=1e-15)


@BOTH
@pytest.mark.parametrize("n", [1, 63, 64, 65, 131])
def test_equals_the_weights_times_the_values(n, causal):
    q, k, v = random_qkv(n)
    weights = linear_attention_weights(q, k, causal=causal)
    np.testing.assert_allclose(linear_attention(q, k, v, causal=causal), weights @ v, atol=1e-13)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, rtol=1e-13)
    assert (weights >= 0).all()
    assert not causal or (np.triu(weights, 1) == 0).all()


@pytest.mark.parametrize("n", [1, 7, 131])
def test_equals_the_recurrence(n):
    q, k, v = random_qkv(n)
    ones = np.ones((*v.shape[:-1], 1))
    sums, _ = linear_recurrence(
        elu_plus_one(q), elu_plus_one(k), np.concatenate([v, ones], axis=-1), scale=1
    )
    got = linear_attention(q, k, v, causal=True)
    np.testing.assert_allclose(got, sums[..., :-1] / sums[..., -1:], atol=1e-12)


def test_equals_a_loop_over_queries_and_keys():
    q, k, v = random_qkv(6, leading=())
    got = linear_attention(q, k, v, causal=True, feature_map=squared)
    for i in range(6):
        weights = [sum(q[i] ** 2 * k[j] ** 2) for j in range(i + 1)]
        np.testing.assert_allclose(got[i], weights @ v[: i + 1] / sum(weights), rtol=1e-12)


def test_later_tokens_change_nothing_earlier():
    q, k, v = random_qkv(100)
    before = linear_attention(q, k, v, causal=True)
    k[:, 50:], v[:, 50:] = 1e6, -1e6
    after = linear_attention(q, k, v, causal=True)
    np.testing.assert_array_equal(after[:, :50], before[:, :50])


@BOTH
@pytest.mark.parametrize("n", [1, 7, 67])
def test_gradients_agree_with_the_complex_step(n, causal):
    q, k, v = random_qkv(n, leading=())
    d_out = np.random.default_rng(1).normal(size=(n, 5))
    gradients = linear_attention_vjp(q, k, v, d_out, causal=causal)
    runs = [
        lambda x: linear_attention(x, k, v, causal=causal),
        lambda x: linear_attention(q, x, v, causal=causal),
        lambda x: linear_attention(q, k, x, causal=causal),
    ]
    for run, x, got in zip(runs, (q, k, v), gradients, strict=True):
        exact = complex_step_vjp(run, x, d_out)
        # One query in a causal sequence of one sees its own value only: q and k have no say.
        np.testing.assert_allclose(got, exact, rtol=0, atol=1e-12 * max(np.abs(exact).max(), 1))


@BOTH
def test_gradients_of_shared_keys_and_other_features_agree_with_the_complex_step(causal):
    rng = np.random.default_rng(2)
    q, k, v = rng.normal(size=(3, 4, 2)), rng.normal(size=(4, 2)), rng.normal(size=(2, 1, 4, 5))
    d_out = rng.normal(size=(2, 3, 4, 5))
    options = {"causal": causal, "feature_map": squared}
    got = linear_attention_vjp(q, k, v, d_out, feature_map_vjp=squared_vjp, **options)
    runs = [
        lambda x: linear_attention(x, k, v, **options),
        lambda x: linear_attention(q, x, v, **options),
        lambda x: linear_attention(q, k, x, **options),
    ]
    for run, x, gradient in zip(runs, (q, k, v), got, strict=True):
        exact = complex_step_vjp(run, x, d_out)
        assert gradient.shape == x.shape
        np.testing.assert_allclose(gradient, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


def test_a_feature_map_may_change_the_number_of_features():
    def doubled(x):
        return np.concatenate([x**2, (x - 1) ** 2], axis=-1)

    def doubled_vjp(x, d_out):
        return 2 * x * d_out[..., :3] + 2 * (x - 1) * d_out[..., 3:]

    q, k, v = random_qkv(7, leading=())
    d_out = np.random.default_rng(3).normal(size=(7, 5))
    dq, dk, _ = linear_attention_vjp(
        q, k, v, d_out, causal=True, feature_map=doubled, feature_map_vjp=doubled_vjp
    )
    for x, got, run in [
        (q, dq, lambda x: linear_attention(x, k, v, causal=True, feature_map=doubled)),
        (k, dk, lambda x: linear_attention(q, x, v, causal=True, feature_map=doubled)),
    ]:
        exact = complex_step_vjp(run, x, d_out)
        np.testing.assert_allclose(got, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


@BOTH
def test_float32_results_are_close_to_float64_ones(causal):
    q, k, v = random_qkv(200)
    d_out = np.random.default_rng(4).normal(size=(2, 200, 5))
    single = [x.astype(np.float32) for x in (q, k, v, d_out)]
    out = linear_attention(*single[:3], causal=causal)
    assert out.dtype == np.float32
    np.testing.assert_allclose(out, linear_attention(q, k, v, causal=causal), atol=1e-5)
    exact = linear_attention_vjp(q, k, v, d_out, causal=causal)
    for got, expected in zip(linear_attention_vjp(*single, causal=causal), exact, strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, expected, rtol=0, atol=1e-5 * np.abs(expected).max())


@BOTH
def test_float16_sums_do_not_overflow(causal):
    q, k, v = (x.astype(np.float16) for x in random_qkv(2000))
    k = k + np.float16(200)  # products of features sum up to millions; float16 ends at 65504
    got = linear_attention(q, k, v, causal=causal)
    assert got.dtype == np.float16
    exact = linear_attention(*(x.astype(np.float64) for x in (q, k, v)), causal=causal)
    np.testing.assert_allclose(got, exact, atol=2e-3)


@BOTH
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_finite_input_of_any_size_gives_no_nan_and_no_warning(dtype, causal):
    big = float(np.finfo(dtype).max) / 2
    for sizes in [(big, 1, 1), (1, big, 1), (1, 1, big), (big, big, big), (-big, -big, 1)]:
        q, k, v = (np.full((3, 2), size, dtype) for size in sizes)
        with np.errstate(all="raise", under="ignore"):
            out = linear_attention(q, k, v, causal=causal)
            assert np.isfinite(out).all()
            weights = linear_attention_weights(q, k, causal=causal)
        assert np.isfinite(weights).all()
        if min(sizes) > 0:
            np.testing.assert_allclose(out, v, rtol=1e-6)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    hnp.arrays(np.float64, (3, 4, 2), elements=st.floats(allow_nan=False, allow_infinity=False)),
    st.booleans(),
)
def test_no_nan_from_any_finite_input(qkv, causal):
    assert not np.isnan(linear_attention(*qkv, causal=causal)).any()


@BOTH
def test_nothing_to_attend_to_gives_zeros(causal):
    n = 0 if causal else 4
    out = linear_attention(np.ones((n, 3)), np.ones((0, 3)), np.ones((0, 5)), causal=causal)
    np.testing.assert_array_equal(out, np.zeros((n, 5)))
    gradients = linear_attention_vjp(
        np.ones((n, 3)), np.ones((0, 3)), np.ones((0, 5)), np.ones((n, 5)), causal=causal
    )
    assert [x.shape for x in gradients] == [(n, 3), (0, 3), (0, 5)]
    assert (gradients[0] == 0).all()


@BOTH
def test_features_of_zero_give_zeros(causal):
    q = np.full((3, 2), -1e4)  # exp(-1e4) is 0
    out = linear_attention(q, q, np.ones((3, 5)), causal=causal)
    np.testing.assert_array_equal(out, np.zeros((3, 5)))
    for gradient in linear_attention_vjp(q, q, np.ones((3, 5)), np.ones((3, 5)), causal=causal):
        assert (gradient == 0).all()


def test_inputs_are_not_written_to():
    q, k, v = random_qkv(5)
    d_out = np.ones((2, 5, 5))
    before = [x.copy() for x in (q, k, v, d_out)]
    for causal in (False, True):
        linear_attention(q, k, v, causal=causal)
        linear_attention_vjp(q, k, v, d_out, causal=causal)
    for array, old in zip((q, k, v, d_out), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_what_does_not_fit_is_named():
    q, k, v = np.ones((4, 3)), np.ones((5, 3)), np.ones((5, 2))
    with pytest.raises(ValueError, match=r"shapes \(4, 3\), \(5, 3\), \(5, 2\); .* n_q = n_k"):
        linear_attention(q, k, v, causal=True)
    with pytest.raises(ValueError, match=r"shapes \(4, 3\), \(5, 3\), \(4, 2\); expected"):
        linear_attention(q, k, v[:4])
    with pytest.raises(ValueError, match=r"shapes \(4, 2\), \(5, 3\), \(5, 2\); expected"):
        linear_attention(q[:, :2], k, v)
    with pytest.raises(ValueError, match=r"d_out has shape \(5, 2\); expected \(4, 2\)"):
        linear_attention_vjp(q, k, v, np.ones((5, 2)))
    with pytest.raises(TypeError, match="k has dtype .*; expected numbers"):
        linear_attention(q, [["a"]], v)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("shift", [-44, -50, -80])
def test_features_whose_products_underflow(shift, causal):
    q, k, v = (x.astype(np.float32) for x in random_qkv(7))
    q, k = q + np.float32(shift), k + np.float32(shift)
    double = [x.astype(float) for x in (q, k, v)]
    with np.errstate(all="raise", under="ignore"):
        out = linear_attention(q, k, v, causal=causal)
        gradients = linear_attention_vjp(q, k, v, out, causal=causal)
    exact = linear_attention(*double, causal=causal)
    exact_gradients = linear_attention_vjp(*double, out, causal=causal)
    for got, expected in zip((out, *gradients), (exact, *exact_gradients), strict=True):
        np.testing.assert_allclose(got, expected, rtol=0, atol=1e-5 * np.abs(expected).max())


def test_leading_axes_that_do_not_broadcast_are_refused():
    q, k = np.ones((2, 5, 3)), np.ones((3, 5, 3))
    with pytest.raises(ValueError, match="expected leading axes that broadcast"):
        linear_attention(q, k, k)


def test_long_double_has_no_nan():
    q, k, v = random_qkv(5)
    got = linear_attention(*(x.astype(np.longdouble) for x in (q, k, v)))
    np.testing.assert_allclose(got.astype(float), linear_attention(q, k, v), rtol=1e-12)
