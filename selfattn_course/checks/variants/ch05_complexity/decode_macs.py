"""Right but unusual versions of decode_macs(n, d)."""

import numpy as np


def step_by_step(n, d):
    without = cached = 0
    for tokens in range(1, n + 1):
        without += 4 * tokens * d * d + 2 * tokens * tokens * d
        cached += 4 * d * d + 2 * tokens * d
    return [without, cached]


def as_tuple_of_sums(n, d):
    steps = range(1, n + 1)
    return sum(2 * t * d * (2 * d + t) for t in steps), sum(2 * d * (2 * d + t) for t in steps)


def with_int64_arrays(n, d):
    t = np.arange(1, n + 1, dtype=np.int64)
    return np.array([(4 * t * d**2 + 2 * t**2 * d).sum(), (4 * d**2 + 2 * t * d).sum()])


def with_running_sums(n, d):
    cached = np.cumsum(4 * d**2 + 2 * d * np.arange(1, n + 1))
    without = np.cumsum(np.arange(1, n + 1) * (4 * d**2 + 2 * d * np.arange(1, n + 1)))
    return [without[-1], cached[-1]]


def with_object_arrays(n, d):
    t = np.arange(1, n + 1).astype(object)
    return [(4 * t * d**2 + 2 * t**2 * d).sum(), (4 * d**2 + 2 * t * d).sum()]


def with_sums_of_powers(n, d):
    first = n * (n + 1) // 2
    second = n * (n + 1) * (2 * n + 1) // 6
    return [4 * d**2 * first + 2 * d * second, 4 * d**2 * n + 2 * d * first]


def backwards_with_while(n, d):
    counts, t = [0, 0], n
    while t:
        counts[0] += 4 * t * d**2 + 2 * t**2 * d
        counts[1] += 4 * d**2 + 2 * t * d
        t -= 1
    return counts


def as_floats_where_exact(n, d):
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    counts = [without, 4 * n * d**2 + d * n * (n + 1)]
    return [float(c) for c in counts] if without < 2**53 else counts


def recursive(n, d):
    if n == 0:
        return [0, 0]
    without, cached = recursive(n - 1, d)
    return [without + 4 * n * d**2 + 2 * n**2 * d, cached + 4 * d**2 + 2 * n * d]
