"""The calls of self-attention and cross-attention.

Projections are small, so that the softmax neither chooses nor levels: then every mistake shows.
Where scores are huge, embeddings are one-hot and the matrices hold the queries and keys, so that
the scores are exact in float32.
"""

import numpy as np

from ..exercise import Case
from .draws import eighths, with_scores


def self_attention_cases(rng, sizes):
    """Arguments (x, w_q, w_k, w_v)."""
    n, m, d, d_v = (sizes[s] for s in ("n_k", "d_model", "d", "d_v"))
    batch, heads = sizes["batch"], sizes["heads"]
    x, three = eighths(rng, n, m), maps(rng, m, m, d, d_v)
    return (
        Case("two tokens, two features", (np.eye(2), np.eye(2), 2 * np.eye(2), np.eye(2) * 4)),
        Case("distinct sizes", (x, *three)),
        Case("the same sizes, other numbers", (eighths(rng, n, m), *maps(rng, m, m, d, d_v))),
        Case("fewer tokens than features", (eighths(rng, 3, m), *three)),
        Case("values as wide as the keys", (x, *maps(rng, m, m, d, d))),
        Case("values as wide as the embeddings", (x, *maps(rng, m, m, d, m))),
        Case("square matrices", (x, *maps(rng, m, m, m, m))),
        Case("everything square", (eighths(rng, m, m), *maps(rng, m, m, m, m))),
        Case("one token", (x[:1], *three)),
        Case("one feature", (x[:, :1], *maps(rng, 1, 1, d, d_v))),
        Case("queries of size 1", (x, *maps(rng, m, m, 1, d_v))),
        Case("the same token throughout", (np.repeat(x[:1], n, axis=0), *three)),
        Case("a batch", (eighths(rng, batch, n, m), *three)),
        Case("a batch of squares", (eighths(rng, batch, m, m), *maps(rng, m, m, m, m))),
        Case("two leading axes", (eighths(rng, batch, heads, n, m), *three)),
        Case("a batch of one", (x[None], *three)),
        Case("float32", tuple(a.astype(np.float32) for a in (x, *three))),
        Case("integers", _integers(rng, (n, m), (m, d), (m, d), (m, d_v))),
        Case("integer embeddings", (rng.integers(-2, 3, size=(n, m)), *three)),
        Case("Fortran order", tuple(np.asfortranarray(a) for a in (x, *three))),
        *(Case(name, args[1:]) for name, args in _huge(rng, n, n, d_v)),
        Case("values of size 1", (x, *three[:2], three[2][:, :1])),
    )


def cross_attention_cases(rng, sizes):
    """Arguments (x_q, x_kv, w_q, w_k, w_v)."""
    n_q, n_k, m, m_kv = (sizes[s] for s in ("n_q", "n_k", "d_model", "d_kv"))
    d, d_v, batch, heads = (sizes[s] for s in ("d", "d_v", "batch", "heads"))
    a, b, three = eighths(rng, n_q, m), eighths(rng, n_k, m_kv), maps(rng, m, m_kv, d, d_v)
    one, other = eighths(rng, batch, n_q, m), eighths(rng, batch, n_k, m_kv)
    both = eighths(rng, batch, heads, n_q, m), eighths(rng, batch, heads, n_k, m_kv)
    square = eighths(rng, m, m), eighths(rng, m, m), *maps(rng, m, m, m, m)
    shapes = (n_q, m), (n_k, m_kv), (m, d), (m_kv, d), (m_kv, d_v)
    return (
        Case(
            "one query, two keys",
            (
                np.array([[2.0]]),
                np.eye(2),
                np.array([[1.0]]),
                np.array([[1.0], [3.0]]),
                4 * np.eye(2),
            ),
        ),
        Case("distinct sizes", (a, b, *three)),
        Case(
            "the same sizes, other numbers",
            (eighths(rng, n_q, m), eighths(rng, n_k, m_kv), *maps(rng, m, m_kv, d, d_v)),
        ),
        Case("more queries than keys", (eighths(rng, n_k, m), eighths(rng, n_q, m_kv), *three)),
        Case("as many queries as keys", (a, eighths(rng, n_q, m_kv), *three)),
        Case("equal widths", (a, eighths(rng, n_k, m), *maps(rng, m, m, d, d_v))),
        Case("equal shapes", (a, eighths(rng, n_q, m), *maps(rng, m, m, d, d))),
        Case("values as wide as the queries' embeddings", (a, b, *maps(rng, m, m_kv, d, m))),
        Case("everything square", square),
        Case(
            "a batch of squares",
            (eighths(rng, batch, m, m), eighths(rng, batch, m, m), *square[2:]),
        ),
        Case("a sequence and itself", (a, a.copy(), *maps(rng, m, m, d, d_v))),
        Case("one query", (a[:1], b, *three)),
        Case("one key", (a, b[:1], *three)),
        Case("queries of size 1", (a, b, *maps(rng, m, m_kv, 1, d_v))),
        Case("a batch", (one, other, *three)),
        Case("two leading axes", (*both, *three)),
        Case("keys shared by the batch", (one, b, *three)),
        Case("queries shared by the batch", (a, other, *three)),
        Case("leading axes that broadcast", (one[:, None], both[1][0], *three)),
        Case("float32", tuple(x.astype(np.float32) for x in (a, b, *three))),
        Case("integers", _integers(rng, *shapes)),
        Case("integer embeddings", (*_integers(rng, *shapes[:2]), *three)),
        Case("Fortran order", tuple(np.asfortranarray(x) for x in (a, b, *three))),
        *(Case(name, args) for name, args in _huge(rng, n_q, n_k, d_v)),
        Case("values of size 1", (a, b, *three[:2], three[2][:, :1])),
    )


def maps(rng, m_q, m_kv, d, d_v):
    """Matrices w_q, w_k and w_v that give scores of about 1."""
    return eighths(rng, m_q, d) / 4, eighths(rng, m_kv, d) / 4, eighths(rng, m_kv, d_v) / 4


def uneven(scores, size=2.0**14):
    """Scores with one row far above the others and one far below."""
    scores = scores.copy()
    scores[0] += size
    scores[1] -= size
    return scores


def _huge(rng, n_q, n_k, d_v):
    """Calls of cross-attention with scores far from 0; both embeddings are one-hot."""
    plain, w_v = eighths(rng, n_q, n_k), eighths(rng, n_k, d_v) / 2
    one_key = plain.copy()
    one_key[:, 0] += 2.0**12
    named = (
        ("scores up to 16", plain * 8),
        ("scores in the thousands", plain * 2.0**10),
        ("scores near 16000", plain + 2.0**14),
        ("scores near -16000", plain - 2.0**14),
        ("scores of very different size", uneven(plain)),
        ("one key far above the rest", one_key),
    )
    eyes = np.eye(n_q), np.eye(n_k)
    return tuple((name, (*eyes, *with_scores(s), w_v)) for name, s in named)


def _integers(rng, *shapes):
    """Mostly zeros, so that the softmax does not choose."""
    return tuple(np.trunc(eighths(rng, *shape)).astype(int) for shape in shapes)
