"""Wrong versions of log_softmax(x, axis=-1)."""

import numpy as np


def log_of_softmax(x, axis=-1):
    """A weight below 1e-308 underflows to 0, and its log is -inf. Compute x - logsumexp(x)."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.log(e / e.sum(axis=axis, keepdims=True))


def log_of_softmax_plus_constant(x, axis=-1):
    """A constant inside the log hides how small a weight is. Compute x - logsumexp(x)."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.log(e / e.sum(axis=axis, keepdims=True) + 1e-12)


def log_of_smallest_number(x, axis=-1):
    """Weights cut off at 1e-300 give the same log to all small ones. Compute x - logsumexp(x)."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.log(np.maximum(e / e.sum(axis=axis, keepdims=True), 1e-300))


def log_of_unstable_softmax(x, axis=-1):
    """exp overflows above 709. Subtract the maximum, and never form the weights."""
    return np.log(np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True))


def unstable_logsumexp(x, axis=-1):
    """exp overflows above 709 inside the log. Subtract the maximum first."""
    return x - np.log(np.exp(x).sum(axis=axis, keepdims=True))


def global_maximum(x, axis=-1):
    """One maximum for the whole array makes low rows vanish. Take it along `axis`."""
    z = x - x.max()
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def mean_subtracted(x, axis=-1):
    """Subtracting the mean still lets a large score overflow. Subtract the maximum."""
    z = x - x.mean(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def maximum_not_subtracted_outside(x, axis=-1):
    """The log of the shifted sum lacks the maximum. Subtract both: x - m - log(sum(exp(x - m)))."""
    z = x - x.max(axis=axis, keepdims=True)
    return x - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def maximum_subtracted_twice(x, axis=-1):
    """The maximum is subtracted twice. Once is enough: z = x - m, then z - log(sum(exp(z)))."""
    top = x.max(axis=axis, keepdims=True)
    z = x - top
    return z - top - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def only_shifted(x, axis=-1):
    """Only the maximum is subtracted. The log of the sum is missing."""
    return x - x.max(axis=axis, keepdims=True) * 1.0


def log_missing(x, axis=-1):
    """The sum of exp is subtracted without its log."""
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.exp(z).sum(axis=axis, keepdims=True)


def log_added(x, axis=-1):
    """A quotient becomes a difference: subtract the log of the sum, don't add it."""
    z = x - x.max(axis=axis, keepdims=True)
    return z + np.log(np.exp(z).sum(axis=axis, keepdims=True))


def divided_by_log(x, axis=-1):
    """A quotient becomes a difference: subtract the log of the sum, don't divide by it."""
    z = x - x.max(axis=axis, keepdims=True)
    return z / np.log(np.exp(z).sum(axis=axis, keepdims=True))


def base_ten_of_sum(x, axis=-1):
    """np.log10 is the logarithm to base 10. Use np.log."""
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.log10(np.exp(z).sum(axis=axis, keepdims=True))


def base_ten_throughout(x, axis=-1):
    """This is the logarithm to base 10. Use np.log, the natural one."""
    z = x - x.max(axis=axis, keepdims=True)
    return (z - np.log(np.exp(z).sum(axis=axis, keepdims=True))) / np.log(10)


def base_two_throughout(x, axis=-1):
    """This is the logarithm to base 2. Use np.log, the natural one."""
    z = x - x.max(axis=axis, keepdims=True)
    return (z - np.log(np.exp(z).sum(axis=axis, keepdims=True))) / np.log(2)


def sum_without_keepdims(x, axis=-1):
    """The sums lost an axis. Put it back: np.expand_dims(..., axis), or keepdims=True in sum."""
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis))


def axis_ignored(x, axis=-1):
    """`axis` is not used. Pass it to max and to sum."""
    z = x - x.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def first_axis(x, axis=0):
    """The sum runs over axis 0. The default is the last axis, -1."""
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def axis_always_one(x, axis=-1):
    """Axis 1 is the last one of a matrix only. Use `axis`."""
    axis = 1 if x.ndim > 1 else 0
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def flattened(x, axis=-1):
    """The sum runs over all entries together. Sum along `axis` only."""
    z = x - x.max()
    return z - np.log(np.exp(z).sum())


def softmax_returned(x, axis=-1):
    """These are the weights. Return their logarithm."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def logsumexp_returned(x, axis=-1):
    """This is logsumexp. Subtract it from the scores."""
    top = x.max(axis=axis)
    return top + np.log(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis))


def sign_flipped(x, axis=-1):
    """This is minus the log of the weights. Logs of weights are 0 or less."""
    z = x - x.max(axis=axis, keepdims=True)
    return np.log(np.exp(z).sum(axis=axis, keepdims=True)) - z


def applied_to_softmax(x, axis=-1):
    """This is the log-softmax of a softmax. Apply it to the scores."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    p = e / e.sum(axis=axis, keepdims=True)
    return p - np.log(np.exp(p).sum(axis=axis, keepdims=True))


def small_constant_in_log(x, axis=-1):
    """A constant inside the log changes the result. After the shift the sum is at least 1."""
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True) + 1e-5)


def truncated_for_integers(x, axis=-1):
    """The result has the integer dtype of x. Let NumPy choose the dtype."""
    z = x - x.max(axis=axis, keepdims=True)
    return (z - np.log(np.exp(z).sum(axis=axis, keepdims=True))).astype(x.dtype)


def half_precision(x, axis=-1):
    """float16 keeps three digits. Leave the dtype alone."""
    z = x - x.max(axis=axis, keepdims=True)
    return (z - np.log(np.exp(z).sum(axis=axis, keepdims=True))).astype(np.float16)


def writes_into_x(x, axis=-1):
    """`x -= ...` changes the caller's array. Write `x = x - ...`, which makes a new one."""
    x -= x.max(axis=axis, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=axis, keepdims=True))


def log_of_long_double(x, axis=-1):
    """A weight below 1e-308 underflows to 0, and its log is -inf. Compute x - logsumexp(x)."""
    z = x - x.max(axis=axis, keepdims=True)
    e = np.exp(np.asarray(z, dtype=np.longdouble))  # a wider type only moves the limit
    return np.log(e / e.sum(axis=axis, keepdims=True)).astype(float)


def last_axis_put_back(x, axis=-1):
    """[..., None] puts the lost axis last. Use np.expand_dims(..., axis) to put it back."""
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis))[..., None]


def axis_by_name_only(x, *, axis=-1):
    """The `*` lets `axis` be given by name only. Leave it out, so that log_softmax(x, 1) works."""
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def far_scores_left_out(x, axis=-1):
    """Scores far below the maximum are left out of the sum. They add little, but they add."""
    shifted = x - x.max(axis=axis, keepdims=True)
    e = np.where(shifted < -6, 0, np.exp(shifted))
    return shifted - np.log(e.sum(axis=axis, keepdims=True))
