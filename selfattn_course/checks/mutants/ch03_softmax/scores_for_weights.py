"""Wrong versions of scores_for_weights(p)."""

import numpy as np


def not_centred(p):
    """The softmax of these is p, but their mean is not 0. Subtract the mean of each row."""
    return np.log(p)


def centred_on_everything(p):
    """The mean of the whole array is subtracted. Take the mean along the last axis."""
    s = np.log(p)
    return s - s.mean()


def centred_along_first_axis(p):
    """The mean runs over axis 0. Take it along the last axis."""
    s = np.log(p)
    return s - s.mean(axis=0, keepdims=True)


def mean_without_keepdims(p):
    """The means lost an axis, so they line up with the wrong one. Use keepdims=True."""
    s = np.log(p)
    return s - s.mean(axis=-1)


def maximum_subtracted(p):
    """The largest score is 0 here. The mean has to be."""
    s = np.log(p)
    return s - s.max(axis=-1, keepdims=True)


def minimum_subtracted(p):
    """The smallest score is 0 here. The mean has to be."""
    s = np.log(p)
    return s - s.min(axis=-1, keepdims=True)


def median_subtracted(p):
    """The median is 0 here. The mean has to be."""
    s = np.log(p)
    return s - np.median(s, axis=-1, keepdims=True)


def centred_before_log(p):
    """The mean of p is taken out, not the mean of the scores. Take the log, then centre."""
    return np.log(p / p.mean(axis=-1, keepdims=True))


def sum_subtracted(p):
    """The sum of the scores is subtracted. Subtract their mean."""
    s = np.log(p)
    return s - s.sum(axis=-1, keepdims=True)


def mean_added(p):
    """The mean is added. Subtract it."""
    s = np.log(p)
    return s + s.mean(axis=-1, keepdims=True)


def standardised(p):
    """Dividing by the standard deviation changes the softmax. Only subtract the mean."""
    s = np.log(p)
    s = s - s.mean(axis=-1, keepdims=True)
    return s / (s.std(axis=-1, keepdims=True) + 1e-12)


def log_missing(p):
    """These are the weights with their mean taken out. Undo the exp first: take the log."""
    return p - p.mean(axis=-1, keepdims=True)


def softmax_of_weights(p):
    """This is the softmax of p. The question goes the other way: which scores give p?"""
    e = np.exp(p - p.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def exponential(p):
    """exp goes from scores to weights. The way back is log."""
    e = np.exp(p)
    return e - e.mean(axis=-1, keepdims=True)


def base_two(p):
    """np.log2 undoes powers of 2. Use np.log, which undoes exp."""
    s = np.log2(p)
    return s - s.mean(axis=-1, keepdims=True)


def base_ten(p):
    """np.log10 undoes powers of 10. Use np.log, which undoes exp."""
    s = np.log10(p)
    return s - s.mean(axis=-1, keepdims=True)


def odds(p):
    """log(p / (1 - p)) undoes a sigmoid. Softmax is undone by log(p)."""
    s = np.log(p / (1 - p))
    return s - s.mean(axis=-1, keepdims=True)


def sign_flipped(p):
    """The scores have their sign flipped: a large weight needs a large score."""
    s = -np.log(p)
    return s - s.mean(axis=-1, keepdims=True)


def one_plus(p):
    """np.log1p(p) is log(1 + p). Use np.log(p)."""
    s = np.log1p(p)
    return s - s.mean(axis=-1, keepdims=True)


def constant_in_log(p):
    """A constant inside the log spoils tiny weights. Take the log of p alone."""
    s = np.log(p + 1e-12)
    return s - s.mean(axis=-1, keepdims=True)


def small_weights_cut_off(p):
    """Weights below 1e-10 are raised to it. Take the log of p as it is."""
    s = np.log(np.maximum(p, 1e-10))
    return s - s.mean(axis=-1, keepdims=True)


def all_zero(p):
    """Equal scores give equal weights. Larger weights need larger scores."""
    return np.zeros(p.shape)


def writes_into_p(p):
    """`np.log(p, out=p)` changes the caller's array. Write `s = np.log(p)`."""
    np.log(p, out=p)
    return p - p.mean(axis=-1, keepdims=True)


def mean_over_the_third_axis(p):
    """With four axes the mean runs along the third. The last axis is axis -1, however many."""
    scores = np.log(p)
    return scores - scores.mean(axis=min(p.ndim - 1, 2), keepdims=True)
