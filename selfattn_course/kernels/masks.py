"""Masks: boolean arrays, True where a query may attend to a key."""

import operator

import numpy as np


def causal_mask(n_q, n_k=None, *, offset=0):
    """Query i may attend to keys 0 to i + offset: nobody looks ahead.

    Parameters
    ----------
    n_q : int
        Number of queries.
    n_k : int, optional
        Number of keys; as many as queries if not given.
    offset : int or array_like of int, shape (...)
        Position of query 0 among the keys: how many keys came before, for example from a cache.

    Returns
    -------
    ndarray of bool, shape (..., n_q, n_k)
        Lower triangle with the diagonal, moved right by `offset`. A negative offset leaves the
        first queries with nothing to attend to.

    Raises
    ------
    ValueError
        If a size is negative.

    References
    ----------
    Vaswani et al. (2017), section 3.2.3; offset as in ONNX Attention-24.
    """
    return window_mask(n_q, n_k, right=0, offset=offset)


def window_mask(n_q, n_k=None, *, left=None, right=None, offset=0):
    """Query i, at position p = i + offset, may attend to keys p - left to p + right.

    Parameters
    ----------
    n_q : int
        Number of queries.
    n_k : int, optional
        Number of keys; as many as queries if not given.
    left, right : int, optional
        How far a query sees to each side; without limit if not given.
    offset : int or array_like of int, shape (...)
        Position of query 0 among the keys.

    Returns
    -------
    ndarray of bool, shape (..., n_q, n_k)

    Raises
    ------
    ValueError
        If a size is negative.

    References
    ----------
    Beltagy, Peters and Cohan (2020), section 3.1.
    """
    n_q = _size("n_q", n_q, "the number of queries")
    n_k = n_q if n_k is None else _size("n_k", n_k, "the number of keys")
    distance = np.arange(n_k) - (np.arange(n_q) + _offset(offset)[..., None])[..., None]
    mask = np.ones(distance.shape, bool)
    if left is not None:
        mask &= distance >= -_size("left", left, "how many earlier keys a query sees")
    if right is not None:
        mask &= distance <= _size("right", right, "how many later keys a query sees")
    return mask


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
        If a length is not an integer from 0 to n_k, or n_k is negative.
    """
    n_k = _size("n_k", n_k, "the number of keys, padding included")
    lengths = np.asarray(lengths)
    if lengths.dtype.kind not in "iu" or (lengths < 0).any() or (lengths > n_k).any():
        raise ValueError(
            f"lengths are {lengths.tolist()}; expected integers from 0 to n_k = {n_k}. "
            "Count the real keys of each sequence."
        )
    return np.arange(n_k) < lengths[..., None, None]


def _size(name, size, meaning):
    size = operator.index(size)
    if size < 0:
        raise ValueError(f"{name} is {size}; expected 0 or more. Pass {meaning}.")
    return size


def _offset(offset):
    offset = np.asarray(offset)
    if offset.dtype.kind not in "iu":
        raise TypeError(
            f"offset has dtype {offset.dtype}; expected integers. "
            "Pass the position of query 0 among the keys."
        )
    return offset.astype(np.int64)
