"""Right but unusual versions of latch_weights()."""

import numpy as np


def largest_allowed():
    return 1.5, 4, 0


def as_matrices():
    return np.array([[1.6]]), np.array([[3.6]]), np.array([0.0])


def one_array():
    return np.array([1.5, 4.0, 0.0], dtype=np.float32)


def nested_lists():
    return [[[1.7]], [[3.8]], [0.01]]


def found_by_search():
    for w_h in np.arange(0.5, 4.01, 0.25):
        for w_x in np.arange(0.25, 4.01, 0.25):
            h = np.tanh(w_x)
            lowest = h
            for _ in range(2000):
                h = np.tanh(w_h * h - w_x)
                lowest = min(lowest, h)
            if lowest > 0.91:
                return w_x, w_h, 0.0
    return None


def a_small_bias():
    return 1.6, 4.0, -0.05
