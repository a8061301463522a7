"""The linear map x w + b and its backward pass."""

import math

from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient


def linear_map(x, w, b=None):
    """`x @ w + b`, the same map for every row.

    Parameters
    ----------
    x : array_like, shape (..., d_in)
        Rows to map.
    w : array_like, shape (d_in, d_out)
        Weights: column j makes feature j of the output.
    b : array_like, shape (d_out,), optional
        Added to every row.

    Returns
    -------
    ndarray, shape (..., d_out)
        With d_in = 0 every row is b.

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    x, w = _fitting(x, w)
    out = (_flat(wide(x)) @ wide(w)).reshape(*x.shape[:-1], w.shape[1])
    if b is None:
        return narrowed(out, x, w)
    b = _fitting_b(b, w)
    return narrowed(out + b, x, w, b)


def linear_map_vjp(x, w, b, d_out):
    """Gradients of a loss in x, w and b, from its gradient in `linear_map(x, w, b)`.

    Parameters
    ----------
    x, w, b
        As given to `linear_map`.
    d_out : array_like, shape (..., d_out)
        Gradient of the loss with respect to the output.

    Returns
    -------
    d_x, d_w, d_b : ndarray
        Each with the shape of its input; d_b is None where b is. All rows add up in d_w and d_b.

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    x, w = _fitting(x, w)
    given = x, w, output_gradient(d_out, (*x.shape[:-1], w.shape[1]))
    b = None if b is None else _fitting_b(b, w)
    d_rows = _flat(wide(given[2]))
    d_x, d_w = (d_rows @ wide(w).T).reshape(x.shape), _flat(wide(x)).T @ d_rows
    d_b = None if b is None else narrowed(d_rows.sum(axis=0), *given)
    return narrowed(d_x, *given), narrowed(d_w, *given), d_b


def _fitting(x, w):
    x, w = float_array(x, "x"), float_array(w, "w")
    if x.ndim < 1 or w.ndim != 2 or x.shape[-1] != w.shape[0]:
        raise ValueError(
            f"x has shape {x.shape} and w has shape {w.shape}; expected (..., d_in) and "
            "(d_in, d_out). Give w one row for each feature of x."
        )
    return x, w


def _fitting_b(b, w):
    b = float_array(b, "b")
    if b.shape != w.shape[1:]:
        raise ValueError(
            f"b has shape {b.shape} and w has shape {w.shape}; expected b of shape "
            f"{w.shape[1:]}. Give one number for each column of w."
        )
    return b


def _flat(x):
    """All rows in one matrix: one large product is faster than one for each leading index."""
    return x.reshape(math.prod(x.shape[:-1]), x.shape[-1])
