"""Sizes and random numbers that the calls of all chapters draw."""

import numpy as np

from ..exercise import Case


def size_cases(*sizes):
    """Arguments (n,)."""
    return tuple(Case(f"{n} tokens", (n,)) for n in sizes)


def one_call(rng):
    """The only call of a function without arguments."""
    return (Case("your answer"),)


def eighths(rng, *shape):
    """Multiples of 1/8 with standard deviation of about 1, between -2 and 2."""
    return np.clip(np.round(8 * rng.standard_normal(shape)), -16, 16) / 8


def weights(rng, *shape):
    """Positive weights whose last axis sums to 1."""
    x = np.exp(eighths(rng, *shape))
    return x / x.sum(axis=-1, keepdims=True)


def many_digits(rng, *shape):
    """Numbers that no rounding leaves alone, from about 0.0001 to 100000 in size."""
    return eighths(rng, *shape) / 3 * 10.0 ** rng.integers(-3, 6, size=shape)


def with_scores(scores):
    """Queries and keys of size d = 16 whose scaled scores are `scores`, exactly."""
    n_q, n_k = scores.shape
    k = np.zeros((n_k, 16))
    k[:, :n_q] = scores.T
    return 4 * np.eye(n_q, 16), k
