"""Right but unusual versions of attention_bug_hunt()."""

import numpy as np


def eight_designs():
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, wide, large, rows, wide, wide, whole, small]


def one_input_for_all():
    q = np.array([[[900.0, 0.0], [0.0, 0.0], [-900.0, 5.0]]] * 2)
    k = np.array([[[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]] * 2)
    k[1] += 1
    v = np.arange(24).reshape(2, 3, 4) ** 2 * 1000
    return [(q, k, v)] * 7 + [(np.array([[6.0]]), np.array([[0], [1]]), np.array([[100], [0]]))]


def plain_lists():
    column = [[0], [1]]
    return [
        [[[[1, 2]]], [[[1, 2], [3, 5]]], [[[1], [2]]]],
        [[[1, 2]], [[1, 2], [2, 2]], [[1], [2]]],
        [[[1000]], column, column],
        [[[1], [0]], [[1000], [1000]], [[0], [5]]],
        [[[1], [2]], column, column],
        [[[1], [2]], [[3], [1]], column],
        [[[1]], column, column],
        [[[5]], column, [[1000.0], [0.0]]],
    ]


def found_by_search():
    rng = np.random.default_rng(3)
    draws = []
    for shape in ((2, 3, 3), (3, 3)):
        q, k = rng.integers(-40, 40, size=shape), rng.integers(-40, 40, size=shape)
        draws.append((q, k, rng.integers(-99, 99, size=(*shape[:-1], 2))))
    low = np.array([[0.0], [-2000.0], [2000.0]])
    rows = np.array([[1.0], [0.0], [2.0]]), low, low
    soft = rng.standard_normal((3, 2)), rng.standard_normal((3, 2)), rng.integers(0, 9, (3, 5))
    tail = np.array([[1.0]]), np.array([[0.0], [5.0]]), np.array([[999.0], [0.0]])
    return [draws[0], soft, draws[1], rows, soft, soft, soft, tail]


def in_float32():
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    wide = tuple(a.astype(np.float32) for a in wide)
    return [batch, wide, tuple(np.float32(a) for a in large), rows, wide, wide, whole, small]


def more_queries_than_keys():
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    tall = rng.standard_normal((5, 4)), k, np.arange(15).reshape(3, 5)
    return [batch, tall, large, rows, tall, tall, tall, small]


def tuple_of_tuples():
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return batch, wide, large, rows, wide, wide, whole, small


def two_leading_axes():
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    q, k, v = (rng.standard_normal((2, 1, 2, 3)) for _ in range(3))
    v = v[..., :2]
    return [(q, k, v), (q, k, v), large, rows, (q, k, v), (q, k, v), (q, k, whole[2][:2]), small]
