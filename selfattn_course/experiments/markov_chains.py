"""Sequences that remember one step only: how fast do they forget?"""

from functools import cache

import numpy as np

from ..kernels import markov_mutual_information
from .real_text import bias, information_curve

CHAINS = {
    "two states": ((0.9, 0.1), (0.1, 0.9)),
    "three states": ((0.75, 0.25, 0.0), (0.125, 0.75, 0.125), (0.0, 0.25, 0.75)),
}


FAR = range(100, 2100, 20)  # lags at which nothing of the chains above is left to find


@cache
def decay(*, n=100_000, longest=30, rng=0):
    """Mutual information against lag for small Markov chains: exact, and counted in a run.

    Parameters
    ----------
    n : int
        Length of the run.
    longest : int
        Largest lag.
    rng : int
        Seed of the run.

    Returns
    -------
    dict of str to dict
        For each of `CHAINS`: "lag"; "exact" and "counted", in nats, shape (longest,); and floats:
        "second", the second eigenvalue, "ratio", by which the exact information falls in the last
        step; "floor", what counting finds in the same run at lags where nothing is left, and
        "bias", what it would find between symbols drawn independently. The floor is higher:
        neighbours in a run are alike, so that n states say less than n independent draws.
    """
    rng, lags = np.random.default_rng(rng), range(1, longest + 1)
    return {name: _decay(np.array(chain), n, lags, rng) for name, chain in CHAINS.items()}


def sample(transition, n, rng):
    """A run of a Markov chain, from state 0 on.

    Parameters
    ----------
    transition : ndarray, shape (m, m)
        Each row sums to 1.
    n : int
        Number of states to draw.
    rng : int or Generator

    Returns
    -------
    ndarray of int, shape (n,)
    """
    edges = np.cumsum(transition, axis=1)[:, :-1]
    draws = np.random.default_rng(rng).random(n)
    following = (draws[:, None, None] >= edges).sum(axis=-1).tolist()  # one row for each draw
    states, state = [], 0
    for row in following:
        state = row[state]
        states.append(state)
    return np.array(states)


def _decay(chain, n, lags, rng):
    exact = np.array([float(markov_mutual_information(chain, lag)) for lag in lags])
    run = sample(chain, n, rng)
    return {
        "lag": np.array(lags),
        "exact": exact,
        "counted": information_curve(run, lags, len(chain)),
        "second": float(np.sort(np.abs(np.linalg.eigvals(chain)))[-2]),
        "ratio": float(exact[-1] / exact[-2]),
        "floor": float(information_curve(run, FAR, len(chain)).mean()),
        "bias": bias(len(chain), n),
    }
