"""Six wrong counts of a self-attention layer, as the notebook of chapter 5 prints them.

A test compares both texts. They stand alone, as mutants do.
"""


def wrong_1(n, d):
    return 4 * n * n * d + 2 * n * d * d


def wrong_2(n, d):
    size = d // 8  # of one of 8 heads
    return 4 * n * d * d + 8 * (2 * n * n * size)


def wrong_3(n, d):
    tiles = (n + 63) // 64
    return 4 * n * d * d + 2 * n * (64 * tiles) * d


def wrong_4(n, d):
    return 4 * n * d * d + 2 * n * min(n, 512) * d


def wrong_5(n, d):
    return (4 * n * d * d + 2 * n * n * d) % 2**32


def wrong_6(n, d):
    return int(4.0 * n * d * d + 2.0 * n * n * d)


HUNTED = (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6)
