"""Scaled dot-product attention in three steps: scores, weights, weighted sum of values."""

import numpy as np

from .inputs import float_array
from .softmax import softmax


def attention_scores(q, k, *, scale=None):
    """Scaled dot product of every query with every key.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    scale : float, optional
        Factor on the dot products; 1 / sqrt(d) if not given.

    Returns
    -------
    ndarray, shape (..., n_q, n_k)
        Row i holds the scores of query i. Finite input gives finite scores: one too large for
        the dtype becomes the largest finite number.

    Raises
    ------
    ValueError
        If q and k differ in d, or lack an axis.

    References
    ----------
    Vaswani et al. (2017), eq. 1.
    """
    q, k = float_array(q, "q"), float_array(k, "k")
    if q.ndim < 2 or k.ndim < 2:
        raise ValueError(
            f"q has shape {q.shape} and k has shape {k.shape}; expected (..., n, d) for both. "
            "Write a single vector as one row: q[None, :]."
        )
    d = q.shape[-1]
    if k.shape[-1] != d:
        raise ValueError(
            f"q has d = {d} and k has d = {k.shape[-1]}; expected the same last axis. "
            "Project queries and keys to one size."
        )
    scale = 1 / np.sqrt(max(d, 1)) if scale is None else scale
    with np.errstate(over="ignore", invalid="ignore"):
        scores = (q * float(scale)) @ np.swapaxes(k, -1, -2)
        return scores if np.isfinite(scores).all() else _saturated_scores(q, k, scale)


def attention_weights(q, k, mask=None, *, scale=None):
    """Scaled dot-product attention weights.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    mask : array_like of bool, broadcastable to (..., n_q, n_k), optional
        True where a query may attend to a key.
    scale : float, optional
        Factor on the dot products; 1 / sqrt(d) if not given.

    Returns
    -------
    ndarray, shape (..., n_q, n_k)
        Each row sums to 1, or to 0 where its mask is all False.

    Raises
    ------
    ValueError
        If q and k differ in d, or the mask does not fit.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Vaswani et al. (2017), eq. 1; the row of zeros as in ONNX Attention-24.
    """
    scores = attention_scores(q, k, scale=scale)
    if mask is None:
        return softmax(scores)
    mask = _fitting_mask(mask, scores.shape)
    return softmax(np.where(mask, scores, -np.inf))


def attention(q, k, v, mask=None, *, scale=None):
    """Scaled dot-product attention: for each query, a weighted mean of the values.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    v : array_like, shape (..., n_k, d_v)
        Values.
    mask : array_like of bool, broadcastable to (..., n_q, n_k), optional
        True where a query may attend to a key.
    scale : float, optional
        Factor on the dot products; 1 / sqrt(d) if not given.

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
        Rows whose mask is all False are 0. A value that is NaN or infinite spreads to every
        query, masked or not, for 0 * NaN is NaN.

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Vaswani et al. (2017), eq. 1.
    """
    v = float_array(v, "v")
    weights = attention_weights(q, k, mask, scale=scale)
    if v.ndim < 2 or v.shape[-2] != weights.shape[-1]:
        raise ValueError(
            f"v has shape {v.shape} for {weights.shape[-1]} keys; expected (..., n_k, d_v) with "
            f"n_k = {weights.shape[-1]}. Give one value row for each key."
        )
    return weights @ v


def _fitting_mask(mask, shape):
    mask = np.asarray(mask)
    if mask.dtype != np.bool_:
        raise TypeError(
            f"mask has dtype {mask.dtype}; expected bool, True where a query may attend. "
            "Compare first, for example mask == 1."
        )
    try:
        fits = np.broadcast_shapes(mask.shape, shape)[-2:] == shape[-2:]
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"mask has shape {mask.shape} for scores of shape {shape}; expected one that "
            "broadcasts to it. Put queries on the axis before the last, keys on the last."
        )
    return mask


def _saturated_scores(q, k, scale):
    """The scores again, with rows brought to size 1 first so that only the result can overflow."""
    q_size = np.abs(q).max(axis=-1, keepdims=True, initial=0)
    k_size = np.abs(k).max(axis=-1, keepdims=True, initial=0)
    unit_q = q / np.where(q_size == 0, 1, q_size)
    unit_k = k / np.where(k_size == 0, 1, k_size)
    scores = (unit_q @ np.swapaxes(unit_k, -1, -2)) * float(scale)
    scores = scores * q_size * np.swapaxes(k_size, -1, -2)
    largest = np.finfo(scores.dtype).max
    return np.clip(scores, -largest, largest)
