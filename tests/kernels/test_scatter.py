import numpy as np
import pytest

from selfattn_course.kernels.scatter import checked_indices, sums_by_index


def test_sums_by_hand():
    got = sums_by_index(np.array([1.0, 10.0, 100.0]), np.array([2, 0, 2]), 4)
    np.testing.assert_array_equal(got, [10, 0, 101, 0])


def test_leading_axes_stay_apart():
    rng = np.random.default_rng(0)
    values, indices = rng.normal(size=(2, 3, 5, 7)), rng.integers(0, 4, size=(5, 7))
    expected = np.zeros((2, 3, 4))
    for i in range(4):
        expected[..., i] = values[..., indices == i].sum(axis=-1)
    np.testing.assert_allclose(sums_by_index(values, indices, 4), expected, atol=1e-14)


def test_many_small_numbers_are_not_lost():
    # A running float32 sum of 2**24 swallows every 1 that is added to it.
    values = np.concatenate([[2.0**24], np.ones(1000)]).astype(np.float32)
    got = sums_by_index(values, np.zeros(1001, int), 1)
    assert got.dtype == np.float32
    assert got[0] == 2**24 + 1000


def test_empty_axes_give_zeros():
    np.testing.assert_array_equal(
        sums_by_index(np.ones((2, 0)), np.ones(0, int), 3), np.zeros((2, 3))
    )
    assert sums_by_index(np.ones((0, 5)), np.zeros(5, int), 3).shape == (0, 3)


def test_indices_are_checked():
    np.testing.assert_array_equal(checked_indices([0, 2], "rows", 3), [0, 2])
    with pytest.raises(ValueError, match="rows runs from -1 to 0; expected 0 to 2"):
        checked_indices([-1, 0], "rows", 3)
    with pytest.raises(TypeError, match="rows has dtype bool; expected integers"):
        checked_indices([True], "rows", 3)
