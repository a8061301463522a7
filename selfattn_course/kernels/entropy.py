"""Entropy: how widely a distribution spreads."""

import numpy as np

from .inputs import float_array, wide


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
    x = wide(p)
    x_log_x = x * np.log(np.where(x == 0, 1, x))  # the limit at 0 is 0
    return (0 - x_log_x.sum(axis=axis)).astype(p.dtype)  # 0 - 0 has no minus sign
