"""The calls of chapter 3 that take queries, keys, values and a mask.

Sizes all differ, and random numbers are multiples of 1/8, for the reasons that
`cases/ch03_softmax.py` gives. Where scores are huge, d is 16 and everything is a multiple of a
power of two, so that they are exact in float32.
"""

import numpy as np

from ..exercise import Case
from .draws import eighths, with_scores


def attention_weights_cases(rng, sizes):
    """Arguments (q, k) or (q, k, mask)."""
    return tuple(
        Case(name, (q, k) if mask is None else (q, k, mask))
        for name, q, k, mask in _queries_keys_masks(rng, sizes)
    )


def attention_cases(rng, sizes):
    """Arguments (q, k, v) or (q, k, v, mask)."""
    cases = []
    for name, q, k, mask in _queries_keys_masks(rng, sizes):
        v = _values(rng, k, mask, sizes["d_v"])
        cases.append(Case(name, (q, k, v) if mask is None else (q, k, v, mask)))
    return (*cases, *_value_cases(rng, sizes))


def _queries_keys_masks(rng, sizes):
    return (*_open(rng, sizes), *_masked(rng, sizes), *_huge(rng, sizes))


def _open(rng, sizes):
    """Calls without a mask."""
    n_q, n_k, d, batch, heads = (sizes[s] for s in ("n_q", "n_k", "d", "batch", "heads"))
    q, k = eighths(rng, n_q, d), eighths(rng, n_k, d)
    qs, ks = eighths(rng, batch, n_q, d), eighths(rng, batch, n_k, d)
    return (
        ("one query, two keys", np.array([[2.0, 0.0]]), np.eye(2), None),
        ("distinct sizes", q, k, None),
        ("as many queries as keys", q, eighths(rng, n_q, d), None),
        ("queries that are the keys", k, k.copy(), None),
        ("a batch", qs, ks, None),
        (
            "two leading axes",
            eighths(rng, batch, heads, n_q, d),
            eighths(rng, batch, heads, n_k, d),
            None,
        ),
        ("keys shared by the batch", qs, k, None),
        ("queries shared by the batch", q, ks, None),
        ("leading axes that broadcast", qs[:, None], eighths(rng, heads, n_k, d), None),
        ("one query", q[:1], k, None),
        ("one key", q, k[:1], None),
        ("float32", q.astype(np.float32), k.astype(np.float32), None),
        ("integers", rng.integers(-1, 2, size=(n_q, d)), rng.integers(-1, 2, size=(n_k, d)), None),
        ("Fortran order", np.asfortranarray(q), np.asfortranarray(k), None),
        ("strided views", eighths(rng, 2 * n_q, d)[::2], eighths(rng, n_k, 2 * d)[:, ::2], None),
        ("squares", eighths(rng, d, d), eighths(rng, d, d), None),
    )


def _masked(rng, sizes):
    """Calls with a mask over ordinary scores."""
    n_q, n_k, d, batch, heads = (sizes[s] for s in ("n_q", "n_k", "d", "batch", "heads"))
    q, k = eighths(rng, n_q, d), eighths(rng, n_k, d)
    qs, ks = eighths(rng, batch, n_q, d), eighths(rng, batch, n_k, d)
    lengths = np.arange(batch) + 2
    padding = np.arange(n_k) < lengths[:, None, None]
    empty_row = _mask(rng, n_q, n_k)
    empty_row[2] = False
    empty_rows = _mask(rng, batch, n_q, n_k)
    empty_rows[np.arange(batch), np.arange(batch) + 1] = False
    return (
        ("a mask", q, k, _mask(rng, n_q, n_k)),
        ("a causal mask", q, eighths(rng, n_q, d), np.tri(n_q, dtype=bool)),
        ("a mask of all True", q, k, np.ones((n_q, n_k), bool)),
        ("one mask for the batch", qs, ks, _mask(rng, n_q, n_k)),
        ("a mask for each sequence", qs, ks, _mask(rng, batch, n_q, n_k)),
        ("padded keys", qs, ks, padding),
        (
            "padded keys, two leading axes",
            eighths(rng, batch, heads, n_q, d),
            eighths(rng, batch, heads, n_k, d),
            padding[:, None],
        ),
        ("a mask for all queries", q, k, _mask(rng, 1, n_k)),
        ("a query that may attend to nothing", q, k, empty_row),
        ("an empty row in each sequence", qs, ks, empty_rows),
        ("a sequence of padding only", qs, ks, padding & (np.arange(batch) > 0)[:, None, None]),
        ("a mask of all False", q, k, np.zeros((n_q, n_k), bool)),
        ("float32 and a mask", q.astype(np.float32), k.astype(np.float32), empty_row),
        (
            "integers and a mask",
            rng.integers(-1, 2, size=(n_q, d)),
            rng.integers(-1, 2, size=(n_k, d)),
            empty_row,
        ),
        ("a mask in Fortran order", q, k, np.asfortranarray(_mask(rng, n_q, n_k))),
        ("a mask of one axis", q, k, _mask(rng, n_k)),
        ("queries that are padding", q, k, (np.arange(n_q) < n_q - 2)[:, None]),
        *(
            (name, eighths(rng, batch, heads, n_q, d), eighths(rng, batch, heads, n_k, d), mask)
            for name, mask in (
                ("a mask for each sequence and head", _mask(rng, batch, heads, n_q, n_k)),
                ("two leading axes, a mask for each head", _mask(rng, heads, n_q, n_k)),
            )
        ),
    )


def _huge(rng, sizes):
    """Calls with scores far from 0."""
    n_q, n_k = sizes["n_q"], sizes["n_k"]
    plain = eighths(rng, n_q, n_k)
    mask = _mask(rng, n_q, n_k)
    mask[:, 0], mask[:, 1] = False, True
    one_row, forbidden, low = plain.copy(), plain.copy(), plain.copy()
    one_row[1] += 2.0**14
    one_row[2] -= 2.0**14
    forbidden[:, 0] += np.where(np.arange(n_q) % 2, 2.0**10, 2.0**20)
    low[0] -= 2.0**10
    low[1] -= 2.0**20
    low_mask = mask.copy()
    low_mask[3] = False
    return (
        ("scores up to 16", *with_scores(plain * 8), None),
        ("scores in the thousands", *with_scores(plain * 2.0**10), None),
        ("scores near 16000", *with_scores(plain + 2.0**14), None),
        ("scores of very different size", *with_scores(one_row), None),
        ("one key far above the rest", *with_scores(forbidden), None),
        ("a forbidden key with a huge score", *with_scores(forbidden), mask),
        ("allowed scores far below 0", *with_scores(low), low_mask),
        ("scores in the thousands and a mask", *with_scores(plain * 2.0**10), low_mask),
    )


def _value_cases(rng, sizes):
    """Calls in which the values differ in their leading axes or kind."""
    n_q, n_k, d, batch = (sizes[s] for s in ("n_q", "n_k", "d", "batch"))
    d_v = sizes["d_v"]
    q, k, v = eighths(rng, n_q, d), eighths(rng, n_k, d), eighths(rng, n_k, d_v)
    qs, ks = eighths(rng, batch, n_q, d), eighths(rng, batch, n_k, d)
    return (
        Case("values shared by the batch", (qs, ks, v)),
        Case("values of their own for each sequence", (q, k, eighths(rng, batch, n_k, d_v))),
        Case("one column of values", (q, k, v[:, :1])),
        Case("equal values", (q, k, np.ones((n_k, d_v)))),
        Case("values as wide as the keys", (q, k, eighths(rng, n_k, d))),
        Case("integer values", (q, k, rng.integers(-3, 4, size=(n_k, d_v)))),
        Case("values in Fortran order", (q, k, np.asfortranarray(v))),
        Case("square values", (q, k, eighths(rng, n_k, n_k))),
    )


def _mask(rng, *shape):
    """True at half the places, at least at one of each row, and at not all."""
    mask = rng.random(shape) < 0.5
    n_k = shape[-1]
    some = rng.integers(n_k, size=shape[:-1])
    np.put_along_axis(mask, some[..., None], True, axis=-1)
    np.put_along_axis(mask, (some[..., None] + 1) % n_k, False, axis=-1)
    return mask


def _values(rng, k, mask, d_v):
    """Values in the dtype of k; a key that nobody may attend to has huge ones."""
    v = eighths(rng, *k.shape[:-1], d_v)
    v = np.round(v) if k.dtype.kind == "i" else v
    if mask is not None:
        allowed = np.atleast_2d(mask).any(axis=-2)
        v[~np.broadcast_to(allowed, v.shape[:-1])] = 2.0**20
    return v.astype(k.dtype)
