import numpy as np
import pytest

from selfattn_course.experiments import direct_link


def test_weight_and_gradient_do_not_depend_on_distance():
    data = direct_link.weights_at_distance(n=1024, gap=8.0)
    expected = np.exp(8) / (np.exp(8) + 1023)
    np.testing.assert_allclose(data["weight"], expected, rtol=1e-12)
    np.testing.assert_allclose(data["gradient"], expected, rtol=1e-12)


def test_window_cuts_the_link():
    data = direct_link.weights_at_distance(n=1024, gap=8.0, window=64)
    near = data["distance"] <= 64
    np.testing.assert_allclose(data["weight"][near], np.exp(8) / (np.exp(8) + 64))
    assert (data["weight"][~near] == 0).all()
    assert (data["gradient"][~near] == 0).all()


def test_weight_at_a_fixed_lead_falls_with_length():
    lengths = np.array([2, 16, 1024])
    weights = direct_link.weights_at_length(gap=5.0, lengths=lengths)
    np.testing.assert_allclose(weights, np.exp(5) / (np.exp(5) + lengths - 1))


@pytest.mark.parametrize("n", [16, 1024, 131072])
def test_needed_gap_gives_the_weight(n):
    gap = float(direct_link.needed_gap(0.9, n))
    assert direct_link.weights_at_length(gap=gap, lengths=(n,))[0] == pytest.approx(0.9)
