"""Wrong versions of ngram_counts(tokens, n, n_symbols)."""

import numpy as np


def wraps_round(tokens, n, n_symbols):
    """The end is joined to the start. An n-gram does not run over the end."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens)):
        counts[tuple(int(tokens[(i + k) % len(tokens)]) for k in range(n))] += 1
    return counts


def side_by_side(tokens, n, n_symbols):
    """n-grams overlap: the next one begins one token later, not n."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(0, len(tokens) - n + 1, n):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def last_one_missing(tokens, n, n_symbols):
    """The last n-gram is missing: there are length - n + 1 of them."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def first_one_missing(tokens, n, n_symbols):
    """The first n-gram is missing: begin at position 0."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(1, len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def each_once(tokens, n, n_symbols):
    """`counts[index] += 1` with arrays adds 1 once, however often a place comes. Use np.add.at."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    total = max(len(tokens) - n + 1, 0)
    counts[tuple(tokens[k : k + total] for k in range(n))] += 1
    return counts


def true_or_false(tokens, n, n_symbols):
    """This says which n-grams come at all. How often does each come?"""
    seen = np.zeros((n_symbols,) * n, dtype=bool)
    for i in range(len(tokens) - n + 1):
        seen[tuple(tokens[i : i + n])] = True
    return seen


def shares(tokens, n, n_symbols):
    """These are shares. Return the counts."""
    counts = np.zeros((n_symbols,) * n)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts / max(counts.sum(), 1)


def reversed_axes(tokens, n, n_symbols):
    """The axes are reversed: the first axis is the first token of the n-gram."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n][::-1])] += 1
    return counts


def order_ignored(tokens, n, n_symbols):
    """The tokens of an n-gram are sorted. Their order counts."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(np.sort(tokens[i : i + n]))] += 1
    return counts


def both_directions(tokens, n, n_symbols):
    """Each n-gram is counted backwards too. Count it once, forwards."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
        counts[tuple(tokens[i : i + n][::-1])] += 1
    return counts


def always_pairs(tokens, n, n_symbols):
    """These are pairs whatever n is. Use n."""
    counts = np.zeros((n_symbols,) * 2, dtype=int)
    for i in range(len(tokens) - 1):
        counts[tuple(tokens[i : i + 2])] += 1
    return counts


def one_too_long(tokens, n, n_symbols):
    """The n-grams are one token too long."""
    counts = np.zeros((n_symbols,) * (n + 1), dtype=int)
    for i in range(len(tokens) - n):
        counts[tuple(tokens[i : i + n + 1])] += 1
    return counts


def one_too_short(tokens, n, n_symbols):
    """The n-grams are one token too short."""
    counts = np.zeros((n_symbols,) * (n - 1), dtype=int)
    for i in range(len(tokens) - n + 2):
        counts[tuple(tokens[i : i + n - 1])] += 1
    return counts


def size_from_the_tokens(tokens, n, n_symbols):
    """A symbol may never come. Each axis has the size n_symbols all the same."""
    counts = np.zeros((tokens.max() + 1,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def ids_renumbered(tokens, n, n_symbols):
    """A symbol that never comes keeps its place. Do not renumber the others."""
    tokens = np.unique(tokens, return_inverse=True)[1].reshape(-1)
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def flat(tokens, n, n_symbols):
    """All counts stand on one axis. There is one axis for each token of the n-gram."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts.reshape(-1)


def only_those_that_come(tokens, n, n_symbols):
    """n-grams that never come count too: with 0, at their own place."""
    counts = {}
    for i in range(len(tokens) - n + 1):
        gram = tuple(tokens[i : i + n].tolist())
        counts[gram] = counts.get(gram, 0) + 1
    return list(counts.values())


def too_short_a_sequence(tokens, n, n_symbols):
    """A sequence shorter than n holds no n-gram: all counts are 0."""
    windows = np.lib.stride_tricks.sliding_window_view(tokens, n)
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for gram in windows:
        counts[tuple(gram)] += 1
    return counts


def one_for_too_short_a_sequence(tokens, n, n_symbols):
    """A sequence shorter than n holds no n-gram: all counts are 0."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(max(len(tokens) - n + 1, 1)):
        gram = [*tokens[i : i + n].tolist(), *[0] * n][:n]
        counts[tuple(gram)] += 1
    return counts


def padded_at_the_end(tokens, n, n_symbols):
    """The end is filled up with zeros, and they are counted. An n-gram ends with the text."""
    padded = np.concatenate([tokens, np.zeros(n - 1, dtype=int)])
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens)):
        counts[tuple(padded[i : i + n])] += 1
    return counts


def padded_at_the_start(tokens, n, n_symbols):
    """Zeros before the start are counted. The first n-gram begins with the first token."""
    padded = np.concatenate([np.zeros(n - 1, dtype=int), tokens])
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens)):
        counts[tuple(padded[i : i + n])] += 1
    return counts


def one_added_to_each(tokens, n, n_symbols):
    """Every count is 1 too high. Begin with zeros."""
    counts = np.ones((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def with_a_gap(tokens, n, n_symbols):
    """The tokens of an n-gram stand side by side. Here one is left out in between."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - 2 * n + 2):
        counts[tuple(tokens[i : i + 2 * n - 1 : 2])] += 1
    return counts


def runs_counted_once(tokens, n, n_symbols):
    """An n-gram that repeats the one before is skipped. Count every place."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    before = None
    for i in range(len(tokens) - n + 1):
        gram = tuple(tokens[i : i + n].tolist())
        counts[gram] += gram != before
        before = gram
    return counts


def first_and_last_token(tokens, n, n_symbols):
    """Only the ends of each n-gram are looked at. There is an axis for each of its tokens."""
    counts = np.zeros((n_symbols,) * 2, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tokens[i], tokens[i + n - 1]] += 1
    return counts


def in_one_byte(tokens, n, n_symbols):
    """One byte holds numbers up to 127 or 255. Leave the dtype alone."""
    counts = np.zeros((n_symbols,) * n, dtype=np.int8)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def in_one_byte_without_sign(tokens, n, n_symbols):
    """One byte holds numbers up to 127 or 255. Leave the dtype alone."""
    counts = np.zeros((n_symbols,) * n, dtype=np.uint8)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def total_number(tokens, n, n_symbols):
    """This is how many n-grams there are. How often does each come?"""
    return max(len(tokens) - n + 1, 0)


def number_of_different_ones(tokens, n, n_symbols):
    """This is how many different n-grams there are. How often does each come?"""
    return len({tuple(tokens[i : i + n].tolist()) for i in range(len(tokens) - n + 1)})


def sorts_the_tokens(tokens, n, n_symbols):
    """`tokens.sort()` changes the caller's array, and the order of the text is lost."""
    tokens.sort()
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts


def axes_reversed_from_four_on(tokens, n, n_symbols):
    """The axes are reversed where n is above 3: the first axis is the first token, for every n."""
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts if n <= 3 else counts.T
