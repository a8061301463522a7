"""Wrong versions of attention_macs(n, d)."""

import numpy as np


def scores_only(n, d):
    """These are the scores alone. The weighted sum of the values costs as much again."""
    return n * n * d


def floating_point_operations(n, d):
    """A multiply-add is counted as two. Count it as one."""
    return 4 * n * n * d


def sizes_swapped(n, d):
    """n and d have changed places: there are n * n scores, each a sum of d products."""
    return 2 * n * d * d


def projections_included(n, d):
    """The projections are not asked for here: q, k and v are given."""
    return 4 * n * d * d + 2 * n * n * d


def numbers_in_the_results(n, d):
    """These are the numbers computed. Each of them is a sum: of d products, or of n."""
    return n * n + n * d


def features_forgotten(n, d):
    """A score is a sum of d products, and so is not one multiply-add but d."""
    return 2 * n * n


def causal_half(n, d):
    """Nothing is masked here: every query meets all n keys."""
    return n * (n + 1) * d


def without_itself(n, d):
    """A token attends to itself too: n keys, not n - 1."""
    return 2 * n * (n - 1) * d


def additions_one_fewer(n, d):
    """A sum of d products counts as d multiply-adds, the first one included."""
    return n * n * (d - 1) + n * (n - 1) * d


def softmax_included(n, d):
    """Only multiply-adds of the two products count, no exponentials and no divisions."""
    return 2 * n * n * d + n * n


def scaling_included(n, d):
    """Dividing the scores counts as no multiply-add. Only the two products do."""
    return 2 * n * n * d + 2 * n * n


def square_of_the_product(n, d):
    """Only n is squared: n * n scores, each of d multiply-adds."""
    return 2 * (n * d) ** 2


def exponential(n, d):
    """The cost grows with the square of n, not as a power of 2."""
    return 2 ** min(n, 60) * d


def rounded_by_floats(n, d):
    """A float keeps 53 bits. Use integers throughout: no 2.0, no /, no math.pow."""
    return 2.0 * n * n * d


def half_and_back(n, d):
    """A float keeps 53 bits. Use integers throughout: // in place of /."""
    return int(n * n * d / 0.5)


def overflow(n, d):
    """NumPy's integers wrap around at 64 bits. Multiply Python's own, or use math.prod."""
    return np.prod([2, n, n, d])


def overflow_at_32_bits(n, d):
    """An int32 wraps around at 2**31. Multiply Python's own integers."""
    return (2 * n * n * d + 2**31) % 2**32 - 2**31


def as_list(n, d):
    """Return one number, the sum of both products."""
    return [n * n * d, n * n * d]


def as_text(n, d):
    """Return the number itself, not a text with the number."""
    return str(2 * n * n * d)


def right_for_the_example_only(n, d):
    """36 is right for 3 tokens of 2 features. Use n and d."""
    return 36


def more_tokens_than_features(n, d):
    """The formula is the same whether n or d is larger."""
    return 2 * max(n, d) ** 2 * min(n, d)


def cubic(n, d):
    """The weighted sum is counted for every pair again: n * d outputs, each a sum of n."""
    return n * n * d + n * n * n * d
