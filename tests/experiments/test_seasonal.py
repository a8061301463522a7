import numpy as np
import pytest

from selfattn_course.experiments import seasonal


def test_the_season_repeats_daily_and_not_sooner():
    t = np.arange(24)
    np.testing.assert_allclose(seasonal.season(t), seasonal.season(t + 48), atol=1e-12)
    assert np.abs(seasonal.season(t) - seasonal.season(t + 12)).max() > 0.5


def test_targets_continue_their_windows():
    x, target = seasonal.windows(3, n=5, rng=0)
    longer, _ = seasonal.windows(3, n=6, rng=0)
    assert x.shape == (3, 5, 1)
    assert target.shape == (3, 1, 1)
    assert longer.shape == (3, 6, 1)


def test_deviations_have_the_same_spread_at_every_step():
    x, _ = seasonal.windows(20_000, n=6, rng=0)
    spread = x[..., 0].std(axis=0)
    np.testing.assert_allclose(spread, spread.mean(), rtol=0.02)


def test_rules_of_thumb_have_their_closed_forms():
    """A day ago: twice the variance of a deviation, less what is left of it after 24 steps."""
    errors, noise = seasonal.forecast_race(), seasonal.NOISE**2
    variance = noise / (1 - seasonal.MEMORY**2)
    day = 2 * variance * (1 - seasonal.MEMORY**24)
    assert errors["same as a day ago"].mean() == pytest.approx(day, rel=0.08)
    hours = np.arange(24)
    step = np.mean((seasonal.season(hours + 1) - seasonal.season(hours)) ** 2)
    hour = step + 2 * variance * (1 - seasonal.MEMORY)
    assert errors["same as an hour ago"].mean() == pytest.approx(hour, rel=0.08)


def test_nobody_beats_the_noise_and_the_weighted_sum_comes_closest():
    errors = {name: runs.mean() for name, runs in seasonal.forecast_race().items()}
    assert min(errors.values()) == errors["linear"]
    assert seasonal.NOISE**2 < errors["linear"] < 1.2 * seasonal.NOISE**2
    assert errors["LSTM"] < errors["attention"] < errors["same as an hour ago"]


def test_the_networks_are_of_about_one_size():
    sizes = seasonal.sizes()
    assert sizes["linear"] == 49
    networks = [sizes[name] for name in ("RNN", "LSTM", "attention")]
    assert max(networks) / min(networks) < 1.15
