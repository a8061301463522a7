"""Wrong versions of predict_score_std()."""

import numpy as np


def grows_like_d():
    """d is the variance: d terms of variance 1. The standard deviation is its root."""
    return [4, 64, 1024]


def always_one():
    """Each product has standard deviation 1, but d of them are added."""
    return [1, 1, 1]


def scaled_by_root_d():
    """1 / sqrt(d) is what brings the standard deviation back to 1. How large is it before?"""
    return [1 / 2, 1 / 8, 1 / 32]


def two_vectors_double_it():
    """A product of two unit normal numbers has variance 1 * 1, not 1 + 1."""
    return [np.sqrt(2 * d) for d in (4, 64, 1024)]


def always_four():
    """The score is a sum of d terms: it has to grow with d."""
    return [4, 4, 4]


def grows_like_log_d():
    """Variances of independent terms add, so the variance is proportional to d."""
    return [np.log2(d) for d in (4, 64, 1024)]


def half_d():
    """Variances add: d terms of variance 1 have variance d. Then take the root."""
    return [2, 32, 512]


def reversed_order():
    """The order is reversed: give d = 4 first."""
    return [32, 8, 2]


def zero():
    """The mean of the scores is 0. Their standard deviation is not."""
    return [0, 0, 0]


def average_size():
    """This is the mean of |score|. The standard deviation is the root of the mean square."""
    return [np.sqrt(2 / np.pi) * s for s in (2, 8, 32)]


def powers_of_four():
    """From d = 4 to d = 64 the variance grows by 16. By how much does its root grow?"""
    return [2, 4, 8]


def only_one_number():
    """Return three numbers, for d = 4, 64 and 1024."""
    return 8.0


def as_column():
    """Return three numbers in a row, such as [1.0, 2.0, 3.0]."""
    return [[2.0], [8.0], [32.0]]


def as_strings():
    """Return numbers, without quotation marks."""
    return ["2", "8", "32"]


def as_dictionary():
    """Return a list of three numbers, for d = 4, 64 and 1024 in this order."""
    return {4: 2, 64: 8, 1024: 32}
