from dataclasses import replace

import numpy as np

from selfattn_course.kernels.gru import GRUWeights, gru
from selfattn_course.kernels.gru_reset_before import (
    gru_reset_before,
    gru_reset_before_trace,
    gru_reset_before_vjp,
)


def random_weights(d_in, d_h):
    rng = np.random.default_rng(0)
    shapes = [(d_in, 3 * d_h), (d_h, 3 * d_h), (3 * d_h,), (3 * d_h,)]
    return GRUWeights(*(rng.normal(size=shape) for shape in shapes))


def test_the_reset_state_is_mixed_over_units_and_not_the_mixture_reset():
    # two units: r is 1 for the first and 0 for the second, w_h swaps the two
    w_h = np.zeros((2, 6))
    w_h[:, 4:] = [[0, 1], [1, 0]]
    weights = GRUWeights(np.zeros((1, 6)), w_h, np.array([50.0, -50, -50, -50, 0, 0]), np.zeros(6))
    h0 = [0.3, 0.9]
    np.testing.assert_allclose(
        gru_reset_before([[0.0]], weights, h0), [[0, np.tanh(0.3)]], atol=1e-15
    )
    np.testing.assert_allclose(gru([[0.0]], weights, h0), [[np.tanh(0.9), 0]], atol=1e-15)


def test_one_unit_without_bias_cannot_tell_the_variants_apart():
    weights = replace(random_weights(3, 1), b_h=np.zeros(3))
    x = np.random.default_rng(1).normal(size=(2, 5, 3))
    np.testing.assert_allclose(gru_reset_before(x, weights), gru(x, weights), atol=1e-15)


def test_only_the_sum_of_the_biases_matters():
    weights = random_weights(3, 2)
    x = np.random.default_rng(1).normal(size=(5, 3))
    moved = replace(weights, b_x=weights.b_x + weights.b_h, b_h=np.zeros(6))
    np.testing.assert_allclose(gru_reset_before(x, moved), gru_reset_before(x, weights), atol=1e-15)
    _, d_weights, _ = gru_reset_before_vjp(gru_reset_before_trace(x, weights), np.ones((5, 2)))
    np.testing.assert_array_equal(d_weights.b_x, d_weights.b_h)
    assert not np.shares_memory(d_weights.b_x, d_weights.b_h)
