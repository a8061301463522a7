"""Masks: boolean arrays, True where a query may attend to a key."""

import operator

import numpy as np


def causal_mask(n):
    """Query i may attend to keys 0 to i: nobody looks ahead.

    Parameters
    ----------
    n : int
        Number of queries, and of keys.

    Returns
    -------
    ndarray of bool, shape (n, n)
        Lower triangle with the diagonal. Empty for n = 0.

    Raises
    ------
    ValueError
        If n is negative.

    References
    ----------
    Vaswani et al. (2017), section 3.2.3.
    """
    n = operator.index(n)
    if n < 0:
        raise ValueError(f"n is {n}; expected 0 or more. Pass the number of tokens.")
    return np.tri(n, dtype=bool)


def padding_mask(lengths, n_k):
    """Keys beyond each sequence's length are padding, and nobody may attend to them.

    Parameters
    ----------
    lengths : array_like of int, shape (...)
        Number of real keys in each sequence, 0 to n_k.
    n_k : int
        Number of keys, padding included.

    Returns
    -------
    ndarray of bool, shape (..., 1, n_k)
        Broadcasts over queries. A length of 0 gives a row with nothing to attend to.

    Raises
    ------
    ValueError
        If a length is not an integer from 0 to n_k.
    """
    lengths = np.asarray(lengths)
    if lengths.dtype.kind not in "iu" or (lengths < 0).any() or (lengths > n_k).any():
        raise ValueError(
            f"lengths are {lengths.tolist()}; expected integers from 0 to n_k = {n_k}. "
            "Count the real keys of each sequence."
        )
    return np.arange(n_k) < lengths[..., None, None]
