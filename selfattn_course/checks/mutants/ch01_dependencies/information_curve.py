"""Wrong versions of information_curve(tokens, lags, n_symbols): what the rows hold."""

import numpy as np


def information_only(tokens, lags, n_symbols):
    """One row is missing: what chance alone gives at each lag."""
    information = []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
    return np.array(information)


def chance_first(tokens, lags, n_symbols):
    """The rows are swapped: information first, chance second."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([chance, information])


def one_row_for_each_lag(tokens, lags, n_symbols):
    """This is turned: two rows, one column for each lag."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance]).T


def lags_in_a_row_of_their_own(tokens, lags, n_symbols):
    """Return two rows. The lags are known already."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([lags, information, chance])


def lags_instead_of_chance(tokens, lags, n_symbols):
    """The second row is what chance gives, not the lags."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append(lag)
    return np.array([information, chance])


def chance_taken_off(tokens, lags, n_symbols):
    """Chance is taken off the information. Give both as they are."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([np.subtract(information, chance), chance])


def one_chance_for_all(tokens, lags, n_symbols):
    """Far apart there are fewer pairs, so chance gives more. Use length - lag."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * len(tokens)))
    return np.array([information, chance])


def chance_by_lag(tokens, lags, n_symbols):
    """Chance depends on the number of pairs, length - lag, not on the lag."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * max(lag, 1)))
    return np.array([information, chance])


def all_places_count(tokens, lags, n_symbols):
    """There are (n_symbols - 1) ** 2 in the numerator: one less in each direction."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append(n_symbols**2 / (2 * n_pairs))
    return np.array([information, chance])


def places_less_one(tokens, lags, n_symbols):
    """There are (n_symbols - 1) ** 2 in the numerator, not n_symbols ** 2 - 1."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols**2 - 1) / (2 * n_pairs))
    return np.array([information, chance])


def not_squared(tokens, lags, n_symbols):
    """There are (n_symbols - 1) ** 2 in the numerator: rows times columns."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) / (2 * n_pairs))
    return np.array([information, chance])


def chance_doubled(tokens, lags, n_symbols):
    """The 2 below the line is missing."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / n_pairs)
    return np.array([information, chance])


def two_over_two(tokens, lags, n_symbols):
    """`/ 2 * n_pairs` multiplies by the pairs. Put brackets around the divisor."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / 2 * n_pairs)
    return np.array([information, chance])


def symbols_that_come(tokens, lags, n_symbols):
    """A symbol may never come. Use n_symbols for the chance level all the same."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log(joint[seen] / outer[seen])).sum())
        chance.append((len(np.unique(tokens)) - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def in_bits(tokens, lags, n_symbols):
    """This is in bits. Use np.log, for nats."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
        seen = joint > 0
        information.append((joint[seen] * np.log2(joint[seen] / outer[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])


def joint_entropy(tokens, lags, n_symbols):
    """This is the entropy of the pairs. Compare them with independent ones."""
    information, chance = [], []
    for lag in lags.tolist():
        n_pairs = len(tokens) - lag
        codes = tokens[:n_pairs] * n_symbols + tokens[lag:]
        joint = np.bincount(codes, minlength=n_symbols**2).reshape(n_symbols, -1) / n_pairs
        seen = joint > 0
        information.append(-(joint[seen] * np.log(joint[seen])).sum())
        chance.append((n_symbols - 1) ** 2 / (2 * n_pairs))
    return np.array([information, chance])
