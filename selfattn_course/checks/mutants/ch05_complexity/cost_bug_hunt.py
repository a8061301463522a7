"""Wrong versions of cost_bug_hunt()."""


def the_same_common_size():
    """64 tokens of 64 features suit all six. Which part of each differs from yours?"""
    return [(64, 64)] * 6


def as_many_tokens_as_features():
    """wrong_1 has n and d in each other's places. That shows only where they differ."""
    return [(999_999, 999_999), *[(999_999, 999_995)] * 5]


def features_divisible_by_8():
    """wrong_2 rounds the size of a head down. Which d do 8 heads not divide?"""
    return [(3, 2), (1001, 64), (3, 2), (999, 5), (99_999, 99_991), (999_999, 999_995)]


def whole_tiles():
    """wrong_3 fills the last tile up to 64. Take a length that 64 does not divide."""
    return [(3, 2), (3, 2), (640, 3), (999, 5), (99_999, 99_991), (999_999, 999_995)]


def short_text():
    """wrong_4 looks at 512 keys at most. Take a longer text."""
    return [(3, 2), (3, 2), (3, 2), (512, 5), (99_999, 99_991), (999_999, 999_995)]


def small_count():
    """wrong_5 keeps 32 bits. The count has to reach 2**32, about 4.3e9."""
    return [(3, 2), (3, 2), (3, 2), (999, 5), (1000, 500), (999_999, 999_995)]


def count_within_53_bits():
    """wrong_6 computes with floats, which are exact up to 2**53, about 9e15. Go beyond."""
    return [(3, 2), (3, 2), (3, 2), (999, 5), (99_999, 99_991), (99_999, 99_991)]


def powers_of_two_only():
    """Powers of two are exact in floats. Take odd numbers."""
    return [(3, 2), (3, 2), (3, 2), (999, 5), (99_999, 99_991), (2**19, 2**19)]


def five_pairs():
    """Return six pairs, the first for wrong_1."""
    return [(999_999, 999_995)] * 5


def one_pair():
    """Return a list of six pairs, even if they are all the same."""
    return (999_999, 999_995)


def no_tokens():
    """n and d are 1 or more."""
    return [(0, 0)] * 6


def negative_sizes():
    """n and d are 1 or more."""
    return [(-3, 2)] * 6


def half_tokens():
    """n and d are whole numbers."""
    return [(1.5, 2)] * 6


def too_large():
    """n and d are at most a million."""
    return [(10**9, 10**9 - 1)] * 6


def three_sizes():
    """Each entry is a pair: n and d."""
    return [(3, 2, 1)] * 6


def names_of_mistakes():
    """Return pairs of sizes, not descriptions."""
    return ["swapped", "heads", "tiles", "window", "overflow", "floats"]


def verdicts():
    """Return the sizes themselves, not whether they separate."""
    return [True] * 6


def counts():
    """Return the sizes for which the counts differ, not the counts."""
    return [60] * 6


def order_changed():
    """The order is off: the i-th pair is tried on the i-th function only."""
    return [(999_999, 999_999), (1001, 64), (640, 3), (512, 5), (1000, 500), (99_999, 99_991)]


def as_dictionary():
    """Return a list of six pairs in the order of the functions."""
    return {f"wrong_{i}": (999_999, 999_995) for i in range(1, 7)}
