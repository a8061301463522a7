import numpy as np
import pytest

from selfattn_course.kernels.alibi import alibi_bias, alibi_slopes
from selfattn_course.kernels.attention import attention_weights
from selfattn_course.kernels.masks import causal_mask


def test_eight_heads_halve_from_one_half():
    np.testing.assert_array_equal(alibi_slopes(8), [1 / 2**i for i in range(1, 9)])


def test_four_heads_by_hand():
    np.testing.assert_array_equal(alibi_slopes(4), [1 / 4, 1 / 16, 1 / 64, 1 / 256])


def test_six_heads_take_two_slopes_from_between():
    np.testing.assert_array_equal(alibi_slopes(6)[:4], alibi_slopes(4))
    np.testing.assert_array_equal(alibi_slopes(6)[4:], alibi_slopes(8)[[0, 2]])


@pytest.mark.parametrize("h", range(1, 40))
def test_every_head_has_a_slope_of_its_own(h):
    slopes = alibi_slopes(h)
    assert slopes.shape == (h,)
    assert len(set(slopes)) == h
    assert ((slopes >= 2.0**-8) & (slopes < 1)).all()


def test_bias_by_hand():
    got = alibi_bias([1.0, 0.5], 2, 3)
    np.testing.assert_array_equal(got[0], [[0, -1, -2], [-1, 0, -1]])
    np.testing.assert_array_equal(got[1], [[0, -0.5, -1], [-0.5, 0, -0.5]])


def test_offset_continues_a_longer_sequence():
    whole = alibi_bias(alibi_slopes(3), 7)
    np.testing.assert_array_equal(alibi_bias(alibi_slopes(3), 2, 7, offset=5), whole[:, 5:])
    several = alibi_bias(alibi_slopes(3), 2, 7, offset=[0, 5])
    assert several.shape == (2, 3, 2, 7)
    np.testing.assert_array_equal(several, [whole[:, :2], whole[:, 5:]])


def test_near_keys_weigh_more():
    zeros = np.zeros((2, 5, 3))
    weights = attention_weights(zeros, zeros, causal_mask(5), bias=alibi_bias(alibi_slopes(2), 5))
    assert (np.diff(weights[:, 4], axis=-1) > 0).all()
    ratio = weights[0, 4, 4] / weights[0, 4, 3]
    np.testing.assert_allclose(ratio, np.exp(alibi_slopes(2)[0]), rtol=1e-12)


def test_dtype_follows_the_slopes():
    assert alibi_bias(alibi_slopes(2).astype(np.float32), 3).dtype == np.float32
    assert alibi_bias([1, 2], 3).dtype == np.float64


def test_empty_axes_stay_empty():
    assert alibi_bias(alibi_slopes(2), 0, 3).shape == (2, 0, 3)
    assert alibi_bias(alibi_slopes(2), 3, 0).shape == (2, 3, 0)
    assert alibi_bias([], 3).shape == (0, 3, 3)


def test_what_does_not_fit_is_named():
    with pytest.raises(ValueError, match="n_heads is 0; expected at least 1"):
        alibi_slopes(0)
    with pytest.raises(ValueError, match=r"slopes have shape \(\); expected \(h,\)"):
        alibi_bias(0.5, 3)
    with pytest.raises(ValueError, match="n_q is -1 and n_k is 3"):
        alibi_bias([0.5], -1, 3)
    with pytest.raises(TypeError, match="offset has dtype float64; expected integers"):
        alibi_bias([0.5], 3, offset=0.5)


def test_own_position_gets_0_without_a_minus_sign():
    assert not np.signbit(alibi_bias(alibi_slopes(2), 3).diagonal(axis1=-2, axis2=-1)).any()


def test_float16_slopes_reach_beyond_65504():
    with np.errstate(all="raise"):
        bias = alibi_bias(np.float16([2**-8]), 1, 70_000)
    np.testing.assert_allclose(bias[0, 0, -1], -69_999 / 256, rtol=5e-4)
