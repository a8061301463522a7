"""Right but unusual versions of attention_macs(n, d)."""

import numpy as np


def sum_of_both_products(n, d):
    scores, weighted_sum = n * d * n, n * n * d
    return scores + weighted_sum


def with_shift(n, d):
    return n * n * d << 1


def with_power_and_negative_signs(n, d):
    return -2 * -(n**2) * d


def with_math_prod(n, d):
    import math

    return math.prod((2, d, n, n))


def with_exact_division(n, d):
    return 4 * n * n * d // 2


def with_fractions(n, d):
    from fractions import Fraction

    return int(n * n * d / Fraction(1, 2))


def with_object_array(n, d):
    return np.prod(np.array([2, n, n, d], dtype=object))


def as_numpy_scalar_where_it_fits(n, d):
    count = 2 * n * n * d
    return np.int64(count) if count < 2**63 else count


def as_float_where_exact(n, d):
    count = 2 * n * n * d
    return float(count) if count < 2**53 else count


def as_array_without_axes(n, d):
    count = 2 * n * n * d
    return np.array(count) if count < 2**62 else count


def with_decimal(n, d):
    import decimal

    with decimal.localcontext() as context:
        context.prec = 100
        return int(decimal.Decimal(2) * n * n * d)


def by_doubling_steps(n, d):
    total, step, left = 0, n * d, 2 * n
    while left:
        total += step * (left & 1)
        step, left = step + step, left >> 1
    return total
