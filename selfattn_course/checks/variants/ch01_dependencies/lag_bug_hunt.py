"""Right but unusual versions of lag_bug_hunt()."""

import numpy as np


def plain_lists():
    ends = [0, 0, 1, 1, 1, 1, 1, 2]
    rare = [0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1]
    return [ends, ends, ends, rare, [0, 1, 0, 0, 10, 0], ends]


def whole_floats():
    ends = np.array([0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0])
    rare = np.array([0.0] * 100 + [1.0, 1.0, 1.0] + [0.0] * 100 + [2.0, 1.0])
    return (ends, ends, ends, rare, np.array([0.0, 1.0, 0.0, 0.0, 10.0, 0.0]), ends)


def one_sequence_for_all():
    tokens = [3, 7, 2, 5, 11, 4, *[0] * 50, 1, 0, 0, 10, 0, 6, 2, 9, 9, 1]
    return [np.array(tokens)] * 6


def one_array_with_a_row_for_each():
    tokens = [3, 7, 2, 5, 11, 4, *[0] * 60, 1, 0, 0, 10, 0, 6, 2, 9, 9, 1]
    return np.tile(np.array(tokens, dtype=float), (6, 1))


def found_by_search():
    rng = np.random.default_rng(0)
    ends = [rng.integers(12, size=6), np.zeros(50, dtype=int), rng.integers(12, size=5)]
    tokens = np.insert(np.concatenate(ends), 30, [1, 0, 0, 10, 0])
    return [tokens.astype(np.int8) for _ in range(6)]


def all_different_tokens():
    tokens = np.arange(60)
    ends = np.array([0, 0, 1, 1, 1, 1, 1, 2], dtype=np.uint8)
    clash = [0, 1, 0, 0, 10, 0]
    return [tokens, ends, tokens, tokens, clash, tokens]


def short_ones():
    rare = np.zeros(70, dtype=np.int16)
    rare[[30, 31, 50]] = 1, 2, 3
    return [
        np.array([0, 1, 1]),
        [0, 0, 0, 0, 1, 1, 1],
        [0, 0, 0, 1, 1],
        rare,
        [0, 1, 0, 0, 10, 0],
        [0, 1, 2],
    ]
