"""Attention to a chosen set of blocks: what the layout does not list is never computed."""

import operator

import numpy as np

from .layouts import checked_layout
from .pieces import attend_in_pieces, attend_in_pieces_vjp, checked_qkv


def block_sparse_attention(
    q, k, v, layout, *, block, causal=False, offset=0, scale=None, softcap=None
):
    """Attention where a boolean layout says which blocks of keys a block of queries sees.

    Equal to `attention` with `layout_mask`, at the cost of the listed blocks only.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    v : array_like, shape (..., n_k, d_v)
        Values.
    layout : array_like of bool, shape (ceil(n_q / block), ceil(n_k / block))
        True where the block of queries sees the block of keys.
    block : int
        Rows in a block; the last may be shorter.
    causal : bool
        Within listed blocks, query i sees keys 0 to i + offset only; blocks that lie beyond
        are skipped.
    offset : int
        Position of query 0 among the keys; matters only where causal.
    scale, softcap : float, optional
        As in `attention`.

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
        Rows whose blocks hold no key are 0. Beyond the result, memory is taken for one row of
        blocks. A value that is NaN spreads to the blocks of queries that see its block.

    Raises
    ------
    ValueError
        If shapes disagree, or block is not positive.
    TypeError
        If the layout is not boolean.

    References
    ----------
    Child et al. (2019), section 4; Zaheer et al. (2020), section 2.
    """
    q, k, v = checked_qkv(q, k, v)
    pieces = _pieces(layout, q.shape[-2], k.shape[-2], block, causal, offset)
    return attend_in_pieces(q, k, v, pieces, scale=scale, softcap=softcap)


def block_sparse_attention_vjp(
    q, k, v, d_out, layout, *, block, causal=False, offset=0, scale=None, softcap=None
):
    """Gradients of a loss in q, k and v, from its gradient in `block_sparse_attention`.

    Parameters
    ----------
    q, k, v, layout, block, causal, offset, scale, softcap
        As given to `block_sparse_attention`.
    d_out : array_like, shape (..., n_q, d_v)
        Gradient of the loss with respect to the output.

    Returns
    -------
    dq, dk, dv : ndarray
        Each with the shape of its input. Keys in blocks that nobody sees get gradient 0.

    Raises
    ------
    ValueError, TypeError
        As `block_sparse_attention`; also if d_out has another shape than the output.

    References
    ----------
    Child et al. (2019), section 4, differentiated.
    """
    q, k, v = checked_qkv(q, k, v)
    pieces = _pieces(layout, q.shape[-2], k.shape[-2], block, causal, offset)
    return attend_in_pieces_vjp(q, k, v, d_out, pieces, scale=scale, softcap=softcap)


def layout_slices(layout, n_q, n_k, *, block, causal=False, offset=0):
    """Blocks of queries, and for each the keys it meets.

    Parameters
    ----------
    layout : array_like of bool, shape (ceil(n_q / block), ceil(n_k / block))
        True where the block of queries sees the block of keys.
    n_q, n_k : int
        Numbers of queries and keys.
    block, causal, offset
        As in `block_sparse_attention`.

    Returns
    -------
    list of (slice, ndarray of int)
        Rows, and the keys of all their blocks in ascending order; there may be none.

    Raises
    ------
    ValueError, TypeError
        As `block_sparse_attention`.
    """
    layout, offset = checked_layout(layout, n_q, n_k, block), _checked_offset(offset)
    block_of_key = np.arange(n_k) // block
    slices = []
    for index, listed in enumerate(layout):
        rows = slice(index * block, min((index + 1) * block, n_q))
        keys = np.flatnonzero(listed[block_of_key])
        if causal:
            reached = -(-max(rows.stop + offset, 0) // block)  # blocks that begin within reach
            keys = keys[: np.searchsorted(keys, reached * block)]
        slices.append((rows, keys))
    return slices


def _checked_offset(offset):
    try:
        return operator.index(offset)
    except TypeError:
        raise TypeError(
            f"offset is {offset!r}; expected one integer, the position of query 0 among the keys. "
            "Where sequences differ in it, call once for each."
        ) from None


def _pieces(layout, n_q, n_k, block, causal, offset):
    slices = layout_slices(layout, n_q, n_k, block=block, causal=causal, offset=offset)
    for rows, keys in slices:
        positions = np.arange(rows.start, rows.stop)[:, None] + offset
        yield rows, keys, keys <= positions if causal else None
