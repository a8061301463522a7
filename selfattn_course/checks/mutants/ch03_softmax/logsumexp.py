"""Wrong versions of logsumexp(x, axis=-1)."""

import numpy as np


def without_maximum(x, axis=-1):
    """exp overflows above 709. Take the maximum out first, and add it back after the log."""
    return np.log(np.exp(x).sum(axis=axis))


def maximum_not_added_back(x, axis=-1):
    """The maximum was subtracted and not added back. Add it after the log."""
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis))


def maximum_multiplied_back(x, axis=-1):
    """A factor exp(m) taken out of a sum becomes + m after the log. Add m, don't multiply."""
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) * np.log(np.exp(x - top).sum(axis=axis))


def maximum_added_inside(x, axis=-1):
    """The maximum is added inside the log. It belongs outside: m + log(...)."""
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis) + np.squeeze(top, axis))


def maximum_subtracted_again(x, axis=-1):
    """The maximum is subtracted at the end. It has to be added back."""
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) - np.squeeze(top, axis)


def global_maximum(x, axis=-1):
    """One maximum for the whole array makes low rows vanish. Take it along `axis`."""
    return x.max() + np.log(np.exp(x - x.max()).sum(axis=axis))


def minimum_taken_out(x, axis=-1):
    """Large exponents are left. Only the maximum brings all of them to 0 or below: take it out."""
    low = x.min(axis=axis, keepdims=True)
    return np.squeeze(low, axis) + np.log(np.exp(x - low).sum(axis=axis))


def mean_taken_out(x, axis=-1):
    """Large exponents are left. Only the maximum brings all of them to 0 or below: take it out."""
    mean = x.mean(axis=axis, keepdims=True)
    return np.squeeze(mean, axis) + np.log(np.exp(x - mean).sum(axis=axis))


def axis_kept(x, axis=-1):
    """The summed axis is still there with size 1. Remove it, for example with np.squeeze."""
    top = x.max(axis=axis, keepdims=True)
    return top + np.log(np.exp(x - top).sum(axis=axis, keepdims=True))


def maximum_kept_sum_dropped(x, axis=-1):
    """The maximum has an axis of size 1 that the sum lacks, so they combine wrongly."""
    top = x.max(axis=axis, keepdims=True)
    return top + np.log(np.exp(x - top).sum(axis=axis))


def axis_ignored(x, axis=-1):
    """`axis` is not used. Pass it to max and to sum."""
    top = x.max(axis=-1, keepdims=True)
    return np.squeeze(top, -1) + np.log(np.exp(x - top).sum(axis=-1))


def first_axis(x, axis=0):
    """The sum runs over axis 0. The default is the last axis, -1."""
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(x - top).sum(axis=axis))


def axis_always_one(x, axis=-1):
    """Axis 1 is the last one of a matrix only. Use `axis`."""
    axis = 1 if x.ndim > 1 else 0
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(x - top).sum(axis=axis))


def flattened(x, axis=-1):
    """The sum runs over all entries together. Sum along `axis` only."""
    return x.max() + np.log(np.exp(x - x.max()).sum())


def squeezed_everywhere(x, axis=-1):
    """np.squeeze(...) without axis removes every axis of size 1. Give it axis=axis."""
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top + np.log(np.exp(x - top).sum(axis=axis, keepdims=True)))


def base_ten_log(x, axis=-1):
    """np.log10 is the logarithm to base 10. Use np.log."""
    top = x.max(axis=axis)
    return top + np.log10(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis))


def base_two_log(x, axis=-1):
    """np.log2 is the logarithm to base 2. Use np.log."""
    top = x.max(axis=axis)
    return top + np.log2(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis))


def log_one_plus(x, axis=-1):
    """np.log1p adds 1 to the sum. Use np.log."""
    top = x.max(axis=axis)
    return top + np.log1p(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis))


def mean_of_exp(x, axis=-1):
    """This is the log of the mean. Sum, don't average."""
    top = x.max(axis=axis)
    return top + np.log(np.exp(x - np.expand_dims(top, axis)).mean(axis=axis))


def log_before_sum(x, axis=-1):
    """log(exp(x)) is x again, so this is a plain sum. Sum first, then take the log."""
    return np.log(np.exp(np.clip(x, -700, 700))).sum(axis=axis)


def maximum_only(x, axis=-1):
    """This is the maximum. The other scores add to it: m + log(sum(exp(x - m)))."""
    return x.max(axis=axis) * 1.0


def log_missing(x, axis=-1):
    """The log is missing: m + log(sum(exp(x - m)))."""
    top = x.max(axis=axis)
    return top + np.exp(x - np.expand_dims(top, axis)).sum(axis=axis)


def exponential_not_undone(x, axis=-1):
    """This is the sum of exp. Take its logarithm."""
    return np.exp(x).sum(axis=axis)


def softmax_returned(x, axis=-1):
    """These are the weights. Return one number for each slice along `axis`."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def small_constant_in_log(x, axis=-1):
    """A constant inside the log changes the result. After the shift the sum is at least 1."""
    top = x.max(axis=axis)
    return top + np.log(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis) + 1e-5)


def sign_flipped(x, axis=-1):
    """This is a smooth minimum: the scores have their sign flipped. Use exp(x - m)."""
    low = x.min(axis=axis)
    return low - np.log(np.exp(np.expand_dims(low, axis) - x).sum(axis=axis))


def truncated_for_integers(x, axis=-1):
    """The result has the integer dtype of x. Let NumPy choose the dtype."""
    top = x.max(axis=axis)
    return (top + np.log(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis))).astype(x.dtype)


def half_precision(x, axis=-1):
    """float16 keeps three digits. Leave the dtype alone."""
    top = x.max(axis=axis)
    result = top + np.log(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis))
    return np.asarray(result).astype(np.float16)


def writes_into_x(x, axis=-1):
    """`x -= ...` changes the caller's array. Write `x = x - ...`, which makes a new one."""
    top = x.max(axis=axis, keepdims=True)
    x -= top
    return np.squeeze(top, axis) + np.log(np.exp(x).sum(axis=axis))


def long_double(x, axis=-1):
    """exp overflows above 709. Take the maximum out first, and add it back after the log."""
    e = np.exp(np.asarray(x, dtype=np.longdouble))  # a wider type only moves the limit
    return np.log(e.sum(axis=axis)).astype(float)


def axis_by_name_only(x, *, axis=-1):
    """The `*` lets `axis` be given by name only. Leave it out, so that logsumexp(x, 1) works."""
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(x - top).sum(axis=axis))


def maximum_without_keepdims(x, axis=-1):
    """The maxima lost an axis, so they line up with the wrong one. Use keepdims=True in max, and
    drop the axis at the end."""
    top = x.max(axis=axis)
    return top + np.log(np.exp(x - top).sum(axis=axis))


def far_scores_left_out(x, axis=-1):
    """Scores far below the maximum are left out. They add little, but they add."""
    top = x.max(axis=axis, keepdims=True)
    e = np.where(x - top < -6, 0, np.exp(x - top))
    return np.squeeze(top, axis) + np.log(e.sum(axis=axis))
