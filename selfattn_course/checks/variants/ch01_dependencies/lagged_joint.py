"""Right but unusual versions of lagged_joint(tokens, lag, n_symbols)."""

import numpy as np


def pair_by_pair(tokens, lag, n_symbols):
    joint = np.zeros((n_symbols, n_symbols))
    pairs = len(tokens) - lag
    for t in range(pairs):
        joint[tokens[t], tokens[t + lag]] += 1 / pairs
    return joint


def with_one_hot_product(tokens, lag, n_symbols):
    hot = np.eye(n_symbols)[tokens]
    return hot[: len(tokens) - lag].T @ hot[lag:] / (len(tokens) - lag)


def coded_as_numbers(tokens, lag, n_symbols):
    codes = tokens[: len(tokens) - lag] * n_symbols + tokens[lag:]
    return np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, n_symbols) / codes.size


def with_histogram(tokens, lag, n_symbols):
    edges = np.arange(n_symbols + 1) - 0.5
    counts = np.histogram2d(tokens[: len(tokens) - lag], tokens[lag:], bins=[edges, edges])[0]
    return counts / counts.sum()


def in_float32(tokens, lag, n_symbols):
    joint = np.zeros((n_symbols, n_symbols), dtype=np.float32)
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / np.float32(len(tokens) - lag)


def as_list(tokens, lag, n_symbols):
    names, joint = tokens.tolist(), [[0.0] * n_symbols for _ in range(n_symbols)]
    pairs = list(zip(names[: len(names) - lag], names[lag:], strict=True))
    for a, b in pairs:
        joint[a][b] += 1
    return [[count / len(pairs) for count in row] for row in joint]


def by_masks(tokens, lag, n_symbols):
    symbols = np.arange(n_symbols)
    first = tokens[: len(tokens) - lag] == symbols[:, None]
    second = tokens[lag:] == symbols[:, None]
    return (first[:, None] & second).mean(axis=-1)


def with_einsum(tokens, lag, n_symbols):
    first = np.eye(n_symbols)[tokens[: len(tokens) - lag]]
    second = np.eye(n_symbols)[tokens[lag:]]
    return np.einsum("ta,tb->ab", first, second) / len(second)


def in_fortran_order(tokens, lag, n_symbols):
    joint = np.zeros((n_symbols, n_symbols), order="F")
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1.0)
    joint /= joint.sum()
    return joint


def with_counter(tokens, lag, n_symbols):
    from collections import Counter

    counts = Counter(zip(tokens.tolist(), tokens[lag:].tolist(), strict=False))
    table = [[counts[a, b] for b in range(n_symbols)] for a in range(n_symbols)]
    return np.array(table) / sum(counts.values())


def from_conditional_shares(tokens, lag, n_symbols):
    n_pairs = len(tokens) - lag
    joint = np.zeros((n_symbols, n_symbols))
    for a in range(n_symbols):
        after = tokens[np.flatnonzero(tokens[:n_pairs] == a) + lag]
        joint[a] = np.bincount(after, minlength=n_symbols) / n_pairs
    return joint
