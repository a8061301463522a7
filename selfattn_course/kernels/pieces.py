"""Attention piece by piece: some queries at a time, with only the keys that they may see."""

import numpy as np

from .attention import attention, broadcast_shape, check_queries_and_keys, check_values
from .attention_vjp import attention_vjp, check_d_out
from .inputs import float_array, wide


def attend_in_pieces(q, k, v, pieces, *, leading=(), scale=None, softcap=None):
    """Attention whose scores exist for one piece at a time.

    Parameters
    ----------
    q, k, v : ndarray
        As from `checked_qkv`.
    pieces : iterable of (slice, slice or ndarray of int, ndarray of bool or None)
        Rows of q, the keys they see, and a mask for just those. Together the rows cover q; a
        key may occur in many pieces, but only once in each.
    leading : tuple of int
        Leading axes of the masks.
    scale, softcap
        As in `attention`.

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
    """
    out = np.empty((*_leading(q, k, v, leading), q.shape[-2], v.shape[-1]), np.result_type(q, k, v))
    for rows, keys, mask in pieces:
        out[..., rows, :] = attention(
            q[..., rows, :], _at(k, keys), _at(v, keys), mask, scale=scale, softcap=softcap
        )
    return out


def attend_in_pieces_vjp(q, k, v, d_out, pieces, *, leading=(), scale=None, softcap=None):
    """Gradients in q, k and v: those of the pieces, added up where pieces share keys.

    Parameters
    ----------
    q, k, v, pieces, leading, scale, softcap
        As given to `attend_in_pieces`.
    d_out : array_like, shape (..., n_q, d_v)
        Gradient of the loss with respect to the output.

    Returns
    -------
    dq, dk, dv : ndarray
        Each with the shape of its input.

    Raises
    ------
    ValueError
        If d_out has another shape than the output.
    """
    d_out = float_array(d_out, "d_out")
    weights_shape = (*_leading(q, k, v, leading), q.shape[-2], k.shape[-2])
    check_d_out(d_out, weights_shape, v.shape)
    dtype, q, k, v = np.result_type(q, k, v), wide(q), wide(k), wide(v)
    dq, dk, dv = (np.zeros(x.shape, np.result_type(q, k, v)) for x in (q, k, v))
    for rows, keys, mask in pieces:
        dq[..., rows, :], of_keys, of_values = attention_vjp(
            q[..., rows, :],
            _at(k, keys),
            _at(v, keys),
            d_out[..., rows, :],
            mask,
            scale=scale,
            softcap=softcap,
        )
        dk[..., keys, :] += of_keys
        dv[..., keys, :] += of_values
    return tuple(gradient.astype(dtype, copy=False) for gradient in (dq, dk, dv))


def checked_qkv(q, k, v):
    """q, k and v as float arrays whose shapes fit together, or an error."""
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    check_queries_and_keys(q, k)
    check_values(v, k.shape[-2], np.broadcast_shapes(q.shape[:-2], k.shape[:-2]))
    return q, k, v


def _at(x, keys):
    """Rows of x: a view for a slice, a copy in memory order for indices."""
    return x[..., keys, :] if isinstance(keys, slice) else np.take(x, keys, axis=-2)


def _leading(q, k, v, leading):
    """Leading axes of the result; those of the arrays are known to fit each other."""
    of_arrays = np.broadcast_shapes(q.shape[:-2], k.shape[:-2], v.shape[:-2])
    if not broadcast_shape(of_arrays, leading):
        raise ValueError(
            f"offset has shape {leading} for leading axes {of_arrays} of q, k and v; expected one "
            "that broadcasts to them. Give one offset for each sequence, or one for all."
        )
    return np.broadcast_shapes(of_arrays, leading)
