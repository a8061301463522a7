import math

import numpy as np
import pytest

from selfattn_course.kernels.attention import attention
from selfattn_course.kernels.attention_vjp import attention_bias_vjp
from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.relative import (
    bucket_bias,
    bucket_bias_vjp,
    distance_buckets,
    relative_positions,
)


def test_distances_by_hand():
    np.testing.assert_array_equal(relative_positions(2, 3), [[0, 1, 2], [-1, 0, 1]])
    np.testing.assert_array_equal(relative_positions(1, 3, offset=2), [[-2, -1, 0]])


def test_each_sequence_may_have_its_own_offset():
    got = relative_positions(2, 3, offset=[[0], [5]])
    assert got.shape == (2, 1, 2, 3)
    np.testing.assert_array_equal(got[1, 0], relative_positions(2, 3, offset=5))


def test_small_distances_have_buckets_of_their_own():
    np.testing.assert_array_equal(distance_buckets(-np.arange(8)), np.arange(8))
    np.testing.assert_array_equal(distance_buckets(1 + np.arange(7)), 17 + np.arange(7))
    causal = distance_buckets(-np.arange(16), bidirectional=False)
    np.testing.assert_array_equal(causal, np.arange(16))


def test_powers_of_two_start_buckets():
    # 8 * 16 ** (t / 8) is 16, 32, 64, 128 for t = 2, 4, 6, 8: no rounding may move these.
    np.testing.assert_array_equal(
        distance_buckets([-15, -16, -31, -32, -63, -64]), [9, 10, 11, 12, 13, 14]
    )
    np.testing.assert_array_equal(distance_buckets([-128, -(10**9)]), [15, 15])


def test_keys_after_the_query_share_a_bucket_in_one_direction():
    assert (distance_buckets([1, 5, 1000], bidirectional=False) == 0).all()


@pytest.mark.parametrize(
    ("n_buckets", "max_distance", "bidirectional"),
    [(32, 128, True), (32, 128, False), (10, 100, True), (7, 1000, False), (4, 3, True)],
)
def test_buckets_agree_with_the_logarithmic_formula(n_buckets, max_distance, bidirectional):
    options = {
        "n_buckets": n_buckets,
        "max_distance": max_distance,
        "bidirectional": bidirectional,
    }
    side = n_buckets // 2 if bidirectional else n_buckets
    exact = side // 2
    for distance in range(-1500, 1500):
        steps = abs(distance) if bidirectional else max(-distance, 0)
        if steps < exact:
            bucket = steps
        else:
            grown = math.log(steps / exact) / math.log(max_distance / exact) * (side - exact)
            bucket = min(exact + int(grown + 1e-12), side - 1)  # 1e-12: the formula rounds, too
        bucket += side if bidirectional and distance > 0 else 0
        assert distance_buckets(distance, **options) == bucket, distance


def test_bias_is_looked_up_by_hand():
    table = np.array([[10.0, 11.0, 12.0], [20.0, 21.0, 22.0]])
    got = bucket_bias(table, [[0, 2], [1, 0]])
    np.testing.assert_array_equal(got, [[[10, 12], [11, 10]], [[20, 22], [21, 20]]])


def test_gradient_agrees_with_the_complex_step():
    rng = np.random.default_rng(0)
    table, d_bias = rng.normal(size=(3, 8)), rng.normal(size=(3, 5, 7))
    buckets = distance_buckets(relative_positions(5, 7), n_buckets=8, max_distance=6)
    exact = complex_step_vjp(lambda t: bucket_bias(t, buckets), table, d_bias)
    got = bucket_bias_vjp(table, buckets, d_bias)
    np.testing.assert_allclose(got, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


def test_gradient_through_attention_agrees_with_the_complex_step():
    rng = np.random.default_rng(1)
    q, k, v, d_out = rng.normal(size=(4, 2, 3, 5, 7))
    table = rng.normal(size=(3, 8))
    buckets = distance_buckets(relative_positions(5), n_buckets=8, max_distance=6)

    def run(table):
        return attention(q, k, v, bias=bucket_bias(table, buckets))

    d_bias = attention_bias_vjp(q, k, v, d_out, bias=bucket_bias(table, buckets))
    got = bucket_bias_vjp(table, buckets, d_bias)
    exact = complex_step_vjp(run, table, d_out)
    np.testing.assert_allclose(got, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


def test_float32_gradients_are_close_to_float64_ones():
    rng = np.random.default_rng(2)
    table, d_bias = rng.normal(size=(2, 32)), rng.normal(size=(2, 100, 100))
    buckets = distance_buckets(relative_positions(100))
    exact = bucket_bias_vjp(table, buckets, d_bias)
    short = bucket_bias_vjp(table, buckets, d_bias.astype(np.float32))
    assert short.dtype == np.float32
    np.testing.assert_allclose(short, exact, rtol=0, atol=1e-5 * np.abs(exact).max())


def test_dtype_is_kept_and_empty_axes_stay_empty():
    for dtype in (np.float16, np.float32, np.float64):
        assert bucket_bias(np.ones((2, 3), dtype), [[0]]).dtype == dtype
    empty = distance_buckets(relative_positions(0, 5))
    assert bucket_bias(np.ones((2, 32)), empty).shape == (2, 0, 5)
    np.testing.assert_array_equal(
        bucket_bias_vjp(np.ones((2, 32)), empty, np.ones((2, 0, 5))), np.zeros((2, 32))
    )


def test_what_does_not_fit_is_named():
    with pytest.raises(ValueError, match="n_q is 2 and n_k is -1; expected 0 or more"):
        relative_positions(2, -1)
    with pytest.raises(TypeError, match="offset has dtype float64; expected integers"):
        relative_positions(2, offset=1.5)
    for options in ({"n_buckets": 5}, {"n_buckets": 2}, {"max_distance": 8}):
        with pytest.raises(
            ValueError, match="n_buckets is .* and max_distance .*; expected an even"
        ):
            distance_buckets([0], **options)
    with pytest.raises(ValueError, match="buckets runs from 0 to 3; expected 0 to 2"):
        bucket_bias(np.ones(3), [[0, 3]])
    with pytest.raises(ValueError, match=r"table has shape \(3,\) and buckets \(2,\)"):
        bucket_bias(np.ones(3), [0, 1])
    with pytest.raises(ValueError, match=r"table has shape \(\) and buckets \(1, 1\)"):
        bucket_bias(1.0, [[0]])
    with pytest.raises(ValueError, match=r"d_bias has shape \(1, 2\); expected \(4, 1, 2\)"):
        bucket_bias_vjp(np.ones((4, 3)), [[0, 1]], np.ones((1, 2)))


def test_inputs_are_not_written_to():
    table, buckets, d_bias = np.ones((2, 3)), np.zeros((4, 4), int), np.ones((2, 4, 4))
    out = bucket_bias(table, buckets)
    bucket_bias_vjp(table, buckets, d_bias)
    assert (table == 1).all()
    assert (buckets == 0).all()
    assert (d_bias == 1).all()
    assert not np.shares_memory(out, table)


def test_distances_of_small_or_unsigned_integers():
    one_way = {"bidirectional": False}
    assert distance_buckets(np.uint8([3]), **one_way) == distance_buckets([3], **one_way) == 0
    np.testing.assert_array_equal(distance_buckets(np.int8([-128])), distance_buckets([-128]))


def test_distances_that_are_not_integers_are_refused():
    with pytest.raises(TypeError, match="distances have dtype float64; expected integers"):
        distance_buckets([2.5])
    with pytest.raises(TypeError, match="integer"):
        relative_positions(2.5)


def test_buckets_of_unsigned_integers():
    buckets, d_bias = np.array([[0, 1], [1, 2]], np.uint64), np.ones((3, 2, 2))
    np.testing.assert_array_equal(
        bucket_bias_vjp(np.ones((3, 4)), buckets, d_bias)[0], [1, 2, 1, 0]
    )
