"""Right but unusual versions of information_curve(tokens, lags, n_symbols)."""

import numpy as np


def lag_by_lag(tokens, lags, n_symbols):
    curve = np.zeros((2, len(lags)))
    for i, lag in enumerate(lags):
        pairs = len(tokens) - lag
        joint = np.zeros((n_symbols, n_symbols))
        np.add.at(joint, (tokens[:pairs], tokens[lag:]), 1 / pairs)
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        curve[0, i] = (joint[seen] * np.log(joint[seen] / outer[seen])).sum()
        curve[1, i] = (n_symbols - 1) ** 2 / (2 * pairs)
    return curve


def three_entropies(tokens, lags, n_symbols):
    def entropy(x):
        p = np.unique(x, return_counts=True)[1] / len(x)
        return -(p * np.log(p)).sum()

    rows = []
    for lag in lags.tolist():
        first, second = tokens[: len(tokens) - lag], tokens[lag:]
        pairs = first * n_symbols + second
        chance = (n_symbols - 1) ** 2 / 2 / len(pairs)
        rows.append((entropy(first) + entropy(second) - entropy(pairs), chance))
    return np.array(rows).T


def as_two_lists(tokens, lags, n_symbols):
    information, chance = [], []
    for lag in lags.tolist():
        hot = np.eye(n_symbols)[tokens]
        joint = hot[: len(hot) - lag].T @ hot[lag:] / (len(hot) - lag)
        outer = np.outer(joint.sum(axis=1), joint.sum(axis=0))
        information.append(float(np.nansum(joint * np.log(joint / outer))))
        chance.append(0.5 * (n_symbols - 1) ** 2 / (len(hot) - lag))
    return [information, chance]


def as_tuple_of_arrays(tokens, lags, n_symbols):
    joint = np.zeros((len(lags), n_symbols, n_symbols))
    for table, lag in zip(joint, lags, strict=True):
        np.add.at(table, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
        table /= table.sum()
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(1, 2)), (n_symbols - 1) ** 2 / (
        2 * (len(tokens) - lags)
    )


def in_float32(tokens, lags, n_symbols):
    joint = np.zeros((len(lags), n_symbols, n_symbols), dtype=np.float32)
    for table, lag in zip(joint, lags, strict=True):
        np.add.at(table, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
        table /= table.sum()
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    chance = np.float32((n_symbols - 1) ** 2) / np.float32(2) / (len(tokens) - lags)
    return np.stack([(joint * np.log(ratio)).sum(axis=(1, 2)), chance.astype(np.float32)])


def with_counter(tokens, lags, n_symbols):
    from collections import Counter
    from math import log

    names, columns = tokens.tolist(), []
    for lag in lags.tolist():
        first, second = names[: len(names) - lag], names[lag:]
        n, a, b = len(second), Counter(first), Counter(second)
        pairs = Counter(zip(first, second, strict=True))
        total = sum(c / n * log(c * n / (a[x] * b[y])) for (x, y), c in pairs.items())
        columns.append([total, (n_symbols - 1) ** 2 / (2 * n)])
    return list(zip(*columns, strict=True))
