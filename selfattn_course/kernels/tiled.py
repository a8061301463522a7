"""Attention tile by tile: the same numbers as `attention`, without ever holding n x n scores."""

import math
from dataclasses import dataclass

import numpy as np

from .attention import masked_scores
from .exponential import fast_exponential
from .softmax import logsumexp, softmax
from .tiles import (
    SAFE,
    add_bias,
    add_product,
    allowed,
    blocks,
    cap,
    column_blocks,
    each_head_block,
    exclude,
    longest,
    score_bound,
    tile_problem,
)


@dataclass(frozen=True)
class TiledTrace:
    """What the backward pass needs of the forward pass: O(n) numbers."""

    out: np.ndarray  # (..., n_q, d_v)
    log_normalizer: np.ndarray  # (..., n_q): log of the sum of exp(scores); -inf for an empty row


def tiled_attention(
    q, k, v, mask=None, *, bias=None, causal=False, offset=0, scale=None, softcap=None, threads=1
):
    """Attention with O(n) extra memory, by the online softmax.

    The softmax needs the sum of exp(scores) over all keys, but keys can be visited one tile at a
    time. For each query, keep a reference score m and, over the keys seen so far, two sums
    relative to it: l = sum(exp(s - m)) and the weighted values a = sum(exp(s - m) v). A new tile
    with scores s and values V adds to both::

        l <- l + sum(exp(s - m))
        a <- a + exp(s - m) V

    and at the end the output is a / l, in which m cancels: any m gives the same result, as long
    as exp neither overflows nor underflows. If a tile's scores rise too far above m, raise it by
    r first, and shrink both sums by the factor that this implies::

        l <- exp(-r) l,    a <- exp(-r) a,    m <- m + r

    The textbook form takes the running maximum for m and does this at every tile. Here m starts
    at 0 and moves only when scores leave [-30, 30]. For common inputs it never does, and the
    passes over the tile that would find and subtract the maximum are saved; where |q| |k| shows
    beforehand that it cannot, they need not even be looked for.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    v : array_like, shape (..., n_k, d_v)
        Values.
    mask : array_like of bool, broadcastable to (..., n_q, n_k), optional
        True where a query may attend to a key. Never expanded.
    bias : array_like, broadcastable to (..., n_q, n_k), optional
        Added to the scores. Never expanded.
    causal : bool
        Query i may attend to keys 0 to i + offset only; tiles beyond are skipped.
    offset : int
        Position of query 0 among the keys.
    scale : float, optional
        Factor on the dot products; 1 / sqrt(d) if not given.
    softcap : float, optional
        Bends scores into (-softcap, softcap) before bias and mask.
    threads : int
        How many blocks of queries to work on at once. More than one pays where BLAS itself
        runs on one thread (OPENBLAS_NUM_THREADS=1).

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
        As from `attention`, up to rounding; rows with nothing to attend to are 0. float16 is
        computed in float32 and rounded once.

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Milakov and Gimelshein (2018), algorithm 3; Rabe and Staats (2021); Dao et al. (2022),
    algorithm 1.
    """
    return tiled_attention_trace(
        q, k, v, mask, bias=bias, causal=causal, offset=offset, scale=scale, softcap=softcap,
        threads=threads,
    ).out  # fmt: skip


def tiled_attention_trace(
    q, k, v, mask=None, *, bias=None, causal=False, offset=0, scale=None, softcap=None, threads=1
):
    """The output of `tiled_attention`, and what `tiled_attention_vjp` needs besides.

    Parameters
    ----------
    q, k, v, mask, bias, causal, offset, scale, softcap, threads
        As in `tiled_attention`.

    Returns
    -------
    TiledTrace
        Its log_normalizer is the log of each row's sum of exp(scores), -inf for an empty row.

    Raises
    ------
    ValueError, TypeError
        As `tiled_attention`.

    References
    ----------
    Dao (2023), algorithm 1: one number per row suffices to restore the weights.
    """
    problem = tile_problem(q, k, v, mask, bias, causal, offset, scale, softcap)
    leading, n_q, d_v = problem.q.shape[:-2], problem.q.shape[-2], problem.v.shape[-1]
    out = np.empty((*leading, n_q, d_v), problem.dtype)
    log_normalizer = np.empty((*leading, n_q, 1), problem.work_dtype)

    def work(heads, memory):
        q, k, v = (problem.heads(array, heads) for array in (problem.q, problem.k, problem.v))
        k_t = np.swapaxes(k, -1, -2)
        if (
            n_q > problem.rows
        ):  # several blocks of queries use it, and BLAS is some 5 % faster on it
            k_t = np.ascontiguousarray(k_t)
        longest_k = longest(k)
        for rows in blocks(n_q, problem.rows):
            bound = score_bound(problem, q[:, rows], longest_k)
            if bound <= SAFE and problem.bias is None and problem.softcap is None:
                result = _attend_to_small_scores(problem, heads, rows, q, k_t, v, memory)
            elif bound < float(np.finfo(q.dtype).max):
                result = _attend(problem, heads, rows, q, k_t, v, memory)
            else:
                result = _attend_plainly(problem, heads, rows, q, k_t, v)
            out[heads][:, rows], log_normalizer[heads][:, rows] = result

    each_head_block(work, problem, threads, n_tiles=1)
    return TiledTrace(
        out.reshape(*problem.leading, n_q, d_v), log_normalizer.reshape(*problem.leading, n_q)
    )


def _attend(problem, heads, rows, q, k_t, v, memory):
    """One block of queries, tile by tile: the recurrence of `tiled_attention`."""
    q_rows = q[:, rows] * problem.scale
    sums, gathered = _nothing_seen(q_rows, v)
    reference = np.zeros_like(sums)
    for columns, scores, product in _tiles(problem, rows, q_rows, v, memory):
        np.matmul(q_rows, k_t[..., columns], out=scores)
        if problem.softcap is not None:
            cap(scores, problem.softcap)
        add_bias(scores, problem, heads, rows, columns)
        exclude(scores, -np.inf, problem, heads, rows, columns)
        if reference.any():
            with np.errstate(over="ignore"):  # far below: exp(-inf) = 0 is right
                scores -= reference
        top = scores.max()
        if not top < np.inf:  # an infinite bias, or one with which a score overflows
            return _attend_plainly(problem, heads, rows, q, k_t, v)
        if top > SAFE or (scores.min() < -SAFE and not sums.all()):
            _move_reference(scores, reference, sums, gathered)
        np.exp(scores, out=scores)
        sums += scores @ np.ones((scores.shape[-1], 1), v.dtype)
        add_product(gathered, scores, v[:, columns], product)
    if problem.bias is not None and not sums.all():  # empty rows, or sums that overflow to -inf
        return _attend_plainly(problem, heads, rows, q, k_t, v)
    return _normalized(gathered, sums, reference)


def _attend_to_small_scores(problem, heads, rows, q, k_t, v, memory):
    """The same where all scores are known to lie in [-30, 30]: the reference stays at 0."""
    exponential, unit = fast_exponential(v.dtype)
    q_rows = q[:, rows] * (problem.scale * unit)
    sums, gathered = _nothing_seen(q_rows, v)
    for columns, scores, product in _tiles(problem, rows, q_rows, v, memory):
        np.matmul(q_rows, k_t[..., columns], out=scores)
        exponential(scores, out=scores)
        exclude(scores, 0, problem, heads, rows, columns)
        sums += scores @ np.ones((scores.shape[-1], 1), v.dtype)
        add_product(gathered, scores, v[:, columns], product)
    return _normalized(gathered, sums, 0)


def _attend_plainly(problem, heads, rows, q, k_t, v):
    """The same by the plain kernel, which knows what overflow, NaN and infinity come to."""
    bias = None if problem.bias is None else problem.bias[heads][:, rows]
    scores = masked_scores(
        q[:, rows], np.swapaxes(k_t, -1, -2), allowed(problem, heads, rows),
        bias=bias, scale=problem.scale, softcap=problem.softcap,
    )  # fmt: skip
    return softmax(scores) @ v, logsumexp(scores)[..., None]


def _move_reference(scores, reference, sums, gathered):
    """Make the largest score of each row its reference; what was gathered shrinks to match.

    A row that has seen keys never lowers its reference, lest what it gathered overflow.
    """
    rise = scores.max(axis=-1, keepdims=True)
    rise = np.where(sums > 0, np.maximum(rise, 0), rise)
    rise[np.isneginf(rise)] = 0  # a row still without a key; avoids -inf - -inf
    shrink = np.exp(-np.maximum(rise, 0))
    with np.errstate(over="ignore"):  # far below: exp(-inf) = 0 is right
        scores -= rise
    reference += rise
    sums *= shrink
    gathered *= shrink


def _nothing_seen(q_rows, v):
    """The sum of exp(scores) and the weighted sum of values, before the first key."""
    shape = q_rows.shape[:-1]
    return np.zeros((*shape, 1), v.dtype), np.zeros((*shape, v.shape[-1]), v.dtype)


def _tiles(problem, rows, q_rows, v, memory):
    """For each tile of keys its columns, and memory for its scores and for its product with v."""
    shape = q_rows.shape[:-1]
    product = np.empty(math.prod(shape) * v.shape[-1], v.dtype)
    for columns in column_blocks(problem, rows):
        width = columns.stop - columns.start
        yield columns, memory[0, : math.prod(shape) * width].reshape(*shape, width), product


def _normalized(gathered, sums, reference):
    with np.errstate(divide="ignore"):  # log(0) = -inf is the answer for an empty row
        log_normalizer = reference + np.log(sums)
    gathered *= 1 / np.where(sums == 0, 1, sums)
    return gathered, log_normalizer
