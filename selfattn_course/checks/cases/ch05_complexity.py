"""The calls of chapter 5 that take sizes, and those on curves.

Every function takes a Generator and a pool of prime numbers, so that no two sizes of a call are
equal unless that is the point. Some sizes are huge: odd counts above 2**54 are no float64, and
counts above 2**64 no integer of NumPy. Where several counts are asked for, they stay below 2**63,
so that an array of int64 can hold them.
"""

import numpy as np

from ..exercise import Case

VISIBLE = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
HIDDEN = (41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89)


def attention_cases(rng, primes):
    """Arguments (n, d)."""
    few, many = _two(rng, primes)
    return (
        Case("three tokens of two features", (3, 2)),
        Case("one token", (1, few)),
        Case("one feature", (many, 1)),
        Case("as many tokens as features", (few, few)),
        Case("more tokens than features", (many, few)),
        Case("more features than tokens", (few, many)),
        Case("a common size", (32 * many, 64)),
        Case("beyond 53 bits", (_odd(rng, 10**7), _odd(rng, 10**3))),
        Case("beyond 64 bits", (_odd(rng, 10**9), _odd(rng, 10**6))),
    )


def layer_cases(rng, primes):
    """Arguments (n, d, width)."""
    n, d, width = _some(rng, primes, 3)
    few, many = sorted((n, d))
    return (
        Case("three tokens of two features", (3, 2, 3)),
        Case("all sizes 1", (1, 1, 1)),
        Case("one token", (1, d, width)),
        Case("one feature", (n, 1, width)),
        Case("a filter of width 1", (n, d, 1)),
        Case("a filter of even width", (n, d, 4)),
        Case("as many tokens as features", (n, n, width)),
        Case("more tokens than features", (many, few, 3)),
        Case("more features than tokens", (few, many, 3)),
        Case("a filter wider than the sequence", (few, d + 1, 2 * few + 1)),
        Case("twice as many tokens as features", (2 * d, d, width)),
        Case("a common size", (16 * n, 512, 3)),
        Case("beyond 53 bits", (_odd(rng, 10**6), _odd(rng, 2 * 10**5, 3 * 10**5), 5)),
        Case("beyond 53 bits, wider", (_odd(rng, 10**6), _odd(rng, 2 * 10**5, 3 * 10**5), 7)),
    )


def multi_head_cases(rng, primes):
    """Arguments (n_q, n_k, d_model, n_heads)."""
    n_q, n_k, d, h = _some(rng, primes, 4)
    return (
        Case("two queries, three keys", (2, 3, 4, 2)),
        Case("one head", (n_q, n_k, d, 1)),
        Case("several heads", (n_q, n_k, h * d, h)),
        Case("more heads", (n_q, n_k, h * d, d)),
        Case("heads of one feature", (n_q, n_k, h, h)),
        Case("self-attention", (n_q, n_q, 2 * h, h)),
        Case("one query", (1, n_k, 3 * h, h)),
        Case("one key", (n_q, 1, 3 * h, h)),
        Case("queries and keys swapped", (n_k, n_q, h * d, h)),
        Case("a common size", (8 * n_q, 8 * n_k, 512, 8)),
        Case("beyond 53 bits", (_odd(rng, 10**6), _odd(rng, 10**7), 3 * _odd(rng, 10**3), 3)),
        Case("beyond 64 bits", (_odd(rng, 10**9), _odd(rng, 10**8), 5 * _odd(rng, 10**6), 5)),
        Case("a hundred heads and more", (n_q, n_k, 3 * (100 + h), 100 + h)),
    )


def crossover_cases(rng, primes):
    """Arguments (d, n_matrices)."""
    d, more, wide = _some(rng, primes, 3)
    return (
        Case("an LSTM", (64, 8)),
        Case("a GRU", (d, 6)),
        Case("a plain RNN", (d, 2)),
        Case("seven features, five matrices", (7, 5)),
        Case("five matrices, d odd", (more, 5)),
        Case("five matrices, d even", (2 * more, 5)),
        Case("five matrices, one feature", (1, 5)),
        Case("six matrices, one feature", (1, 6)),
        Case("as many matrices as projections", (d, 4)),
        Case("one matrix fewer", (wide, 3)),
        Case("one matrix", (d, 1)),
        Case("an LSTM, d odd", (wide, 8)),
        Case("seven matrices", (d, 7)),
        Case("many matrices", (d, 4 + 2 * wide)),
        Case("an odd number of matrices", (wide, more)),
        Case("beyond 53 bits", (2 * _odd(rng, 10**17) + 1, 5)),  # so that half of it is odd
        Case("beyond 64 bits", (_odd(rng, 10**22), 7)),
    )


def score_cases(rng, primes):
    """Arguments (n_q, n_k, n_heads, item_bytes)."""
    n_q, n_k, h = _some(rng, primes, 3)
    return (
        Case("two queries, three keys", (2, 3, 1, 4)),
        Case("one head", (n_q, n_k, 1, 4)),
        Case("several heads", (n_q, n_k, h, 4)),
        Case("float64", (n_q, n_k, h, 8)),
        Case("float16", (n_q, n_k, h, 2)),
        Case("one byte", (n_q, n_k, h, 1)),
        Case("sixteen bytes", (n_q, n_k, h, 16)),
        Case("a hundred heads and more", (n_q, n_k, 100 + h, 2)),
        Case("self-attention", (n_q, n_q, h, 4)),
        Case("queries and keys swapped", (n_k, n_q, h, 8)),
        Case("one query", (1, n_k, h, 2)),
        Case("one key", (n_q, 1, h, 2)),
        Case("a long text", (1000 * n_q, 1000 * n_q, 32, 2)),
        Case("beyond 53 bits", (_odd(rng, 10**8), _odd(rng, 10**8), 3, 1)),
        Case("beyond 64 bits", (_odd(rng, 10**10), _odd(rng, 10**10), 5, 2)),
    )


def cache_cases(rng, primes):
    """Arguments (n, n_layers, n_heads, d, d_v, item_bytes)."""
    n, layers, heads, d, d_v = _some(rng, primes, 5)
    return (
        Case("two tokens", (2, 1, 1, 3, 3, 4)),
        Case("all sizes differ", (n, layers, heads, d, d_v, 2)),
        Case("float64", (n, layers, heads, d, d_v, 8)),
        Case("one byte", (n, layers, heads, d, d_v, 1)),
        Case("sixteen bytes", (n, layers, heads, d, d_v, 16)),
        Case("a hundred layers and more", (n, 100 + layers, 100 + heads, d, d_v, 2)),
        Case("values as wide as keys", (n, layers, heads, d, d, 4)),
        Case("wide values", (n, layers, heads, 1, d_v, 2)),
        Case("wide keys", (n, layers, heads, d, 1, 2)),
        Case("one token", (1, layers, heads, d, d_v, 4)),
        Case("one layer", (n, 1, heads, d, d_v, 4)),
        Case("one head", (n, layers, 1, d, d_v, 4)),
        Case("a long text", (1000 * n, 32, 8, 128, 128, 2)),
        Case("beyond 53 bits", (_odd(rng, 10**13), 3, 5, 64, 63, 1)),
        Case("beyond 64 bits", (_odd(rng, 10**17), layers, heads, d, d + 1, 1)),
    )


def decoding_cases(rng, primes):
    """Arguments (n, d)."""
    few, many = _two(rng, primes)
    return (
        Case("one token", (1, few)),
        Case("two tokens", (2, 3)),
        Case("three tokens", (3, 1)),
        Case("four tokens", (4, many)),
        Case("as many tokens as features", (few, few)),
        Case("more tokens than features", (many, few)),
        Case("more features than tokens", (few, many)),
        Case("an even number of tokens", (2 * few, many)),
        Case("a common size", (10 * many, 64)),
        Case(
            "beyond 53 bits", (4 * int(rng.integers(14, 21)) + 2, _odd(rng, 14 * 10**6, 18 * 10**6))
        ),
    )


def growth_cases(rng, primes):
    """Arguments (exponent, factor)."""
    few, many = _two(rng, primes)
    return (
        Case("linear cost, twice the length", (1, 2)),
        Case("quadratic cost, twice the length", (2, 2)),
        Case("cubic cost, twice the length", (3, 2)),
        Case("linear cost", (1, few)),
        Case("quadratic cost", (2, many)),
        Case("cubic cost", (3, few)),
        Case("a hundred times the length and more", (2, 100 * many)),
        Case("constant cost", (0, many)),
        Case("a broken exponent", (1.5, 4 * few)),
        Case("half the length", (2, 0.5)),
        Case("the same length", (2, 1)),
        Case("linear cost, a shorter text", (1, 1 / many)),
        Case("a broken exponent, a shorter text", (1.5, 1 / few)),
        Case("slower than linear", (0.5, many)),
    )


def curve_cases(rng, primes):
    """Arguments (n, cost): lengths that differ, and what they cost."""
    scale, d = _two(rng, primes)
    doubled = 2.0 ** np.arange(4, 11)
    uneven = np.sort(rng.choice(np.arange(2, 60), 7, replace=False))
    shuffled = rng.permutation(uneven)
    long = 2 ** np.arange(14, 21)
    close = rng.permutation(np.arange(8, 22, 2))
    noise = np.exp(rng.integers(-8, 9, size=7) / 16)
    return (
        Case("a square", (np.array([1.0, 2.0, 4.0]), np.array([3.0, 12.0, 48.0]))),
        Case("two lengths", (np.array([2, 8]), np.array([5, 10 * scale]))),
        Case("linear cost", (doubled, scale * doubled)),
        Case("quadratic cost", (uneven, scale * uneven**2)),
        Case("cubic cost of integers", (uneven, d * uneven**3)),
        Case("a constant cost", (uneven, np.full(7, float(scale)))),
        Case("a falling cost", (doubled, scale / np.sqrt(doubled))),
        Case("a power between", (doubled, doubled**1.25 / 64)),
        Case("linear and quadratic terms", (doubled, 4 * doubled * d**2 + 2 * doubled**2 * d)),
        Case("a measured curve", (uneven, uneven**2 * noise * scale)),
        Case("times in seconds", (64.0 * uneven, 2.0**-20 * uneven * noise)),
        Case("lengths in any order", (shuffled, shuffled**2 * noise)),
        Case("the longest first", (doubled[::-1], (doubled**2 + 100 * doubled)[::-1])),
        Case("a fixed cost beside", (doubled, doubled**2 + 1000.0 * scale)),
        Case("counts beyond 32 bits", (long, scale * long**2 + d * long)),
        Case("lengths close together", (close, close**2 * noise)),
        Case("float32", (doubled.astype(np.float32), (doubled**2 + doubled).astype(np.float32))),
    )


def tile_cases(rng, primes):
    """Arguments (budget_bytes, d, d_v, item_bytes), with room for at least one query and key."""
    d, d_v, rows, columns = _some(rng, primes, 4)
    exact = _tile_numbers(rows, columns, d, d_v)
    near = _tile_numbers(rows, rows, 16, 17)  # so wide that no other tile needs as little
    return (
        Case("a small one", (100, 2, 2, 1)),
        Case("room for one query and one key", (4 * _tile_numbers(1, 1, d, d_v), d, d_v, 4)),
        Case("one byte more", (4 * _tile_numbers(1, 1, d, d_v) + 1, d, d_v, 4)),
        Case("just enough", (8 * near, 16, 17, 8)),
        Case("one byte too few", (8 * near - 1, 16, 17, 8)),
        Case("wide keys", (8 * exact, d, 1, 8)),
        Case("wide values", (8 * exact, 1, d_v, 8)),
        Case("half precision", (2 * exact + 1, d, d_v, 2)),
        Case("one feature", (1000 + 10 * rows, 1, 1, 1)),
        Case("a fast memory of 32 KiB", (32768, 64 + d, 64, 4)),
        Case("a fast memory of 192 KiB", (196608, 64, 64 + d_v, 2)),
        Case("a budget of odd size", (1001 + 2 * columns, 3, 2, 2)),
        Case("a long thin problem", (4 * exact + 3, 5, 2, 4)),
        Case("a budget of even size", (4000 + 2 * rows, 4, 7, 2)),
        Case("numbers of one byte", (250_000 + rows, 64, 64 + d_v, 1)),
        Case("numbers of sixteen bytes", (16 * exact + 5, d, d_v, 16)),
    )


def intensity_cases(rng, primes):
    """Arguments (n, d, item_bytes)."""
    few, many = _two(rng, primes)
    return (
        Case("four tokens of two features", (4, 2, 4)),
        Case("as many tokens as features", (few, few, 4)),
        Case("more tokens than features", (many, few, 4)),
        Case("more features than tokens", (few, many, 4)),
        Case("float64", (many, few, 8)),
        Case("float16", (few, many, 2)),
        Case("one byte", (many, few, 1)),
        Case("sixteen bytes", (many, few, 16)),
        Case("one token", (1, many, 4)),
        Case("one feature", (many, 1, 4)),
        Case("a long text", (1000 * many, 128, 2)),
    )


def roofline_cases(rng, primes):
    """Arguments (intensities, peak, bandwidth)."""
    few, many = _two(rng, primes)
    steps = np.sort(rng.choice(np.arange(1, 200), 9, replace=False))
    ridge = float(steps[4]) / 8
    return (
        Case("three intensities", (np.array([0.5, 2.0, 8.0]), 100.0, 25.0)),
        Case("both sides of the ridge", (steps / 8, ridge * few, float(few))),
        Case("all bound by bandwidth", (steps / 8, 1000.0 * few, 2.0)),
        Case("all bound by the peak", (steps / 8, 0.0625, float(many))),
        Case("in any order", (rng.permutation(steps) / 8, ridge * few, float(few))),
        Case("integers", (steps, 50 * many, many)),
        Case("integers that do not divide", (steps, 7 * few + 1, few)),
        Case("integers and limits that are none", (steps, 7 * few + 0.625, 1.375 * few)),
        Case("one intensity", (np.array([ridge]), 8.0 * few, float(many))),
        Case("two intensities", (np.array([ridge, 64.0]), 8.0 * few, 2.5)),
        Case("a fraction of a byte per second", (steps / 8, 2.0, 0.125)),
        Case("a real machine", (steps / 8, 2.0**36 * few, 2.0**33 * few)),
        Case("float32", ((steps / 8).astype(np.float32), ridge * many, float(many))),
        Case("a strided view", ((np.repeat(steps, 2) / 8)[::2], ridge * few, float(few))),
        Case("many digits", (steps / 7, ridge * few, float(few))),
        Case("close to the ridge", (np.array([1.25, 3.25, 3.5, 4.0]), 3.75 * many, float(many))),
    )


def _two(rng, primes):
    return sorted(_some(rng, primes, 2))


def _some(rng, primes, count):
    return rng.choice(primes, count, replace=False).tolist()


def _odd(rng, low, high=None):
    """An odd number from low to 2 low, or to high; as a Python integer of any size."""
    share = int(rng.integers(2**40))
    return low + ((low if high is None else high - low) * share >> 41) * 2 + 1 - low % 2


def _tile_numbers(rows, columns, d, d_v):
    """Numbers that a tile holds, as the exercise `largest_tile` counts them."""
    return rows * (d + d_v + 2) + columns * (d + d_v) + rows * columns
