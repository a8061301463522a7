"""The calls of chapter 2 that take embeddings, queries, keys, values or heads.

Random numbers are multiples of 1/8, so that their dot products are exact in float32 too.
"""

import numpy as np

from ..exercise import Case
from .ch02_sizes import cycle
from .draws import eighths, many_digits, weights


def embed_cases(rng, sizes):
    """Arguments (ids, table): every table has a row for the largest id it could be asked for."""
    n, d, batch, heads = sizes["n_q"], sizes["d_model"], sizes["batch"], sizes["heads"]
    vocab = sizes["n_k"] + sizes["d_v"]
    table = eighths(rng, vocab, d)

    def ids(*shape):
        drawn = rng.integers(vocab, size=shape)
        drawn[..., :2] = rng.integers(1, vocab - 1), 0
        drawn[..., -1] = drawn[..., 0]  # one token comes twice, out of order
        return drawn

    square = rng.integers(n, size=n)
    return (
        Case("three tokens", (np.array([2, 0, 1]), np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]))),
        Case("a sentence", (ids(n), table)),
        Case("a sentence, other words", (ids(n), eighths(rng, vocab, d))),
        Case("the last token of the vocabulary", (np.array([0, vocab - 1, 1]), table)),
        Case("one token", (rng.integers(1, vocab, size=1), table)),
        Case("the same token throughout", (np.full(n, vocab - 2), table)),
        Case("all tokens of the vocabulary, reversed", (np.arange(vocab)[::-1].copy(), table)),
        Case("more tokens than rows", (rng.permutation(np.arange(2 * vocab) % vocab), table)),
        Case("as many tokens, rows and columns", (square, eighths(rng, n, n))),
        Case("a batch", (ids(batch, n), table)),
        Case("two leading axes", (ids(batch, heads, n), table)),
        Case("a batch of single tokens", (ids(batch, 3)[:, :1], table)),
        Case("one column", (ids(n), table[:, :1])),
        Case("a table of integers", (ids(n), rng.integers(-9, 10, size=(vocab, d)))),
        Case("a table in float32", (ids(n), table.astype(np.float32))),
        Case("ids of 32 bits", (ids(n).astype(np.int32), table)),
        Case("a table in Fortran order", (ids(batch, n), np.asfortranarray(table))),
        Case("the same ids, another table", (square, eighths(rng, n, d))),
        Case("the same ids, a third table", (square, eighths(rng, n, d))),
        Case("numbers with many digits", (ids(n), many_digits(rng, vocab, d))),
    )


def project_cases(rng, sizes):
    """Arguments (x, w_q, w_k, w_v)."""
    n, m, d, d_v = sizes["n_q"], sizes["d_model"], sizes["d"], sizes["d_v"]
    batch, heads = sizes["batch"], sizes["heads"]
    x, three = eighths(rng, n, m), _three(rng, m, d, d_v)
    small = (
        rng.integers(-3, 4, size=(n, m)),
        *(rng.integers(-3, 4, size=(m, width)) for width in (d, d, d_v)),
    )
    return (
        Case(
            "one token", (np.array([[1.0, 2.0]]), np.eye(2), np.ones((2, 2)), 2 * np.eye(2)[::-1])
        ),
        Case("distinct sizes", (x, *three)),
        Case("the same sizes, other numbers", (eighths(rng, n, m), *_three(rng, m, d, d_v))),
        Case("values as wide as the keys", (x, *_three(rng, m, d, d))),
        Case("square matrices", (x, *_three(rng, m, m, m))),
        Case("everything square", (eighths(rng, m, m), *_three(rng, m, m, m))),
        Case("a first token only", (x[:1], *three)),
        Case("one feature", (x[:, :1], *_three(rng, 1, d, d_v))),
        Case("one column each", (x, *_three(rng, m, 1, 1))),
        Case("a batch", (eighths(rng, batch, n, m), *three)),
        Case("two leading axes", (eighths(rng, batch, heads, n, m), *three)),
        Case("a batch of one", (x[None], *three)),
        Case("integers", small),
        Case("integer embeddings", (small[0], *three)),
        Case("float32", tuple(a.astype(np.float32) for a in (x, *three))),
        Case("Fortran order", tuple(np.asfortranarray(a) for a in (x, *three))),
        Case("large numbers", (x * 2.0**12, *three)),
        Case("small numbers", (x * 2.0**-12, *three)),
        Case("numbers with many digits", (eighths(rng, n, m) / 3, *three)),
    )


def score_cases(rng, sizes):
    """Arguments (q, k)."""
    n_q, n_k, d, batch, heads = (sizes[s] for s in ("n_q", "n_k", "d", "batch", "heads"))
    width = sizes["d_model"]
    q, k = eighths(rng, n_q, width), eighths(rng, n_k, width)
    qs, ks = eighths(rng, batch, n_q, width), eighths(rng, batch, n_k, width)
    four = eighths(rng, batch, heads, n_q, d), eighths(rng, batch, heads, n_k, d)
    return (
        Case("one query, two keys", (np.array([[2.0, 0.0]]), np.eye(2))),
        Case("distinct sizes", (q, k)),
        Case("the same sizes, other numbers", (eighths(rng, n_q, width), eighths(rng, n_k, width))),
        Case("more queries than keys", (k, q)),
        Case("as many queries as keys", (q, eighths(rng, n_q, width))),
        Case("a square", (eighths(rng, width, width), eighths(rng, width, width))),
        Case("queries that are the keys", (k, k.copy())),
        Case("one query", (q[:1], k)),
        Case("one key", (q, k[:1])),
        Case("one feature", (q[:, :1], k[:, :1])),
        Case("eight features", (eighths(rng, n_q, 8), eighths(rng, n_k, 8))),
        Case("a batch", (qs, ks)),
        Case("a batch of squares", (eighths(rng, batch, n_q, n_q), eighths(rng, batch, n_q, n_q))),
        Case("two leading axes", four),
        Case("keys shared by the batch", (qs, k)),
        Case("queries shared by the batch", (q, ks)),
        Case("leading axes that broadcast", (qs[:, None], eighths(rng, heads, n_k, width))),
        Case("orthogonal queries and keys", (np.eye(width)[:2], np.eye(width)[2:])),
        Case("large numbers", (2.0**10 * np.abs(q), 2.0**10 * np.abs(k))),
        Case("a query of zeros", (np.concatenate([q, np.zeros((1, width))]), k)),
        Case("float32", (q.astype(np.float32), k.astype(np.float32))),
        Case("integers", tuple(rng.integers(-2, 3, size=a.shape) for a in (q, k))),
        Case("Fortran order", (np.asfortranarray(q), np.asfortranarray(k))),
        Case("the same queries, other keys", (q, eighths(rng, n_k, width))),
        Case("small numbers", (q * 2.0**-6, k * 2.0**-6)),
    )


def context_cases(rng, sizes):
    """Arguments (weights, v)."""
    n_q, n_k, d_v, batch, heads = (sizes[s] for s in ("n_q", "n_k", "d_v", "batch", "heads"))
    p, v = weights(rng, n_q, n_k), eighths(rng, n_k, d_v)
    ps, vs = weights(rng, batch, n_q, n_k), eighths(rng, batch, n_k, d_v)
    empty = p.copy()
    empty[1] = 0
    thinned = p * (rng.random(p.shape) < 0.7)
    both = weights(rng, batch, heads, n_q, n_k), eighths(rng, batch, heads, n_k, d_v)
    return (
        Case("one query", (np.array([[0.25, 0.75]]), np.array([[4.0, 0.0], [0.0, 8.0]]))),
        Case("distinct sizes", (p, v)),
        Case("the same sizes, other numbers", (weights(rng, n_q, n_k), eighths(rng, n_k, d_v))),
        Case("more queries than keys", (weights(rng, n_k, n_q), eighths(rng, n_q, d_v))),
        Case("as many queries as keys", (weights(rng, n_k, n_k), v)),
        Case("everything square", (weights(rng, n_k, n_k), eighths(rng, n_k, n_k))),
        Case("one key", (np.ones((n_q, 1)), v[:1])),
        Case("one column", (p, v[:, :1])),
        Case("all the weight on one key", (np.eye(n_k)[rng.integers(n_k, size=n_q)], v)),
        Case("equal weights", (np.full((n_q, n_k), 1 / n_k), v)),
        Case("a query that attends to nothing", (empty, v)),
        Case("weights that were thinned out", (thinned, v)),
        Case("weights of very different size", (_sharp(rng, n_q, n_k), v)),
        Case("a batch", (ps, vs)),
        Case("a batch of squares", (weights(rng, batch, n_q, n_q), eighths(rng, batch, n_q, n_q))),
        Case("two leading axes", both),
        Case("values shared by the batch", (ps, v)),
        Case("weights shared by the batch", (p, vs)),
        Case("leading axes that broadcast", (ps[:, None], eighths(rng, heads, n_k, d_v))),
        Case("integer values", (p, rng.integers(-3, 4, size=(n_k, d_v)))),
        Case("float32", (p.astype(np.float32), v.astype(np.float32))),
        Case("Fortran order", (np.asfortranarray(p), np.asfortranarray(v))),
        Case("large values", (p, 2.0**12 * np.abs(v))),
    )


def split_cases(rng, sizes):
    """Arguments (x, n_heads)."""
    n, d, d_v, batch, heads = (sizes[s] for s in ("n_q", "d", "d_v", "batch", "heads"))
    x = eighths(rng, n, heads * d)
    xs = eighths(rng, batch, n, heads * d)
    return (
        Case("two heads of two", (np.array([[1.0, 2.0, 3.0, 4.0]]), 2)),
        Case("distinct sizes", (x, heads)),
        Case("the same sizes, other numbers", (eighths(rng, n, heads * d), heads)),
        Case("as many heads as they are large", (x, d)),
        Case("one head", (x, 1)),
        Case("heads of one feature", (x, heads * d)),
        Case("one feature", (x[:, :1], 1)),
        Case("heads that divide the tokens too", (eighths(rng, 2 * heads, heads * d_v), heads)),
        Case("as many tokens as heads", (eighths(rng, heads, heads * d), heads)),
        Case("everything the same", (eighths(rng, batch, 3, 3, 9), 3)),
        Case("one token", (x[:1], heads)),
        Case("a batch", (xs, heads)),
        Case("a batch, one head", (xs, 1)),
        Case("as many sequences as heads", (eighths(rng, heads, n, heads * d), heads)),
        Case("two leading axes", (eighths(rng, batch, 3, n, heads * d_v), heads)),
        Case("integers", (rng.integers(-99, 100, size=(n, heads * d)), heads)),
        Case("float32", (x.astype(np.float32), heads)),
        Case("Fortran order", (np.asfortranarray(x), heads)),
        Case("a batch with its axes in another order", (_turned(rng, batch, n, heads * d), heads)),
        Case("as many tokens as features", (eighths(rng, heads * d, heads * d), heads)),
        Case("numbers with many digits", (many_digits(rng, n, heads * d), heads)),
    )


def merge_cases(rng, sizes):
    """Arguments (x,): features of each head, shape (..., h, n, d)."""
    n, d, d_v, batch, heads = (sizes[s] for s in ("n_q", "d", "d_v", "batch", "heads"))
    x = eighths(rng, heads, n, d_v)
    return (
        Case("two heads of one token", (np.array([[[1.0, 2.0]], [[3.0, 4.0]]]),)),
        Case("distinct sizes", (x,)),
        Case("the same sizes, other numbers", (eighths(rng, heads, n, d_v),)),
        Case("one head", (x[:1],)),
        Case("heads of one feature", (x[..., :1],)),
        Case("one token", (x[:, :1],)),
        Case("one of each", (np.array([[[3.0]]]),)),
        Case("as many tokens as heads", (eighths(rng, heads, heads, d_v),)),
        Case("everything the same", (eighths(rng, 3, 3, 3, 3),)),
        Case("a batch", (eighths(rng, batch, heads, n, d_v),)),
        Case("a batch, one head", (eighths(rng, batch, 1, n, d),)),
        Case("as many sequences as heads", (eighths(rng, heads, heads, n, d),)),
        Case("two leading axes", (eighths(rng, batch, 5, heads, n, d),)),
        Case("integers", (rng.integers(-99, 100, size=(heads, n, d)),)),
        Case("float32", (x.astype(np.float32),)),
        Case("Fortran order", (np.asfortranarray(x),)),
        Case("a batch with its axes in another order", (_turned(rng, batch, heads, n, d),)),
        Case("numbers with many digits", (many_digits(rng, heads, n, d_v),)),
    )


def order_cases(rng, sizes):
    """Arguments (out_of_shuffled, permutation)."""
    n, d, batch, heads = sizes["n_k"], sizes["d_v"], sizes["batch"], sizes["heads"]
    out, swap = eighths(rng, n, d), np.arange(n)
    swap[[1, n - 2]] = n - 2, 1
    return (
        Case("three tokens", (np.array([[1.0], [2.0], [3.0]]), np.array([1, 2, 0]))),
        Case("one long cycle", (out, cycle(rng, n))),
        Case("another long cycle", (eighths(rng, n, d), cycle(rng, n))),
        Case("a random permutation", (out, rng.permutation(n))),
        Case("two tokens swapped", (out, swap)),
        Case("nothing moved", (out, np.arange(n))),
        Case("in reverse", (out, np.arange(n)[::-1].copy())),
        Case("one place to the left", (out, np.roll(np.arange(n), -1))),
        Case("three places to the right", (out, np.roll(np.arange(n), 3))),
        Case("one token", (out[:1], np.array([0]))),
        Case("as many features as tokens", (eighths(rng, n, n), cycle(rng, n))),
        Case("one feature", (out[:, :1], cycle(rng, n))),
        Case("a batch", (eighths(rng, batch, n, d), cycle(rng, n))),
        Case("as many sequences as tokens", (eighths(rng, n, n, d), cycle(rng, n))),
        Case("two leading axes", (eighths(rng, batch, heads, n, d), cycle(rng, n))),
        Case("the last token stays", (out, np.append(cycle(rng, n - 1), n - 1))),
        Case("integers", (rng.integers(-99, 100, size=(n, d)), cycle(rng, n))),
        Case("float32", (out.astype(np.float32), cycle(rng, n))),
        Case("Fortran order", (np.asfortranarray(out), cycle(rng, n))),
        Case("three tokens, two swapped", (out[:3], np.array([1, 0, 2]))),
        Case("numbers with many digits", (many_digits(rng, n, d), cycle(rng, n))),
    )


def gradient_cases(rng, sizes):
    """Arguments (q, k, v, d_out), all with the same leading axes."""
    n_q, n_k, d, d_v = (sizes[s] for s in ("n_q", "n_k", "d", "d_v"))
    batch, heads = sizes["batch"], sizes["heads"]

    def four(*lead, n_q=n_q, n_k=n_k, d=d, d_v=d_v):
        shapes = (n_q, d), (n_k, d), (n_k, d_v), (n_q, d_v)
        return tuple(eighths(rng, *lead, *shape) for shape in shapes)

    plain = four()
    q, k, v, d_out = plain
    small = np.array([[1.0, 0.0]]), np.eye(2), np.array([[0.0], [1.0]]), np.array([[1.0]])
    return (
        Case("one query, two keys", small),
        Case("distinct sizes", plain),
        Case("the same sizes, other numbers", four()),
        Case("more queries than keys", four(n_q=n_k, n_k=n_q)),
        Case("as many queries as keys", four(n_k=n_q)),
        Case("values as wide as the keys", four(d_v=d)),
        Case("as many keys as features", four(n_q=d, n_k=d, d_v=d)),
        Case("one query", four(n_q=1)),
        Case("one key", four(n_k=1)),
        Case("one feature", four(d=1)),
        Case("one column of values", four(d_v=1)),
        Case("a batch", four(batch)),
        Case("a batch of squares", four(batch, n_q=d, n_k=d, d_v=d)),
        Case("two leading axes", four(batch, heads)),
        Case("the same gradient for all", (q, k, v, np.ones_like(d_out))),
        Case("a gradient for one query only", (q, k, v, d_out * (np.arange(n_q) == 1)[:, None])),
        Case("equal values", (q, k, np.full_like(v, 0.25), d_out)),
        Case("integer values and gradients", (q, k, np.round(v), np.round(d_out).astype(int))),
        Case("integers", tuple(rng.integers(-1, 2, size=a.shape) for a in plain)),
        Case("float32", tuple(a.astype(np.float32) for a in plain)),
        Case("Fortran order", tuple(np.asfortranarray(a) for a in plain)),
        Case("large scores", _large_scores(rng, n_q, n_k, d_v)),
    )


def _three(rng, m, d, d_v):
    return eighths(rng, m, d), eighths(rng, m, d), eighths(rng, m, d_v)


def _sharp(rng, n_q, n_k):
    e = np.exp(4 * eighths(rng, n_q, n_k))
    return e / e.sum(axis=-1, keepdims=True)


def _turned(rng, *shape):
    """An array whose first axis is the last in memory."""
    return np.moveaxis(eighths(rng, *shape[1:], shape[0]), -1, 0)


def _large_scores(rng, n_q, n_k, d_v):
    """Scores near 1024, and near -1024 in the first row, that lie close together.

    The large numbers stand in the queries: in the keys they would cancel in the gradient.
    """
    q, k = np.zeros((n_q, 16)), np.zeros((n_k, 16))
    q[:, :n_q], k[:, :n_q] = 4 * np.eye(n_q), eighths(rng, n_q, n_k).T
    q[:, 15], k[:, 15] = 2.0**12, 1
    q[0, 15] = -(2.0**12)
    return q, k, eighths(rng, n_k, d_v), eighths(rng, n_q, d_v)
