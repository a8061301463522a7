"""Right but unusual versions of rnn_bug_hunt()."""

import numpy as np


def one_input_for_all():
    x = np.array([[[0], [1], [-1], [2], [1], [0], [1], [1], [-1], [900]], [[1]] * 10])
    w = np.array([[1, 2]]), np.array([[0, 1], [-1, 1]]), np.array([1, 0])
    return [(x, *w)] * 8


def nested_lists():
    x = [[[0], [1], [-1], [2], [1], [0], [1], [1], [-1], [900]], [[1]] * 10]
    return [[x, [[1, 2]], [[0, 1], [-1, 1]], [1, 0]]] * 8


def as_small_as_possible():
    one, half = np.ones((1, 1)), np.full((1, 1), 0.5)
    x = np.ones((10, 1))
    turned = (np.eye(2), np.eye(2), np.array([[0.0, 1.0], [0.0, 0.0]]), np.zeros(2))
    batch = (np.ones((2, 1, 1)), one, one, np.zeros(1))
    biased = (np.zeros((1, 1)), one, one, np.ones(1))
    whole = (np.ones((1, 1), int), np.ones((1, 1), int), np.ones((1, 1), int), np.zeros(1, int))
    long = (x, half, half, np.zeros(1))
    large = (one, 400 * one, one, np.zeros(1))
    return [turned, batch, biased, biased, whole, (x[:3], *long[1:]), (x[:9], *long[1:]), large]


def found_by_search():
    rng = np.random.default_rng(0)
    x = rng.integers(-2, 3, size=(2, 3, 9, 1))
    w = [rng.integers(-1, 2, size=shape) for shape in ((1, 3), (3, 3), (3,))]
    w[1][0], w[2][:] = [1, -1, 0], 1
    large = (np.full((1, 1), 500.0), np.ones((1, 1)), np.ones((1, 1)), np.zeros(1))
    return (*[(x, *w)] * 7, large)


def in_float32():
    x = np.array([[[0], [1], [-1], [2], [1], [0], [1], [1], [-1], [900]], [[1]] * 10])
    w = np.array([[1, 2]]), np.array([[0, 1], [-1, 1]]), np.array([1, 0])
    single = tuple(a.astype(np.float32) for a in (x, *w))
    return [single, single, single, single, (x.astype(np.int8), *w), single, single, single]
