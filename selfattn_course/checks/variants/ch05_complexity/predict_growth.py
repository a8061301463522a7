"""Right but unusual versions of predict_growth(exponent, factor)."""

import numpy as np


def from_two_costs(exponent, factor):
    return (7.0 * factor) ** exponent / 7.0**exponent


def with_logarithm(exponent, factor):
    return np.exp(exponent * np.log(factor))


def with_numpy(exponent, factor):
    return np.power(float(factor), exponent)


def with_math(exponent, factor):
    import math

    return math.pow(factor, exponent)


def rounded_to_three_digits(exponent, factor):
    return float(f"{factor**exponent:.3g}")


def two_percent_off(exponent, factor):
    return 1.02 * factor**exponent


def as_array_without_axes_float32(exponent, factor):
    return np.array(factor**exponent, dtype=np.float32)


def as_integer_where_whole(exponent, factor):
    value = factor**exponent
    return int(value) if value == int(value) else value
