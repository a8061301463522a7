"""Right but unusual versions of cache_bytes(n, n_layers, n_heads, d, d_v, item_bytes)."""

import numpy as np


def keys_then_values(n, n_layers, n_heads, d, d_v, item_bytes):
    keys = n_layers * n_heads * n * d
    values = n_layers * n_heads * n * d_v
    return item_bytes * keys + item_bytes * values


def layer_by_layer(n, n_layers, n_heads, d, d_v, item_bytes):
    return sum(n_heads * n * (d + d_v) * item_bytes for _ in range(n_layers))


def per_token(n, n_layers, n_heads, d, d_v, item_bytes):
    token = (d + d_v) * item_bytes * n_heads * n_layers
    return token * n


def with_math_prod(n, n_layers, n_heads, d, d_v, item_bytes):
    import math

    return math.prod((n, n_layers, n_heads, d + d_v, item_bytes))


def as_object_product(n, n_layers, n_heads, d, d_v, item_bytes):
    return np.prod(np.array([n, n_layers, n_heads, d + d_v, item_bytes], dtype=object))


def as_numpy_scalar_where_it_fits(n, n_layers, n_heads, d, d_v, item_bytes):
    count = n * n_layers * n_heads * (d + d_v) * item_bytes
    return np.int64(count) if count < 2**63 else count


def as_float_where_exact(n, n_layers, n_heads, d, d_v, item_bytes):
    count = n * n_layers * n_heads * (d + d_v) * item_bytes
    return float(count) if count < 2**53 else count
