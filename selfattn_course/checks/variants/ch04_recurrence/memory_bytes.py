"""Right but unusual versions of memory_bytes(n, n_layers, d, d_h, item_bytes)."""

import numpy as np


def as_array(n, n_layers, d, d_h, item_bytes):
    return np.array([d_h, 2 * n * d]) * n_layers * item_bytes


def as_floats(n, n_layers, d, d_h, item_bytes):
    return [float(n_layers * d_h * item_bytes), float(2 * n * n_layers * d * item_bytes)]


def layer_by_layer(n, n_layers, d, d_h, item_bytes):
    state = sum(d_h * item_bytes for _ in range(n_layers))
    cache = sum(n * d * item_bytes for _ in range(n_layers) for _ in ("keys", "values"))
    return state, cache


def token_by_token(n, n_layers, d, d_h, item_bytes):
    cache = 0
    for _ in range(n):
        cache += 2 * n_layers * d * item_bytes
    return np.int64(n_layers * d_h * item_bytes), np.int64(cache)


def measured(n, n_layers, d, d_h, item_bytes):
    one_key = np.zeros((2, d), dtype=f"V{item_bytes}")
    return n_layers * np.zeros(d_h, dtype=f"V{item_bytes}").nbytes, n * n_layers * one_key.nbytes
