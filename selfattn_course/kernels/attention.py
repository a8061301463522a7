"""Scaled dot-product attention in three steps: scores, weights, weighted sum of values."""

import math

import numpy as np

from .inputs import any_array, float_array, positive_number, wide
from .softmax import softmax


def attention_scores(q, k, *, scale=None, softcap=None):
    """Scaled dot product of every query with every key.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    scale : float, optional
        Factor on the dot products; 1 / sqrt(d) if not given.
    softcap : float, optional
        Bends scores smoothly into (-softcap, softcap): softcap * tanh(scores / softcap).

    Returns
    -------
    ndarray, shape (..., n_q, n_k)
        Row i holds the scores of query i. Finite input gives finite scores: one too large for
        the dtype becomes the largest finite number.

    Raises
    ------
    ValueError
        If q and k differ in d, or lack an axis, or softcap is not a positive finite number.

    References
    ----------
    Vaswani et al. (2017), eq. 1; soft cap: Gemma Team (2024), section 2.
    """
    q, k = float_array(q, "q"), float_array(k, "k")
    check_queries_and_keys(q, k)
    scale = default_scale(q.shape[-1]) if scale is None else float(scale)
    dtype, q, k = result_dtype(q, k), wide(q), wide(k)
    with np.errstate(over="ignore", invalid="ignore"):
        scores = (q * scale) @ np.swapaxes(k, -1, -2)
        if scores.dtype.kind == "f" and not np.isfinite(scores).all():
            scores = _saturated_scores(q, k, scale)
    return _saturated(scores if softcap is None else _capped(scores, softcap), dtype)


def attention_weights(q, k, mask=None, *, bias=None, scale=None, softcap=None):
    """Scaled dot-product attention weights.

    float16 is computed in float32 and rounded once, at the end.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    mask : array_like of bool, broadcastable to (..., n_q, n_k), optional
        True where a query may attend to a key.
    bias : array_like, broadcastable to (..., n_q, n_k), optional
        Added to the scores. Minus infinity excludes a key, as mask False does.
    scale : float, optional
        Factor on the dot products; 1 / sqrt(d) if not given.
    softcap : float, optional
        Bends scores into (-softcap, softcap) before bias and mask.

    Returns
    -------
    ndarray, shape (..., n_q, n_k)
        Each row sums to 1, or to 0 where nothing may be attended to. A key that is NaN behind
        a mask has weight 0; behind a bias of minus infinity it makes its rows NaN, as does a
        bias of plus infinity.

    Raises
    ------
    ValueError
        If q and k differ in d, or mask or bias do not fit.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Vaswani et al. (2017), eq. 1; order of steps and the row of zeros as in ONNX Attention-24.
    """
    q, k = float_array(q, "q"), float_array(k, "k")
    scores = masked_scores(wide(q), wide(k), mask, bias=bias, scale=scale, softcap=softcap)
    return softmax(scores).astype(result_dtype(q, k, bias), copy=False)


def masked_scores(q, k, mask=None, *, bias=None, scale=None, softcap=None):
    """What the softmax of attention is taken of: softcap(scale q k^T) + bias, masked.

    Parameters
    ----------
    q, k, mask, bias, scale, softcap
        As in `attention_weights`.

    Returns
    -------
    ndarray, shape (..., n_q, n_k)
        Minus infinity where a query may not attend.

    Raises
    ------
    ValueError, TypeError
        As `attention_weights`.

    References
    ----------
    ONNX Attention-24: the input of its softmax.
    """
    q, k = float_array(q, "q"), float_array(k, "k")
    scores = attention_scores(wide(q), wide(k), scale=scale, softcap=softcap)
    if bias is not None:
        scores = _with_bias(scores, fitting_bias(bias, scores.shape))
    scores = _saturated(scores, result_dtype(q, k, bias))
    if mask is not None:
        mask = fitting_mask(mask, scores.shape)
        scores = np.where(mask, scores, np.array(-np.inf, scores.dtype))
    return scores


def attention(q, k, v, mask=None, *, bias=None, scale=None, softcap=None):
    """Scaled dot-product attention: for each query, a weighted mean of the values.

    float16 is computed in float32 and rounded once, at the end.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    v : array_like, shape (..., n_k, d_v)
        Values.
    mask, bias, scale, softcap
        As in `attention_weights`.

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
        Rows with nothing to attend to are 0. A value that is NaN or infinite spreads to every
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
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    weights = attention_weights(wide(q), wide(k), mask, bias=bias, scale=scale, softcap=softcap)
    check_values(v, weights.shape[-1], weights.shape[:-2])
    return (weights @ wide(v)).astype(result_dtype(q, k, v, bias), copy=False)


def result_dtype(*arrays):
    """The dtype that NumPy gives to a sum of these float arrays; None for what was left out."""
    return np.result_type(*(float_array(x, "bias") for x in arrays if x is not None))


def default_scale(d):
    """1 / sqrt(d): with it, scores of independent unit-variance vectors have variance 1."""
    return 1 / math.sqrt(max(d, 1))


def check_queries_and_keys(q, k):
    """Raise ValueError unless q and k are (..., n, d) with the same d."""
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
    if not broadcast_shape(q.shape[:-2], k.shape[:-2]):
        raise ValueError(
            f"q has shape {q.shape} and k has shape {k.shape}; expected leading axes that "
            "broadcast, equal or 1. For shared heads use grouped_query_attention."
        )


def check_values(v, n_k, leading):
    """Raise ValueError unless v has a row for each of n_k keys, and leading axes that fit."""
    if v.ndim < 2 or v.shape[-2] != n_k:
        raise ValueError(
            f"v has shape {v.shape} for {n_k} keys; expected (..., n_k, d_v) with "
            f"n_k = {n_k}. Give one value row for each key."
        )
    if not broadcast_shape(v.shape[:-2], leading):
        raise ValueError(
            f"v has shape {v.shape} for leading axes {leading} of the weights; expected leading "
            "axes that broadcast to them. Give every sequence and head its values, or one for all."
        )


def fitting_mask(mask, shape):
    """The mask as a boolean array that broadcasts to scores of this shape, or an error."""
    mask = any_array(mask, "mask")
    if mask.dtype != np.bool_:
        raise TypeError(
            f"mask has dtype {mask.dtype}; expected bool, True where a query may attend. "
            "Compare first, for example mask == 1, or pass an additive one as bias."
        )
    _check_fits(mask, "mask", shape)
    return mask


def fitting_bias(bias, shape):
    """The bias as a float array that broadcasts to scores of this shape, or an error."""
    bias = any_array(bias, "bias")
    if bias.dtype == np.bool_:
        raise TypeError(
            "bias has dtype bool; expected numbers to add to the scores. "
            "Pass True where a query may attend as mask."
        )
    bias = float_array(bias, "bias")
    _check_fits(bias, "bias", shape)
    return bias


def _check_fits(array, name, shape):
    together = broadcast_shape(array.shape, shape)
    if not together or together[-2:] != shape[-2:]:
        raise ValueError(
            f"{name} has shape {array.shape} for scores of shape {shape}; expected one that "
            "broadcasts to it. Put queries on the axis before the last, keys on the last."
        )


def broadcast_shape(*shapes):
    """The shape that these broadcast to, (1,) for single numbers, or None."""
    try:
        return np.broadcast_shapes(*shapes) or (1,)
    except ValueError:
        return None


def check_softcap(softcap, dtype=np.float64):
    """`softcap` as a float, or ValueError unless it is positive and in the range of the dtype."""
    return positive_number(softcap, "softcap", dtype, "Leave it out for scores without a cap.")


def _capped(scores, softcap):
    softcap = check_softcap(softcap, scores.dtype)
    with np.errstate(over="ignore"):  # tanh of infinity is 1, which is right
        return softcap * np.tanh(scores / softcap)


def _saturated(scores, dtype):
    """The scores in this dtype; finite ones too large for float16 become its largest number."""
    if scores.dtype == dtype:
        return scores
    largest = float(np.finfo(dtype).max)
    return np.where(np.isfinite(scores), np.clip(scores, -largest, largest), scores).astype(dtype)


def _with_bias(scores, bias):
    """The sum, where finite terms that overflow give the largest number instead of infinity."""
    with np.errstate(over="ignore"):
        total = scores + bias
    overflowed = np.isinf(total) & np.isfinite(bias)
    if overflowed.any():
        largest = np.finfo(total.dtype).max
        total = np.where(overflowed, np.clip(total.real, -largest, largest), total)
    return total


def _saturated_scores(q, k, scale):
    """The scores again, where only the last step can overflow: a power of two for each row.

    A row with infinity or NaN in it makes all its scores NaN.
    """
    q_size = np.abs(q).max(axis=-1, keepdims=True, initial=0)
    k_size = np.swapaxes(np.abs(k).max(axis=-1, keepdims=True, initial=0), -1, -2)
    (_, q_power), (_, k_power) = np.frexp(q_size), np.frexp(k_size)
    mantissa, scale_power = math.frexp(scale)
    products = np.ldexp(q, -q_power) @ np.swapaxes(
        np.ldexp(k, -np.swapaxes(k_power, -1, -2)), -1, -2
    )
    scores = np.ldexp(products * mantissa, q_power + k_power + scale_power)
    largest = np.finfo(scores.dtype).max
    return np.clip(scores, -largest, largest) + q_size * 0 + k_size * 0
