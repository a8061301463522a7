"""Rotary positions: queries and keys turned by their position, so that scores see distances."""

import numpy as np

from .attention import broadcast_shape
from .broadcasting import sum_to_shape
from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient
from .sinusoidal import position_angles


def rotary_embedding(x, positions, *, n_rotated=None, base=10000.0, interleaved=False):
    """Turn each pair of features of x by an angle proportional to its position.

    Turn queries and keys this way, and their dot products depend on the distance between their
    positions only.

    Parameters
    ----------
    x : array_like, shape (..., n, d)
        Queries or keys.
    positions : array_like, broadcastable to (..., n)
        Position of each row of x, such as np.arange(n).
    n_rotated : int, optional
        Turn the first n_rotated features and keep the rest; all of them if not given.
    base : float
        Pair i turns by `base ** (-2 i / n_rotated)` radians per position.
    interleaved : bool
        Which features form pair i: 2 i and 2 i + 1 if True; i and i + n_rotated / 2 if False.
        Weights trained with one of the layouts are wrong for the other.

    Returns
    -------
    ndarray, shape (..., n, d)
        Rows keep their length.

    Raises
    ------
    ValueError
        If n_rotated is odd or larger than d, or positions do not fit.

    References
    ----------
    Su et al. (2021), eq. 15 for the interleaved pairs.
    """
    x = float_array(x, "x")
    cos, sin = _cos_sin(x, positions, n_rotated, base)
    return narrowed(rotate_pairs(wide(x), cos, sin, interleaved=interleaved), x)


def rotary_embedding_vjp(x, positions, d_out, *, n_rotated=None, base=10000.0, interleaved=False):
    """Gradient of a loss in x, from its gradient in `rotary_embedding`: turned back.

    Parameters
    ----------
    x, positions, n_rotated, base, interleaved
        As given to `rotary_embedding`; of x only shape and dtype matter.
    d_out : array_like, shape (..., n, d)
        Gradient of the loss with respect to the output.

    Returns
    -------
    ndarray, shape of x

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Su et al. (2021), eq. 15: the transpose of a rotation is its inverse.
    """
    x = float_array(x, "x")
    cos, sin = _cos_sin(x, positions, n_rotated, base)
    _check_pairs(x, cos, sin)
    rows = np.broadcast_shapes(x.shape[:-1], cos.shape[:-1])
    d_out = output_gradient(d_out, (*rows, x.shape[-1]))
    d_x = rotate_pairs(wide(d_out), cos, -sin, interleaved=interleaved)
    return narrowed(sum_to_shape(d_x, x.shape), x, d_out)


def rotate_pairs(x, cos, sin, *, interleaved=False):
    """Turn pairs of features by angles whose cosines and sines are given.

    Parameters
    ----------
    x : array_like, shape (..., n, d)
        Vectors to turn.
    cos, sin : array_like, shape (..., n, m)
        Of the angle of each pair; the first 2 m features are turned, the others kept.
    interleaved : bool
        Which features form pair i: 2 i and 2 i + 1 if True, i and i + m if False.

    Returns
    -------
    ndarray, shape (..., n, d)

    Raises
    ------
    ValueError
        If x has fewer than 2 m features, or other shapes disagree.

    References
    ----------
    Su et al. (2021), eq. 34.
    """
    x, cos, sin = float_array(x, "x"), float_array(cos, "cos"), float_array(sin, "sin")
    m, given = _check_pairs(x, cos, sin), (x, cos, sin)
    x, cos, sin = wide(x), wide(cos), wide(sin)
    if interleaved:
        first, second = slice(0, 2 * m, 2), slice(1, 2 * m, 2)
    else:
        first, second = slice(0, m), slice(m, 2 * m)
    shape = (*np.broadcast_shapes(x.shape[:-1], cos.shape[:-1]), x.shape[-1])
    out = np.empty(shape, np.result_type(x, cos, sin))
    out[..., first] = x[..., first] * cos - x[..., second] * sin
    out[..., second] = x[..., first] * sin + x[..., second] * cos
    out[..., 2 * m :] = x[..., 2 * m :]
    return narrowed(out, *given)


def _cos_sin(x, positions, n_rotated, base):
    """Of all angles, in the real dtype of x, float32 at least; computed in float64."""
    if x.ndim < 2:
        raise ValueError(
            f"x has shape {x.shape}; expected (..., n, d). "
            "Write a single vector as one row: x[None, :]."
        )
    angles = position_angles(positions, x.shape[-1] if n_rotated is None else n_rotated, base=base)
    dtype = wide(x[..., :0]).real.dtype
    return np.cos(angles).astype(dtype), np.sin(angles).astype(dtype)


def _check_pairs(x, cos, sin):
    """The number of pairs, m, if all shapes fit."""
    if cos.shape != sin.shape or cos.ndim < 1 or x.ndim < 2 or 2 * cos.shape[-1] > x.shape[-1]:
        raise ValueError(
            f"x has shape {x.shape}, cos {cos.shape} and sin {sin.shape}; expected (..., n, d) "
            "and (..., n, m) with 2 m at most d. Give one cosine and one sine for each pair."
        )
    rows = broadcast_shape(x.shape[:-1], cos.shape[:-1])
    if not rows or rows[-1] != x.shape[-2]:
        raise ValueError(
            f"x has shape {x.shape} for angles of shape {cos.shape}; expected {x.shape[-2]} rows "
            "of angles. Give one position for each row of x."
        )
    return cos.shape[-1]
