import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels.alibi import alibi_bias, alibi_slopes
from selfattn_course.kernels.attention import attention
from selfattn_course.kernels.cache import KeyValueCache
from selfattn_course.kernels.grouped import grouped_query_attention
from selfattn_course.kernels.masks import window_mask


def random_qkv(n, *, h=6, h_kv=2, seed=0):
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(2, heads, n, d)) for heads, d in [(h, 3), (h_kv, 3), (h_kv, 5)])


def decode(cache, q, k, v, steps, **options):
    """Feed the sequence in pieces of the given sizes; what comes out, put together again."""
    outputs, start = [], 0
    for size in steps:
        new = slice(start, start + size)
        cache.append(k[..., new, :], v[..., new, :])
        outputs.append(cache.attend(q[..., new, :], **options))
        start += size
    assert start == q.shape[-2]
    return np.concatenate(outputs, axis=-2)


def test_second_token_sees_both_by_hand():
    cache = KeyValueCache()
    cache.append([[0.0]], [[2.0]])
    np.testing.assert_array_equal(cache.attend([[1.0]]), [[2]])
    cache.append([[0.0]], [[4.0]])
    np.testing.assert_array_equal(cache.attend([[1.0]]), [[3]])


@pytest.mark.parametrize("steps", [[1] * 11, [11], [4, 1, 1, 5], [0, 3, 0, 8]])
def test_any_pieces_give_causal_attention(steps):
    q, k, v = random_qkv(11)
    expected = grouped_query_attention(q, k, v, window_mask(11, right=0))
    np.testing.assert_allclose(decode(KeyValueCache(), q, k, v, steps), expected, atol=1e-13)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 5), max_size=12), st.integers(1, 6))
def test_any_pieces_give_causal_attention_in_a_window(steps, window):
    q, k, v = random_qkv(sum(steps), h=1, h_kv=1)
    expected = attention(q, k, v, window_mask(sum(steps), left=window - 1, right=0))
    if steps:
        got = decode(KeyValueCache(window=window), q, k, v, steps)
        np.testing.assert_allclose(got, expected, atol=1e-13)


@pytest.mark.parametrize("window", [None, 4])
def test_scale_softcap_and_bias_are_those_of_attention(window):
    q, k, v = random_qkv(7)
    slopes = alibi_slopes(6)
    mask = window_mask(7, left=None if window is None else window - 1, right=0)
    options = {"scale": 0.3, "softcap": 2.0}
    expected = grouped_query_attention(q, k, v, mask, bias=alibi_bias(slopes, 7), **options)
    cache = KeyValueCache(window=window)
    for t in range(7):
        token = slice(t, t + 1)
        cache.append(k[..., token, :], v[..., token, :])
        n = cache.n_kept
        bias = alibi_bias(slopes, 1, n, offset=n - 1)
        got = cache.attend(q[..., token, :], bias=bias, **options)
        np.testing.assert_allclose(got, expected[..., token, :], atol=1e-13)


def test_sequences_without_heads_work_as_well():
    rng = np.random.default_rng(1)
    q, k, v = rng.normal(size=(3, 7, 2))
    expected = attention(q, k, v, window_mask(7, right=0))
    np.testing.assert_allclose(decode(KeyValueCache(), q, k, v, [3, 4]), expected, atol=1e-14)


def test_older_queries_may_be_asked_again_without_a_window():
    q, k, v = random_qkv(7)
    cache = KeyValueCache()
    for t in range(7):
        cache.append(k[..., t : t + 1, :], v[..., t : t + 1, :])
    expected = grouped_query_attention(q, k, v, window_mask(7, right=0))
    np.testing.assert_allclose(cache.attend(q[..., 2:, :]), expected[..., 2:, :], atol=1e-13)


def test_a_window_keeps_what_its_newest_tokens_see():
    cache, x = KeyValueCache(window=3), np.arange(20.0).reshape(10, 2)
    cache.append(x[:5], x[:5])
    assert cache.n_kept == 5  # all five were new and may still be asked for
    cache.append(x[5:6], x[5:6])
    np.testing.assert_array_equal(cache.k, x[3:6])
    cache.append(x[6:8], x[6:8])
    np.testing.assert_array_equal(cache.v, x[4:8])


def test_memory_stays_bounded_with_a_window():
    cache, token = KeyValueCache(window=16), np.ones((1, 4))
    for _ in range(500):
        cache.append(token, token)
        assert cache.n_kept <= 16
        assert cache.k.base.shape[0] <= 64


def test_appending_moves_each_token_only_a_few_times(monkeypatch):
    moved = []
    make_room = KeyValueCache._make_room

    def counted(self, n):
        moved.append(self.n_kept)
        make_room(self, n)

    monkeypatch.setattr(KeyValueCache, "_make_room", counted)
    for window in (None, 10):
        moved.clear()
        cache = KeyValueCache(window=window)
        for _ in range(1000):
            cache.append(np.ones((1, 2)), np.ones((1, 2)))
        assert 0 < sum(moved) <= 2000


@pytest.mark.parametrize("window", [None, 3])
def test_what_was_read_or_given_before_never_changes(window):
    cache, x = KeyValueCache(window=window), np.arange(40.0).reshape(20, 2)
    given_array, seen = x.copy(), []
    for t in range(20):
        cache.append(given_array[t : t + 1], given_array[t : t + 1])
        seen.append((cache.k, cache.k.copy()))
    np.testing.assert_array_equal(given_array, x)
    for view, copy in seen:
        np.testing.assert_array_equal(view, copy)
    with pytest.raises(ValueError, match="read-only"):
        cache.k[0] = 0
    given_array[:] = -1  # the cache has its own copy
    np.testing.assert_array_equal(cache.v, x[-cache.n_kept :])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    cache, x = KeyValueCache(), np.ones((3, 2), dtype)
    cache.append(x, x)
    assert cache.k.dtype == cache.attend(x).dtype == dtype


def test_what_does_not_fit_is_named():
    cache = KeyValueCache()
    with pytest.raises(ValueError, match="the cache is empty"):
        _ = cache.k
    with pytest.raises(ValueError, match="there are 1 queries for 0 new tokens"):
        cache.attend(np.ones((1, 2)))
    with pytest.raises(ValueError, match=r"k has shape \(3, 4, 2\) and v has shape \(3, 5, 2\)"):
        cache.append(np.ones((3, 4, 2)), np.ones((3, 5, 2)))
    cache.append(np.ones((3, 4, 2)), np.ones((3, 4, 5)))
    with pytest.raises(ValueError, match=r"k has shape \(2, 1, 2\); expected leading axes \(3,\)"):
        cache.append(np.ones((2, 1, 2)), np.ones((2, 1, 5)))
    with pytest.raises(ValueError, match=r"v has shape \(3, 1, 2\); expected .* and 5 features"):
        cache.append(np.ones((3, 1, 2)), np.ones((3, 1, 2)))
    with pytest.raises(TypeError, match="k has dtype float32 and the cache holds float64"):
        cache.append(np.ones((3, 1, 2), np.float32), np.ones((3, 1, 5), np.float32))
    assert cache.n_kept == 4  # what was refused left no trace
    with pytest.raises(ValueError, match="there are 5 queries for 4 new tokens"):
        cache.attend(np.ones((3, 5, 2)))


def test_a_first_append_that_is_refused_leaves_the_cache_empty():
    cache = KeyValueCache()
    with pytest.raises(TypeError, match="v has dtype .*; expected numbers"):
        cache.append(np.ones((1, 2)), [["a", "b"]])
    cache.append(np.ones((4, 3)), np.ones((4, 3)))
    assert cache.n_kept == 4


@pytest.mark.parametrize("window", [0, -2])
def test_a_window_must_hold_the_token_itself(window):
    with pytest.raises(ValueError, match=f"window is {window}; expected at least 1"):
        KeyValueCache(window=window)


def test_a_window_forgets_what_older_queries_need():
    cache = KeyValueCache(window=2)
    cache.append(np.ones((1, 2)), np.ones((1, 2)))
    cache.append(np.ones((1, 2)), np.ones((1, 2)))
    with pytest.raises(ValueError, match="there are 2 queries for 1 new tokens"):
        cache.attend(np.ones((2, 2)))
