"""The calls of multi-head attention.

A mask broadcasts to (..., h, n_q, n_k). What it forbids is huge: a weight that is not exactly 0
shows.
"""

import numpy as np

from ..exercise import Case
from .ch02_attention import uneven
from .draws import eighths, with_scores


def multi_head_cases(rng, sizes):
    """Arguments (x_q, x_kv, w_q, w_k, w_v, w_o, n_heads) or the same and a mask."""
    return (*_open(rng, sizes), *_square(rng, sizes), *_masked(rng, sizes), *_huge(rng, sizes))


def _open(rng, s):
    """Calls without a mask."""
    n_q, n_k, m, m_kv, d, d_v, h, batch = (
        s[name] for name in ("n_q", "n_k", "d_model", "d_kv", "d", "d_v", "heads", "batch")
    )
    four, a, b = _maps(rng, s), eighths(rng, n_q, m), eighths(rng, n_k, m_kv)
    one, other = eighths(rng, batch, n_q, m), eighths(rng, batch, n_k, m_kv)
    both = eighths(rng, batch, 3, n_q, m), eighths(rng, batch, 3, n_k, m_kv)
    return (
        Case("distinct sizes", (a, b, *four, h)),
        Case("the same sizes, other numbers", (-a[::-1], b[::-1].copy(), *_maps(rng, s), h)),
        Case("more queries than keys", (eighths(rng, n_k, m), eighths(rng, n_q, m_kv), *four, h)),
        Case("as many queries as keys", (a, eighths(rng, n_q, m_kv), *four, h)),
        Case("one head", (a, b, *_maps(rng, s, heads=1), 1)),
        Case("another number of heads", (a, b, *_maps(rng, s, heads=8), 8)),
        Case("heads of size 1", (a, b, *_maps(rng, s, d=1, d_v=1), h)),
        Case("wider queries than values", (a, b, *_maps(rng, s, d=d_v, d_v=d), h)),
        Case("values as wide as the queries", (a, b, *_maps(rng, s, d_v=d), h)),
        Case("one query", (a[:1], b, *four, h)),
        Case("one key", (a, b[:1], *four, h)),
        Case("a batch", (one, other, *four, h)),
        Case("a batch, one head", (one, other, *_maps(rng, s, heads=1), 1)),
        Case(
            "as many sequences as heads",
            (eighths(rng, h, n_q, m), eighths(rng, h, n_k, m_kv), *four, h),
        ),
        Case("two leading axes", (*both, *four, h)),
        Case("keys shared by the batch", (one, b, *four, h)),
        Case("queries shared by the batch", (a, other, *four, h)),
        Case("leading axes that broadcast", (one[:, None], both[1][0], *four, h)),
        Case("float32", (*(x.astype(np.float32) for x in (a, b, *four)), h)),
        Case("integers", (*(np.trunc(x / (1.4 * x.std())).astype(int) for x in (a, b, *four)), h)),
        Case(
            "integer embeddings", (np.round(3 * a).astype(int), np.round(b).astype(int), *four, h)
        ),
        Case("Fortran order", (*(np.asfortranarray(x) for x in (a, b, *four)), h)),
        Case("one output", (a, b, *four[:3], four[3][:, :1], h)),
    )


def _square(rng, s):
    """Calls in which axes have the same size, so that what is mixed up still fits."""
    n, h, d, batch = s["n_q"], s["heads"], s["d"], s["batch"]
    m = h * d
    same = {"d_model": m, "d_kv": m, "d_out": m, "d_v": d}
    four, x = _maps(rng, s, **same), eighths(rng, n, m)
    batches = eighths(rng, batch, n, m), eighths(rng, batch, n, m)
    two = eighths(rng, 2, m) / 2
    tiny = np.eye(2), np.eye(2), np.eye(2), 2 * np.eye(2), 4 * np.eye(2), np.eye(2)
    return (
        Case("two heads of size 1", (*tiny, 2)),
        Case("two sequences of one shape", (x, eighths(rng, n, m), *four, h)),
        Case("self-attention", (x, x.copy(), *four, h)),
        Case("self-attention of a batch", (batches[0], batches[0].copy(), *four, h)),
        Case("a batch of one shape", (*batches, *four, h)),
        Case("as many tokens as features", (eighths(rng, m, m), eighths(rng, m, m), *four, h)),
        Case("as many tokens as heads", (eighths(rng, h, m), eighths(rng, h, m), *four, h)),
        Case("a causal mask", (x, x.copy(), *four, h, np.tri(n, dtype=bool))),
        Case("an anticausal mask", (x, x.copy(), *four, h, np.tri(n, dtype=bool).T.copy())),
        Case("a causal mask for a batch", (*batches, *four, h, np.tri(n, dtype=bool))),
        Case("two tokens, causal", (two, two.copy(), *four, h, np.tri(2, dtype=bool))),
    )


def _masked(rng, s):
    """Calls with a mask over ordinary scores; keys that nobody may attend to are huge."""
    n_q, n_k, m, m_kv, h, batch = (
        s[name] for name in ("n_q", "n_k", "d_model", "d_kv", "heads", "batch")
    )
    four, a, b = _maps(rng, s), eighths(rng, n_q, m), eighths(rng, n_k, m_kv)
    one, other = eighths(rng, batch, n_q, m), eighths(rng, batch, n_k, m_kv)
    padding = np.arange(n_k) < (np.arange(batch) + 2)[:, None, None, None]
    empty, row = _mask(rng, n_q, n_k), _mask(rng, n_k)
    empty[2] = False
    in_one_head = _mask(rng, h, n_q, n_k)
    in_one_head[1, 0] = False
    pair, pairs = (a, _hidden(b, row)), (one, _hidden(other, padding[:, 0, 0]))
    return (
        Case("a mask", (a, b, *four, h, _mask(rng, n_q, n_k))),
        Case("a mask of all True", (a, b, *four, h, np.ones((n_q, n_k), bool))),
        Case("a mask of all False", (a, b, *four, h, np.zeros((n_q, n_k), bool))),
        Case("a query that may attend to nothing", (a, b, *four, h, empty)),
        Case("a query with nothing in one head", (a, b, *four, h, in_one_head)),
        Case("a mask for each head", (a, b, *four, h, _mask(rng, h, n_q, n_k))),
        Case("a mask for each head, a batch", (one, other, *four, h, _mask(rng, h, n_q, n_k))),
        Case("one mask for the batch", (one, other, *four, h, _mask(rng, n_q, n_k))),
        Case("a mask for each sequence", (one, other, *four, h, _mask(rng, batch, 1, n_q, n_k))),
        Case(
            "a mask for each sequence and head",
            (one, other, *four, h, _mask(rng, batch, h, n_q, n_k)),
        ),
        Case("huge keys that all must ignore", (*pair, *four, h, row[None])),
        Case("a mask of one axis", (*pair, *four, h, row)),
        Case("huge padding", (*pairs, *four, h, padding)),
        Case(
            "padding only",
            (*pairs, *four, h, padding & (np.arange(batch) > 0)[:, None, None, None]),
        ),
        Case("queries that are padding", (a, b, *four, h, (np.arange(n_q) < n_q - 2)[:, None])),
        Case("one head and a mask", (a, b, *_maps(rng, s, heads=1), 1, _mask(rng, n_q, n_k))),
        Case(
            "float32 and a mask", (*(x.astype(np.float32) for x in (*pair, *four)), h, empty & row)
        ),
        Case("a mask in Fortran order", (a, b, *four, h, np.asfortranarray(_mask(rng, n_q, n_k)))),
        Case(
            "as many sequences as heads, a mask for each head",
            (eighths(rng, h, n_q, m), eighths(rng, h, n_k, m_kv), *four, h, in_one_head),
        ),
    )


def _huge(rng, s):
    """Calls with scores far from 0, two heads of d = 16; all embeddings are one-hot."""
    n_q, n_k, d_v, d_out = s["n_q"], s["n_k"], s["d_v"], s["d_out"]
    plain, other = eighths(rng, n_q, n_k), eighths(rng, n_q, n_k)
    mask = _mask(rng, n_q, n_k)
    mask[:, 0] = False
    mask[:, 1] = True
    empty = mask.copy()
    empty[3] = False
    forbidden, low = plain.copy(), plain - 2.0**20
    forbidden[:, 0] += np.where(np.arange(n_q) % 2, 2.0**10, 2.0**18)

    def case(name, first, second, *last):
        pairs = zip(with_scores(first), with_scores(second), strict=True)
        w_q, w_k = (np.hstack(pair) for pair in pairs)
        w_v, w_o = eighths(rng, n_k, 2 * d_v) / 2, eighths(rng, 2 * d_v, d_out) / 4
        return Case(name, (np.eye(n_q), np.eye(n_k), w_q, w_k, w_v, w_o, 2, *last))

    return (
        case("scores up to 16", 8 * plain, 8 * other),
        case("scores in the thousands", 2.0**10 * plain, 2.0**10 * other),
        case("scores near 16000", plain + 2.0**14, other + 2.0**14),
        case("scores near -16000", plain - 2.0**14, other - 2.0**14),
        case("heads with scores far apart", plain + 2.0**14, other - 2.0**14),
        case("rows with scores far apart", uneven(plain), uneven(other)),
        case("a forbidden key with a huge score", forbidden, other, mask),
        case("allowed scores below -1000", plain - 2.0**10, other, mask),
        case("allowed scores far below 0", low, other, mask),
        case("allowed scores far below 0, an empty row", low, low[::-1], empty),
        case("scores in the thousands and a mask", 2.0**10 * plain, 2.0**10 * other, empty),
    )


def _maps(rng, sizes, **changed):
    """Matrices w_q, w_k, w_v and w_o; scores are about 1, outputs too."""
    s = {**sizes, **changed}
    h, d, d_v = s["heads"], s["d"], s["d_v"]
    return (
        eighths(rng, s["d_model"], h * d) / 4,
        eighths(rng, s["d_kv"], h * d) / 4,
        eighths(rng, s["d_kv"], h * d_v) / 4,
        eighths(rng, h * d_v, s["d_out"]) / 4,
    )


def _mask(rng, *shape):
    """True at half the places, at least at one of each row, and at not all."""
    mask = rng.random(shape) < 0.5
    some = rng.integers(shape[-1], size=(*shape[:-1], 1))
    np.put_along_axis(mask, some, True, axis=-1)
    np.put_along_axis(mask, (some + 1) % shape[-1], False, axis=-1)
    return mask


def _hidden(x, allowed):
    """x with huge rows where no query may look."""
    return np.where(np.broadcast_to(allowed, x.shape[:-1])[..., None], x, x * 2.0**16)
