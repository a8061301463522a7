"""The calls of chapter 1 that take pairs of tokens, tables of probabilities or Markov chains.

Probabilities are multiples of a power of two wherever they can be, so that they are exact in
float32 too.
"""

import numpy as np

from ..exercise import Case


def joint_cases(rng, sizes):
    """Arguments (tokens, lag, n_symbols)."""
    n, m, symbols = sizes["n"], sizes["m"], sizes["symbols"]
    tokens = rng.integers(symbols, size=3 * n)
    steady = np.where(rng.random(500) < 0.9, 1, rng.integers(symbols, size=500))
    return (
        Case("neighbours in 0 1 0 0 1", (np.array([0, 1, 0, 0, 1]), 1, 2)),
        Case("two apart", (np.array([0, 1, 0, 0, 1]), 2, 2)),
        Case("lag 0", (np.array([0, 1, 0, 0, 1]), 0, 2)),
        Case("one pair", (np.array([1, 0, 0, 2]), 3, 3)),
        Case("one token, lag 0", (np.array([2]), 0, 3)),
        Case("two tokens", (np.array([0, 1]), 1, 2)),
        Case("neighbours", (tokens, 1, symbols)),
        Case("three apart", (tokens, 3, symbols)),
        Case("far apart", (tokens, 2 * n, symbols)),
        Case("very far apart", (np.tile(tokens, 2), 5 * n, symbols)),
        Case("with themselves", (tokens, 0, symbols)),
        Case("a period of three", (np.tile([0, 2, 1], m), 2, 3)),
        Case("one token most of the time", (steady, 4, symbols)),
        Case("a symbol that never comes", (np.array([0, 2, 0, 2, 2, 0]), 1, 4)),
        Case("the last symbol never comes", (rng.integers(2, size=n), 2, 4)),
        Case("one symbol", (np.zeros(m, dtype=int), 2, 1)),
        Case("rising numbers", (np.arange(m), 1, m)),
        Case("int32", (tokens.astype(np.int32), 5, symbols)),
        Case("a strided view", (rng.integers(symbols, size=2 * n)[::2], 2, symbols)),
    )


def table_cases(rng, sizes):
    """Arguments (joint,)."""
    m, batch, heads, symbols = (sizes[name] for name in ("m", "batch", "heads", "symbols"))
    table = tables(rng, symbols, m)
    empty = tables(rng, m, symbols)
    empty[0] += empty[2]
    empty[:, -1] += empty[:, 1]
    empty[2], empty[:, 1] = 0, 0
    rare = np.array([[0.5 - 2.0**-10, 2.0**-10], [2.0**-11, 0.5 - 2.0**-11]])
    return (
        Case("two equal coins", (np.full((2, 2), 0.25),)),
        Case("a coin and its copy", (np.eye(2) / 2,)),
        Case("a coin and its opposite", (np.eye(2)[::-1] / 2,)),
        Case("often the same", (np.array([[3.0, 1.0], [1.0, 3.0]]) / 8,)),
        Case("the second is never 1 after 1", (np.array([[0.25, 0.25], [0.5, 0.0]]),)),
        Case("independent and uneven", (np.outer([0.25, 0.75], [0.125, 0.375, 0.5]),)),
        Case("four symbols and their copies", (np.diag([0.5, 0.25, 0.125, 0.125]),)),
        Case("a permutation of many", (np.eye(m)[rng.permutation(m)] / m,)),
        Case("one row, one column", (np.ones((1, 1)),)),
        Case("one row", (tables(rng, 1, m),)),
        Case("one column", (tables(rng, m, 1),)),
        Case("a table", (table,)),
        Case("a table, turned", (table.T,)),
        Case("a square", (tables(rng, symbols, symbols),)),
        Case("pairs that never come", (_with_zeros(rng, symbols, m),)),
        Case("symbols that never come", (empty,)),
        Case("rare pairs", (rare,)),
        Case("many symbols", (_with_zeros(rng, 6 * m, 5 * m + 1),)),
        Case("a batch", (tables(rng, batch, symbols, m),)),
        Case("a batch of squares", (tables(rng, symbols, symbols, symbols),)),
        Case("a batch with pairs that never come", (_with_zeros(rng, batch, 3, symbols),)),
        Case("two leading axes", (tables(rng, batch, heads, symbols, 3),)),
        Case("one table in a batch", (table[None],)),
        Case("float32", (table.astype(np.float32),)),
        Case("Fortran order", (np.asfortranarray(table),)),
        Case("a strided view", (np.repeat(table, 2, axis=1)[:, ::2],)),
    )


def tables(rng, *shape):
    """Probabilities above 0: multiples of 2**-10 that sum to 1 over the last two axes."""
    return _drawn(rng, shape, rng.random(shape) ** 3 + 0.02, at_least=1)


def _with_zeros(rng, *shape):
    """As `tables`, but about half of the pairs have probability 0, and none fills up a row."""
    odds = rng.random(shape) * (rng.random(shape) < 0.5)
    odds[..., 0, 0], odds[..., -1, -1] = 0.5, 0
    return _drawn(rng, shape, odds, at_least=0)


def _drawn(rng, shape, odds, at_least):
    size = shape[-1] * shape[-2]
    odds = odds.reshape(-1, size) / odds.sum(axis=(-2, -1)).reshape(-1, 1)
    total = 2**10 if size < 2**9 else 2**13
    counts = at_least + rng.multinomial(total - at_least * size, odds)
    return counts.reshape(shape) / total


def curve_cases(rng, sizes):
    """Arguments (tokens, lags, n_symbols)."""
    n, m, symbols = sizes["n"], sizes["m"], sizes["symbols"]
    tokens = sticky(rng, 6 * n, symbols)
    return (
        Case("neighbours", (tokens, np.array([1]), symbols)),
        Case("three lags", (tokens, np.array([1, 2, 5]), symbols)),
        Case("lags from 1 on", (tokens, np.arange(1, m), symbols)),
        Case("lag 0 too", (tokens, np.array([0, 3]), symbols)),
        Case("lags that fall", (tokens, np.array([9, 4, 1]), symbols)),
        Case("a lag twice", (tokens, np.array([4, 4]), symbols)),
        Case("most of the sequence", (tokens, np.array([n, 3 * n, 5 * n]), symbols)),
        Case("two symbols", (sticky(rng, 4 * n, 2), np.array([1, 2, 3, 4]), 2)),
        Case("a period of four", (np.tile([0, 1, 1, 2], m), np.array([1, 2, 3, 4, 8]), 3)),
        Case("the last symbol never comes", (sticky(rng, 3 * n, 2), np.array([2, 7]), 4)),
        Case("one symbol", (np.zeros(m, dtype=int), np.array([1, 2, 3]), 1)),
        Case("int32", (tokens.astype(np.int32), np.array([2, 3], np.int32), symbols)),
        Case("strided views", (np.repeat(tokens, 2)[::2], np.arange(2, 12)[::3], symbols)),
    )


def sticky(rng, n, n_symbols):
    """Tokens that often repeat the one before."""
    tokens = rng.integers(n_symbols, size=n)
    for i in np.flatnonzero(rng.random(n) < 0.7):
        tokens[i] = tokens[i - 1]
    return tokens


def chain_cases(rng, sizes):
    """Arguments (transition,): chains in which one eigenvalue after 1 is the largest, and real."""
    m, symbols = sizes["m"], sizes["symbols"]
    low, high, leave = rng.integers([2, 11, 6], [5, 15, 11])
    return (
        Case("stay with 3/4", (np.array([[0.75, 0.25], [0.25, 0.75]]),)),
        Case("stay with 1/8", (np.array([[0.125, 0.875], [0.875, 0.125]]),)),
        Case("two states, uneven", (np.array([[16 - low, low], [16 - high, high]]) / 16,)),
        Case("two states, mostly left", (np.array([[low, 16 - low], [high, 16 - high]]) / 16,)),
        Case("three states", (chain(rng, 3, 1),)),
        Case("three states that alternate", (chain(rng, 3, -1),)),
        Case("four states", (chain(rng, 4, 1),)),
        Case("four states that alternate", (chain(rng, 4, -1),)),
        Case("many states", (chain(rng, symbols, 1),)),
        Case("many states that alternate", (chain(rng, m, -1),)),
        Case("Fortran order", (np.asfortranarray(chain(rng, 4, 1)),)),
        Case("a state that is hard to leave", (np.array([[16 - leave, leave], [1, 15]]) / 16,)),
    )


def chain(rng, n_states, sign):
    """A transition matrix whose second eigenvalue has this sign, and leads clearly."""
    group = np.arange(n_states) % 2
    same = group[:, None] == group
    for _ in range(1000):
        flow = rng.random((n_states, n_states)) + 0.1
        flow = (flow + flow.T) * np.where(same if sign > 0 else ~same, 8, 1)
        transition = flow / flow.sum(axis=1, keepdims=True)  # reversible, so all real
        values = np.linalg.eigvals(transition).real
        values = values[np.argsort(-np.abs(values))]
        third = np.abs(values[2:]).max(initial=0)
        if 0.3 < sign * values[1] < 0.9 and third < 0.7 * sign * values[1]:
            return transition
    raise RuntimeError("no chain found")
