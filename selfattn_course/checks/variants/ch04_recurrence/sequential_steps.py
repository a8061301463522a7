"""Right but unusual versions of sequential_steps(n, n_layers)."""

import numpy as np


def scheduled(n, n_layers):
    # when each (layer, token) is done if everything starts as soon as its inputs are there
    done = np.zeros((n_layers + 1, n + 1), dtype=int)
    for layer in range(1, n_layers + 1):
        for token in range(1, n + 1):
            done[layer, token] = 1 + max(done[layer - 1, token], done[layer, token - 1])
    return np.array([[done[-1, -1], n * n_layers], [n_layers, n * n_layers]])


def as_floats(n, n_layers):
    writing = float(n) * n_layers
    return [[n - 1.0 + n_layers, writing], [float(n_layers), writing]]


def simulated_writing(n, n_layers):
    time = 0
    for _token in range(n):
        for _layer in range(n_layers):
            time += 1
    return (n + n_layers - 1, time), (n_layers, time)


def in_int32_columns(n, n_layers):
    reading = np.array([n + n_layers - 1, n_layers], dtype=np.int32)
    return np.stack([reading, np.full(2, n * n_layers, dtype=np.int32)], axis=1)
