"""Relative positions as learned vectors that are added to the keys."""

import numpy as np

from .attention import broadcast_shape, default_scale
from .broadcasting import sum_to_shape
from .inputs import float_array, narrowed, wide
from .relative import relative_positions
from .scatter import sums_by_index


def relative_key_bias(q, table, n_k, *, scale=None, offset=0):
    """What learned vectors, added to the keys by distance, contribute to the scores.

    A score q_i (k_j + a_ij) splits into q_i k_j, which attention computes, and q_i a_ij, which is
    this bias. Each query meets every row of the table once, not every pair of positions.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    table : array_like, shape (..., 2 * reach + 1, d)
        Row r is the vector for the distance r - reach, from key `reach` before the query to key
        `reach` after it; keys further away use the first or the last row.
    n_k : int
        Number of keys.
    scale : float, optional
        Factor on the dot products, as in `attention`; 1 / sqrt(d) if not given.
    offset : int
        Position of query 0 among the keys.

    Returns
    -------
    ndarray, shape (..., n_q, n_k)
        Pass it to `attention` as bias.

    Raises
    ------
    ValueError
        If the table has an even number of rows, or shapes disagree.

    References
    ----------
    Shaw, Uszkoreit and Vaswani (2018), eq. 4 and 5.
    """
    q, table, scale = _checked(q, table, scale)
    rows = _table_rows(q.shape[-2], n_k, table.shape[-2], offset)
    by_distance = narrowed((wide(q) * scale) @ np.swapaxes(wide(table), -1, -2), q, table)
    return by_distance[..., np.arange(q.shape[-2])[:, None], rows]


def relative_key_bias_vjp(q, table, n_k, d_bias, *, scale=None, offset=0):
    """Gradients of a loss in q and the table, from its gradient in `relative_key_bias`.

    Parameters
    ----------
    q, table, n_k, scale, offset
        As given to `relative_key_bias`.
    d_bias : array_like, shape (..., n_q, n_k)
        Gradient of the loss with respect to the bias, such as `attention_bias_vjp`.

    Returns
    -------
    dq, d_table : ndarray
        Each with the shape of its input. Add dq to what `attention_vjp` gives for q.

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Shaw, Uszkoreit and Vaswani (2018), eq. 4 and 5, differentiated.
    """
    q, table, scale = _checked(q, table, scale)
    d_bias = float_array(d_bias, "d_bias")
    n_q, n_rows = q.shape[-2], table.shape[-2]
    expected = (*np.broadcast_shapes(q.shape[:-2], table.shape[:-2]), n_q, n_k)
    if d_bias.shape != expected:
        raise ValueError(
            f"d_bias has shape {d_bias.shape}; expected {expected}, the shape of the bias. "
            "Sum it over the axes along which the bias was broadcast."
        )
    entries = _table_rows(n_q, n_k, n_rows, offset) + n_rows * np.arange(n_q)[:, None]
    d_scores = sums_by_index(wide(d_bias), entries, n_q * n_rows)
    d_scores = d_scores.reshape(*d_bias.shape[:-1], n_rows)
    dq = sum_to_shape(d_scores @ wide(table) * scale, q.shape)
    d_table = sum_to_shape(np.swapaxes(d_scores, -1, -2) @ wide(q) * scale, table.shape)
    return narrowed(dq, q, table, d_bias), narrowed(d_table, q, table, d_bias)


def _table_rows(n_q, n_k, n_rows, offset):
    if np.ndim(offset):
        raise TypeError(
            f"offset has shape {np.shape(offset)}; expected one integer for all sequences. "
            "Call once for each offset."
        )
    reach = n_rows // 2
    return np.clip(relative_positions(n_q, n_k, offset=offset), -reach, reach) + reach


def _checked(q, table, scale):
    q, table = float_array(q, "q"), float_array(table, "table")
    if q.ndim < 2 or table.ndim < 2 or q.shape[-1] != table.shape[-1] or table.shape[-2] % 2 == 0:
        raise ValueError(
            f"q has shape {q.shape} and table {table.shape}; expected (..., n_q, d) and "
            "(..., 2 * reach + 1, d). Give one row for each distance from -reach to reach."
        )
    if not broadcast_shape(q.shape[:-2], table.shape[:-2]):
        raise ValueError(
            f"q has shape {q.shape} and table {table.shape}; expected leading axes that broadcast, "
            "equal or 1. Give every head its table, or one for all."
        )
    return q, table, default_scale(q.shape[-1]) if scale is None else float(scale)
