"""Attention with one more key and value, learned instead of made from a token."""

import numpy as np

from .attention import (
    attention,
    broadcast_shape,
    check_queries_and_keys,
    check_values,
    fitting_bias,
    fitting_mask,
)
from .attention_vjp import attention_vjp
from .broadcasting import sum_to_shape
from .inputs import float_array


def null_key_attention(q, k, v, null_k, null_v, mask=None, *, bias=None, scale=None, softcap=None):
    """Attention in which every query may also attend to a null key, whatever the mask says.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    v : array_like, shape (..., n_k, d_v)
        Values.
    null_k : array_like, shape (..., d)
        The null key, usually one for each head, shape (h, d).
    null_v : array_like, shape (..., d_v)
        Its value.
    mask, bias, scale, softcap
        As in `attention`. Mask and bias do not act on the null key.

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
        Rows with nothing else to attend to are null_v.

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    The `add_bias_kv` of PyTorch's nn.MultiheadAttention.
    """
    q, k, v, mask, bias = _with_null(q, k, v, null_k, null_v, mask, bias)
    return attention(q, k, v, mask, bias=bias, scale=scale, softcap=softcap)


def null_key_attention_vjp(
    q, k, v, null_k, null_v, d_out, mask=None, *, bias=None, scale=None, softcap=None
):
    """Gradients of a loss in the arrays, from its gradient in `null_key_attention`.

    Parameters
    ----------
    q, k, v, null_k, null_v, mask, bias, scale, softcap
        As given to `null_key_attention`.
    d_out : array_like, shape (..., n_q, d_v)
        Gradient of the loss with respect to the output.

    Returns
    -------
    dq, dk, dv, d_null_k, d_null_v : ndarray
        Each with the shape of its input.

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    The `add_bias_kv` of PyTorch's nn.MultiheadAttention, differentiated.
    """
    shapes = [np.shape(x) for x in (k, v, null_k, null_v)]
    q, k, v, mask, bias = _with_null(q, k, v, null_k, null_v, mask, bias)
    dq, dk, dv = attention_vjp(q, k, v, d_out, mask, bias=bias, scale=scale, softcap=softcap)
    parts = dk[..., :-1, :], dv[..., :-1, :], dk[..., -1, :], dv[..., -1, :]
    return dq, *(sum_to_shape(part, shape) for part, shape in zip(parts, shapes, strict=True))


def with_last_row(x, row, name):
    """`x` (..., n, d) with `row` (..., d) as one more row; leading axes broadcast."""
    if row.ndim < 1 or row.shape[-1] != x.shape[-1]:
        raise ValueError(
            f"{name} has shape {row.shape}; expected (..., {x.shape[-1]}), as long as the rows "
            f"beside it. Give one {name} for each head."
        )
    if not broadcast_shape(x.shape[:-2], row.shape[:-1]):
        raise ValueError(
            f"{name} has shape {row.shape} for rows of shape {x.shape}; expected leading axes that "
            f"broadcast to {x.shape[:-2]}. Give one {name} for each head."
        )
    row = row[..., None, :]
    leading = np.broadcast_shapes(x.shape[:-2], row.shape[:-2])
    x, row = (np.broadcast_to(a, (*leading, *a.shape[-2:])) for a in (x, row))
    return np.concatenate([x, row], axis=-2)


def with_last_column(x, column, n_k):
    """`x`, broadcastable to (..., n_q, n_k), with one more column; leading axes broadcast."""
    rows = np.broadcast_shapes(x.shape[:-1], column.shape[:-1])
    x, column = np.broadcast_to(x, (*rows, n_k)), np.broadcast_to(column, (*rows, 1))
    return np.concatenate([x, column], axis=-1)


def scores_shape(q, k, v):
    """Shape of the scores of q and k, or an error; v is checked against it."""
    check_queries_and_keys(q, k)
    leading = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    check_values(v, k.shape[-2], leading)
    return (*leading, q.shape[-2], k.shape[-2])


def _with_null(q, k, v, null_k, null_v, mask, bias):
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    null_k, null_v = float_array(null_k, "null_k"), float_array(null_v, "null_v")
    shape = scores_shape(q, k, v)
    if mask is not None:
        mask = with_last_column(fitting_mask(mask, shape), np.ones((1, 1), bool), shape[-1])
    if bias is not None:
        bias = fitting_bias(bias, shape)
        bias = with_last_column(bias, np.zeros((1, 1), bias.dtype), shape[-1])
    return q, with_last_row(k, null_k, "null_k"), with_last_row(v, null_v, "null_v"), mask, bias
