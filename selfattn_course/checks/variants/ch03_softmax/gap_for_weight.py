"""Right but unusual versions of gap_for_weight(weight, n)."""

import numpy as np


def as_difference_of_logarithms(weight, n):
    return np.log(weight) - np.log1p(-weight) + np.log(n - 1)


def by_odds(weight, n):
    return np.log((n - 1) / (1 / weight - 1))


def with_arctanh(weight, n):
    w = np.asarray(weight, dtype=np.longdouble)
    return 2 * np.arctanh(2 * w - 1) + np.log(n - 1)


def one_at_a_time(weight, n):
    import math

    gaps = [math.log(w * (n - 1) / (1 - w)) for w in np.ravel(weight).tolist()]
    return np.array(gaps).reshape(np.shape(weight))


def as_list(weight, n):
    return (np.log(weight) - np.log1p(-weight) + np.log(n - 1)).tolist()


def in_fortran_order(weight, n):
    return np.asfortranarray(np.log(weight * (n - 1) / (1 - weight)))[...].reshape(np.shape(weight))
