"""Right but unusual versions of causal_mask(n)."""

import numpy as np


def by_comparison(n):
    i = np.arange(n)
    return i[None, :] <= i[:, None]


def with_loops(n):
    mask = np.zeros((n, n), dtype=bool)
    for i in range(n):
        for j in range(i + 1):
            mask[i, j] = True
    return mask


def as_list_of_python_booleans(n):
    return [[j <= i for j in range(n)] for i in range(n)]


def with_triu(n):
    return ~np.triu(np.ones((n, n)), k=1).astype(bool)


def transposed_view(n):
    return np.triu(np.ones((n, n), dtype=bool)).T


def with_cumsum(n):
    return np.eye(n).cumsum(axis=0) > 0


def with_outer(n):
    return np.greater_equal.outer(np.arange(n), np.arange(n))


def slice_of_larger_cached(n, _cache={}):  # noqa: B006  the shared dictionary is the point
    mask = _cache.setdefault("mask", np.tri(256, dtype=bool))
    return mask[:n, :n]
