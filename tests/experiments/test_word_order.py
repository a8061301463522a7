import numpy as np
import pytest

from selfattn_course.experiments import word_order


@pytest.mark.parametrize("rng", [0, 1])
def test_only_positions_or_a_causal_mask_make_order_visible(rng):
    deviation = word_order.order_deviations(rng=rng)
    assert deviation["plain"] < 1e-13
    assert deviation["mean over tokens"] < 1e-13
    assert deviation["sinusoidal positions"] > 0.1
    assert deviation["causal mask"] > 0.1


def test_outputs_move_exactly_where_the_mask_lets_them():
    moved = word_order.reach(n=7, window=2)
    distance = np.subtract.outer(np.arange(7), np.arange(7))
    assert (moved["no mask"] > 0).all()
    np.testing.assert_array_equal(moved["causal mask"] > 0, distance >= 0)
    np.testing.assert_array_equal(moved["window"] > 0, np.abs(distance) <= 2)
