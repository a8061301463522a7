"""Wrong versions of entropy_curve(scores, temperatures)."""

import numpy as np


def zero_times_log_zero(scores, temperatures):
    """A weight of 0 gives 0 * log(0), which is NaN. It has to add nothing."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(p)).sum(axis=-1)


def sign_forgotten(scores, temperatures):
    """The logarithm of a weight is negative: the entropy is minus the sum."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return (p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def in_bits(scores, temperatures):
    """This is the entropy in bits. Use the natural logarithm, np.log."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log2(np.where(p > 0, p, 1.0))).sum(axis=-1)


def mean_instead_of_sum(scores, temperatures):
    """Sum over the weights; p is already the share that makes it a mean."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).mean(axis=-1)


def times_temperature(scores, temperatures):
    """The scores are multiplied by the temperature. Divide by it."""
    z = scores * temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def temperature_ignored(scores, temperatures):
    """All values are alike: divide the scores by each temperature in turn."""
    e = np.exp(scores - scores.max())
    p = e / e.sum()
    entropy = -(p * np.log(np.where(p > 0, p, 1.0))).sum()
    return np.full(len(temperatures), entropy)


def logarithm_of_scores(scores, temperatures):
    """The logarithm is of the weights, not of the exponentials before they are normalised."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(e > 0, e, 1.0))).sum(axis=-1)


def not_normalised(scores, temperatures):
    """The exponentials do not sum to 1. Divide by their sum first."""
    z = scores / temperatures[:, None]
    p = np.exp(z - z.max(axis=-1, keepdims=True))
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def share_of_the_maximum(scores, temperatures):
    """Do not divide by log(n): the entropy of n equal weights is log(n)."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    entropy = -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)
    return entropy / max(np.log(len(scores)), 1e-9)


def axes_swapped(scores, temperatures):
    """The sum has to run over the scores, one value for each temperature."""
    z = scores[:, None] / temperatures
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def softmax_over_temperatures(scores, temperatures):
    """The weights of one temperature sum to 1: softmax along the scores, the last axis."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def paired(scores, temperatures):
    """Each temperature is for all scores: `scores / temperatures[:, None]` pairs all with all."""
    z = scores / temperatures
    e = np.exp(z - z.max())
    p = e / e.sum()
    return -(p * np.log(np.where(p > 0, p, 1.0)))


def without_maximum(scores, temperatures):
    """exp overflows above 709. Use your own softmax, which subtracts the maximum."""
    e = np.exp(scores / temperatures[:, None])
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def global_maximum(scores, temperatures):
    """One maximum for all temperatures makes the warm rows vanish. Take one for each row."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max())
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def constant_inside_the_logarithm(scores, temperatures):
    """A constant of 1e-4 inside the logarithm changes the entropy. Treat weights of 0 apart."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(p + 1e-4)).sum(axis=-1)


def perplexity(scores, temperatures):
    """This is the exponential of the entropy. Leave np.exp out at the end."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return np.exp(-(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1))


def sum_of_squares(scores, temperatures):
    """1 minus the sum of squares measures spread as well, but entropy is asked for."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return 1 - (p**2).sum(axis=-1)


def sorted_temperatures(scores, temperatures):
    """Keep the temperatures in the order in which they are given."""
    z = scores / np.sort(temperatures)[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def both_axes(scores, temperatures):
    """Return the entropies only, one for each temperature; the plot has the temperatures."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return np.stack([temperatures, -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)])


def as_column(scores, temperatures):
    """keepdims leaves an axis too many. Return shape (m,)."""
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1, keepdims=True)


def writes_into_scores(scores, temperatures):
    """`scores -= ...` changes the caller's array. Write `scores - ...`, which makes a new one."""
    scores -= scores.max()
    e = np.exp(scores / temperatures[:, None])
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def temperatures_kept_in_bounds(scores, temperatures):
    """The temperatures are cut off. Any number above 0 will do."""
    x = scores / np.clip(temperatures, 1e-4, 1e4)[:, None]
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)


def small_weights_left_out(scores, temperatures):
    """Small weights are left out. Only a weight of exactly 0 adds nothing."""
    x = scores / temperatures[:, None]
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 1e-3, p, 1.0))).sum(axis=-1)
