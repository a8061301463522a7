"""Right but unusual versions of ngram_counts(tokens, n, n_symbols)."""

import numpy as np


def one_by_one(tokens, n, n_symbols):
    counts = np.zeros((n_symbols,) * n)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def with_counter(tokens, n, n_symbols):
    from collections import Counter

    grams = zip(*(tokens[k:].tolist() for k in range(n)), strict=False)
    counts = np.zeros((n_symbols,) * n, dtype=np.int32)
    for gram, count in Counter(grams).items():
        counts[gram] = count
    return counts


def coded_as_numbers(tokens, n, n_symbols):
    total = max(len(tokens) - n + 1, 0)
    code = np.zeros(total, dtype=int)
    for k in range(n):
        code = code * n_symbols + tokens[k : k + total]
    return np.bincount(code, minlength=n_symbols**n).reshape((n_symbols,) * n)


def nested_lists(tokens, n, n_symbols):
    def table(grams, depth):
        if depth == n:
            return len(grams)
        return [table([g for g in grams if g[depth] == s], depth + 1) for s in range(n_symbols)]

    return table([tokens[i : i + n].tolist() for i in range(len(tokens) - n + 1)], 0)


def with_one_hot_products(tokens, n, n_symbols):
    total = max(len(tokens) - n + 1, 0)
    out = np.ones((total, 1))
    for k in range(n):
        hot = np.eye(n_symbols)[tokens[k : k + total]]
        out = (out[:, :, None] * hot[:, None, :]).reshape(total, n_symbols ** (k + 1))
    return out.sum(axis=0).reshape((n_symbols,) * n)


def as_floats_in_fortran_order(tokens, n, n_symbols):
    counts = np.zeros((n_symbols,) * n, order="F")
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def in_float32(tokens, n, n_symbols):
    counts = np.zeros((n_symbols,) * n, dtype=np.float32)
    for i in range(max(0, len(tokens) - n + 1)):
        counts[tuple(int(t) for t in tokens[i : i + n])] += 1
    return counts


def with_unique(tokens, n, n_symbols):
    counts = np.zeros((n_symbols,) * n, dtype=np.uint32)
    if len(tokens) >= n:
        windows = np.lib.stride_tricks.sliding_window_view(tokens, n)
        grams, often = np.unique(windows, axis=0, return_counts=True)
        counts[tuple(grams.T)] = often
    return counts


def with_ravel_multi_index(tokens, n, n_symbols):
    total = max(len(tokens) - n + 1, 0)
    parts = tuple(np.asarray(tokens[k : k + total], dtype=np.intp) for k in range(n))
    places = np.ravel_multi_index(parts, (n_symbols,) * n)
    return np.bincount(places, minlength=n_symbols**n).reshape((n_symbols,) * n)


def by_masks(tokens, n, n_symbols):
    total = max(len(tokens) - n + 1, 0)
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for gram in np.ndindex(*counts.shape):
        here = np.ones(total, dtype=bool)
        for k, symbol in enumerate(gram):
            here &= tokens[k : k + total] == symbol
        counts[gram] = here.sum()
    return counts
