import numpy as np
import pytest

from selfattn_course.kernels import (
    attention,
    attention_scores,
    attention_weights,
    causal_mask,
    padding_mask,
)

N_Q, N_K, D, D_V = 5, 11, 7, 3  # all different, so that no swapped axis goes unseen


@pytest.fixture
def qkv():
    rng = np.random.default_rng(0)
    return rng.normal(size=(N_Q, D)), rng.normal(size=(N_K, D)), rng.normal(size=(N_K, D_V))


def loop_attention(q, k, v, mask):
    """The definition, written one number at a time."""
    out = np.zeros((len(q), v.shape[1]))
    for i in range(len(q)):
        allowed = [j for j in range(len(k)) if mask[i, j]]
        exps = [np.exp(sum(q[i] * k[j]) / np.sqrt(len(q[i]))) for j in allowed]
        for j, e in zip(allowed, exps, strict=True):
            out[i] += e / sum(exps) * v[j]
    return out


def test_two_keys_by_hand():
    q, k, v = [[2.0]], [[0.0], [1.0]], [[0.0], [1.0]]
    np.testing.assert_allclose(attention(q, k, v), [[np.exp(2) / (1 + np.exp(2))]], rtol=1e-15)


@pytest.mark.parametrize("density", [1.0, 0.5, 0.1])
def test_agrees_with_the_definition(qkv, density):
    mask = np.random.default_rng(1).random((N_Q, N_K)) < density
    np.testing.assert_allclose(attention(*qkv, mask), loop_attention(*qkv, mask), atol=1e-14)


def test_rows_sum_to_one_or_to_zero(qkv):
    q, k, _ = qkv
    mask = np.ones((N_Q, N_K), bool)
    mask[2] = False
    np.testing.assert_allclose(attention_weights(q, k, mask).sum(-1), [1, 1, 0, 1, 1])


def test_row_with_nothing_to_attend_to_is_zero(qkv):
    mask = np.zeros((N_Q, N_K), bool)
    assert (attention(*qkv, mask) == 0).all()
    assert (attention(qkv[0], np.zeros((0, D)), np.zeros((0, D_V))) == 0).all()


def test_scale_is_one_over_root_d(qkv):
    q, k, _ = qkv
    np.testing.assert_allclose(attention_scores(q, k), q @ k.T / np.sqrt(D), rtol=1e-14)
    np.testing.assert_allclose(attention_scores(q, k, scale=0.25), q @ k.T / 4, rtol=1e-14)


def test_future_does_not_leak_through_the_causal_mask():
    rng = np.random.default_rng(2)
    q, k, v = rng.normal(size=(3, 6, 4))
    out = attention(q, k, v, causal_mask(6))
    k[4:], v[4:] = 1e4 * rng.normal(size=(2, 2, 4))
    np.testing.assert_array_equal(attention(q, k, v, causal_mask(6))[:4], out[:4])


def test_permuting_keys_with_their_values_changes_nothing(qkv):
    q, k, v = qkv
    order = np.random.default_rng(3).permutation(N_K)
    np.testing.assert_allclose(attention(q, k[order], v[order]), attention(q, k, v), atol=1e-15)


def test_the_same_vector_added_to_all_keys_changes_nothing(qkv):
    q, k, v = qkv
    np.testing.assert_allclose(attention(q, k + 3.0, v), attention(q, k, v), atol=1e-13)


def test_leading_axes_broadcast(qkv):
    q, k, v = qkv
    rng = np.random.default_rng(4)
    q = rng.normal(size=(2, 1, N_Q, D))
    v = rng.normal(size=(13, N_K, D_V))
    mask = rng.random((2, 1, 1, N_K)) < 0.5
    out = attention(q, k, v, mask)
    assert out.shape == (2, 13, N_Q, D_V)
    np.testing.assert_allclose(out[1, 12], attention(q[1, 0], k, v[12], mask[1, 0]), atol=1e-15)


@pytest.mark.parametrize("size", [1e4, 1e20, 1e200, 1e308])
def test_finite_input_never_gives_nan(qkv, size):
    q, k, v = qkv
    q, k = q / np.abs(q).max() * size, k / np.abs(k).max() * size
    with np.errstate(all="raise", under="ignore"):
        assert np.isfinite(attention(q, k, v)).all()


def test_scores_that_overflow_keep_their_order():
    q = np.float32([[1e20, -1e20]])
    k = np.float32([[1e20, 1e20], [1e20, 0], [-1e20, 0]])
    largest = np.finfo(np.float32).max
    np.testing.assert_array_equal(attention_scores(q, k), np.float32([[0, largest, -largest]]))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(qkv, dtype):
    q, k, v = (array.astype(dtype) for array in qkv)
    assert attention(q, k, v, np.ones((N_Q, N_K), bool)).dtype == dtype
    assert attention(q, k, v, scale=np.float64(0.5)).dtype == dtype


def test_inputs_are_not_written_to(qkv):
    arrays = (*qkv, np.zeros((N_Q, N_K), bool))
    before = [array.copy() for array in arrays]
    attention(*arrays)
    for array, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_shapes_that_disagree_are_explained(qkv):
    q, k, v = qkv
    with pytest.raises(ValueError, match="q has d = 7 and k has d = 6; expected the same"):
        attention(q, k[:, :6], v)
    with pytest.raises(ValueError, match=r"v has shape \(10, 3\) for 11 keys"):
        attention(q, k, v[:10])
    with pytest.raises(ValueError, match=r"q has shape \(7,\)"):
        attention(q[0], k, v)
    with pytest.raises(ValueError, match=r"mask has shape \(11, 5\) for scores of shape \(5, 11\)"):
        attention(q, k, v, np.ones((N_K, N_Q), bool))
    with pytest.raises(TypeError, match="mask has dtype float64; expected bool"):
        attention(q, k, v, np.ones((N_Q, N_K)))


def test_causal_mask_by_hand():
    np.testing.assert_array_equal(causal_mask(3), [[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    assert causal_mask(0).shape == (0, 0)
    assert causal_mask(2).dtype == bool
    with pytest.raises(ValueError, match="n_q is -1; expected 0 or more"):
        causal_mask(-1)


def test_padding_mask_by_hand():
    np.testing.assert_array_equal(
        padding_mask([0, 2, 3], 3), [[[0, 0, 0]], [[1, 1, 0]], [[1, 1, 1]]]
    )
    with pytest.raises(ValueError, match=r"lengths are \[4\]; expected integers from 0 to n_k = 3"):
        padding_mask([4], 3)
    with pytest.raises(ValueError, match="expected integers"):
        padding_mask([1.5], 3)


def test_mask_larger_than_the_scores_is_refused():
    with pytest.raises(ValueError, match=r"mask has shape \(5, 11\) for scores of shape \(5, 1\)"):
        attention(np.ones((5, 2)), np.ones((1, 2)), np.ones((1, 2)), np.ones((5, 11), bool))


def test_empty_axes():
    assert attention(np.ones((0, D)), np.ones((N_K, D)), np.ones((N_K, D_V))).shape == (0, D_V)
    without_d = attention(np.ones((2, 0)), np.ones((3, 0)), np.eye(3))
    np.testing.assert_allclose(without_d, np.full((2, 3), 1 / 3))  # all scores are 0
