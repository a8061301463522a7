import numpy as np
import pytest

from selfattn_course.experiments import gradient_reach

LAGS = np.arange(gradient_reach.LAGS)


def test_random_orthogonal_changes_no_length():
    q = gradient_reach.random_orthogonal(7, rng=0)
    np.testing.assert_allclose(q @ q.T, np.eye(7), atol=1e-14)


@pytest.mark.parametrize("rho", [0.9, 1.0, 1.5])
def test_linear_gradient_is_a_power_of_rho(rho):
    np.testing.assert_allclose(gradient_reach.linear_reach(rho, rng=5), rho**LAGS, rtol=1e-12)


def test_tanh_network_with_tiny_inputs_is_linear():
    lengths = gradient_reach.rnn_reach(0.9, input_std=1e-7, batch=3)
    np.testing.assert_allclose(lengths, np.broadcast_to(0.9**LAGS, (3, 101)), rtol=1e-6)


@pytest.mark.parametrize("rng", [0, 1])
def test_tanh_only_shortens(rng):
    for rho in (0.9, 1.0, 1.5):
        tanh = gradient_reach.rnn_reach(rho, rng=rng)
        assert (tanh <= gradient_reach.linear_reach(rho) * (1 + 1e-12)).all()
    assert np.median(gradient_reach.rnn_reach(0.9, rng=rng)[:, 100]) < 1e-8
    assert np.median(gradient_reach.rnn_reach(1.0, rng=rng)[:, 100]) < 1e-5


@pytest.mark.parametrize("bias", [0, 1, 3, 5])
def test_lstm_without_weights_keeps_a_power_of_its_forget_gate(bias):
    measured = gradient_reach.lstm_reach(bias, weight_std=0.0, batch=2)
    expected = gradient_reach.forget_gate_reach(bias, LAGS)
    np.testing.assert_allclose(measured, np.broadcast_to(expected, (2, 101)), rtol=1e-10)


def test_half_a_gate_halves_at_every_step():
    assert gradient_reach.forget_gate_reach(0.0, 10) == pytest.approx(2.0**-10)


@pytest.mark.parametrize("rng", [0, 1])
def test_attention_is_level_and_shares_among_all_tokens(rng):
    lengths = np.median(gradient_reach.attention_reach(rng=rng), axis=0)
    slope = np.polyfit(LAGS[1:], np.log(lengths[1:]), 1)[0]
    assert abs(slope) < 0.003  # e**-0.3 over 100 steps would still be level beside 0.9**100
    twice = np.median(gradient_reach.attention_reach(n=201, rng=rng))
    assert twice == pytest.approx(np.median(lengths) / 2, rel=0.15)


def test_bands_contain_their_middle():
    for low, middle, high in gradient_reach.reach_of_all().values():
        assert (low <= middle).all()
        assert (middle <= high).all()
