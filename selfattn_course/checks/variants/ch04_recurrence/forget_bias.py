"""Right but unusual versions of forget_bias(share, lag)."""

import numpy as np


def with_expm1(share, lag):
    return -np.log(np.expm1(-np.log(share) / lag))


def from_the_root(share, lag):
    f = share ** (1 / lag)
    return np.log(f) - np.log(1 - f)


def twice_the_inverse_tanh(share, lag):
    return 2 * np.arctanh(2 * share ** (1 / lag) - 1)


def by_bisection(share, lag):
    low, high = np.full(np.broadcast_shapes(np.shape(share), np.shape(lag)), -60.0), 60.0
    high = low + 120
    for _ in range(80):
        middle = (low + high) / 2
        enough = -lag * np.logaddexp(0, -middle) >= np.log(share)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return (low + high) / 2


def through_inverse_of_gate(share, lag):
    return -np.log(share ** (-1 / lag) - 1)


def one_pair_at_a_time(share, lag):
    import math

    pairs = np.broadcast(share, lag)
    found = [-math.log(math.expm1(-math.log(s) / float(k))) for s, k in pairs]
    return np.array(found).reshape(pairs.shape)


def as_lists(share, lag):
    return (-np.log(np.expm1(-np.log(share) / lag))).tolist()


def in_float32(share, lag):
    share, lag = np.asarray(share, np.float32), np.asarray(lag, np.float32)
    return -np.log(np.expm1(-np.log(share) / lag))


def with_vectorize(share, lag):
    return np.vectorize(lambda s, k: np.log(s ** (1 / k) / (1 - s ** (1 / k))))(share, lag)
