"""Two ways to learn "repeat what stood k tokens ago": count all contexts, or find where to look."""

from functools import cache

import numpy as np

from ..kernels import lagged_joint, mutual_information

LAGS = tuple(range(1, 21))


@cache
def copy_learners(*, lags=LAGS, n_table=4000, n_lookup=20, n_test=2000, reach=64, rng=0):
    """Accuracy on new tokens, against the lag.

    Tokens are random bits. Both learners know how far they may look back, and nothing else.

    Parameters
    ----------
    lags : tuple of int
        Each is a task of its own.
    n_table, n_lookup : int
        Examples for the table of contexts, and for the one that finds where to look.
    n_test : int
        New tokens to predict.
    reach : int
        How far the second learner may look back; the table looks back just as far as it must.
    rng : int
        Seed of the bits and of the guesses.

    Returns
    -------
    dict of str to ndarray, shape (len(lags),)
        "lag"; "table" and "lookup", shares of right predictions; "expected", that of the table in
        closed form; "contexts", the number of rows of the table.
    """
    rng, lag = np.random.default_rng(rng), np.array(lags)
    return {
        "lag": lag,
        "table": np.array([_table_accuracy(k, n_table, n_test, rng) for k in lags]),
        "lookup": np.array([_lookup_accuracy(k, n_lookup, n_test, reach, rng) for k in lags]),
        "expected": 1 - (1 - 0.5**lag) ** n_table / 2,
        "contexts": 2**lag,
    }


def best_place(bits, answers, reach):
    """How far back the token stands that tells most about the answers.

    Parameters
    ----------
    bits : ndarray of int, shape (n + reach,)
    answers : ndarray of int, shape (n,)
        To the questions asked after each of the last n bits but one: answer i belongs to the
        bits before position i + reach.
    reach : int
        Farthest place to consider.

    Returns
    -------
    int
        From 1 to reach.
    """
    n = len(answers)
    information = [
        # Two rows of symbols below each other are a sequence of 2 n with the pairs n apart.
        mutual_information(lagged_joint(np.r_[bits[reach - j :][:n], answers], n, 2))
        for j in range(1, reach + 1)
    ]
    return int(np.argmax(information)) + 1


def _bits_and_answers(lag, n, reach, rng):
    bits = rng.integers(2, size=n + reach)
    return bits, bits[reach - lag :][:n]


def _lookup_accuracy(lag, n_train, n_test, reach, rng):
    place = best_place(*_bits_and_answers(lag, n_train, reach, rng), reach)
    bits, answers = _bits_and_answers(lag, n_test, reach, rng)
    return float(np.mean(bits[reach - place :][:n_test] == answers))


def _table_accuracy(lag, n_train, n_test, rng):
    counts = np.zeros((2**lag, 2), int)
    np.add.at(counts, _contexts_and_answers(lag, n_train, rng), 1)
    contexts, answers = _contexts_and_answers(lag, n_test, rng)
    seen = counts[contexts]
    guesses = rng.integers(2, size=n_test)
    told = np.where(seen[:, 0] == seen[:, 1], guesses, seen.argmax(axis=1))
    return float(np.mean(told == answers))


def _contexts_and_answers(lag, n, rng):
    bits, answers = _bits_and_answers(lag, n, lag, rng)
    windows = np.lib.stride_tricks.sliding_window_view(bits, lag)[:n]
    return windows @ 2 ** np.arange(lag), answers
