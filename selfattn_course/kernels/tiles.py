"""How tiled attention cuts its work: blocks of heads and queries, tiles of keys."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from .attention import (
    check_queries_and_keys,
    check_softcap,
    check_values,
    default_scale,
    fitting_bias,
    fitting_mask,
    result_dtype,
)
from .inputs import float_array

# A tile of 512 x 256 float32 scores is 512 KiB: it stays in a level-2 cache while exp and the two
# products pass over it, and its products are large enough for BLAS to run at full speed.
ROWS, COLUMNS = 512, 256

# Up to here scores need no reference: exp(30) * n is far from overflow and exp(-30) far from
# underflow, in float32 as in float64.
SAFE = 30.0


@dataclass(frozen=True)
class TileProblem:
    """Arguments of attention, checked, with equal leading axes (views: nothing is copied).

    The arrays have at least one leading axis, so that a block of heads is a slice of the last.
    """

    leading: tuple  # of the result; () where the arrays have one axis more
    q: np.ndarray
    k: np.ndarray
    v: np.ndarray
    mask: np.ndarray | None
    bias: np.ndarray | None
    causal: bool
    offset: int
    scale: float
    softcap: float | None
    dtype: np.dtype  # of the result

    @property
    def work_dtype(self):
        """float16 is computed in float32, which BLAS and exp are made for."""
        return np.promote_types(self.dtype, np.float32)

    @property
    def rows(self):
        """Queries in a block."""
        return block_rows(self.q.shape[-2], self.causal)

    def heads(self, array, block):
        """One block of heads of an array, shape (heads, n, d), ready to compute with."""
        return array[block].astype(self.work_dtype, copy=False)


def tile_problem(q, k, v, mask, bias, causal, offset, scale, softcap):
    """Check the arguments of attention as the plain kernel does, and align their leading axes."""
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    check_queries_and_keys(q, k)
    grid = (q.shape[-2], k.shape[-2])
    leading = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    mask = None if mask is None else fitting_mask(mask, (*leading, *grid))
    bias = None if bias is None else fitting_bias(bias, (*leading, *grid))
    check_values(v, k.shape[-2], leading)
    if not isinstance(offset, (int, np.integer)):
        raise TypeError(
            f"offset is {offset}; expected an integer. "
            "Pass offsets that differ between sequences as a mask: causal_mask(..., offset=...)."
        )
    dtype = result_dtype(q, k, v, bias)
    if softcap is not None:
        softcap = check_softcap(softcap, np.promote_types(dtype, np.float32))
    arrays = [array for array in (q, k, v, mask, bias) if array is not None]
    leading = np.broadcast_shapes(*(array.shape[:-2] for array in arrays))

    whole = leading or (1,)

    def aligned(array, last_two):
        if array is None or array.shape == (*whole, *last_two):
            return array
        return np.broadcast_to(array, (*whole, *last_two))

    return TileProblem(
        leading,
        *(aligned(array, array.shape[-2:]) for array in (q, k, v)),
        *(aligned(array, grid) for array in (mask, bias)),
        causal=causal,
        offset=offset,
        scale=default_scale(q.shape[-1]) if scale is None else float(scale),
        softcap=softcap,
        dtype=dtype,
    )


def longest(vectors):
    """Length of the longest vector, or a little more; NaN or infinite if a number is, or complex,
    or too large to square.
    """
    if vectors.dtype.kind == "c":
        return np.nan
    lost = vectors.shape[-1] * float(np.finfo(vectors.dtype).tiny)  # by squares that underflow
    with np.errstate(over="ignore", invalid="ignore"):
        return math.sqrt(float(np.vecdot(vectors, vectors).max(initial=0)) + lost)


def score_bound(problem, q, longest_k):
    """No score of these queries is larger in size: |q . k| <= |q| |k| (Cauchy-Schwarz).

    NaN or infinite where nothing can be said, or scaled queries might overflow.
    """
    scaled = abs(problem.scale) * longest(q)
    return scaled * longest_k if scaled < float(np.finfo(q.dtype).max) / 2 else np.inf


def block_rows(n_q, causal):
    """Queries in a block: fewer if causal, for all that lies beyond the diagonal is wasted."""
    return min(ROWS // 2, max(64, n_q // 4)) if causal else ROWS


def head_blocks(problem, n_tiles):
    """Indices of leading axes, several heads at once where one alone would not fill its tiles."""
    *outer, n_heads = problem.q.shape[:-2]
    step = max(1, ROWS * COLUMNS // 2 // max(n_tiles * _tile_of_one_head(problem), 1))
    return [(*index, block) for index in np.ndindex(*outer) for block in blocks(n_heads, step)]


def each_head_block(work, problem, threads, n_tiles):
    """Call work(heads, memory) for every block of heads, `threads` of them at once.

    Each thread has its own memory for `n_tiles` tiles, shape (n_tiles, numbers), and uses it
    again and again: fresh memory is slow, the system clears it page by page.
    """
    if threads < 1:
        raise ValueError(
            f"threads is {threads}; expected 1 or more. Give at most as many as there are cores."
        )
    all_heads = head_blocks(problem, n_tiles)
    n_heads = max((len(problem.q[heads]) for heads in all_heads), default=0)

    def share(first):
        memory = np.empty((n_tiles, n_heads * _tile_of_one_head(problem)), problem.work_dtype)
        for heads in all_heads[first::threads]:
            work(heads, memory)

    if threads == 1:
        share(0)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(share, range(threads)))  # the list raises what a thread raised


def _tile_of_one_head(problem):
    return min(problem.q.shape[-2], problem.rows) * min(problem.k.shape[-2], COLUMNS)


def blocks(n, size):
    """Slices of at most `size` that cover 0 to n; none for n <= 0."""
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]


def column_blocks(problem, rows):
    """The tiles of keys that a block of queries may see."""
    n_k = problem.k.shape[-2]
    return blocks(min(n_k, rows.stop + problem.offset) if problem.causal else n_k, COLUMNS)


def row_blocks(problem, columns):
    """The blocks of queries that may see a tile of keys."""
    first = columns.start - problem.offset if problem.causal else -1
    return [rows for rows in blocks(problem.q.shape[-2], problem.rows) if rows.stop > first]


def cap(scores, softcap):
    """The soft cap, in place."""
    with np.errstate(over="ignore"):  # tanh of infinity is 1, which is right
        scores /= softcap
    np.tanh(scores, out=scores)
    scores *= softcap


def add_bias(scores, problem, heads, rows, columns):
    """Add the bias of a tile, in place; a sum that overflows is infinite."""
    if problem.bias is not None:
        with np.errstate(over="ignore"):
            scores += problem.bias[heads][..., rows, columns]


def add_product(total, a, b, memory):
    """Add a @ b to `total`, in place, through memory that serves every tile."""
    product = memory[: total.size].reshape(total.shape)
    total += np.matmul(a, b, out=product)


def exclude(tile, fill, problem, heads, rows, columns):
    """Write `fill` into a tile, in place, wherever a query may not attend to a key."""
    if problem.mask is not None:
        np.copyto(tile, fill, where=~problem.mask[heads][..., rows, columns])
    first = rows.start + problem.offset - columns.start  # query 0 of the tile, among its keys
    if problem.causal and first < tile.shape[-1] - 1:
        beyond = tile[..., max(first + 1, 0) :]  # every query sees the keys before
        may_attend = np.tri(*beyond.shape[-2:], min(first, -1), dtype=bool)
        np.copyto(beyond, fill, where=~may_attend)


def allowed(problem, heads, rows):
    """Mask and causal limit of a block of queries over all keys, shape (heads, rows, n_k)."""
    n_heads, n_k = problem.q[heads].shape[0], problem.k.shape[-2]
    mask = np.ones((n_heads, rows.stop - rows.start, n_k), bool)
    exclude(mask, False, problem, heads, rows, slice(0, n_k))
    return mask
