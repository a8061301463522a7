"""Distances between queries and keys, and a learned bias for each bucket of distances."""

import operator

import numpy as np

from .inputs import float_array
from .scatter import checked_indices, sums_by_index


def relative_positions(n_q, n_k=None, *, offset=0):
    """Position of each key minus position of each query.

    Parameters
    ----------
    n_q : int
        Number of queries.
    n_k : int, optional
        Number of keys; as many as queries if not given.
    offset : int or array_like of int, shape (...)
        Position of query 0 among the keys.

    Returns
    -------
    ndarray of int64, shape (..., n_q, n_k)
        Negative for keys before the query.

    Raises
    ------
    ValueError
        If a size is negative.
    TypeError
        If offset is not an integer.

    References
    ----------
    Shaw, Uszkoreit and Vaswani (2018), section 3.2.
    """
    n_q = operator.index(n_q)
    n_k = n_q if n_k is None else operator.index(n_k)
    if n_q < 0 or n_k < 0:
        raise ValueError(
            f"n_q is {n_q} and n_k is {n_k}; expected 0 or more. Pass the numbers of queries and "
            "keys."
        )
    offset = np.asarray(offset)
    if offset.dtype.kind not in "iu":
        raise TypeError(
            f"offset has dtype {offset.dtype}; expected integers. "
            "Pass the position of query 0 among the keys."
        )
    queries = np.arange(n_q) + offset.astype(np.int64)[..., None]
    return np.arange(n_k) - queries[..., None]


def distance_buckets(distances, *, n_buckets=32, max_distance=128, bidirectional=True):
    """Number of the bucket for each distance: small ones alone, large ones in widening groups.

    Half of the buckets hold one distance each; the others grow geometrically up to max_distance,
    and the last one holds everything beyond.

    Parameters
    ----------
    distances : array_like of int, any shape
        Position of the key minus position of the query, from `relative_positions`.
    n_buckets : int
        How many buckets there are.
    max_distance : int
        From here on all distances share a bucket.
    bidirectional : bool
        If True, keys after the query use the second half of the buckets. If False, they all share
        bucket 0, for a causal mask hides them.

    Returns
    -------
    ndarray of int64, same shape
        From 0 to n_buckets - 1.

    Raises
    ------
    ValueError
        If n_buckets or max_distance is too small for the scheme, or n_buckets is odd where two
        directions share them.
    TypeError
        If distances are not integers.

    References
    ----------
    Raffel et al. (2020), section 2.1; the growth of the buckets as in their published code.
    """
    distances = np.asarray(distances)
    if distances.dtype.kind not in "iu":
        raise TypeError(
            f"distances have dtype {distances.dtype}; expected integers. Use relative_positions."
        )
    distances = distances.astype(np.int64, copy=False)  # small integers have no room for a sign
    n_side = n_buckets // 2 if bidirectional else n_buckets
    n_exact = n_side // 2
    if n_exact < 1 or (bidirectional and n_buckets % 2) or max_distance <= n_exact:
        raise ValueError(
            f"n_buckets is {n_buckets} and max_distance {max_distance}; expected an even number "
            f"of at least 4 buckets (2 in one direction) and a maximum above {n_exact}. "
            "Use 32 and 128 as T5 does."
        )
    steps = np.abs(distances) if bidirectional else np.maximum(-distances, 0)
    first_of_bucket = _first_distances(n_exact, n_side, max_distance)
    buckets = np.searchsorted(first_of_bucket, steps, side="right") - 1
    return buckets + n_side * (distances > 0) if bidirectional else buckets


def bucket_bias(table, buckets):
    """The learned number of each query's and key's bucket, to add to their score.

    Parameters
    ----------
    table : array_like, shape (..., n_buckets)
        One number for each bucket, usually with an axis of heads in front.
    buckets : array_like of int, shape (n_q, n_k)
        From `distance_buckets`.

    Returns
    -------
    ndarray, shape (..., n_q, n_k)

    Raises
    ------
    ValueError
        If a bucket is not in the table.

    References
    ----------
    Raffel et al. (2020), section 2.1.
    """
    table, buckets = _table_and_buckets(table, buckets)
    return table[..., buckets]


def bucket_bias_vjp(table, buckets, d_bias):
    """Gradient of a loss in the table, from its gradient in `bucket_bias`.

    Parameters
    ----------
    table, buckets
        As given to `bucket_bias`; of the table only the shape matters.
    d_bias : array_like, shape (..., n_q, n_k)
        Gradient of the loss with respect to the bias, such as `attention_bias_vjp`.

    Returns
    -------
    ndarray, shape (..., n_buckets)
        Every use of a bucket adds to its entry; 0 for a bucket that was not used.

    Raises
    ------
    ValueError
        If shapes disagree, or a bucket is not in the table.

    References
    ----------
    Raffel et al. (2020), section 2.1, differentiated.
    """
    table, buckets = _table_and_buckets(table, buckets)
    d_bias = float_array(d_bias, "d_bias")
    expected = (*table.shape[:-1], *buckets.shape)
    if d_bias.shape != expected:
        raise ValueError(
            f"d_bias has shape {d_bias.shape}; expected {expected}, the shape of the bias. "
            "Sum it over the axes along which the bias was broadcast."
        )
    return sums_by_index(d_bias, buckets, table.shape[-1])


def _table_and_buckets(table, buckets):
    table = float_array(table, "table")
    if table.ndim < 1 or np.ndim(buckets) != 2:
        raise ValueError(
            f"table has shape {table.shape} and buckets {np.shape(buckets)}; expected "
            "(..., n_buckets) and (n_q, n_k). Use distance_buckets for the buckets."
        )
    return table, checked_indices(buckets, "buckets", table.shape[-1])


def _first_distances(n_exact, n_buckets, max_distance):
    """The smallest distance of each bucket, without rounding.

    Bucket n_exact + t starts at n_exact * (max_distance / n_exact) ** (t / n_wide); in integers:
    the first r with r ** n_wide * n_exact ** t >= max_distance ** t * n_exact ** n_wide.
    """
    n_wide = n_buckets - n_exact
    firsts = list(range(n_exact))
    for t in range(n_wide):
        r = firsts[-1]
        while r**n_wide * n_exact**t < max_distance**t * n_exact**n_wide:
            r += 1
        firsts.append(r)
    return firsts
