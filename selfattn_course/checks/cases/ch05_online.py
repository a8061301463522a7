"""The calls of `online_update(top, total, out, scores, v)`.

No two sizes are equal unless that is the point, and random numbers are multiples of 1/8. States
are such as earlier tiles leave behind: a row that has seen a key has a total of at least 1, since
its largest score contributes exp(0); a row that has seen none has -inf, 0 and zeros.
"""

import numpy as np

from ..exercise import Case
from .draws import eighths


def visible_cases(rng):
    """Sizes of their own."""
    return _cases(rng, {"n_q": 5, "m": 11, "d_v": 7, "batch": 2, "heads": 3})


def hidden_cases(rng):
    """Sizes that differ from student to student."""
    n_q, m, d_v = rng.permutation([5, 7, 13]).tolist()
    batch, heads = rng.permutation([2, 3]).tolist()
    return _cases(rng, {"n_q": n_q, "m": m, "d_v": d_v, "batch": batch, "heads": heads})


def _cases(rng, sizes):
    return (*_plain(rng, sizes), *_leading(rng, sizes), *_unseen(rng, sizes), *_far(rng, sizes))


def _plain(rng, sizes):
    """One head, every row has seen keys."""
    n, m, d = sizes["n_q"], sizes["m"], sizes["d_v"]
    state, tile = _state(rng, n, d), _tile(rng, n, m, d)
    counts = [rng.integers(-3, 4, size=n), rng.integers(1, 4, size=n)]
    small = (np.array([1.0]), np.array([1.0]), np.array([[4.0]]))
    whole = [*counts, rng.integers(-5, 6, size=(n, d)), rng.integers(-3, 4, size=(n, m))]
    return (
        Case("one key more", (*small, np.array([[2.0]]), np.array([[8.0]]))),
        Case("a tile", (*state, *tile)),
        Case("a tile of one key", (*state, *_tile(rng, n, 1, d))),
        Case("one query", (*_state(rng, 1, d), *_tile(rng, 1, m, d))),
        Case("one column of values", (*_state(rng, n, 1), *_tile(rng, n, m, 1))),
        Case("a square tile", (*_state(rng, n, n), *_tile(rng, n, n, n))),
        Case("all scores below", (state[0] + 4, *state[1:], *tile)),
        Case("all scores above", (state[0] - 4, *state[1:], *tile)),
        Case("the same largest score again", (tile[0].max(axis=-1), *state[1:], *tile)),
        Case("equal scores", (*state, np.ones((n, m)), tile[1])),
        Case("equal values", (*state, tile[0], np.ones((m, d)))),
        Case("integers", (*whole, rng.integers(-3, 4, size=(m, d)))),
        Case("integer scores and values", (*state, whole[3], rng.integers(-3, 4, size=(m, d)))),
        Case("float32", tuple(a.astype(np.float32) for a in (*state, *tile))),
        Case("Fortran order", tuple(map(np.asfortranarray, (*state, *tile)))),
        Case("strided views", (*state, *_strided(rng, n, m, d))),
    )


def _leading(rng, sizes):
    """Batches and heads."""
    n, m, d = sizes["n_q"], sizes["m"], sizes["d_v"]
    b, h = sizes["batch"], sizes["heads"]
    four = (*_state(rng, b, h, n, d), *_tile(rng, b, h, n, m, d))
    return (
        Case("a batch", (*_state(rng, b, n, d), *_tile(rng, b, n, m, d))),
        Case("a batch of one", (*_state(rng, 1, n, d), *_tile(rng, 1, n, m, d))),
        Case("a batch, square tiles", (*_state(rng, b, n, n), *_tile(rng, b, n, n, n))),
        Case("as many sequences as queries", (*_state(rng, n, n, d), *_tile(rng, n, n, m, d))),
        Case("two leading axes", four),
        Case("two leading axes, float32", tuple(a.astype(np.float32) for a in four)),
        Case("values shared by the batch", (*_state(rng, b, n, d), *_shared(rng, b, n, m, d))),
    )


def _unseen(rng, sizes):
    """Rows without a key so far, and keys that are masked."""
    n, m, d, b = sizes["n_q"], sizes["m"], sizes["d_v"], sizes["batch"]
    state, (scores, v) = _state(rng, n, d), _tile(rng, n, m, d)
    some = _masked(rng, scores)
    empty = some.copy()
    empty[1:3] = -np.inf
    mixed = _start(state, rows=[0, 1])  # row 1 stays without a key, row 0 gets its first
    states, (blocks, values) = _state(rng, b, n, d), _tile(rng, b, n, m, d)
    blocks = _masked(rng, blocks)
    blocks[:, 2] = -np.inf
    first = _start(state, rows=slice(None))
    return (
        Case("the first tile", (*first, scores, v)),
        Case("the first tile, one key", (*first, scores[:, :1], v[:1])),
        Case("the first tile, float32", tuple(a.astype(np.float32) for a in (*first, scores, v))),
        Case("the first tile, scores near 16000", (*first, scores + 2.0**14, v)),
        Case("the first tile, scores near -16000", (*first, scores - 2.0**14, v)),
        Case("some rows without a key so far", (*_start(state, rows=[0, 3]), scores, v)),
        Case("masked keys", (*state, some, v)),
        Case("a tile that is masked for two queries", (*state, empty, v)),
        Case("a tile that is masked for all", (*state, np.full((n, m), -np.inf), v)),
        Case("the first tile, two queries may see nothing", (*first, empty, v)),
        Case("the first tile, nobody may see it", (*first, np.full((n, m), -np.inf), v)),
        Case("old and new rows, masked and open", (*mixed, empty, v)),
        Case("the first tile of a batch", (*_start(states, rows=slice(None)), blocks, values)),
        Case("a batch with masked keys", (*states, blocks, values)),
    )


def _far(rng, sizes):
    """Scores that overflow exp, or that differ much between rows or tiles."""
    n, m, d = sizes["n_q"], sizes["m"], sizes["d_v"]
    top, total, out = _state(rng, n, d)
    scores, v = _tile(rng, n, m, d)
    uneven = np.where(np.arange(n) % 2, 2.0**14, -(2.0**14))
    return (
        Case("scores near 16000", (top + 2.0**14, total, out, scores + 2.0**14, v)),
        Case("scores near -16000", (top - 2.0**14, total, out, scores - 2.0**14, v)),
        Case("a tile far above", (top, total, out, scores + 2.0**14, v)),
        Case("a tile far below", (top, total, out, scores - 2.0**14, v)),
        Case("rows far apart", (top + uneven, total, out, scores + uneven[:, None], v)),
        Case("a tile far above for some", (top, total, out, scores + uneven[:, None], v)),
        Case("scores thousands apart", (top, total, out, scores * 2.0**11, v)),
        Case("a long sum", (top, total + 2.0**10, out + 2.0**10, scores, v)),
        Case("large values", (top, total, 2.0**10 * (5 + out), scores, 2.0**10 * (3 + v))),
    )


def _state(rng, *shape):
    """top, total and out of rows that have seen keys; shape is (..., n_q, d_v)."""
    total = 1 + np.abs(eighths(rng, *shape[:-1]))
    return eighths(rng, *shape[:-1]), total, 2 * eighths(rng, *shape)


def _tile(rng, *shape):
    """scores and v; shape is (..., n_q, m, d_v)."""
    *leading, n, m, d = shape
    return eighths(rng, *leading, n, m), eighths(rng, *leading, m, d)


def _shared(rng, batch, n, m, d):
    return eighths(rng, batch, n, m), eighths(rng, m, d)


def _strided(rng, n, m, d):
    return eighths(rng, n, 2 * m)[:, ::2], eighths(rng, 2 * m, d)[::2]


def _start(state, rows):
    """The state with these rows as they are before any key."""
    top, total, out = (array.copy() for array in state)
    top[..., rows], total[..., rows], out[..., rows, :] = -np.inf, 0.0, 0.0
    return top, total, out


def _masked(rng, scores):
    """Half the scores -inf, but not all of any row."""
    masked = np.where(rng.random(scores.shape) < 0.5, -np.inf, scores)
    masked[..., 0] = scores[..., 0]
    masked[..., -1] = -np.inf
    return masked
