"""Wrong versions of attention_bug_hunt()."""

import numpy as np


def harmless_inputs():
    """Small squares of floats suit all eight. Change sizes, axes, magnitudes and dtypes."""
    eye = np.eye(2)
    return [(eye, eye, eye)] * 8


def no_batch():
    """wrong_1 turns all axes of k around. That matters once there are three."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [wide, wide, large, rows, wide, wide, whole, small]


def values_as_wide_as_keys():
    """wrong_2 takes the root of the width of v. Give v another width than q and k."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, whole, large, rows, wide, wide, whole, small]


def not_large_enough():
    """wrong_3 overflows above exp(709). These scores stay below."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 9, k * 9, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, wide, large, rows, wide, wide, whole, small]


def rows_too_close():
    """wrong_4 subtracts one maximum for all rows. A row 750 below it vanishes."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[80], [0], [-80]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, wide, large, rows, wide, wide, whole, small]


def symmetric_scores():
    """wrong_5 divides by the sums of columns. Give it scores whose columns differ from
    its rows.
    """
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, wide, large, rows, (np.eye(3), np.eye(3), np.eye(3)), wide, whole, small]


def queries_that_are_the_keys():
    """wrong_6 swaps queries and keys. Where they are the same, nobody sees it."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, wide, large, rows, wide, (q, q, v), whole, small]


def floats_only():
    """wrong_7 gives the weights the dtype of v. Which dtype makes that visible?"""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, wide, large, rows, wide, wide, wide, small]


def weights_all_large():
    """wrong_8 drops weights below a hundredth of the largest. Give it a small one that matters."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    return [batch, wide, large, rows, wide, wide, whole, (np.eye(2), np.eye(2), np.eye(2))]


def small_weight_without_value():
    """wrong_8 drops a small weight, but its value is too small to be missed. Make that
    one huge.
    """
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[7.0]]), np.array([[0.0], [1.0]]), np.array([[0.01], [0.0]])
    return [batch, wide, large, rows, wide, wide, whole, small]


def one_value_in_float_for_all():
    """Integers have to be an integer array: with one float in it, all are floats."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12.0).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, wide, large, rows, wide, wide, whole, small]


def infinite_scores():
    """Inputs have to be finite: with infinity the right attention gives NaN too."""
    x = np.array([[np.inf, 1.0]])
    return [(x, x, x)] * 8


def seven_inputs():
    """Return eight inputs, the first for wrong_1."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    large = q * 60, k * 60, v
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    return [batch, wide, large, rows, wide, wide, whole]


def queries_only():
    """Each input is a tuple of three arrays: q, k, v."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    return [q] * 8


def queries_and_keys_only():
    """Each input is a tuple of three arrays: q, k and v."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    return [(q, k)] * 8


def shapes_that_do_not_fit():
    """q and k need the same d, and v one row for each key: the right attention has to work."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    return [(q, k[:, :2], v)] * 8


def too_many_numbers():
    """Small arrays are enough: at most 100 numbers each."""
    x = np.ones((20, 20))
    return [(x, x, x)] * 8


def names_of_mistakes():
    """Return inputs, not descriptions."""
    return ["batch", "d_v", "overflow", "maximum", "axis", "swap", "dtype", "small"]


def each_input_for_the_next():
    """The order is off: the i-th input is tried on the i-th function only."""
    rng = np.random.default_rng(0)
    q, k, v = (rng.standard_normal(shape) for shape in ((3, 4), (3, 4), (3, 4)))
    batch = q[None] * np.ones((2, 1, 1)), k[None] * np.ones((2, 1, 1)), v[None] * np.ones((2, 1, 1))
    wide = q, k, rng.standard_normal((3, 9))
    rows = q * 0 + [[800], [0], [-800]], np.eye(3, 4), v
    whole = q, k, np.arange(12).reshape(3, 4)
    small = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [small, batch, wide, wide, rows, (q, q, v), wide, whole]


def empty_arrays():
    """An array needs at least one number."""
    x = np.zeros((0, 2))
    return [(x, x, x)] * 8
