"""Attention with linear biases: every head prefers near keys, each in its own measure."""

import operator

import numpy as np

from .inputs import float_array, wide
from .relative import relative_positions


def alibi_slopes(n_heads):
    """The slope of each head: a geometric sequence that ends at 2 ** -8.

    For a number of heads h that is a power of two the sequence starts at, and has the ratio,
    2 ** (-8 / h). Otherwise the slopes for the next smaller power of two come first, then every
    other slope, from the first on, of the sequence for twice that power.

    Parameters
    ----------
    n_heads : int
        How many heads.

    Returns
    -------
    ndarray of float64, shape (n_heads,)
        Positive; decreasing for a power of two.

    Raises
    ------
    ValueError
        If n_heads is not positive.

    References
    ----------
    Press, Smith and Lewis (2022), section 3; other head counts as in their published code.
    """
    n_heads = operator.index(n_heads)
    if n_heads < 1:
        raise ValueError(f"n_heads is {n_heads}; expected at least 1. Pass the number of heads.")
    power = 1 << (n_heads.bit_length() - 1)
    between = _geometric(2 * power)[::2]
    return np.concatenate([_geometric(power), between[: n_heads - power]])


def alibi_bias(slopes, n_q, n_k=None, *, offset=0):
    """What to add to the scores: minus slope times distance.

    Parameters
    ----------
    slopes : array_like, shape (h,)
        One for each head, such as `alibi_slopes(h)`. The result has their dtype.
    n_q : int
        Number of queries.
    n_k : int, optional
        Number of keys; as many as queries if not given.
    offset : int or array_like of int, shape (...)
        Position of query 0 among the keys.

    Returns
    -------
    ndarray, shape (..., h, n_q, n_k)
        0 where query and key share a position. Later keys count as far as earlier ones; hide them
        with a causal mask if they are not to be seen.

    Raises
    ------
    ValueError
        If slopes do not lie on one axis, or a size is negative.

    References
    ----------
    Press, Smith and Lewis (2022), section 3.
    """
    slopes = float_array(slopes, "slopes")
    if slopes.ndim != 1:
        raise ValueError(
            f"slopes have shape {slopes.shape}; expected (h,), one for each head. "
            "Use alibi_slopes(h)."
        )
    minus_distance = -np.abs(relative_positions(n_q, n_k, offset=offset))
    wide_slopes = wide(slopes)[:, None, None]
    bias = wide_slopes * minus_distance[..., None, :, :].astype(wide_slopes.real.dtype)
    return bias.astype(slopes.dtype, copy=False)


def _geometric(power):
    return 2.0 ** (-8.0 * np.arange(1, power + 1) / power)
