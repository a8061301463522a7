"""The backward pass of attention, step by step in reverse."""

import numpy as np

from .attention import (
    attention_scores,
    attention_weights,
    check_queries_and_keys,
    check_values,
    default_scale,
    result_dtype,
)
from .broadcasting import sum_to_shape
from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient
from .softmax_vjp import softmax_vjp


def attention_vjp(q, k, v, d_out, mask=None, *, bias=None, scale=None, softcap=None):
    """Gradients of a loss in q, k and v, from its gradient in the output of `attention`.

    With weights P = softmax(S) and out = P V, the chain rule backwards is
    dV = P^T dO, dP = dO V^T, dS = P * (dP - rowsum(P * dP)), dQ = scale dS K, dK = scale dS^T Q.

    Parameters
    ----------
    q, k, v, mask, bias, scale, softcap
        As given to `attention`.
    d_out : array_like, shape (..., n_q, d_v)
        Gradient of the loss with respect to the output.

    Returns
    -------
    dq, dk, dv : ndarray
        Each with the shape of its input. A key behind the mask gets gradient 0; so does a query
        with nothing to attend to. A key or value that is NaN makes gradients NaN, masked or not.

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Dao et al. (2022), appendix B.2; soft cap: d tanh(x) = 1 / cosh(x)^2.
    """
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    dtype = result_dtype(q, k, v, bias)
    q, k, v, d_out = wide(q), wide(k), wide(v), wide(float_array(d_out, "d_out"))
    weights, d_scores = _weights_and_gradient(q, k, v, d_out, mask, bias, scale, softcap)
    if softcap is not None:
        scores = attention_scores(q, k, scale=scale)
        with np.errstate(over="ignore"):  # far from 0 the slope is 0
            d_scores = d_scores / np.square(np.cosh(scores / float(softcap)))
    dq, dk = _scores_vjp(q, k, d_scores, scale)
    dv = sum_to_shape(np.swapaxes(weights, -1, -2) @ d_out, v.shape)
    return tuple(gradient.astype(dtype, copy=False) for gradient in (dq, dk, dv))


def attention_scores_vjp(q, k, d_scores, *, scale=None):
    """Gradients of a loss in q and k, from its gradient in `attention_scores(q, k)`.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    d_scores : array_like, shape (..., n_q, n_k)
        Gradient of the loss with respect to the scores, without soft cap.
    scale : float, optional
        Factor on the dot products; 1 / sqrt(d) if not given.

    Returns
    -------
    dq, dk : ndarray
        Each with the shape of its input.

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Vaswani et al. (2017), eq. 1, differentiated.
    """
    q, k, d_scores = float_array(q, "q"), float_array(k, "k"), float_array(d_scores, "d_scores")
    check_queries_and_keys(q, k)
    expected = (*np.broadcast_shapes(q.shape[:-2], k.shape[:-2]), q.shape[-2], k.shape[-2])
    if d_scores.shape != expected:
        raise ValueError(
            f"d_scores has shape {d_scores.shape}; expected {expected}, the shape of the scores. "
            "Sum it over the axes along which the scores were broadcast."
        )
    gradients = _scores_vjp(wide(q), wide(k), wide(d_scores), scale)
    return tuple(narrowed(gradient, q, k, d_scores) for gradient in gradients)


def attention_bias_vjp(q, k, v, d_out, mask=None, *, bias, scale=None, softcap=None):
    """Gradient of a loss in the bias, from its gradient in the output of `attention`.

    Parameters
    ----------
    q, k, v, d_out, mask, bias, scale, softcap
        As given to `attention_vjp`.

    Returns
    -------
    ndarray, shape of bias
        Sums over the axes along which the bias was broadcast.

    References
    ----------
    Dao et al. (2022), appendix B.2: the gradient of the scores, which the bias is added to.
    """
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    arrays = wide(q), wide(k), wide(v), wide(float_array(d_out, "d_out"))
    _, d_scores = _weights_and_gradient(*arrays, mask, bias, scale, softcap)
    return sum_to_shape(d_scores, np.shape(bias)).astype(result_dtype(q, k, v, bias), copy=False)


def _scores_vjp(q, k, d_scores, scale):
    """As `attention_scores_vjp`; mask, bias and values may have given d_scores more axes."""
    scale = default_scale(q.shape[-1]) if scale is None else float(scale)
    dq = d_scores @ k * scale
    dk = np.swapaxes(d_scores, -1, -2) @ q * scale
    return sum_to_shape(dq, q.shape), sum_to_shape(dk, k.shape)


def _weights_and_gradient(q, k, v, d_out, mask, bias, scale, softcap):
    """Weights, and the gradient in what goes into their softmax."""
    weights = attention_weights(q, k, mask, bias=bias, scale=scale, softcap=softcap)
    check_values(v, weights.shape[-1], weights.shape[:-2])
    check_d_out(d_out, weights.shape, v.shape)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    weights = np.broadcast_to(weights, d_weights.shape)
    return weights, softmax_vjp(weights, d_weights)


def check_d_out(d_out, weights_shape, v_shape):
    """Raise ValueError unless d_out has the shape of the product of weights and values."""
    leading = np.broadcast_shapes(weights_shape[:-2], v_shape[:-2])
    output_gradient(d_out, (*leading, weights_shape[-2], v_shape[-1]))
