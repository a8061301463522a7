"""Right but unusual versions of bug_hunt()."""

import numpy as np


def one_input_for_all():
    return [np.array([[0, 1000], [-5000, -5001]])] * 6


def one_array_of_integers():
    return np.tile(np.array([[0, 1000], [-5000, -5001]]), (6, 1, 1))


def plain_lists():
    return [[1000], [[0, 800], [0, 0]], [[1, 2], [3, 3]], [-900, -901], [0, 1], [0, 800]]


def tuple_of_small_arrays():
    return (
        np.array([710.0]),
        np.array([[0.0], [746.0]]),
        np.zeros((2, 3)),
        np.array([-400.0, -410.0]),
        np.array([0, 0, -1]),
        np.array([0.0, 710.0]),
    )


def found_by_search():
    rng = np.random.default_rng(1)
    for _ in range(1000):
        x = rng.integers(-3000, 1000, size=(3, 4))
        if x.max() - x.max(axis=-1).min() > 750 and x.max() > 710:
            break
    return [x, x, x, x, np.array([1, 2, 3]), np.array([0, 2000])]


def in_float32():
    x = np.array([[0, 1000], [-5000, -5001]], dtype=np.float32)
    return [x, x, x, x, np.array([3, 4], dtype=np.int8), x]


def three_axes():
    return [np.array([[[0, 1000], [-5000, -5001]], [[3, 4], [5, 7]]])] * 6
