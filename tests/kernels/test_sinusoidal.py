import numpy as np
import pytest

from selfattn_course.kernels.sinusoidal import position_angles, sinusoidal_positions


def test_four_features_by_hand():
    expected = [[0, 1, 0, 1], [np.sin(1), np.cos(1), np.sin(0.01), np.cos(0.01)]]
    np.testing.assert_allclose(sinusoidal_positions([0, 1], 4), expected, rtol=1e-15)


def test_equals_the_formula_of_the_paper():
    got = sinusoidal_positions(np.arange(7), 10)
    for position in range(7):
        for i in range(5):
            angle = position / 10000 ** (2 * i / 10)
            np.testing.assert_allclose(got[position, 2 * i], np.sin(angle), atol=1e-15)
            np.testing.assert_allclose(got[position, 2 * i + 1], np.cos(angle), atol=1e-15)


def test_every_position_has_the_same_length():
    got = sinusoidal_positions([0, 3, -2, 0.5, 1e6], 6)
    np.testing.assert_allclose(np.linalg.norm(got, axis=-1), np.sqrt(3), rtol=1e-14)


def test_dot_products_depend_on_the_distance_only():
    near, far = (sinusoidal_positions(start + np.arange(5), 8) for start in (0, 1000))
    np.testing.assert_allclose(near @ near.T, far @ far.T, atol=1e-11)


def test_a_shift_is_a_rotation_of_each_pair():
    here = sinusoidal_positions(np.arange(5), 6).reshape(5, 3, 2)
    there = sinusoidal_positions(np.arange(5) + 11, 6).reshape(5, 3, 2)
    angle = position_angles(11, 6)
    rotation = np.moveaxis(
        np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]), -1, 0
    )
    np.testing.assert_allclose(np.einsum("pij,npj->npi", rotation, here), there, atol=1e-13)


def test_base_sets_the_slowest_turn():
    np.testing.assert_allclose(position_angles(3, 4, base=100.0), [3, 0.3], rtol=1e-15)


def test_shape_follows_positions():
    assert sinusoidal_positions(np.zeros((2, 3, 5)), 4).shape == (2, 3, 5, 4)
    assert sinusoidal_positions(7, 4).shape == (4,)
    assert sinusoidal_positions([], 4).shape == (0, 4)
    assert sinusoidal_positions([1, 2, 3], 0).shape == (3, 0)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_angles_are_exact_in_any_dtype(dtype):
    position = np.array([2**24 + 1])  # not a float32 number
    got = sinusoidal_positions(position, 8, dtype=dtype)
    assert got.dtype == dtype
    angles = (2.0**24 + 1) * 10000.0 ** (-np.arange(0, 8, 2) / 8)
    np.testing.assert_allclose(got[0, ::2], np.sin(angles), atol=np.finfo(dtype).eps)
    np.testing.assert_allclose(got[0, 1::2], np.cos(angles), atol=np.finfo(dtype).eps)


@pytest.mark.parametrize("d", [5, -2])
def test_features_come_in_pairs(d):
    with pytest.raises(ValueError, match=f"d is {d}; expected an even number"):
        sinusoidal_positions([0, 1], d)


@pytest.mark.parametrize("base", [0, -3, np.inf, np.nan])
def test_base_must_be_positive(base):
    with pytest.raises(ValueError, match="base is .*; expected a positive finite number"):
        sinusoidal_positions([0, 1], 4, base=base)


def test_text_is_refused():
    with pytest.raises(TypeError, match="positions has dtype .*; expected numbers"):
        sinusoidal_positions(["first"], 4)


@pytest.mark.parametrize(("d", "use"), [(5, 6), (-2, 0), (-3, 0)])
def test_advice_is_a_number_that_works(d, use):
    with pytest.raises(ValueError, match=f"d is {d}; expected an even number, .* Use {use}"):
        sinusoidal_positions([1.0], d)
    assert sinusoidal_positions([1.0], use).shape == (1, use)


def test_what_would_lose_a_part_of_the_numbers_is_refused():
    with pytest.raises(TypeError, match="positions has dtype complex128; expected real numbers"):
        sinusoidal_positions([1j], 2)
    with pytest.raises(TypeError, match="dtype is int64; expected a floating-point one"):
        sinusoidal_positions([1.0], 2, dtype=np.int64)
