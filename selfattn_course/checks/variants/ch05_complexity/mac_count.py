"""Right but unusual versions of mac_count(n, d, width)."""

import numpy as np


def factored(n, d, width):
    layer = n * d
    return [2 * layer * (2 * d + n), 2 * layer * d, 8 * layer * d, width * layer * d]


def as_tuple(n, d, width):
    square = n * d**2
    return 4 * square + 2 * n**2 * d, 2 * square, 8 * square, width * square


def as_array(n, d, width):
    return np.array(
        [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    )


def as_unsigned_array(n, d, width):
    counts = [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    return np.array(counts, dtype=np.uint64)


def with_int64_throughout(n, d, width):
    n, d = np.int64(n), np.int64(d)
    return np.array([4 * n * d**2 + 2 * n**2 * d, 2 * n * d**2, 8 * n * d**2, width * n * d**2])


def as_list_of_numpy_scalars(n, d, width):
    counts = [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    return [np.int64(count) for count in counts]


def from_shapes_of_products(n, d, width):
    def product(m, k, p):
        return m * k * p

    attention = sum(product(n, d, d) for _ in "qkvo") + product(n, d, n) + product(n, n, d)
    rnn = n * (product(1, d, d) + product(1, d, d))
    lstm = product(n, d, 4 * d) + n * product(1, d, 4 * d)
    return [attention, rnn, lstm, product(n, width * d, d)]


def with_einsum(n, d, width):
    terms = np.array([[4, 2], [2, 0], [8, 0], [width, 0]], dtype=np.int64)
    return np.einsum("ij,j->i", terms, np.array([n * d * d, n * n * d], dtype=np.int64))


def with_matrix_of_coefficients(n, d, width):
    return np.array([[4, 2], [2, 0], [8, 0], [width, 0]]) @ np.array([n * d * d, n * n * d])


def gate_by_gate(n, d, width):
    lstm = 0
    for _gate in ("input", "forget", "output", "candidate"):
        for _source in ("x", "h"):
            lstm += n * d * d
    return [2 * n * d * (d + d + n), lstm >> 2, lstm, sum(n * d * d for _ in range(width))]


def with_dictionary_inside(n, d, width):
    counts = {"attention": 4 * n * d * d + 2 * n * n * d, "rnn": 2 * n * d * d}
    counts |= {"lstm": 4 * counts["rnn"], "convolution": n * width * d * d}
    return list(counts.values())


def read_only_view(n, d, width):
    counts = np.zeros((2, 4), dtype=np.int64)
    counts[1] = 4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d
    counts.flags.writeable = False
    return counts[1]


def as_floats_where_exact(n, d, width):
    counts = [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    return [float(c) for c in counts] if max(counts) < 2**53 else counts


def with_decimals(n, d, width):
    import decimal

    with decimal.localcontext() as context:
        context.prec = 60
        n, d = decimal.Decimal(n), decimal.Decimal(d)
        counts = 4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d
        return [int(count) for count in counts]
