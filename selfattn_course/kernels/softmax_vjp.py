"""Derivatives of the softmax and its relatives."""

import numpy as np

from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient
from .softmax import softmax


def softmax_vjp(p, dp, axis=-1):
    """Gradient of a loss in the scores, from its gradient in the weights.

    Multiplies `dp` by the Jacobian diag(p) - p p^T without ever building it.

    Parameters
    ----------
    p : array_like, any shape
        Weights, the output of `softmax`.
    dp : array_like, same shape as p
        Gradient of the loss with respect to p.
    axis : int or tuple of int
        The axis along which p sums to 1.

    Returns
    -------
    ndarray, same shape as p
        Sums to 0 along `axis`: adding a constant to all scores changes nothing.

    Raises
    ------
    ValueError
        If p and dp differ in shape.

    References
    ----------
    Bridle (1990), eq. 10.
    """
    p, dp = float_array(p, "p"), float_array(dp, "dp")
    _check_same_shape(p, dp, "p")
    wide_p, wide_dp = wide(p), wide(dp)
    mean = (wide_p * wide_dp).sum(axis=axis, keepdims=True)
    return narrowed(wide_p * (wide_dp - mean), p, dp)


def log_softmax_vjp(log_p, d_log_p, axis=-1):
    """Gradient of a loss in the scores, from its gradient in the logarithms of the weights.

    Parameters
    ----------
    log_p : array_like, any shape
        Output of `log_softmax`.
    d_log_p : array_like, same shape as log_p
        Gradient of the loss with respect to log_p.
    axis : int or tuple of int
        The axis along which the weights sum to 1.

    Returns
    -------
    ndarray, same shape as log_p
        Sums to 0 along `axis`, but for a slice without a distribution (all minus infinity).

    Raises
    ------
    ValueError
        If log_p and d_log_p differ in shape.

    References
    ----------
    Bridle (1990), eq. 10, divided by the weights.
    """
    log_p, d_log_p = float_array(log_p, "log_p"), float_array(d_log_p, "d_log_p")
    _check_same_shape(log_p, d_log_p, "log_p")
    total = wide(d_log_p).sum(axis=axis, keepdims=True)
    return narrowed(d_log_p - np.exp(wide(log_p)) * total, log_p, d_log_p)


def logsumexp_vjp(x, d_out, axis=-1, *, temperature=1.0):
    """Gradient of a loss in x, from its gradient in `logsumexp(x)`: the softmax, scaled.

    Parameters
    ----------
    x : array_like, any shape
        Scores.
    d_out : array_like, shape of x without `axis`
        Gradient of the loss with respect to the output.
    axis : int or tuple of int
        The axis that the sum removed.
    temperature : float
        As given to `logsumexp`.

    Returns
    -------
    ndarray, same shape as x
        0 along a slice that holds only minus infinity.

    Raises
    ------
    ValueError
        If d_out does not have the shape of the output.

    References
    ----------
    Blanchard, Higham and Higham (2021), section 1: the gradient of log-sum-exp is the softmax.
    """
    x = float_array(x, "x")
    weights = softmax(wide(x), axis=axis, temperature=temperature)
    d_out = output_gradient(d_out, weights.sum(axis=axis).shape)
    return narrowed(weights * np.expand_dims(d_out, axis), x, d_out)


def softmax_jacobian(p):
    """Jacobian diag(p) - p p^T of the softmax at weights p.

    Parameters
    ----------
    p : array_like, shape (..., n)
        Weights, the output of `softmax` along the last axis.

    Returns
    -------
    ndarray, shape (..., n, n)
        Entry (i, j) is the derivative of weight i with respect to score j. Symmetric.

    Raises
    ------
    ValueError
        If p is a single number.

    References
    ----------
    Bridle (1990), eq. 10.
    """
    p = float_array(p, "p")
    if p.ndim < 1:
        raise ValueError(f"p is the single number {p}; expected shape (..., n). Pass a row.")
    return p[..., :, None] * (np.eye(p.shape[-1], dtype=p.dtype) - p[..., None, :])


def _check_same_shape(p, dp, name):
    if p.shape != dp.shape:
        raise ValueError(
            f"{name} has shape {p.shape} and its gradient has shape {dp.shape}; "
            "expected equal shapes. Pass the gradient with respect to every weight."
        )
