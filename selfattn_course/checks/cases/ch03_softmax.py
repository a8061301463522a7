"""The calls of chapter 3.

Every function here takes a Generator and sizes that all differ, so that no two axes can be
confused, and returns cases. Random numbers are multiples of 1/8: dot products of them are exact
in float32 too, so an honest float32 answer stays within the tolerance.
"""

import numpy as np

from ..exercise import Case
from .draws import eighths, weights

VISIBLE = {"n_q": 5, "n_k": 11, "d": 7, "d_v": 3, "batch": 2, "heads": 4}
HIDDEN = {"n_q": 7, "n_k": 13, "d": 11, "d_v": 5, "batch": 3, "heads": 2}


def score_cases(rng, sizes):
    """Arguments (x, axis=...) for softmax, logsumexp and log_softmax."""
    n, m, batch, heads = sizes["n_q"], sizes["n_k"], sizes["batch"], sizes["heads"]
    rows = eighths(rng, n, m)
    block = eighths(rng, batch, n, m)
    return (
        Case("two scores", (np.array([0.0, 1.0]),)),
        Case("large scores", (np.array([1000.0, 1001.0]),)),
        Case("large negative scores", (np.array([-1000.0, -1002.0]),)),
        Case("medium scores", (np.array([400.0, 402.0]),)),
        Case("one score", (np.array([3.0]),)),
        Case("integer scores", (rng.integers(-4, 5, size=3),)),
        Case("equal largest scores", (np.array([2.0, 5.0, 5.0]),)),
        Case("rows", (rows,)),
        Case("one row", (rows[:1],)),
        Case("one column", (rows[:, :1],)),
        Case("columns", (rows,), {"axis": 0}),
        Case("a square", (eighths(rng, n, n),)),
        Case("a batch", (block,)),
        Case("the middle axis", (block,), {"axis": -2}),
        Case("the middle axis, by position", (block, 1)),
        Case("the first of three axes", (block,), {"axis": 0}),
        Case("four axes", (eighths(rng, batch, heads, n, m),)),
        Case("the second of four axes", (eighths(rng, batch, heads, n, m),), {"axis": 1}),
        Case("rows of very different size", (_uneven(rows),)),
        Case("columns of very different size", (_uneven(rows).T.copy(),), {"axis": 0}),
        Case("scores near 16000", (2.0**14 + rows,)),
        Case("scores ten thousands apart", (2.0**13 * rows,)),
        Case("float32 scores", (rows.astype(np.float32),)),
        Case("integer rows", (rng.integers(-3, 4, size=(n, m)),)),
        Case("Fortran order", (np.asfortranarray(rows),)),
        Case("a strided view", (eighths(rng, n, 2 * m)[:, ::2],)),
        Case("scores up to 16", (8 * rows,)),
        Case("two rare keys", (np.array([0.0, -8.0, -10.0]),)),
        Case("a batch of one", (block[:1],)),
        Case("the last axis, by position", (block, 2)),
        Case("the last axis, by name", (block,), {"axis": -1}),
        Case("the first axis, from the end", (block,), {"axis": -3}),
        Case("the second of two axes", (rows,), {"axis": 1}),
        Case("large integers", (np.array([70000, 70002, 69999]),)),
    )


def temperature_cases(rng, sizes):
    """Arguments (x, temperature)."""
    n, m, batch = sizes["n_q"], sizes["n_k"], sizes["batch"]
    rows = eighths(rng, n, m)
    return (
        Case("temperature 1", (np.array([0.0, 1.0]), 1.0)),
        Case("sharper", (np.array([0.0, 1.0]), 0.5)),
        Case("flatter", (np.array([0.0, 1.0]), 2.0)),
        Case("an integer temperature", (rows, 4)),
        Case("integer scores", (rng.integers(-5, 6, size=(n, m)), 2)),
        Case("rows", (rows, 0.25)),
        Case("a batch", (eighths(rng, batch, n, m), 2.5)),
        Case("almost the maximum", (rows, 2.0**-10)),
        Case("large scores, high temperature", (1024 * rows, 1024.0)),
        Case("large scores", (2.0**14 + rows, 0.5)),
        Case("rows of very different size", (_uneven(rows), 2.0)),
        Case("float32 scores", (rows.astype(np.float32), 0.5)),
        Case("Fortran order", (np.asfortranarray(rows), 3.0)),
        Case("one score", (np.array([3.0]), 0.5)),
        Case("one row", (rows[:1], 0.5)),
        Case("one column", (rows[:, :1], 0.5)),
        Case("a square", (eighths(rng, n, n), 0.5)),
        Case("four axes", (eighths(rng, batch, sizes["heads"], n, m), 0.5)),
        Case("close scores, tiny temperature", (rows * 2.0**-20, 2.0**-20)),
        Case("huge scores, huge temperature", (rows * 2.0**40, 2.0**40)),
    )


def gap_cases(rng, sizes):
    """Arguments (weight, n): a number, or an array of them."""
    n, m, batch = sizes["n_q"], sizes["n_k"], sizes["batch"]
    shares = rng.integers(1, 64, size=(batch, m)) / 64
    large = int(rng.integers(10**5, 10**6))
    return (
        Case("half the weight, two keys", (0.5, 2)),
        Case("16 keys", (0.9, 16)),
        Case("less than an equal share", (0.05, 4)),
        Case("many keys", (0.75, large)),
        Case("almost all the weight", (1 - 2.0**-20, n)),
        Case("almost none", (2.0**-40, n)),
        Case("a row of weights", (shares[0], m)),
        Case("a batch of weights", (shares, 8 * m)),
        Case("one weight in an array", (shares[:1, 0], 3)),
        Case("float32 weights", (shares[0].astype(np.float32), n)),
        Case("Fortran order", (np.asfortranarray(shares), n + 1)),
        Case("a square of weights", (shares[:, :batch], n)),
        Case("weights on three axes", (shares[:, :, None], n)),
        Case("all but a millionth of a millionth", (1 - 2.0**-40, n)),
    )


def curve_cases(rng, sizes):
    """Arguments (scores, temperatures)."""
    n, m = sizes["n_q"], sizes["n_k"]
    scores = eighths(rng, n)
    temperatures = rng.integers(1, 33, size=m) / 8
    return (
        Case("two scores", (np.array([0.0, np.log(3)]), np.array([1.0]))),
        Case("equal scores", (np.full(n, 2.0), np.array([0.5, 4.0]))),
        Case("one score", (np.array([3.0]), np.array([0.25, 1.0]))),
        Case("weights that underflow", (scores, np.array([2.0**-12, 1.0]))),
        Case("large scores", (2.0**12 + scores, temperatures)),
        Case("large negative scores", (scores - 2.0**12, temperatures)),
        Case("a curve", (scores, temperatures)),
        Case("as many scores as temperatures", (eighths(rng, m), temperatures)),
        Case("integer scores", (rng.integers(-4, 5, size=n), temperatures)),
        Case("integer temperatures", (scores, rng.integers(1, 9, size=m))),
        Case("high temperatures", (scores, np.array([2.0**20, 2.0**30]))),
        Case("huge scores, huge temperatures", (scores * 2.0**30, temperatures * 2.0**30)),
        Case("close scores, tiny temperatures", (scores * 2.0**-40, temperatures * 2.0**-40)),
        Case("rare keys", (np.array([0.0, -8.0, -10.0]), np.array([1.0, 0.75]))),
        Case("float32", (scores.astype(np.float32), temperatures.astype(np.float32))),
        Case("strided views", (eighths(rng, 2 * n)[::2], np.repeat(temperatures, 2)[::2])),
    )


def weight_cases(rng, sizes):
    """Arguments (p,): positive weights whose last axis sums to 1."""
    n, m, batch = sizes["n_q"], sizes["n_k"], sizes["batch"]
    tiny = np.array([1.0, 2.0**-100])
    return (
        Case("two equal weights", (np.array([0.5, 0.5]),)),
        Case("a quarter and the rest", (np.array([0.25, 0.75]),)),
        Case("one weight", (np.array([1.0]),)),
        Case("rows", (weights(rng, n, m),)),
        Case("a square", (weights(rng, n, n),)),
        Case("a batch", (weights(rng, batch, n, m),)),
        Case("tiny weights", (tiny / tiny.sum(),)),
        Case("float32 weights", (weights(rng, n, m).astype(np.float32),)),
        Case("Fortran order", (np.asfortranarray(weights(rng, n, m)),)),
        Case("one row", (weights(rng, 1, m),)),
        Case("one column", (np.ones((n, 1)),)),
        Case("four axes", (weights(rng, batch, sizes["heads"], n, m),)),
        Case("hardly any weight", (np.array([1.0, 2.0**-120]),)),
    )


def gradient_cases(rng, sizes):
    """Arguments (p, dp): weights and the gradient of a loss in them."""
    n, m, batch, heads = sizes["n_q"], sizes["n_k"], sizes["batch"], sizes["heads"]
    p, dp = weights(rng, n, m), eighths(rng, n, m)
    return (
        Case("two weights", (np.array([0.25, 0.75]), np.array([1.0, 0.0]))),
        Case("the same gradient for all", (np.array([0.25, 0.75]), np.array([1.0, 1.0]))),
        Case("one weight", (np.array([1.0]), np.array([2.0]))),
        Case("rows", (p, dp)),
        Case("a square", (weights(rng, n, n), eighths(rng, n, n))),
        Case("a batch", (weights(rng, batch, n, m), eighths(rng, batch, n, m))),
        Case(
            "four axes",
            (weights(rng, batch, heads, n, m), eighths(rng, batch, heads, n, m)),
        ),
        Case("all the weight on one key", (np.eye(m)[:n], dp)),
        Case("an integer gradient", (p, rng.integers(-3, 4, size=(n, m)))),
        Case("float32", (p.astype(np.float32), dp.astype(np.float32))),
        Case("Fortran order", (np.asfortranarray(p), np.asfortranarray(dp))),
        Case("one row", (p[:1], dp[:1])),
        Case("a large gradient for a certain key", (np.eye(m)[:n], dp * 2.0**20)),
    )


def _uneven(rows):
    """One row near 16000, one near -16000: beyond the exp of a long double, and far apart."""
    rows = rows.copy()
    rows[1] += 2.0**14
    rows[2] -= 2.0**14
    return rows
