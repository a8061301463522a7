import numpy as np

from selfattn_course.kernels import entropy


def test_certainty_has_no_entropy_and_a_fair_die_log_six():
    np.testing.assert_array_equal(entropy([0.0, 1.0, 0.0]), 0)
    np.testing.assert_allclose(entropy(np.full((2, 6), 1 / 6)), np.log([6, 6]))


def test_axis_is_the_distribution():
    p = np.array([[0.5, 1.0], [0.5, 0.0]])
    np.testing.assert_allclose(entropy(p, axis=0), [np.log(2), 0])


def test_certainty_has_entropy_0_without_a_minus_sign():
    assert not np.signbit(entropy([1.0, 0.0]))
