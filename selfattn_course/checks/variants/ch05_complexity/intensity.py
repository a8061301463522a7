"""Right but unusual versions of intensity(n, d, item_bytes)."""

import numpy as np


def step_by_step(n, d, item_bytes):
    operations = 2 * (n * d * n) + 2 * (n * n * d)
    scores = (n * d + n * d) + n * n
    softmax = n * n + n * n
    outputs = (n * n + n * d) + n * d
    plain, tiled = scores + softmax + outputs, 3 * n * d + n * d
    return [operations / (plain * item_bytes), operations / (tiled * item_bytes)]


def simplified(n, d, item_bytes):
    return [n * d / (item_bytes * (n + d)), n / item_bytes]


def as_harmonic_sum(n, d, item_bytes):
    return 1 / (item_bytes * (1 / n + 1 / d)), n / item_bytes


def as_array(n, d, item_bytes):
    return np.array([n * d / (n + d), n]) / item_bytes


def as_float32(n, d, item_bytes):
    n, d, item_bytes = np.float32(n), np.float32(d), np.float32(item_bytes)
    return np.array([n * d / (item_bytes * (n + d)), n / item_bytes], dtype=np.float32)


def with_fractions(n, d, item_bytes):
    from fractions import Fraction

    return [float(Fraction(n * d, item_bytes * (n + d))), float(Fraction(n, item_bytes))]


def divided_at_once(n, d, item_bytes):
    moved = item_bytes * np.array([4 * n * d + 4 * n * n, 4 * n * d])
    return 4 * n * n * d / moved


def as_strided_view(n, d, item_bytes):
    store = np.zeros((2, 2))
    store[:, 1] = n * d / (item_bytes * (n + d)), n / item_bytes
    return store[:, 1]
