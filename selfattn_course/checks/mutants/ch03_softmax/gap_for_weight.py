"""Wrong versions of gap_for_weight(weight, n)."""

import numpy as np


def one_rival_too_many(weight, n):
    """There are n - 1 rivals, not n: the key itself is one of the n."""
    return np.log(weight * n / (1 - weight))


def one_rival_too_few(weight, n):
    """There are n - 1 rivals, not n - 2."""
    return np.log(weight * np.maximum(n - 2, 1e-9) / (1 - weight))


def one_rival_only(weight, n):
    """This is right for two keys. The other n - 1 keys all have a share in the sum."""
    return np.log(weight / (1 - weight)) + 0 * n


def ratio_upside_down(weight, n):
    """The ratio is upside down: more weight needs a larger score."""
    return np.log((1 - weight) * (n - 1) / weight)


def rivals_divide(weight, n):
    """More rivals ask for a larger score: multiply by n - 1, do not divide."""
    return np.log(weight / ((1 - weight) * (n - 1)))


def others_forgotten(weight, n):
    """The weight is a share: the rest, 1 - weight, belongs to the others."""
    return np.log(weight * (n - 1))


def logarithm_forgotten(weight, n):
    """This is the exponential of the score. Take its logarithm."""
    return weight * (n - 1) / (1 - weight)


def base_two(weight, n):
    """Softmax uses powers of e, so take the natural logarithm, np.log."""
    return np.log2(weight * (n - 1) / (1 - weight))


def base_ten(weight, n):
    """Softmax uses powers of e: np.log, not np.log10."""
    return np.log10(weight * (n - 1) / (1 - weight))


def ratio_to_equal_share(weight, n):
    """weight * n compares with an equal share; compare with what each rival gets."""
    return np.log(weight * n)


def gap_of_logarithms(weight, n):
    """log(weight) is the score up to a constant. The rivals must come out at 0: subtract theirs."""
    return np.log(weight) + 0 * n


def log_of_one_plus(weight, n):
    """log1p adds 1 before the logarithm. Use np.log."""
    return np.log1p(weight * (n - 1) / (1 - weight))


def never_negative(weight, n):
    """A weight below 1 / n needs a score below 0. Do not cut it off."""
    return np.maximum(np.log(weight * (n - 1) / (1 - weight)), 0.0)


def without_its_sign(weight, n):
    """A weight below 1 / n needs a score below 0. Keep the sign."""
    return np.abs(np.log(weight * (n - 1) / (1 - weight)))


def kept_from_zero_and_one(weight, n):
    """Weights close to 0 or 1 are cut off. Use them as they are."""
    w = np.clip(weight, 1e-6, 1 - 1e-6)
    return np.log(w * (n - 1) / (1 - w))


def constant_in_the_denominator(weight, n):
    """The constant changes weights close to 1. Leave it out: the weight is below 1."""
    return np.log(weight * (n - 1) / (1 - weight + 1e-8))


def only_single_numbers(weight, n):
    """The weight can be an array. Use np.log instead of math.log."""
    import math

    return math.log(weight * (n - 1) / (1 - weight))


def of_the_first_weight(weight, n):
    """Give a score for each weight of the array."""
    w = np.ravel(weight)[0]
    return np.log(w * (n - 1) / (1 - w))


def always_with_an_axis(weight, n):
    """For a single number return a single number, not an array of one."""
    w = np.atleast_1d(weight)
    return np.log(w * (n - 1) / (1 - w))


def rounded_weight(weight, n):
    """The weight is rounded first. Use it as it is."""
    w = np.round(weight, 2)
    return np.log(w * (n - 1) / (1 - w))


def writes_into_weight(weight, n):
    """`weight *= ...` changes the caller's array. Write `weight * ...`, which makes a new one."""
    rest = 1 - weight
    weight *= n - 1
    return np.log(weight / rest)


def never_above_twenty(weight, n):
    """The score is cut off at 20. A weight very close to 1 needs more."""
    return np.minimum(np.log(weight * (n - 1) / (1 - weight)), 20)
