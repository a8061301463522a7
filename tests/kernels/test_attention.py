import numpy as np
import pytest

from selfattn_course.kernels import (
    attention,
    attention_scores,
    attention_weights,
    causal_mask,
    softmax,
)
from selfattn_course.kernels.tiled import tiled_attention
from tests.kernels.attention_problems import small_tiles

N_Q, N_K, D, D_V = 5, 11, 7, 3  # all different, so that no swapped axis goes unseen


@pytest.fixture
def qkv():
    rng = np.random.default_rng(0)
    return rng.normal(size=(N_Q, D)), rng.normal(size=(N_K, D)), rng.normal(size=(N_K, D_V))


@pytest.fixture(params=[attention, tiled_attention], ids=["plain", "tiled"])
def kernel(request):
    """Both kernels; the tiled one with tiles of 2 x 3, so that there are several."""
    with small_tiles():
        yield request.param


def loop_attention(q, k, v, mask, bias, scale, softcap):
    """The definition, written one number at a time."""
    out = np.zeros((len(q), v.shape[1]))
    for i in range(len(q)):
        allowed = [j for j in range(len(k)) if mask[i, j]]
        scores = [scale * sum(q[i] * k[j]) for j in allowed]
        scores = [softcap * np.tanh(s / softcap) for s in scores]
        scores = [s + bias[i, j] for s, j in zip(scores, allowed, strict=True)]
        exps = [np.exp(s - max(scores)) for s in scores]
        for j, e in zip(allowed, exps, strict=True):
            out[i] += e / sum(exps) * v[j]
    return out


def test_two_keys_by_hand(kernel):
    q, k, v = [[2.0]], [[0.0], [1.0]], [[0.0], [1.0]]
    np.testing.assert_allclose(kernel(q, k, v), [[np.exp(2) / (1 + np.exp(2))]], rtol=1e-15)


def test_bias_by_hand(kernel):
    q, k, v = [[0.0]], [[0.0], [0.0]], [[0.0], [1.0]]
    np.testing.assert_allclose(kernel(q, k, v, bias=np.log([[1.0, 3.0]])), [[0.75]], rtol=1e-15)


def test_softcap_by_hand():
    scores = attention_scores([[3.0]], [[1.0], [1e9], [-1e9]], softcap=2.0)
    np.testing.assert_allclose(scores, [[2 * np.tanh(1.5), 2, -2]], rtol=1e-15)


@pytest.mark.parametrize("density", [1.0, 0.5, 0.1])
def test_agrees_with_the_definition(qkv, kernel, density):
    rng = np.random.default_rng(1)
    mask, bias = rng.random((N_Q, N_K)) < density, rng.normal(size=(N_Q, N_K))
    out = kernel(*qkv, mask, bias=bias, scale=0.7, softcap=1.3)
    np.testing.assert_allclose(out, loop_attention(*qkv, mask, bias, 0.7, 1.3), atol=1e-14)


@pytest.mark.parametrize("order", ["rising", "falling", "shuffled"])
@pytest.mark.parametrize("size", [40.0, 1e3])  # of the scores: exp(1e3) overflows
def test_agrees_with_the_definition_when_scores_are_large(qkv, kernel, order, size):
    """A tiled kernel that forgets to shrink what it gathered, or shrinks it twice, fails here."""
    rng = np.random.default_rng(1)
    bias = rng.uniform(-size, size, (N_Q, N_K))
    bias = {"rising": np.sort(bias), "falling": -np.sort(-bias), "shuffled": bias}[order]
    mask = rng.random((N_Q, N_K)) < 0.7
    mask[0, :7] = False  # the first tiles show this query nothing
    mask[1, 3:] = False  # and the last tiles this one
    for shift in (-size, 0, size):
        out = kernel(*qkv, mask, bias=bias + shift, scale=0.7, softcap=1.3)
        expected = loop_attention(*qkv, mask, bias, 0.7, 1.3)
        np.testing.assert_allclose(out, expected, rtol=0, atol=1e-11)


def test_rows_sum_to_one_or_to_zero(qkv):
    q, k, _ = qkv
    mask = np.ones((N_Q, N_K), bool)
    mask[2] = False
    np.testing.assert_allclose(attention_weights(q, k, mask).sum(-1), [1, 1, 0, 1, 1])


def test_row_with_nothing_to_attend_to_is_zero(qkv, kernel):
    mask = np.zeros((N_Q, N_K), bool)
    assert (kernel(*qkv, mask) == 0).all()
    assert (kernel(*qkv, bias=np.where(mask, 0, -np.inf)) == 0).all()
    assert (kernel(qkv[0], np.zeros((0, D)), np.zeros((0, D_V))) == 0).all()


def test_bias_of_minus_infinity_is_a_mask(qkv, kernel):
    mask = np.random.default_rng(1).random((N_Q, N_K)) < 0.5
    mask[3] = False
    bias = np.where(mask, 0, -np.inf)
    np.testing.assert_allclose(kernel(*qkv, bias=bias), kernel(*qkv, mask), atol=1e-15)


def test_mask_wins_over_any_bias(qkv, kernel):
    mask = np.random.default_rng(1).random((N_Q, N_K)) < 0.5
    bias = np.where(mask, 0, 1e30)
    np.testing.assert_allclose(kernel(*qkv, mask, bias=bias), kernel(*qkv, mask), atol=1e-15)


def test_softcap_comes_before_the_bias(qkv):
    q, k, _ = qkv
    bias = np.random.default_rng(1).normal(size=(N_Q, N_K))
    expected = softmax(2 * np.tanh(q @ k.T / np.sqrt(D) / 2) + bias)
    np.testing.assert_allclose(attention_weights(q, k, bias=bias, softcap=2), expected, rtol=1e-14)


def test_scale_is_one_over_root_d(qkv):
    q, k, _ = qkv
    np.testing.assert_allclose(attention_scores(q, k), q @ k.T / np.sqrt(D), rtol=1e-13)
    np.testing.assert_allclose(attention_scores(q, k, scale=0.25), q @ k.T / 4, rtol=1e-13)


def test_a_constant_bias_changes_nothing(qkv, kernel):
    np.testing.assert_allclose(kernel(*qkv, bias=3.0), kernel(*qkv), atol=1e-14)
    per_query = np.random.default_rng(1).normal(size=(N_Q, 1))
    np.testing.assert_allclose(kernel(*qkv, bias=per_query), kernel(*qkv), atol=1e-14)


def test_future_does_not_leak_through_the_causal_mask(kernel):
    rng = np.random.default_rng(2)
    q, k, v = rng.normal(size=(3, 6, 4))
    out = kernel(q, k, v, causal_mask(6))
    k[4:], v[4:] = 1e4 * rng.normal(size=(2, 2, 4))
    np.testing.assert_allclose(kernel(q, k, v, causal_mask(6))[:4], out[:4], atol=1e-15)


def test_permuting_keys_with_their_values_changes_nothing(qkv, kernel):
    q, k, v = qkv
    order = np.random.default_rng(3).permutation(N_K)
    np.testing.assert_allclose(kernel(q, k[order], v[order]), kernel(q, k, v), atol=1e-14)


def test_the_same_vector_added_to_all_keys_changes_nothing(qkv, kernel):
    q, k, v = qkv
    np.testing.assert_allclose(kernel(q, k + 3.0, v), kernel(q, k, v), atol=1e-13)


def test_leading_axes_broadcast(qkv, kernel):
    q, k, v = qkv
    rng = np.random.default_rng(4)
    q = rng.normal(size=(2, 1, N_Q, D))
    v = rng.normal(size=(13, N_K, D_V))
    mask = rng.random((2, 1, 1, N_K)) < 0.5
    out = kernel(q, k, v, mask)
    assert out.shape == (2, 13, N_Q, D_V)
    np.testing.assert_allclose(out[1, 12], kernel(q[1, 0], k, v[12], mask[1, 0]), atol=1e-15)


def test_mask_or_bias_alone_may_have_leading_axes(qkv, kernel):
    rng = np.random.default_rng(4)
    mask, bias = rng.random((2, 1, N_Q, N_K)) < 0.5, rng.normal(size=(13, 1, N_K))
    out = kernel(*qkv, mask, bias=bias)
    assert out.shape == (2, 13, N_Q, D_V)
    np.testing.assert_allclose(out[1, 12], kernel(*qkv, mask[1, 0], bias=bias[12]), atol=1e-15)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("power", [-0.9, 0.45, 0.5, 0.9, 1.0])
def test_finite_input_never_gives_nan(qkv, kernel, dtype, power):
    """Vectors up to the largest number there is, and scores just below and far above it."""
    largest = np.finfo(dtype).max
    size = float(largest) ** power
    q, k = ((x / np.abs(x).max() * size).astype(dtype) for x in qkv[:2])
    bias = np.full((N_Q, N_K), -largest, dtype)
    bias[:, ::2] = largest
    with np.errstate(all="raise", under="ignore"):
        for options in ({}, {"bias": bias}, {"bias": -largest}, {"softcap": 5.0}):
            assert np.isfinite(kernel(q, k, qkv[2].astype(dtype), **options)).all()


def test_scores_that_overflow_keep_their_order():
    q = np.float32([[1e20, -1e20]])
    k = np.float32([[1e20, 1e20], [1e20, 0], [-1e20, 0]])
    largest = np.finfo(np.float32).max
    np.testing.assert_array_equal(attention_scores(q, k), np.float32([[0, largest, -largest]]))


def test_scores_that_overflow_on_the_way_only_come_out_right():
    q, k = np.array([[1e308]]), np.array([[1e-300]])
    np.testing.assert_allclose(attention_scores(q, k, scale=100.0), [[1e10]], rtol=1e-12)


def test_tiny_softcap_does_not_overflow():
    with np.errstate(all="raise", under="ignore"):
        scores = attention_scores([[1e10]], [[1.0], [0.0]], softcap=1e-300)
    np.testing.assert_allclose(scores, [[1e-300, 0.0]], rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(qkv, kernel, dtype):
    q, k, v = (array.astype(dtype) for array in qkv)
    assert kernel(q, k, v, np.ones((N_Q, N_K), bool)).dtype == dtype
    assert kernel(q, k, v, scale=np.float64(0.5), softcap=np.float64(2)).dtype == dtype
    assert kernel(q, k, v, bias=np.zeros((N_Q, N_K), dtype)).dtype == dtype


def test_integers_count_as_float64(kernel):
    q, k, v = np.array([[1, 2]]), np.array([[1, 0], [0, 1]]), np.array([[1], [3]])
    out = kernel(q, k, v, bias=np.array([[0, 1]]))
    assert out.dtype == np.float64
    np.testing.assert_allclose(out, kernel(q * 1.0, k * 1.0, v * 1.0, bias=np.array([[0, 1.0]])))


def test_inputs_are_not_written_to(qkv, kernel):
    arrays = (*qkv, np.zeros((N_Q, N_K), bool), np.ones((N_Q, N_K)))
    before = [array.copy() for array in arrays]
    kernel(*arrays[:4], bias=arrays[4], softcap=1.0)
    for array, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_shapes_that_disagree_are_explained(qkv, kernel):
    q, k, v = qkv
    with pytest.raises(ValueError, match="q has d = 7 and k has d = 6; expected the same"):
        kernel(q, k[:, :6], v)
    with pytest.raises(ValueError, match=r"v has shape \(10, 3\) for 11 keys"):
        kernel(q, k, v[:10])
    with pytest.raises(ValueError, match=r"v has shape \(11,\) for 11 keys"):
        kernel(q, k, v[:, 0])
    with pytest.raises(ValueError, match=r"q has shape \(7,\)"):
        kernel(q[0], k, v)
    with pytest.raises(ValueError, match=r"mask has shape \(11, 5\) for scores of shape \(5, 11\)"):
        kernel(q, k, v, np.ones((N_K, N_Q), bool))
    with pytest.raises(ValueError, match=r"bias has shape \(11, 5\) for scores of shape \(5, 11\)"):
        kernel(q, k, v, bias=np.ones((N_K, N_Q)))


def test_leading_axes_that_do_not_fit_are_explained(qkv, kernel):
    q, k, v = (np.stack([x] * n) for x, n in zip(qkv, (4, 2, 2), strict=True))
    with pytest.raises(ValueError, match=r"q has shape \(4, 5, 7\).* k has shape \(2, 11, 7\)"):
        kernel(q, k, v)
    with pytest.raises(ValueError, match=r"v has shape \(2, 11, 3\).*expected"):
        kernel(q, k[0], v)
    with pytest.raises(ValueError, match=r"mask has shape \(3, 1, 11\).*expected"):
        kernel(q, k[0], v[0], np.ones((3, 1, N_K), bool))


def test_mask_and_bias_mixed_up_are_explained(qkv, kernel):
    with pytest.raises(TypeError, match="mask has dtype float64; expected bool.* pass .* as bias"):
        kernel(*qkv, np.ones((N_Q, N_K)))
    with pytest.raises(TypeError, match="bias has dtype bool; expected numbers.* as mask"):
        kernel(*qkv, bias=np.ones((N_Q, N_K), bool))


@pytest.mark.parametrize("softcap", [0, -1.0, np.inf, np.nan])
def test_softcap_must_be_positive(qkv, kernel, softcap):
    with pytest.raises(ValueError, match="softcap is .*; expected a positive finite number"):
        kernel(*qkv, softcap=softcap)


def test_mask_larger_than_the_scores_is_refused(kernel):
    with pytest.raises(ValueError, match=r"mask has shape \(5, 11\) for scores of shape \(5, 1\)"):
        kernel(np.ones((5, 2)), np.ones((1, 2)), np.ones((1, 2)), np.ones((5, 11), bool))


def test_causal_in_the_tiled_kernel_is_a_causal_mask(qkv):
    for offset in (-9, -2, 0, 1, 7, 99):
        mask = causal_mask(N_Q, N_K, offset=offset)
        with small_tiles():
            out = tiled_attention(*qkv, causal=True, offset=offset)
        np.testing.assert_allclose(out, attention(*qkv, mask), atol=1e-15)


def test_offset_of_the_tiled_kernel_is_one_integer(qkv):
    with pytest.raises(TypeError, match="offset"):
        tiled_attention(*qkv, causal=True, offset=0.5)
    with pytest.raises((TypeError, ValueError), match="offset .* expected"):
        tiled_attention(*qkv, causal=True, offset=np.array([0, 1]))


@pytest.mark.parametrize("causal", [False, True])
def test_tiled_agrees_with_plain_over_tiles_of_full_size(causal):
    rng = np.random.default_rng(0)
    q, k, v = (rng.normal(size=(2, n, D)).astype(np.float32) for n in (700, 1300, 1300))
    mask = causal_mask(700, 1300, offset=300) if causal else None
    out = tiled_attention(q, k, v, causal=causal, offset=300)
    np.testing.assert_allclose(out, attention(q, k, v, mask), atol=1e-5)


def test_empty_axes(kernel):
    assert kernel(np.ones((0, D)), np.ones((N_K, D)), np.ones((N_K, D_V))).shape == (0, D_V)
    assert kernel(np.ones((0, 2, D)), np.ones((N_K, D)), np.ones((N_K, 3))).shape == (0, 2, 3)
    assert kernel(np.ones((2, D)), np.ones((N_K, D)), np.ones((N_K, 0))).shape == (2, 0)
    without_d = kernel(np.ones((2, 0)), np.ones((3, 0)), np.eye(3))
    np.testing.assert_allclose(without_d, np.full((2, 3), 1 / 3))  # all scores are 0


def test_nan_behind_a_mask_has_no_weight(qkv):
    q, k, _ = qkv
    k[4] = np.nan
    mask = np.arange(N_K) != 4
    weights = attention_weights(q, k, np.broadcast_to(mask, (N_Q, N_K)))
    np.testing.assert_array_equal(weights[:, 4], 0)
    np.testing.assert_allclose(weights[:, mask], attention_weights(q, k[mask]), rtol=1e-14)
    assert np.isnan(attention_weights(q, k, bias=np.where(mask, 0, -np.inf)[None])).all()


def test_bias_of_plus_infinity_spoils_its_row_only(qkv, kernel):
    bias = np.zeros((N_Q, N_K))
    bias[2, 6] = np.inf
    with np.errstate(all="raise", under="ignore"):
        out = kernel(*qkv, bias=bias)
    np.testing.assert_array_equal(np.isnan(out).all(axis=1), np.arange(N_Q) == 2)


def test_softcap_too_small_for_float16():
    with np.errstate(all="raise", under="ignore"):
        scores = attention_scores(np.float16([[1.0]]), np.float16([[1.0], [0.0]]), softcap=1e-9)
    np.testing.assert_array_equal(scores, [[0, 0]])


def test_scores_and_bias_that_overflow_below_are_no_mask(kernel):
    """All scores of the row become the most negative number: a tie, not an empty row."""
    q, k = np.float32([[1e19]]), np.float32([[-1e19], [-2e19]])
    bias = np.full((1, 2), np.finfo(np.float32).min)
    with np.errstate(all="raise", under="ignore"):
        out = kernel(q, k, np.eye(2, dtype=np.float32), bias=bias)
    np.testing.assert_array_equal(out, [[0.5, 0.5]])


@pytest.mark.parametrize("softcap", [1e-50, 1e50])
def test_softcap_outside_float32_is_refused(softcap):
    x = np.ones((2, 3), np.float32)
    with pytest.raises(ValueError, match=r"softcap is .*; expected .* for float32"):
        attention(x, x, x, softcap=softcap)


def test_float16_scores_too_large_become_the_largest_number():
    q = np.float16([[300.0]])
    np.testing.assert_array_equal(attention_scores(q, [q[0], -q[0]], scale=1.0), [[65504, -65504]])


def test_rows_of_unequal_length_are_refused_by_name():
    x = np.ones((2, 3))
    with pytest.raises(ValueError, match="mask has rows of unequal length; expected an array"):
        attention(x, x, x, [[True, False], [True]])
