"""Wrong versions of lagged_joint(tokens, lag, n_symbols)."""

import numpy as np


def wraps_round(tokens, lag, n_symbols):
    """np.roll pairs the end with the start. There are length - lag pairs."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens, np.roll(tokens, -lag)), 1)
    return joint / joint.sum()


def divided_by_length(tokens, lag, n_symbols):
    """There are length - lag pairs, fewer than tokens. The shares have to sum to 1."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / len(tokens)


def divided_by_one_less(tokens, lag, n_symbols):
    """There are length - lag pairs, not one fewer. The shares have to sum to 1."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / max(len(tokens) - lag - 1, 1)


def divided_by_places(tokens, lag, n_symbols):
    """This divides by the number of table places. Divide by the number of pairs."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / n_symbols**2


def counts_only(tokens, lag, n_symbols):
    """These are counts. Divide by the number of pairs."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint


def rows_sum_to_one(tokens, lag, n_symbols):
    """Each row sums to 1 here: what follows, given the first. The whole table has to sum to 1."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / np.maximum(joint.sum(axis=1, keepdims=True), 1)


def columns_sum_to_one(tokens, lag, n_symbols):
    """Each column sums to 1 here: what came before. The whole table has to sum to 1."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / np.maximum(joint.sum(axis=0), 1)


def transposed(tokens, lag, n_symbols):
    """The table is transposed: rows are the earlier token, columns the later one."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[lag:], tokens[: len(tokens) - lag]), 1)
    return joint / joint.sum()


def both_directions(tokens, lag, n_symbols):
    """Each pair is counted both ways. Count it once, the earlier token first."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return (joint + joint.T) / (2 * joint.sum())


def each_pair_once(tokens, lag, n_symbols):
    """`joint[a, b] += 1` with arrays adds 1 once, however often a place comes. Use np.add.at."""
    joint = np.zeros((n_symbols, n_symbols))
    joint[tokens[: len(tokens) - lag], tokens[lag:]] += 1
    return joint / (len(tokens) - lag)


def different_pairs_only(tokens, lag, n_symbols):
    """`joint[a, b] += 1` with arrays adds 1 once, however often a place comes. Use np.add.at."""
    joint = np.zeros((n_symbols, n_symbols))
    joint[tokens[: len(tokens) - lag], tokens[lag:]] += 1
    return joint / joint.sum()


def lag_zero_empties(tokens, lag, n_symbols):
    """For lag 0, tokens[:-0] is empty. Write tokens[: len(tokens) - lag]."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[:-lag], tokens[lag:]), 1)
    return joint / joint.sum()


def lag_zero_is_nothing(tokens, lag, n_symbols):
    """At lag 0 every token is paired with itself."""
    joint = np.zeros((n_symbols, n_symbols))
    if lag:
        np.add.at(joint, (tokens[:-lag], tokens[lag:]), 1)
    return joint / max(joint.sum(), 1)


def one_further(tokens, lag, n_symbols):
    """The tokens are lag + 1 apart. Pair position t with t + lag."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: max(len(tokens) - lag - 1, 0)], tokens[lag + 1 :]), 1)
    return joint / max(joint.sum(), 1)


def one_nearer(tokens, lag, n_symbols):
    """The tokens are lag - 1 apart. Pair position t with t + lag."""
    lag = max(lag - 1, 0)
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / joint.sum()


def always_neighbours(tokens, lag, n_symbols):
    """These are neighbours whatever the lag is. Use `lag`."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[:-1], tokens[1:]), 1)
    return joint / max(joint.sum(), 1)


def all_lags_up_to_it(tokens, lag, n_symbols):
    """All pairs up to `lag` apart are counted. Count those that are exactly `lag` apart."""
    joint = np.zeros((n_symbols, n_symbols))
    for step in range(min(lag, 1), lag + 1):
        np.add.at(joint, (tokens[: len(tokens) - step], tokens[step:]), 1)
    return joint / joint.sum()


def side_by_side(tokens, lag, n_symbols):
    """Only every lag-th token begins a pair. Every token that has a partner does."""
    step = max(lag, 1)
    joint = np.zeros((n_symbols, n_symbols))
    for t in range(0, len(tokens) - lag, step):
        joint[tokens[t], tokens[t + lag]] += 1
    return joint / joint.sum()


def last_pair_missing(tokens, lag, n_symbols):
    """The last pair is missing. There are length - lag of them."""
    joint = np.zeros((n_symbols, n_symbols))
    for t in range(len(tokens) - lag - 1):
        joint[tokens[t], tokens[t + lag]] += 1
    return joint / max(joint.sum(), 1)


def first_pair_missing(tokens, lag, n_symbols):
    """The first pair is missing. Begin with position 0."""
    joint = np.zeros((n_symbols, n_symbols))
    for t in range(1, len(tokens) - lag):
        joint[tokens[t], tokens[t + lag]] += 1
    return joint / max(joint.sum(), 1)


def as_if_independent(tokens, lag, n_symbols):
    """This is the product of two shares, as if tokens were independent. Count the pairs."""
    n_pairs = len(tokens) - lag
    first = np.bincount(tokens[:n_pairs], minlength=n_symbols) / n_pairs
    second = np.bincount(tokens[lag:], minlength=n_symbols) / n_pairs
    return np.outer(first, second)


def size_from_the_tokens(tokens, lag, n_symbols):
    """A symbol may never come. The table has n_symbols rows and columns all the same."""
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / joint.sum()


def ids_renumbered(tokens, lag, n_symbols):
    """A symbol that never comes keeps its place. Do not renumber the others."""
    tokens = np.unique(tokens, return_inverse=True)[1].reshape(-1)
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / joint.sum()


def smoothed(tokens, lag, n_symbols):
    """1 was added to every count. A pair that never comes has share 0."""
    joint = np.ones((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / joint.sum()


def slightly_smoothed(tokens, lag, n_symbols):
    """A little was added to every count. A pair that never comes has share 0."""
    joint = np.full((n_symbols, n_symbols), 0.01)
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / joint.sum()


def whole_numbers_only(tokens, lag, n_symbols):
    """`//` rounds down to 0 or 1. Divide with `/`."""
    joint = np.zeros((n_symbols, n_symbols), dtype=int)
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint // (len(tokens) - lag)


def rounded(tokens, lag, n_symbols):
    """The shares are rounded. Return them as they are."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return np.round(joint / joint.sum(), 3)


def in_one_byte(tokens, lag, n_symbols):
    """One byte holds counts up to 127 only. Leave the dtype alone."""
    joint = np.zeros((n_symbols, n_symbols), dtype=np.int8)
    for t in range(len(tokens) - lag):
        joint[tokens[t], tokens[t + lag]] += 1
    return joint / (len(tokens) - lag)


def flat(tokens, lag, n_symbols):
    """The table is flat. Give it n_symbols rows and columns."""
    pairs = tokens[: len(tokens) - lag] * n_symbols + tokens[lag:]
    return np.bincount(pairs, minlength=n_symbols**2) / len(pairs)


def code_times_ten(tokens, lag, n_symbols):
    """10 * a + b is the same for different pairs once b reaches 10. Use n_symbols * a + b."""
    pairs = tokens[: len(tokens) - lag] * 10 + tokens[lag:]
    counts = np.bincount(pairs, minlength=10 * max(n_symbols, 10) + n_symbols)
    places = 10 * np.arange(n_symbols)[:, None] + np.arange(n_symbols)
    return counts[places] / len(pairs)


def joint_of_the_ends(tokens, lag, n_symbols):
    """Only one pair is counted. Every token that has a partner begins one."""
    joint = np.zeros((n_symbols, n_symbols))
    joint[tokens[0], tokens[lag]] = 1
    return joint


def half_precision(tokens, lag, n_symbols):
    """float16 keeps three digits. Leave the dtype alone."""
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return (joint / joint.sum()).astype(np.float16)


def sorts_the_tokens(tokens, lag, n_symbols):
    """`tokens.sort()` changes the caller's array, and the order of the text is lost."""
    tokens.sort()
    joint = np.zeros((n_symbols, n_symbols))
    np.add.at(joint, (tokens[: len(tokens) - lag], tokens[lag:]), 1)
    return joint / joint.sum()


def in_one_byte_without_sign(tokens, lag, n_symbols):
    """One byte holds counts up to 255 only. Leave the dtype alone."""
    joint = np.zeros((n_symbols, n_symbols), dtype=np.uint8)
    for t in range(len(tokens) - lag):
        joint[tokens[t], tokens[t + lag]] += 1
    return joint / (len(tokens) - lag)
