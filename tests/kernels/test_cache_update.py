import numpy as np
import pytest

from selfattn_course.kernels.cache_update import updated_cache


def test_new_tokens_by_hand():
    cache, new = np.zeros((4, 1)), [[1.0], [2.0]]
    np.testing.assert_array_equal(updated_cache(cache, new)[:, 0], [1, 2, 0, 0])
    np.testing.assert_array_equal(updated_cache(cache, new, 2)[:, 0], [0, 0, 1, 2])
    np.testing.assert_array_equal(updated_cache(cache, new, 3, circular=True)[:, 0], [2, 0, 0, 1])


def test_each_sequence_may_start_elsewhere():
    rng = np.random.default_rng(0)
    cache, new = rng.normal(size=(2, 3, 7, 5)), rng.normal(size=(2, 3, 4, 5))
    start = np.array([[1], [6]])
    got = updated_cache(cache, new, start, circular=True)
    for batch, head in np.ndindex(2, 3):
        expected = cache[batch, head].copy()
        for i in range(4):
            expected[(start[batch, 0] + i) % 7] = new[batch, head, i]
        np.testing.assert_array_equal(got[batch, head], expected)


def test_inputs_are_not_written_to():
    cache, new = np.zeros((4, 2), np.float16), np.ones((1, 2), np.float16)
    got = updated_cache(cache, new, 1)
    assert (cache == 0).all()
    assert got.dtype == np.float16
    assert not np.shares_memory(got, cache)


def test_nothing_new_changes_nothing():
    cache = np.random.default_rng(1).normal(size=(4, 2))
    np.testing.assert_array_equal(updated_cache(cache, np.ones((0, 2)), 4), cache)
    assert updated_cache(np.ones((0, 2)), np.ones((0, 2)), circular=True).shape == (0, 2)


def test_what_does_not_fit_is_named():
    cache = np.zeros((4, 2))
    for new in (np.ones((5, 2)), np.ones((1, 3)), np.ones((1, 1, 2))):
        with pytest.raises(ValueError, match=r"cache has shape \(4, 2\) and new has shape"):
            updated_cache(cache, new)
    with pytest.raises(ValueError, match="positions 3 to 4 of a cache of 4; expected 0 to 3"):
        updated_cache(cache, np.ones((2, 2)), 3)
    with pytest.raises(ValueError, match="positions -1 to -1 of a cache of 4"):
        updated_cache(cache, np.ones((1, 2)), -1)
    with pytest.raises(TypeError, match="start has dtype float64; expected integers"):
        updated_cache(cache, np.ones((1, 2)), 1.0)


@pytest.mark.parametrize("new", [np.full((1, 2), 2.7), np.full((1, 2), 1j), np.full((1, 2), "a")])
def test_tokens_that_the_cache_cannot_hold_are_refused(new):
    with pytest.raises(TypeError, match="new has dtype .* and the cache holds int64; expected"):
        updated_cache(np.zeros((3, 2), np.int64), new)


def test_object_cache_is_refused():
    with pytest.raises(TypeError, match="the cache holds object"):
        updated_cache(np.zeros((3, 2), object), np.zeros((1, 2), object))


@pytest.mark.parametrize("shape", [(3,), (5, 2), (1, 1)])
def test_start_that_does_not_broadcast_is_refused(shape):
    with pytest.raises(ValueError, match=r"start has shape .*; expected one that broadcasts"):
        updated_cache(np.zeros((2, 3, 2)), np.zeros((2, 1, 2)), np.zeros(shape, int))
