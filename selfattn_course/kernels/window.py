"""Sliding-window attention by blocks: cost and memory grow with n * window, not with n * n."""

import operator

import numpy as np

from .masks import window_mask
from .pieces import attend_in_pieces, attend_in_pieces_vjp, checked_qkv

BLOCK = 64  # scores of 64 queries against a few hundred keys stay in a processor's cache


def window_attention(q, k, v, *, left, right, offset=0, scale=None, softcap=None, block=BLOCK):
    """Attention where query i, at position p = i + offset, sees keys p - left to p + right.

    Equal to `attention` with `window_mask`, but a block of queries meets only the keys near it.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    v : array_like, shape (..., n_k, d_v)
        Values.
    left, right : int
        How far a query sees to each side; right = 0 is causal.
    offset : int or array_like of int, shape (...)
        Position of query 0 among the keys. Where offsets differ, the keys between the smallest
        and the largest are computed for all.
    scale, softcap : float, optional
        As in `attention`.
    block : int
        Queries per step. Changes speed and memory, not the result.

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
        Rows with no key in reach are 0. Beyond the result, memory is taken for the scores of one
        block only. A value that is NaN spreads to the queries whose block meets it.

    Raises
    ------
    ValueError
        If shapes disagree, or left, right or block is negative.
    TypeError
        If left or right is None: without a limit the cost would be n_q * n_k.

    References
    ----------
    Beltagy, Peters and Cohan (2020), section 3.1.
    """
    q, k, v = checked_qkv(q, k, v)
    window = {"left": left, "right": right, "offset": offset}
    pieces = _pieces(q.shape[-2], k.shape[-2], **window, block=block)
    return attend_in_pieces(q, k, v, pieces, leading=np.shape(offset), scale=scale, softcap=softcap)


def window_attention_vjp(
    q, k, v, d_out, *, left, right, offset=0, scale=None, softcap=None, block=BLOCK
):
    """Gradients of a loss in q, k and v, from its gradient in the output of `window_attention`.

    Parameters
    ----------
    q, k, v, left, right, offset, scale, softcap, block
        As given to `window_attention`.
    d_out : array_like, shape (..., n_q, d_v)
        Gradient of the loss with respect to the output.

    Returns
    -------
    dq, dk, dv : ndarray
        Each with the shape of its input. A key that no query reaches gets gradient 0.

    Raises
    ------
    ValueError, TypeError
        As `window_attention`; also if d_out has another shape than the output.

    References
    ----------
    Beltagy, Peters and Cohan (2020), section 3.1, differentiated.
    """
    q, k, v = checked_qkv(q, k, v)
    window = {"left": left, "right": right, "offset": offset}
    pieces = _pieces(q.shape[-2], k.shape[-2], **window, block=block)
    return attend_in_pieces_vjp(
        q, k, v, d_out, pieces, leading=np.shape(offset), scale=scale, softcap=softcap
    )


def window_slices(n_q, n_k, *, left, right, offset=0, block=BLOCK):
    """Blocks of queries, and for each the range of keys that some query in it reaches.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys.
    left, right, offset, block
        As in `window_attention`.

    Returns
    -------
    list of (slice, slice)
        Rows and keys. The ranges of keys overlap; one may be empty.

    Raises
    ------
    ValueError, TypeError
        As `window_attention`.
    """
    _check_reach(left=left, right=right)
    window_mask(0, left=left, right=right, offset=offset)  # its errors, before any block
    block = operator.index(block)
    if block < 1:
        raise ValueError(f"block is {block}; expected 1 or more. Leave it out if in doubt.")
    offsets = np.ravel(offset).tolist() or [0]
    slices = []
    for first in range(0, n_q, block):
        end = min(first + block, n_q)
        start = min(max(first + min(offsets) - left, 0), n_k)
        stop = max(min(end + max(offsets) + right, n_k), start)
        slices.append((slice(first, end), slice(start, stop)))
    return slices


def _check_reach(**reaches):
    for name, reach in reaches.items():
        if reach is None:
            raise TypeError(
                f"{name} is None; expected how many keys a query sees to that side. "
                "Without a limit, use tiled_attention."
            )


def _pieces(n_q, n_k, *, left, right, offset, block):
    slices = window_slices(n_q, n_k, left=left, right=right, offset=offset, block=block)
    offset = np.asarray(offset, np.int64)  # small integers would wrap around
    for rows, keys in slices:
        sizes = rows.stop - rows.start, keys.stop - keys.start
        moved = offset + (rows.start - keys.start)
        yield rows, keys, window_mask(*sizes, left=left, right=right, offset=moved)
