"""The calls of chapter 1 that count distances and n-grams, or shift a sequence.

Every function takes a Generator and sizes, and returns cases. Sizes all differ; the hidden ones
are drawn. Shares are multiples of 1/8, so that a share of a number of needs is exact.
"""

import numpy as np

from ..exercise import Case
from .draws import eighths

SIZES = ("n", "m", "batch", "heads", "symbols")
# "The dog barked loudly, and another loud noise startled it.", as chapter 1 has it.
SENTENCE = np.array([1, 2, 2, 2, 9, 9, 8, 8, 9, 2, 9, 2])


def visible_sizes(rng):
    """Sizes of the calls in a notebook, the same every time."""
    return dict(zip(SIZES, (23, 11, 2, 3, 5), strict=True))


def hidden_sizes(rng):
    """Sizes of the calls that grade: others than the visible ones, and different for each draw."""
    n, m, symbols = rng.integers([25, 13, 6], [47, 24, 8]).tolist()
    batch, heads = rng.permutation([4, 5]).tolist()
    return dict(zip(SIZES, (n, m, batch, heads, symbols), strict=True))


def heads_cases(rng, sizes):
    """Arguments (heads,)."""
    n, m = sizes["n"], sizes["m"]
    place = np.arange(m)
    return (
        Case("three words", (np.array([1, 1, 1]),)),
        Case("a sentence", (SENTENCE.copy(),)),
        Case("one word", (np.array([0]),)),
        Case("no word has a head", (place,)),
        Case("every word has a head", (_heads(rng, n, 0),)),
        Case("one root", (_heads(rng, n, 1),)),
        Case("several roots", (_heads(rng, n, 4),)),
        Case("all depend on the first word", (np.zeros(m, dtype=int),)),
        Case("all depend on the last word", (np.full(m, m - 1),)),
        Case("each depends on the one before", (np.maximum(place - 1, 0),)),
        Case("each depends on the next", (np.minimum(place + 1, m - 1),)),
        Case("a long text", (_heads(rng, 12 * n, 9),)),
        Case("int32", (_heads(rng, n, 2).astype(np.int32),)),
        Case("a strided view", (np.repeat(_heads(rng, n, 2), 2)[::2],)),
    )


def _heads(rng, n, roots):
    """Each word depends on another word, except some roots, which depend on themselves."""
    heads = rng.integers(n - 1, size=n)
    heads += heads >= np.arange(n)
    heads[0] = 1 + rng.integers(n - 1)
    at_root = 1 + rng.permutation(n - 1)[:roots]
    heads[at_root] = at_root
    return heads


def share_cases(rng, sizes):
    """Arguments (distances, window)."""
    n, m, batch, heads = (sizes[name] for name in ("n", "m", "batch", "heads"))
    row, block = rng.integers(12, size=n), rng.integers(12, size=(batch, n))
    return (
        Case("four distances", (np.array([1, 2, 3, 6]), 2)),
        Case("none within", (np.array([5, 7, 6]), 4)),
        Case("all within", (np.array([5, 7, 6]), 7)),
        Case("one distance, within", (np.array([3]), 3)),
        Case("one distance, outside", (np.array([4]), 3)),
        Case("a window of 0", (np.array([0, 1, 0, 2]), 0)),
        Case("a row", (row, 4)),
        Case("a wide window", (rng.integers(100, size=n), 60)),
        Case("a text", (rng.integers(200, size=40 * n), int(rng.integers(40, 90)))),
        Case("a distance of a million", (np.array([1, 10**6, 2, 10**6, 4]), 10**6 - 1)),
        Case("equal distances", (np.full(m, 3), 3)),
        Case("some equal distances", (np.array([1, 1, 1, 1, 5, 9, 9]), 5)),
        Case("a batch", (block, 5)),
        Case("a square", (rng.integers(12, size=(m, m)), 6)),
        Case("two leading axes", (rng.integers(12, size=(batch, heads, m)), 3)),
        Case("one column", (block[:, :1], 5)),
        Case("one row of a batch", (block[:1], 2)),
        Case("int32", (block.astype(np.int32), 7)),
        Case("Fortran order", (np.asfortranarray(block), 8)),
        Case("a strided view", (rng.integers(12, size=(batch, 2 * n))[:, ::2], 5)),
    )


def ids_cases(rng, sizes):
    """Arguments (ids,)."""
    n, m = sizes["n"], sizes["m"]
    large = rng.integers(1, 50_000, size=m)
    return (
        Case("the names x y x z y x", (np.array([0, 1, 0, 2, 1, 0]),)),
        Case("one token", (np.array([4]),)),
        Case("the same token", (np.full(7, 3),)),
        Case("no token twice", (rng.permutation(n),)),
        Case("twice side by side", (np.array([6, 6, 2]),)),
        Case("the first token again at the end", (np.array([3, 1, 4, 5, 3]),)),
        Case("a few symbols", (rng.integers(4, size=n),)),
        Case("many symbols", (rng.integers(n, size=2 * n),)),
        Case("large ids", (np.tile(large, 2)[rng.permutation(2 * m)],)),
        Case("ids with equal ends", (7 + np.tile([0, 100, 256, 1000, 4096, 32768], 2),)),
        Case("the largest id twice", (np.array([49_999, 0, 49_999, 0]),)),
        Case("large ids side by side", (np.array([49_998, 49_999, 49_997, 49_998]),)),
        Case("a use far away", (np.concatenate(([0], np.arange(1, 12 * n), [0, 5])),)),
        Case("runs", (np.repeat(rng.integers(3, size=m), 3),)),
        Case("int32", (rng.integers(5, size=n).astype(np.int32),)),
        Case("a strided view", (rng.integers(6, size=2 * n)[::2],)),
    )


def needs_cases(rng, sizes):
    """Arguments (needs,) or (needs, share)."""
    n, m = sizes["n"], sizes["m"]
    past, mixed = _needs(rng, n, 0), _needs(rng, n, n // 4)
    late = np.array([[5, 1], [6, 3], [2, 4], [9, 8]])
    return (
        Case("one need", (np.array([[9, 1]]), 1.0)),
        Case("a token needs itself", (np.array([[3, 3]]),)),
        Case("two needs", (np.array([[9, 7], [4, 0]]),)),
        Case("one asker, two sources", (np.array([[8, 2], [8, 5], [8, 7]]),)),
        Case("many needs", (past,)),
        Case("half of four needs", (np.array([[9, 1], [3, 1], [7, 2], [5, 4]]), 0.5)),
        Case("half of five needs", (np.array([[9, 1], [3, 1], [7, 2], [5, 4], [9, 6]]), 0.5)),
        Case("one eighth of three needs", (np.array([[9, 1], [7, 2], [6, 4]]), 0.125)),
        Case("five eighths", (past, 0.625)),
        Case("seven eighths", (past, 0.875)),
        Case("a quarter", (past, 0.25)),
        Case("all, by number", (past, 1.0)),
        Case("equal distances", (np.stack([np.arange(3, 8), np.arange(5)], 1), 0.75)),
        Case("most at one distance", (np.array([[1, 0], [2, 1], [3, 2], [9, 0], [8, 2]]), 0.5)),
        Case("a source that comes later", (late,)),
        Case("a source one step ahead", (np.array([[4, 5], [3, 1], [8, 7]]),)),
        Case("three quarters in the past", (late, 0.75)),
        Case("one eighth too many", (late, 0.875)),
        Case("all sources come later", (np.array([[0, 4], [1, 2], [3, 9]]), 0.125)),
        Case("some come later", (mixed,)),
        Case("half of them, some later", (mixed, 0.5)),
        Case("share by name", (past,), {"share": 0.375}),
        Case("far away", (_needs(rng, m, 0) * 5000, 0.75)),
        Case("int32", (past.astype(np.int32), 0.75)),
        Case("Fortran order", (np.asfortranarray(past), 0.5)),
        Case("a strided view", (_needs(rng, 2 * m, 0)[::2], 0.5)),
        Case("one need, a source that comes later", (np.array([[1, 9]]),)),
        Case("half need themselves", (np.array([[3, 3], [9, 2], [5, 5], [7, 1]]), 0.5)),
        Case("a text", (_needs(rng, 50 * n, 3), 0.875)),
        Case(
            "a text, all its needs",
            (np.stack([9 + rng.permutation(50 * n), np.full(50 * n, 9)], 1),),
        ),
    )


def _needs(rng, m, later):
    """Positions (asker, source); the last `later` of them, then mixed, look ahead."""
    source = rng.integers(60, size=m)
    distance = rng.integers(60, size=m)
    needs = np.stack([source + distance, source], axis=1)
    ahead = np.arange(m) >= m - later
    needs[ahead] = needs[ahead, ::-1] + [0, 1]
    return needs[rng.permutation(m)]


def copy_cases(rng, sizes):
    """Arguments (x, lag)."""
    n, m, batch, heads = (sizes[name] for name in ("n", "m", "batch", "heads"))
    row, block = eighths(rng, n), eighths(rng, batch, n)
    return (
        Case("four numbers", (np.array([5.0, 6.0, 7.0, 8.0]), 1)),
        Case("by two", (np.array([5.0, 6.0, 7.0, 8.0]), 2)),
        Case("lag 0", (np.array([5.0, 6.0, 7.0]), 0)),
        Case("a lag as long as the sequence", (np.array([5.0, 6.0, 7.0]), 3)),
        Case("a lag beyond the sequence", (np.array([5.0, 6.0, 7.0]), 5)),
        Case("twice the length", (row[:4], 7)),
        Case("far beyond the sequence", (row, 10 * n)),
        Case("one number", (np.array([2.5]), 0)),
        Case("one number, lag 1", (np.array([2.5]), 1)),
        Case("a row", (row, 3)),
        Case("all but one", (row, n - 1)),
        Case("integers", (rng.integers(1, 9, size=n), 4)),
        Case("large numbers", (2.0**20 + row, 2)),
        Case("a batch", (block, 5)),
        Case("a batch, lag 0", (block, 0)),
        Case("a batch, a lag beyond", (block, n + 2)),
        Case("a batch, more lag than sequences", (block, batch + 1)),
        Case("a square", (eighths(rng, m, m), 2)),
        Case("two leading axes", (eighths(rng, batch, heads, m), 4)),
        Case("two leading axes, lag 1", (eighths(rng, batch, heads, m), 1)),
        Case("one column", (block[:, :1], 1)),
        Case("float32", (block.astype(np.float32), 6)),
        Case("Fortran order", (np.asfortranarray(block), 3)),
        Case("a strided view", (eighths(rng, batch, 2 * n)[:, ::2], 2)),
        Case("numbers with many digits", (row / 7, 3)),
        Case("large integers", (rng.integers(-(10**6), 10**6, size=(batch, n)), 6)),
        Case("a long sequence", (eighths(rng, 12 * n), 5 * n)),
    )


def ngram_cases(rng, sizes):
    """Arguments (tokens, n, n_symbols)."""
    n, m, symbols = sizes["n"], sizes["m"], sizes["symbols"]
    bits, tokens = rng.integers(2, size=n), rng.integers(symbols, size=4 * n)
    run = np.zeros(300, dtype=int)
    run[-m:] = rng.integers(symbols, size=m)
    return (
        Case("pairs in 0 1 0 1", (np.array([0, 1, 0, 1]), 2, 2)),
        Case("single tokens", (tokens, 1, symbols)),
        Case("pairs", (tokens, 2, symbols)),
        Case("triples", (tokens, 3, symbols)),
        Case("triples of bits", (bits, 3, 2)),
        Case("four bits", (bits, 4, 2)),
        Case("as long as the sequence", (np.array([2, 0, 1]), 3, 3)),
        Case("longer than the sequence", (np.array([2, 0]), 3, 3)),
        Case("much longer than the sequence", (np.array([1]), 5, 2)),
        Case("one token", (np.array([1]), 1, 3)),
        Case("a run of one token", (np.zeros(m, dtype=int), 2, 2)),
        Case("a long run", (run, 2, symbols)),
        Case("a symbol that never comes", (np.array([0, 2, 0, 2, 2]), 2, 4)),
        Case("the last symbol never comes", (bits, 2, 3)),
        Case("one symbol", (np.zeros(m, dtype=int), 3, 1)),
        Case("rising numbers", (np.arange(symbols), 2, symbols)),
        Case("int32", (tokens.astype(np.int32), 2, symbols)),
        Case("a strided view", (rng.integers(symbols, size=2 * n)[::2], 2, symbols)),
        Case("four of three symbols", (rng.integers(3, size=3 * n), 4, 3)),
    )


def window_cases(*windows):
    """Arguments (window,)."""
    return tuple(Case(f"n-grams up to {window}", (window,)) for window in windows)
