"""One step ahead in a series with a daily season: a straight line against small networks."""

from functools import cache, partial

import numpy as np

from .small_models import answers, n_weights, new_model, train_side_by_side

PERIOD = 24
NOISE = 0.3  # standard deviation of what nobody can predict
MEMORY = 0.8  # share of a deviation that is left one step later
WIDTHS = {"RNN": 24, "LSTM": 12, "attention": 14}
RATES = (0.005, 0.01, 0.02)
WINDOW = 48
SEEDS = (0, 1, 2)


def season(t):
    """The part that repeats every 24 steps.

    Parameters
    ----------
    t : ndarray
        Time in steps.

    Returns
    -------
    ndarray, shape of t
    """
    angle = 2 * np.pi * np.asarray(t) / PERIOD
    return np.sin(angle) + 0.5 * np.sin(2 * angle + 1)


def windows(batch, *, n=WINDOW, rng):
    """Stretches of the series that begin at random hours, and the value that follows each.

    Parameters
    ----------
    batch, n : int
        How many, and how long.
    rng : int or Generator
        Source of hours and noise.

    Returns
    -------
    x : ndarray, shape (batch, n, 1)
    target : ndarray, shape (batch, 1, 1)
    """
    rng = np.random.default_rng(rng)
    hours = rng.integers(PERIOD, size=(batch, 1)) + np.arange(n + 1)
    shocks = NOISE * rng.normal(size=(batch, n + 1))
    shocks[:, 0] /= np.sqrt(1 - MEMORY**2)  # as if the series had always been running
    daily = season(np.arange(PERIOD))[hours % PERIOD]
    series = (daily + shocks @ _fading(n + 1)).astype(np.float32)[..., None]
    return series[:, :n], series[:, n:]


def sizes():
    """How many numbers each method may change.

    Returns
    -------
    dict of str to int
    """
    rng = np.random.default_rng(0)
    networks = {kind: n_weights(_new(kind, rng)) for kind in WIDTHS}
    return {"linear": WINDOW + 1, **networks}


@cache
def forecast_race(*, seeds=SEEDS, n_steps=300, batch=32):
    """Mean squared error, one step ahead, of two rules of thumb, a linear model, three networks.

    All learn from n_steps * batch stretches, and are tested on 4000 others. Each network has the
    learning rate of `RATES` that did best with another seed, on yet other stretches.

    Parameters
    ----------
    seeds : tuple of int
    n_steps, batch : int

    Returns
    -------
    dict of str to ndarray, shape (len(seeds),)
        By method. Nobody can do better than NOISE squared, on average.
    """
    test, trial = windows(4000, rng=50_000), windows(2000, rng=60_000)
    x, target = test
    errors = {
        "same as a day ago": np.full(len(seeds), _error(x[:, -PERIOD, None], target)),
        "same as an hour ago": np.full(len(seeds), _error(x[:, -1, None], target)),
        "linear": np.array([_linear_error(seed, n_steps * batch, test) for seed in seeds]),
    }
    for kind in WIDTHS:
        tried = _network_errors(kind, (100,) * len(RATES), RATES, n_steps, batch, trial)
        rates = (RATES[int(np.argmin(tried))],) * len(seeds)
        errors[kind] = _network_errors(kind, seeds, rates, n_steps, batch, test)
    return errors


@cache
def _fading(n):
    """What is left at each step (columns) of a shock at each step (rows)."""
    age = np.arange(n) - np.arange(n)[:, None]
    return np.where(age < 0, 0, MEMORY ** np.maximum(age, 0))


def _linear_error(seed, n_windows, test):
    """A weighted sum of the last 48 values and a constant, by least squares."""
    x, target = windows(n_windows, rng=seed)
    coefficients = np.linalg.lstsq(_with_one(x), target[:, 0], rcond=None)[0]
    return _error((_with_one(test[0]) @ coefficients)[:, None], test[1])


def _network_errors(kind, seeds, rates, n_steps, batch, test):
    models, _ = train_side_by_side(
        [_new(kind, np.random.default_rng(1000 + seed)) for seed in seeds],
        [partial(windows, batch, rng=np.random.default_rng(seed)) for seed in seeds],
        lambda said, target: 2 * (said - target) / target.size,
        n_steps=n_steps,
        learning_rates=rates,
    )
    return np.array([_error(answers(model, test[0]), test[1]) for model in models])


def _new(kind, rng):
    return new_model(kind, WIDTHS[kind], 1, 1, rng=rng)


def _with_one(x):
    return np.column_stack([x[..., 0], np.ones(len(x), x.dtype)])


def _error(said, target):
    return float(np.mean((said - target) ** 2))
