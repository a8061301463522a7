"""Right but unusual versions of score_bytes(n_q, n_k, n_heads, item_bytes)."""

import numpy as np


def row_by_row(n_q, n_k, n_heads, item_bytes):
    row = n_k * item_bytes
    return n_heads * (n_q * row)


def from_bits(n_q, n_k, n_heads, item_bytes):
    return n_q * n_k * n_heads * (8 * item_bytes) // 8


def with_math_prod(n_q, n_k, n_heads, item_bytes):
    import math

    return math.prod([item_bytes, n_heads, n_k, n_q])


def with_reduce(n_q, n_k, n_heads, item_bytes):
    import functools
    import operator

    return functools.reduce(operator.mul, (n_q, n_k, n_heads, item_bytes), 1)


def of_a_broadcast_array(n_q, n_k, n_heads, item_bytes):
    if n_q * n_k * n_heads >= 2**40:
        return n_q * n_k * n_heads * item_bytes
    return np.broadcast_to(np.int8(0), (n_heads, n_q, n_k)).nbytes * item_bytes


def as_float_where_exact(n_q, n_k, n_heads, item_bytes):
    count = n_q * n_k * n_heads * item_bytes
    return float(count) if count < 2**53 else count


def as_numpy_scalar_where_it_fits(n_q, n_k, n_heads, item_bytes):
    count = n_q * n_k * n_heads * item_bytes
    return np.uint64(count) if count < 2**64 else count


def as_object_product(n_q, n_k, n_heads, item_bytes):
    return np.multiply.reduce(np.array([n_q, n_k, n_heads, item_bytes], dtype=object))
