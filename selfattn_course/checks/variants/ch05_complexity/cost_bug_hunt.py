"""Right but unusual versions of cost_bug_hunt()."""

import numpy as np


def one_pair_for_all():
    return [(999_999, 999_995)] * 6


def one_array():
    return np.tile(np.array([999_997, 999_993]), (6, 1))


def small_pairs():
    return [(1, 2), (1, 1), (1, 1), (513, 1), (1625, 4096), (999_999, 999_995)]


def lists_and_tuples():
    return ([3, 2], (3, 2), [3, 2], (999, 2), [99_999, 99_991], (999_983, 999_979))


def whole_floats():
    return [(2.0, 1.0), (2.0, 1.0), (2.0, 1.0), (1e3, 1.0), (1e5, 1e5 + 1), (999_999.0, 999_995.0)]


def numpy_integers():
    return [tuple(np.array([999_999, 999_995], dtype=np.int32))] * 6


def found_by_search():
    def right(n, d):
        return 4 * n * d * d + 2 * n * n * d

    def rounded(n, d):
        return int(4.0 * n * d * d + 2.0 * n * n * d)

    n = 999_001
    while n % 64 == 0 or rounded(n, n - 4) == right(n, n - 4) or (n - 4) % 8 == 0:
        n += 2
    return [(n, n - 4)] * 6


def most_tokens_few_features():
    return [(10**6, 3), (10**6, 3), (10**6 - 1, 3), (10**6, 3), (10**6, 3), (10**6 - 1, 10**6 - 3)]
