"""Wrong versions of mutual_information(joint): zeros, logarithms, and other quantities."""

import numpy as np


def zeros_not_treated(joint):
    """0 * log(0) is NaN in NumPy. A pair that never comes adds 0: leave it out."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return (joint * np.log(joint / outer)).sum(axis=(-2, -1))


def zeros_not_treated_in_entropies(joint):
    """0 * log(0) is NaN in NumPy. A pair that never comes adds 0: leave it out."""
    first, second = joint.sum(axis=-1), joint.sum(axis=-2)
    together = (joint * np.log(joint)).sum(axis=(-2, -1))
    return together - (first * np.log(first)).sum(axis=-1) - (second * np.log(second)).sum(axis=-1)


def symbols_that_never_come(joint):
    """A symbol that never comes has share 0, and 0 / 0 is NaN. Leave its pairs out."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = joint / outer
    return (joint * np.log(np.where(ratio == 0, 1, ratio))).sum(axis=(-2, -1))


def all_or_nothing(joint):
    """One pair that never comes must not make the whole result 0. It adds 0 by itself."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return np.nan_to_num((joint * np.log(joint / outer)).sum(axis=(-2, -1)))


def zeros_raised(joint):
    """A constant under the log changes the result. Leave pairs of probability 0 out."""
    joint = joint + 1e-4
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return (joint * np.log(joint / outer)).sum(axis=(-2, -1))


def constant_below(joint):
    """A constant under the log changes the result. Leave pairs of probability 0 out."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = (joint + 1e-300) / (outer + 1e-4)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def rare_pairs_dropped(joint):
    """A rare pair counts too. Leave out only those of probability 0."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    seen = joint > 1e-2
    ratio = np.where(seen, joint, 1) / np.where(seen, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def very_rare_pairs_dropped(joint):
    """A rare pair counts too. Leave out only those of probability 0."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    seen = joint > 1e-3
    ratio = np.where(seen, joint, 1) / np.where(seen, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def in_bits(joint):
    """np.log2 gives bits. Use np.log, for nats."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log2(ratio)).sum(axis=(-2, -1))


def base_ten(joint):
    """np.log10 is the logarithm to base 10. Use np.log, for nats."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log10(ratio)).sum(axis=(-2, -1))


def log_of_one_plus(joint):
    """np.log1p is log(1 + x). Use np.log."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log1p(ratio)).sum(axis=(-2, -1))


def log_missing(joint):
    """The logarithm is missing: sum p log(p / (p_a p_b))."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return (joint * joint / np.where(outer > 0, outer, 1)).sum(axis=(-2, -1))


def sign_flipped(joint):
    """The sign is flipped: the pair goes above the line, the product below."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, outer, 1) / np.where(joint > 0, joint, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def weighted_by_the_product(joint):
    """The logarithms are weighted by the product. Weight each by its pair: p log(p / (p_a p_b))."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (outer * np.log(ratio)).sum(axis=(-2, -1))


def mean_of_the_terms(joint):
    """The terms are averaged. Sum them: p is the weight."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).mean(axis=(-2, -1))


def log_alone(joint):
    """The logarithms are not weighted. Weight each by the probability of its pair."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return np.log(ratio).sum(axis=(-2, -1))


def size_of_each_term(joint):
    """Terms may be negative. Add them as they are."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return np.abs(joint * np.log(ratio)).sum(axis=(-2, -1))


def negative_terms_dropped(joint):
    """Terms may be negative. Add them as they are."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return np.maximum(joint * np.log(ratio), 0).sum(axis=(-2, -1))


def joint_entropy(joint):
    """This is the entropy of the pairs. Compare them with independent ones."""
    return -(joint * np.log(np.where(joint > 0, joint, 1))).sum(axis=(-2, -1))


def entropy_of_the_first(joint):
    """This is the entropy of the first symbol. How much of it does the second tell?"""
    p = joint.sum(axis=-1)
    return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)


def entropy_of_the_second(joint):
    """This is the entropy of the second symbol. How much of it does the first tell?"""
    p = joint.sum(axis=-2)
    return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)


def what_stays_unknown(joint):
    """This is what stays unknown of the second once the first is known. Take it off its entropy."""
    rows = joint.sum(axis=-1, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, rows, 1)
    return -(joint * np.log(ratio)).sum(axis=(-2, -1))


def entropies_added(joint):
    """All three entropies are added. Subtract the one of the pairs."""
    first, second = joint.sum(axis=-1), joint.sum(axis=-2)
    total = -(joint * np.log(np.where(joint > 0, joint, 1))).sum(axis=(-2, -1))
    for p in (first, second):
        total = total - (p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)
    return total


def only_one_entropy(joint):
    """The entropy of one symbol is missing: first + second - pairs."""
    first = joint.sum(axis=-1)
    pairs = (joint * np.log(np.where(joint > 0, joint, 1))).sum(axis=(-2, -1))
    return pairs - (first * np.log(np.where(first > 0, first, 1))).sum(axis=-1)


def share_of_the_entropy(joint):
    """The result is divided by an entropy. Give it in nats."""
    first = joint.sum(axis=-1, keepdims=True)
    outer = first * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    entropy = -(first * np.log(np.where(first > 0, first, 1))).sum(axis=(-2, -1))
    return (joint * np.log(ratio)).sum(axis=(-2, -1)) / np.maximum(entropy, 1e-12)


def share_of_the_largest(joint):
    """The result is divided by the log of the number of symbols. Give it in nats."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1)) / np.log(max(joint.shape[-1], 2))


def at_most_one_bit(joint):
    """Two symbols share log 2 at most, but more symbols share more. Do not cut."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return np.minimum((joint * np.log(ratio)).sum(axis=(-2, -1)), np.log(2))


def distance_from_independence(joint):
    """This is how far the pairs are from independent ones, but not in nats: take the logarithm."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return np.abs(joint - outer).sum(axis=(-2, -1))


def half_of_chi_squared(joint):
    """Half of chi-squared is close only when the information is small. Take the logarithm."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return ((joint - outer) ** 2 / np.where(outer > 0, outer, 1)).sum(axis=(-2, -1)) / 2


def half_precision(joint):
    """float16 keeps three digits. Leave the dtype alone."""
    joint = joint.astype(np.float16)
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def writes_into_joint(joint):
    """`joint[...] = ...` changes the caller's array. Use np.where, which makes a new one."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    joint[joint == 0] = 1e-300
    outer[outer == 0] = 1
    return (joint * np.log(joint / outer)).sum(axis=(-2, -1))
