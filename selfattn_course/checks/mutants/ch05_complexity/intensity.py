"""Wrong versions of intensity(n, d, item_bytes)."""

import numpy as np


def multiply_adds(n, d, item_bytes):
    """A multiply-add is two operations."""
    return [n * d / (2 * item_bytes * (n + d)), n / (2 * item_bytes)]


def numbers_in_place_of_bytes(n, d, item_bytes):
    """This is for each number moved. Divide by the bytes of one."""
    return [n * d / (n + d), n]


def always_four_bytes(n, d, item_bytes):
    """A number takes item_bytes bytes, not always 4."""
    return [n * d / (4 * (n + d)), n / 4]


def bytes_per_operation(n, d, item_bytes):
    """This is bytes for each operation. Divide the other way round."""
    return [item_bytes * (n + d) / (n * d), item_bytes / n]


def scores_moved_twice(n, d, item_bytes):
    """Scores are written and read, and weights are written and read: n^2 numbers four times."""
    return [4 * n * n * d / (item_bytes * (4 * n * d + 2 * n * n)), n / item_bytes]


def scores_moved_once(n, d, item_bytes):
    """A matrix that is written is read again: n^2 numbers move four times in all."""
    return [4 * n * n * d / (item_bytes * (4 * n * d + n * n)), n / item_bytes]


def scores_moved_three_times(n, d, item_bytes):
    """Scores are written and read, and so are weights: four times n^2 numbers, not three."""
    return [4 * n * n * d / (item_bytes * (4 * n * d + 3 * n * n)), n / item_bytes]


def output_not_written(n, d, item_bytes):
    """The output is written too: with q, k and v that makes 4 n d numbers."""
    return [
        4 * n * n * d / (item_bytes * (3 * n * d + 4 * n * n)),
        4 * n / (3 * item_bytes),
    ]


def inputs_not_read(n, d, item_bytes):
    """q, k and v are read in both ways."""
    return [4 * n * n * d / (item_bytes * (n * d + 4 * n * n)), 4 * n / item_bytes]


def tiled_first(n, d, item_bytes):
    """The plain way comes first, the tiled one second."""
    return [n / item_bytes, n * d / (item_bytes * (n + d))]


def plain_twice(n, d, item_bytes):
    """In tiles the scores never leave fast memory: only q, k, v and the output move."""
    return [n * d / (item_bytes * (n + d)), n * d / (item_bytes * (n + d))]


def tiles_spare_all_traffic(n, d, item_bytes):
    """In tiles q, k, v and the output still move."""
    return [n * d / (item_bytes * (n + d)), n * d / item_bytes]


def sizes_swapped(n, d, item_bytes):
    """n and d have changed places: there are n * n scores."""
    return [n * d / (item_bytes * (n + d)), d / item_bytes]


def large_n(n, d, item_bytes):
    """d / item_bytes is the limit for large n. Give the value for this n."""
    return [d / item_bytes, n / item_bytes]


def smaller_size(n, d, item_bytes):
    """n d / (n + d) is near the smaller of both, not equal to it."""
    return [min(n, d) / item_bytes, n / item_bytes]


def whole_numbers(n, d, item_bytes):
    """// rounds down. Use /."""
    return [n * d // (item_bytes * (n + d)), n // item_bytes]


def projections_included(n, d, item_bytes):
    """There are no projections here: q, k and v are given."""
    work = 8 * n * d * d + 4 * n * n * d
    return [work / (item_bytes * (4 * n * d + 4 * n * n)), work / (item_bytes * 4 * n * d)]


def one_number(n, d, item_bytes):
    """Return two numbers: the plain way, and in tiles."""
    return n * d / (item_bytes * (n + d))


def reads_only(n, d, item_bytes):
    """Bytes that are written count too."""
    return [
        4 * n * n * d / (item_bytes * (3 * n * d + 2 * n * n)),
        4 * n / (3 * item_bytes),
    ]


def in_half_precision(n, d, item_bytes):
    """float16 keeps three digits. Leave the dtype alone."""
    return np.array([n * d / (item_bytes * (n + d)), n / item_bytes]).astype(np.float16)


def at_most_eight_bytes(n, d, item_bytes):
    """A number may take any number of bytes: divide by item_bytes, whatever it is."""
    size = min(item_bytes, 8)
    return [n * d / (size * (n + d)), n / size]
