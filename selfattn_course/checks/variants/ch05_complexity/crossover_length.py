"""Right but unusual versions of crossover_length(d, n_matrices)."""

import numpy as np


def with_shift(d, n_matrices):
    return max((n_matrices - 4) * d, 0) >> 1


def with_divmod(d, n_matrices):
    return 0 if n_matrices <= 4 else divmod((n_matrices - 4) * d, 2)[0]


def with_conditions(d, n_matrices):
    spare = n_matrices * d - 4 * d
    if spare < 2:
        return 0
    return (spare - spare % 2) // 2


def with_fractions(d, n_matrices):
    from fractions import Fraction
    from math import floor

    return max(0, floor(Fraction(n_matrices - 4, 2) * d))


def by_bisection(d, n_matrices):
    low, high = 0, n_matrices * d + 1
    while high - low > 1:
        n = (low + high) // 2
        if 4 * n * d * d + 2 * n * n * d <= n_matrices * n * d * d:
            low = n
        else:
            high = n
    return low


def as_numpy_scalar_where_it_fits(d, n_matrices):
    n = max(0, (n_matrices - 4) * d // 2)
    return np.int64(n) if n < 2**63 else n


def as_float_where_exact(d, n_matrices):
    n = max(0, (n_matrices - 4) * d // 2)
    return float(n) if n < 2**53 else n


def rounded_down_below_zero_then_clamped(d, n_matrices):
    return max((0, (n_matrices * d - 4 * d) // 2))
