"""Entropy: how widely a distribution spreads."""

import numpy as np

from .inputs import float_array


def entropy(p, axis=-1):
    """Shannon entropy of weights, in nats.

    Parameters
    ----------
    p : array_like, any shape
        Weights that sum to 1 along `axis`.
    axis : int
        The axis of the distribution.

    Returns
    -------
    ndarray, shape of p without `axis`
        0 for one weight of 1, log(n) for n equal weights. A weight of 0 adds 0.

    References
    ----------
    Shannon (1948), section 6.
    """
    p = float_array(p, "p")
    log_p = np.log(np.where(p == 0, 1, p))  # the limit of p log p at 0 is 0
    return -(p * log_p).sum(axis=axis)
