"""A short causal convolution: each feature mixed with its own recent past."""

import numpy as np

from .broadcasting import sum_to_shape
from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient


def causal_convolution(x, w, b=None, *, past=None):
    """Each feature of each position as a weighted sum of its last values, its own included.

    Linear attention and state space models put it before queries, keys and values, for a look
    at the nearest tokens.

    Parameters
    ----------
    x : array_like, shape (..., n, d)
        A sequence.
    w : array_like, shape (width, d)
        Weights of each feature: the last row is for the position itself, the one before for its
        predecessor, and so on.
    b : array_like, shape (d,), optional
        Added to every row.
    past : array_like, shape (..., width - 1, d), optional
        What came before x, oldest first; zeros if not given.

    Returns
    -------
    ndarray, shape (..., n, d)

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Gu and Dao (2023); with a past as in ONNX CausalConvWithState-27.
    """
    x, w = _checked(x, w)
    padded, n = _with_past(x, w, past), x.shape[-2]
    given = (padded, w) if b is None else (padded, w, _fitting_b(b, w))
    wide_padded = wide(padded)
    out = sum(wide_padded[..., i : i + n, :] * row for i, row in enumerate(wide(w)))
    return narrowed(out if b is None else out + given[2], *given)


def convolution_past(x, width, *, past=None):
    """What `causal_convolution` needs to continue after x: the last width - 1 rows.

    Parameters
    ----------
    x : array_like, shape (..., n, d)
        The sequence so far.
    width : int
        Number of rows of the weights.
    past : array_like, shape (..., width - 1, d), optional
        What came before x; zeros if not given.

    Returns
    -------
    ndarray, shape (..., width - 1, d)

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    x, w = _checked(x, np.empty((max(width, 0), *np.shape(x)[-1:])))
    return _with_past(x, w, past)[..., x.shape[-2] :, :].copy()


def causal_convolution_vjp(x, w, b, d_out, *, past=None):
    """Gradients of a loss in x, w and b, from its gradient in `causal_convolution`.

    Parameters
    ----------
    x, w, b, past
        As given to `causal_convolution`.
    d_out : array_like, shape (..., n, d)
        Gradient of the loss with respect to the output.

    Returns
    -------
    d_x, d_w, d_b : ndarray
        Each with the shape of its input; d_b is None where b is.

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    x, w = _checked(x, w)
    given = x, w, output_gradient(d_out, x.shape)
    b = None if b is None else _fitting_b(b, w)
    padded, n, width = wide(_with_past(x, w, past)), x.shape[-2], w.shape[0]
    w, d_out = wide(w), wide(given[2])
    dtype = np.result_type(padded, w, d_out)
    d_padded, d_w = np.zeros(padded.shape, dtype), np.empty(w.shape, dtype)
    for i, row in enumerate(w):
        d_padded[..., i : i + n, :] += d_out * row
        d_w[i] = sum_to_shape(padded[..., i : i + n, :] * d_out, row.shape)
    d_x, d_w = narrowed(d_padded[..., width - 1 :, :], *given), narrowed(d_w, *given)
    return d_x, d_w, None if b is None else narrowed(sum_to_shape(d_out, b.shape), *given)


def _checked(x, w):
    x, w = float_array(x, "x"), float_array(w, "w")
    if x.ndim < 2 or w.ndim != 2 or x.shape[-1] != w.shape[-1] or w.shape[0] < 1:
        raise ValueError(
            f"x has shape {x.shape} and w has shape {w.shape}; expected (..., n, d) and "
            "(width, d) with width at least 1. Give one weight for each feature and step back."
        )
    return x, w


def _fitting_b(b, w):
    b = float_array(b, "b")
    if b.shape != w.shape[1:]:
        raise ValueError(
            f"b has shape {b.shape} and w has shape {w.shape}; expected b of shape "
            f"{w.shape[1:]}. Give one number for each feature."
        )
    return b


def _with_past(x, w, past):
    shape = (*x.shape[:-2], w.shape[0] - 1, x.shape[-1])
    past = np.zeros(shape, x.dtype) if past is None else float_array(past, "past")
    if past.shape != shape:
        raise ValueError(
            f"past has shape {past.shape}; expected {shape}, one row less than w has. "
            "Use convolution_past of what came before."
        )
    return np.concatenate([past, x], axis=-2)
