"""Wrong versions of information_curve(tokens, lags, n_symbols): which pairs, which lags."""

import numpy as np


def wraps_round(tokens, lags, n_symbols):
    """np.roll pairs the end with the start. There are length - lag pairs."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens * n_symbols + np.roll(tokens, -lag)
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / len(codes)
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def divided_by_length(tokens, lags, n_symbols):
    """The shares of the pairs have to sum to 1: divide by length - lag."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / len(tokens)
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def counted_from_one(tokens, lags, n_symbols):
    """The lags are taken as 1, 2, 3, ... Use those that are given."""
    information, chance = [], []
    for lag in range(1, len(lags) + 1):
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def counted_from_zero(tokens, lags, n_symbols):
    """The lags are taken as 0, 1, 2, ... Use those that are given."""
    information, chance = [], []
    for lag in range(len(lags)):
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def sorted_lags(tokens, lags, n_symbols):
    """The lags are sorted. Keep their order."""
    information, chance = [], []
    for lag in np.sort(lags).tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def each_lag_once(tokens, lags, n_symbols):
    """Equal lags are merged. Give one column for each."""
    information, chance = [], []
    for lag in np.unique(lags).tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def reversed_lags(tokens, lags, n_symbols):
    """The columns are in reverse order. Keep the order of the lags."""
    information, chance = [], []
    for lag in lags[::-1].tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def all_lags_up_to_the_last(tokens, lags, n_symbols):
    """Only the lags that are given are asked for."""
    information, chance = [], []
    for lag in range(1, max(lags.tolist()) + 1):
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def one_further(tokens, lags, n_symbols):
    """The tokens are lag + 1 apart. Pair position t with t + lag."""
    information, chance = [], []
    for lag in (lags + 1).tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def first_lag_only(tokens, lags, n_symbols):
    """Only the first lag is used. Go through all of them."""
    information, chance = [], []
    for lag in [lags[0].item()] * len(lags):
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def cumulative(tokens, lags, n_symbols):
    """The rows add up along the lags. Give the values themselves."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.cumsum([information, chance], axis=1)


def relative_to_the_first(tokens, lags, n_symbols):
    """The information is divided by its first value. Give it as it is."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([np.divide(information, information[0] or 1), chance])


def relative_to_the_entropy(tokens, lags, n_symbols):
    """The information is divided by an entropy. Give it in nats."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        p = np.maximum(joint.sum(axis=1), 1e-300)
        information[-1] /= max(-(p * np.log(p)).sum(), 1e-300)
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def in_logarithms(tokens, lags, n_symbols):
    """These are logarithms. Return the values; the plot has logarithmic axes."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.log(np.maximum([information, chance], 1e-12))


def negative_information(tokens, lags, n_symbols):
    """The sign of the information is flipped."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(outer[seen] / joint[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def rows_twice(tokens, lags, n_symbols):
    """The shares of the later token are the sums of the columns: axis=0."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=1) + 1e-300
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])
