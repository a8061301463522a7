"""Wrong versions of lag_bug_hunt()."""

import numpy as np


def harmless_inputs():
    """All six are right on equal tokens. Try short, long, uneven sequences and larger ids."""
    return [np.array([0, 0, 0, 0])] * 6


def one_short_sequence():
    """A short sequence shows what is wrong with its ends. wrong_4 needs many tokens."""
    return [np.array([0, 1, 1, 0, 2])] * 6


def one_long_random_sequence():
    """In a long sequence the ends do not count. wrong_1 and wrong_6 are wrong at the ends."""
    return [np.random.default_rng(0).integers(3, size=1000)] * 6


def equal_pairs_for_the_second():
    """wrong_2 counts a pair once. Make one pair come more often than the others."""
    good = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    return [good, np.array([0, 1, 2, 3, 4]), good, rare, np.array([0, 10, 0, 0, 1, 0]), good]


def same_shares_for_the_third():
    """wrong_3 uses the first token for both. Let first and second tokens differ in frequency."""
    good = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    collide = np.array([0, 1, 0, 0, 10, 0])
    return [good, good, np.array([0, 1, 1, 0, 0, 1, 1, 0, 0, 1]), rare, collide, good]


def no_rare_pair_for_the_fourth():
    """wrong_4 drops pairs with a share up to 0.02: one of fifty. Take more than fifty tokens."""
    good = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    return [good, good, good, good, np.array([0, 1, 0, 0, 10, 0]), good]


def small_ids_for_the_fifth():
    """wrong_5 codes a pair as 10 a + b. Which two pairs get the same code?"""
    good = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    return [good, good, good, rare, good, good]


def large_ids_without_a_clash():
    """Ids above 9 are not enough: 10 a + b has to be the same for two pairs that both come."""
    good = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    return [good, good, good, rare, np.array([11, 22, 33, 44, 55]), good]


def ends_like_the_rest_for_the_first():
    """wrong_1 pairs the end with the start. Let these two pairs change something."""
    good = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    collide = np.array([0, 1, 0, 0, 10, 0])
    return [np.zeros(5, dtype=int), good, good, rare, collide, good]


def ends_like_the_rest_for_the_sixth():
    """wrong_6 uses all tokens for both shares. Let the ends differ from the rest."""
    good = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    collide = np.array([0, 1, 0, 0, 10, 0])
    return [good, good, good, rare, collide, np.ones(5, dtype=int)]


def each_for_the_wrong_function():
    """The order is off: the i-th input is tried on the i-th function only."""
    good = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    return [good, good, good, np.array([0, 1, 0, 0, 10, 0]), rare, good]


def five_inputs():
    """Return a list of six sequences, the first for wrong_1."""
    return [np.array([0, 0, 1, 1, 1, 1, 1, 2])] * 5


def one_sequence():
    """Return a list of six sequences, even if some are the same."""
    return np.array([0, 0, 1, 1, 1, 1, 1, 2])


def fractions():
    """Token ids are whole numbers."""
    return [np.array([0.5, 1.5, 0.5, 1.0])] * 6


def negative_ids():
    """Token ids begin at 0."""
    return [np.array([0, -1, 1, 1, -1])] * 6


def ids_too_large():
    """Ids up to 99 are enough."""
    return [np.array([0, 1000, 1, 1, 1000])] * 6


def too_long():
    """At most 1000 tokens are allowed."""
    return [np.arange(2000) % 7] * 6


def too_short():
    """Two tokens hold no pair that is two apart. Take at least three."""
    return [np.array([0, 1])] * 6


def two_axes():
    """Each input is one sequence: an array of one axis."""
    return [np.array([[0, 1, 1], [1, 0, 2]])] * 6


def letters():
    """Token ids are numbers."""
    return [list("abcab")] * 6


def names_of_mistakes():
    """Return sequences, not descriptions: tokens on which the function goes wrong."""
    return ["wraps", "once", "marginal", "rare", "code", "ends"]


def verdicts():
    """Return the sequences themselves, not whether they separate."""
    return [True, True, True, True, True, True]


def as_dictionary():
    """Return a list of six sequences in the order of the functions."""
    return {f"wrong_{i}": np.array([0, 0, 1, 1, 1, 1, 1, 2]) for i in range(1, 7)}


def joint_tables():
    """Return token ids, not a table of pairs."""
    return [np.full((2, 2), 0.25)] * 6
