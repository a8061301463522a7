"""The backward pass of tiled attention: weights are computed again, tile by tile."""

import math

import numpy as np

from .attention_vjp import attention_vjp, check_d_out
from .broadcasting import sum_to_shape
from .exponential import fast_exponential
from .inputs import float_array
from .tiled import tiled_attention_trace
from .tiles import (
    COLUMNS,
    SAFE,
    add_bias,
    add_product,
    allowed,
    blocks,
    each_head_block,
    exclude,
    longest,
    row_blocks,
    score_bound,
    tile_problem,
)


def tiled_attention_vjp(
    q, k, v, d_out, trace, mask=None, *, bias=None, causal=False, offset=0, scale=None,
    softcap=None, threads=1,
):  # fmt: skip
    """Gradients of a loss in q, k and v, from its gradient in the output of `tiled_attention`.

    With the log-normalizer L of each row kept from the forward pass, a tile of weights is
    P = exp(S - L) at once, without a second sweep over the keys. The rest is `attention_vjp` on
    one tile: dV += P^T dO and, with dS = P * (dO V^T - D), dQ += scale dS K, dK += scale dS^T Q.
    D, the row sum of P * dP in the softmax's own backward pass, needs no weights: it is the row
    sum of dO * O, because O = P V. Both -L and -D are one more column of a product.

    Parameters
    ----------
    q, k, v, mask, bias, causal, offset, scale, softcap, threads
        As given to `tiled_attention_trace`.
    d_out : array_like, shape (..., n_q, d_v)
        Gradient of the loss with respect to the output.
    trace : TiledTrace
        What `tiled_attention_trace` returned for these arguments.

    Returns
    -------
    dq, dk, dv : ndarray
        Each with the shape of its input.

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Dao et al. (2022), algorithm 4.
    """
    problem = tile_problem(q, k, v, mask, bias, causal, offset, scale, softcap)
    d_out, shapes = float_array(d_out, "d_out"), [np.shape(array) for array in (q, k, v)]
    check_d_out(d_out, (*problem.leading, shapes[0][-2], shapes[1][-2]), shapes[2])
    if trace.out.shape != d_out.shape:
        raise ValueError(
            f"trace has an output of shape {trace.out.shape}; expected {d_out.shape}. "
            "Pass what tiled_attention_trace returned for the same arguments."
        )
    if problem.dtype != problem.work_dtype:  # the output was rounded to float16: make it again
        wider = [x.astype(problem.work_dtype) for x in (problem.q, problem.k, problem.v)]
        trace = tiled_attention_trace(
            *wider, problem.mask, bias=problem.bias, causal=causal, offset=offset, scale=scale,
            softcap=softcap, threads=threads,
        )  # fmt: skip
    leading = problem.q.shape[:-2]
    d_out = d_out.reshape(*leading, *d_out.shape[-2:])
    out = trace.out.reshape(d_out.shape)
    log_normalizer = trace.log_normalizer.reshape(d_out.shape[:-1])
    gradients = [np.zeros(x.shape, problem.work_dtype) for x in (problem.q, problem.k, problem.v)]

    def work(heads, memory):
        arrays = [problem.heads(x, heads) for x in (problem.q, problem.k, problem.v, d_out, out)]
        bound = score_bound(problem, arrays[0], longest(arrays[1]))
        of_heads = [gradient[heads] for gradient in gradients]
        if _is_tame(problem, bound, log_normalizer[heads]):
            small = bound <= SAFE and problem.bias is None
            _back(problem, heads, *arrays, log_normalizer[heads], *of_heads, memory, small)
        else:
            _back_plainly(problem, heads, *arrays[:4], *of_heads)

    each_head_block(work, problem, threads, n_tiles=2)
    whole = [gradient.reshape(*problem.leading, *gradient.shape[-2:]) for gradient in gradients]
    sums = (sum_to_shape(gradient, shape) for gradient, shape in zip(whole, shapes, strict=True))
    return tuple(gradient.astype(problem.dtype, copy=False) for gradient in sums)


def _back(problem, heads, q, k, v, d_out, out, log_normalizer, dq, dk, dv, memory, small):
    """Add the gradients of one block of heads to dq, dk and dv, tile by tile.

    `small` says that all scores are known to lie in [-30, 30].
    """
    exponential, unit = fast_exponential(q.dtype) if small else (np.exp, 1.0)
    normalizer = np.where(np.isneginf(log_normalizer), 0, log_normalizer)[..., None]
    row_sums = np.vecdot(d_out, out)[..., None]
    q_column = np.concatenate([q * (problem.scale * unit), -normalizer * unit], axis=-1)
    d_out_column = np.concatenate([d_out, -row_sums], axis=-1)
    k_t, v_t = _with_ones(k), _with_ones(v)
    for rows, columns, weights, d_scores, product in _tiles(problem, q, k, v, memory):
        np.matmul(q_column[:, rows], k_t[..., columns], out=weights)  # scores - normalizer
        if small:
            exponential(weights, out=weights)
            exclude(weights, 0, problem, heads, rows, columns)
        else:
            add_bias(weights, problem, heads, rows, columns)
            exclude(weights, -np.inf, problem, heads, rows, columns)
            np.exp(weights, out=weights)
        add_product(dv[:, columns], np.swapaxes(weights, -1, -2), d_out[:, rows], product)
        np.matmul(d_out_column[:, rows], v_t[..., columns], out=d_scores)  # d_weights - row sum
        d_scores *= weights
        add_product(dq[:, rows], d_scores, k[:, columns], product)
        add_product(dk[:, columns], np.swapaxes(d_scores, -1, -2), q[:, rows], product)
    dq *= problem.scale
    dk *= problem.scale


def _back_plainly(problem, heads, q, k, v, d_out, dq, dk, dv):
    """The same by the plain kernel, one block of queries at a time: O(n) memory still."""
    for rows in blocks(q.shape[-2], problem.rows):
        dq[:, rows], dk_part, dv_part = attention_vjp(
            q[:, rows], k, v, d_out[:, rows], allowed(problem, heads, rows),
            bias=None if problem.bias is None else problem.bias[heads][:, rows],
            scale=problem.scale, softcap=problem.softcap,
        )  # fmt: skip
        dk += dk_part
        dv += dv_part


def _is_tame(problem, bound, log_normalizer):
    """Whether scores are small enough for scores - normalizer to keep some digits.

    Both round off their own way; the plain kernel subtracts what it rounded itself. It also
    knows the slope of the soft cap.
    """
    largest = 1e-3 / np.finfo(problem.work_dtype).eps
    sizes = np.abs(log_normalizer[~np.isneginf(log_normalizer)])
    return problem.softcap is None and bound < largest and sizes.max(initial=0) < largest


def _with_ones(x):
    """x transposed, with a row of ones below: a product with it adds the other's last column."""
    return np.concatenate([np.swapaxes(x, -1, -2), np.ones((len(x), 1, x.shape[-2]), x.dtype)], -2)


def _tiles(problem, q, k, v, memory):
    """Rows and columns of every tile, and memory for two tiles and for a product."""
    n_q, n_k, d = q.shape[-2], k.shape[-2], max(k.shape[-1], v.shape[-1])
    product = np.empty(len(q) * max(min(problem.rows, n_q), min(COLUMNS, n_k)) * d, q.dtype)
    for columns in blocks(n_k, COLUMNS):
        for rows in row_blocks(problem, columns):
            shape = (len(q), rows.stop - rows.start, columns.stop - columns.start)
            weights, d_scores = memory[:, : math.prod(shape)].reshape(2, *shape)
            yield rows, columns, weights, d_scores, product
