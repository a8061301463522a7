import numpy as np
import pytest

from selfattn_course.kernels.heads import merge_heads, split_heads


def test_two_heads_by_hand():
    x = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])
    np.testing.assert_array_equal(
        split_heads(x, 2), [[[1.0, 2.0], [5.0, 6.0]], [[3.0, 4.0], [7.0, 8.0]]]
    )


def test_features_of_one_head_lie_together():
    x = np.random.default_rng(0).normal(size=(2, 3, 5 * 7))
    heads = split_heads(x, 5)
    assert heads.shape == (2, 5, 3, 7)
    for head in range(5):
        np.testing.assert_array_equal(heads[:, head], x[..., 7 * head : 7 * (head + 1)])


def test_merging_undoes_splitting():
    x = np.random.default_rng(0).normal(size=(2, 3, 35))
    np.testing.assert_array_equal(merge_heads(split_heads(x, 5)), x)
    heads = np.random.default_rng(1).normal(size=(2, 5, 3, 7))
    np.testing.assert_array_equal(split_heads(merge_heads(heads), 5), heads)


def test_splitting_copies_nothing():
    x = np.ones((3, 10))
    assert np.shares_memory(split_heads(x, 2), x)


@pytest.mark.parametrize("shape", [(0, 6), (2, 0, 6), (3, 0)])
def test_empty_axes_stay_empty(shape):
    assert merge_heads(split_heads(np.ones(shape), 3)).shape == shape


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.complex128])
def test_dtype_is_kept(dtype):
    assert split_heads(np.ones((2, 4), dtype), 2).dtype == dtype
    assert merge_heads(np.ones((2, 3, 4), dtype)).dtype == dtype
    assert split_heads(np.ones((2, 4), int), 2).dtype == np.float64


@pytest.mark.parametrize("n_heads", [3, 0, -1])
def test_heads_must_divide_the_features(n_heads):
    with pytest.raises(ValueError, match=f"n_heads is {n_heads} for 8 features; .* divides 8"):
        split_heads(np.ones((2, 8)), n_heads)


def test_missing_axes_are_named():
    with pytest.raises(ValueError, match=r"x has shape \(4,\); expected \(..., n, h \* d\)"):
        split_heads(np.ones(4), 2)
    with pytest.raises(ValueError, match=r"x has shape \(3, 4\); expected \(..., h, n, d\)"):
        merge_heads(np.ones((3, 4)))
