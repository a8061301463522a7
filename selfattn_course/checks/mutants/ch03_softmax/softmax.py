"""Wrong versions of softmax(x, axis=-1)."""

import numpy as np


def without_maximum(x, axis=-1):
    """exp overflows above 709. Subtract the maximum along `axis` first: the weights stay."""
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


def global_maximum(x, axis=-1):
    """One maximum for the whole array makes low rows vanish. Take it along `axis`."""
    e = np.exp(x - np.max(x))
    return e / e.sum(axis=axis, keepdims=True)


def minimum_subtracted(x, axis=-1):
    """Large exponents are left. Only the maximum brings all of them to 0 or below: subtract it."""
    e = np.exp(x - x.min(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def mean_subtracted(x, axis=-1):
    """Large exponents are left. Only the maximum brings all of them to 0 or below: subtract it."""
    e = np.exp(x - x.mean(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def absolute_maximum(x, axis=-1):
    """The maximum of |x| is far above a row of negative scores. Subtract the maximum of x."""
    e = np.exp(x - np.abs(x).max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def maximum_added(x, axis=-1):
    """The maximum has to be subtracted, not added."""
    e = np.exp(x + x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def clipped(x, axis=-1):
    """Clipping makes different large scores equal. Subtract the maximum instead."""
    e = np.exp(np.clip(x, -500, 500))
    return e / e.sum(axis=axis, keepdims=True)


def divided_by_maximum(x, axis=-1):
    """Dividing the scores changes the weights. Subtracting the maximum does not."""
    e = np.exp(x / np.abs(x).max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def standardised(x, axis=-1):
    """Dividing by the standard deviation changes the weights. Only subtract the maximum."""
    z = x - x.mean(axis=axis, keepdims=True)
    z = z / (x.std(axis=axis, keepdims=True) + 1e-12)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def sum_without_keepdims(x, axis=-1):
    """The sums lost an axis, so they line up with the wrong one. Use keepdims=True in sum."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis)


def maximum_without_keepdims(x, axis=-1):
    """The maxima lost an axis, so they line up with the wrong one. Use keepdims=True in max."""
    e = np.exp(x - x.max(axis=axis))
    return e / e.sum(axis=axis, keepdims=True)


def axis_ignored(x, axis=-1):
    """`axis` is not used. Pass it to max and to sum."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def first_axis(x, axis=0):
    """The sum runs over axis 0. The default is the last axis, -1."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def next_to_last_axis(x, axis=-1):
    """The sum runs over the axis next to the last. Use `axis` as it is given."""
    axis = -2 if axis == -1 and x.ndim > 1 else axis
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def axis_always_one(x, axis=-1):
    """Axis 1 is the last one of a matrix only. Use `axis`."""
    axis = 1 if x.ndim > 1 else 0
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def flattened(x, axis=-1):
    """The sum runs over all entries together. Every slice along `axis` sums to 1 by itself."""
    e = np.exp(x - x.max())
    return e / e.sum()


def maximum_over_axis_sum_over_all(x, axis=-1):
    """The total runs over all entries. Pass axis=axis and keepdims=True to sum."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum()


def not_normalised(x, axis=-1):
    """The weights do not sum to 1 yet. Divide by their sum along `axis`."""
    return np.exp(x - x.max(axis=axis, keepdims=True))


def divided_by_mean(x, axis=-1):
    """Dividing by the mean makes the weights sum to n. Divide by the sum."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.mean(axis=axis, keepdims=True)


def unit_length(x, axis=-1):
    """The squares sum to 1 here. The weights themselves have to."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / np.sqrt((e * e).sum(axis=axis, keepdims=True))


def hard_maximum(x, axis=-1):
    """All the weight goes to the largest score. Softmax gives every score a share: use exp."""
    top = (x == x.max(axis=axis, keepdims=True)).astype(float)
    return top / top.sum(axis=axis, keepdims=True)


def uniform(x, axis=-1):
    """All weights are equal. They have to grow with the score: use exp."""
    return np.ones(x.shape) / x.shape[axis]


def without_exp(x, axis=-1):
    """The scores are divided by their sum, which can be 0 or negative. Take exp first."""
    return x / x.sum(axis=axis, keepdims=True)


def absolute_shares(x, axis=-1):
    """Shares of |x| give a negative score a large weight. Take exp, not the absolute value."""
    a = np.abs(x) + 1e-300
    return a / a.sum(axis=axis, keepdims=True)


def squares(x, axis=-1):
    """Shares of squares give a negative score a large weight. Take exp, not the square."""
    a = np.square(x) + 1e-300
    return a / a.sum(axis=axis, keepdims=True)


def rectified(x, axis=-1):
    """A negative score gets weight 0 here. exp keeps every weight above 0."""
    a = np.maximum(x, 0) + 1e-12
    return a / a.sum(axis=axis, keepdims=True)


def sigmoid_shares(x, axis=-1):
    """Shares of the sigmoid do not grow like exp. Use exp(x) itself."""
    s = 1 / (1 + np.exp(-x))
    return s / s.sum(axis=axis, keepdims=True)


def sigmoid(x, axis=-1):
    """A sigmoid looks at each score alone. Softmax divides by the sum over all of them."""
    return 1 / (1 + np.exp(-x))


def base_two(x, axis=-1):
    """Powers of 2 give flatter weights. Use np.exp, not np.exp2."""
    e = np.exp2(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def base_ten(x, axis=-1):
    """Powers of 10 give sharper weights. Use np.exp."""
    e = 10.0 ** (x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def expm1_used(x, axis=-1):
    """np.expm1 is exp(x) - 1. Use np.exp."""
    e = np.expm1(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def sign_flipped(x, axis=-1):
    """The smallest score gets the largest weight. Use exp(x - maximum), not its inverse."""
    e = np.exp(x.min(axis=axis, keepdims=True) - x)
    return e / e.sum(axis=axis, keepdims=True)


def twice(x, axis=-1):
    """This is the softmax of a softmax. Apply it once."""
    for _ in range(2):
        e = np.exp(x - x.max(axis=axis, keepdims=True))
        x = e / e.sum(axis=axis, keepdims=True)
    return x


def logarithm(x, axis=-1):
    """This is the logarithm of the weights. Return the weights."""
    z = x - x.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def small_constant_in_sum(x, axis=-1):
    """A constant added to the sum changes the weights. After the shift the sum is at least 1."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / (e.sum(axis=axis, keepdims=True) + 1e-5)


def large_constant_in_sum(x, axis=-1):
    """The 1 in the sum is a score of 0 that is not there. Divide by the sum alone."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / (e.sum(axis=axis, keepdims=True) + 1)


def half_precision(x, axis=-1):
    """float16 keeps three digits. Leave the dtype alone."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return (e / e.sum(axis=axis, keepdims=True)).astype(np.float16)


def rounded(x, axis=-1):
    """The weights are rounded. Return them as they are."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.round(e / e.sum(axis=axis, keepdims=True), 4)


def truncated_for_integers(x, axis=-1):
    """The result has the integer dtype of x, so weights become 0. Let NumPy choose the dtype."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return (e / e.sum(axis=axis, keepdims=True)).astype(x.dtype)


def writes_into_x(x, axis=-1):
    """`x -= ...` changes the caller's array. Write `x = x - ...`, which makes a new one."""
    if x.dtype.kind == "f":
        x -= x.max(axis=axis, keepdims=True)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def result_in_x(x, axis=-1):
    """`x[...] = ...` overwrites the caller's scores with the weights. Return a new array."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    weights = e / e.sum(axis=axis, keepdims=True)
    x[...] = weights
    return weights


def transposed(x, axis=-1):
    """The result is transposed. Weight and score have the same place."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return (e / e.sum(axis=axis, keepdims=True)).T


def sorted_weights(x, axis=-1):
    """The weights are sorted. Weight and score have the same place."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.sort(e / e.sum(axis=axis, keepdims=True), axis=axis)


def first_row_only(x, axis=-1):
    """Only the first row comes back. Work on all leading axes at once."""
    row = x.reshape(-1, x.shape[-1])[0]
    e = np.exp(row - row.max())
    return e / e.sum()


def cumulative(x, axis=-1):
    """These are running totals of the weights. Leave out cumsum."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return (e / e.sum(axis=axis, keepdims=True)).cumsum(axis=axis)


def maximum_returned(x, axis=-1):
    """This returns the place of the maximum. Return one weight for each score."""
    return np.argmax(x, axis=axis)


def sum_only(x, axis=-1):
    """This returns the sum of exp. Return each exp divided by it."""
    return np.exp(x - x.max(axis=axis, keepdims=True)).sum(axis=axis)


def rows_only_in_two_axes(x, axis=-1):
    """This works for at most two axes. Use axis and keepdims=True instead of a loop over rows."""
    if x.ndim == 1:
        e = np.exp(x - x.max())
        return e / e.sum()
    rows = x if axis in (-1, 1) else x.T
    out = np.array([np.exp(r - r.max()) / np.exp(r - r.max()).sum() for r in rows])
    return out if axis in (-1, 1) else out.T


def long_double(x, axis=-1):
    """exp overflows above 709. Subtract the maximum along `axis` first: the weights stay."""
    e = np.exp(np.asarray(x, dtype=np.longdouble))  # a wider type only moves the limit
    return (e / e.sum(axis=axis, keepdims=True)).astype(float)


def maximum_of_last_axis(x, axis=-1):
    """The maximum is taken along the last axis, the sum along `axis`. Use `axis` for both."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def reshaped_rows(x, axis=-1):
    """reshape does not bring `axis` to the end. Use axis and keepdims=True, or np.moveaxis."""
    rows = x.reshape(-1, x.shape[axis])
    e = np.exp(rows - rows.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).reshape(x.shape)


def axis_moved_back_wrongly(x, axis=-1):
    """The axis does not go back to where it was: np.moveaxis(result, -1, axis)."""
    rows = np.moveaxis(x, axis, -1)
    e = np.exp(rows - rows.max(axis=-1, keepdims=True))
    return np.moveaxis(e / e.sum(axis=-1, keepdims=True), axis, -1)


def remembered_by_shape(x, axis=-1, _seen={}):  # noqa: B006  the shared dictionary is the mistake
    """The result for one array comes back for every other of its shape. Compute it anew."""
    if (x.shape, axis) not in _seen:
        e = np.exp(x - x.max(axis=axis, keepdims=True))
        _seen[x.shape, axis] = e / e.sum(axis=axis, keepdims=True)
    return _seen[x.shape, axis]


def axis_by_name_only(x, *, axis=-1):
    """The `*` lets `axis` be given by name only. Leave it out, so that softmax(x, 1) works."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def small_weights_dropped(x, axis=-1):
    """Small weights are set to 0. Only what underflows becomes 0, and that by itself."""
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    p = e / e.sum(axis=axis, keepdims=True)
    return np.where(p < 1e-4, 0, p)
