"""Wrong versions of rnn_bug_hunt()."""

import numpy as np


def harmless_inputs():
    """One step without memory or bias suits almost all of them. Use more steps, and a bias."""
    return [(np.array([[0.5]]), np.array([[1.0]]), np.array([[0.5]]), np.array([0.0]))] * 8


def symmetric_weights():
    """wrong_1 transposes w_h. That shows only if w_h is not symmetric."""
    x = np.array([[0, 1, 2, 3, 4, 5, 6, 7, 8.0]]).T / 8
    w = np.eye(2)[:1], np.array([[0.5, 1.0], [1.0, 0.5]]), np.array([0.5, 0.0])
    other = (x, w[0], np.array([[0.0, 1.0], [0.0, 0.5]]), w[2])
    batch = (np.stack([x, -x]), *other[1:])
    whole = (np.ones((3, 1), int), np.ones((1, 1), int), np.eye(1, dtype=int), np.ones(1, int))
    large = (400 * x, *other[1:])
    return [(x, *w), batch, other, other, whole, other, other, large]


def one_sequence():
    """wrong_2 takes the first axis for time. For one sequence that is right: give it a batch."""
    x = np.array([[0, 1, 2, 3, 4, 5, 6, 7, 8.0]]).T / 8
    one = (x, np.eye(2)[:1], np.array([[0.0, 1.0], [0.0, 0.5]]), np.array([0.5, 0.0]))
    whole = (np.ones((3, 1), int), np.ones((1, 1), int), np.eye(1, dtype=int), np.ones(1, int))
    return [one, one, one, one, whole, one, one, (400 * x, *one[1:])]


def without_bias():
    """wrong_3 and wrong_4 differ in the bias. Give them one that is not 0."""
    x = np.array([[0, 1, 2, 3, 4, 5, 6, 7, 8.0]]).T / 8
    one = (x, np.eye(2)[:1], np.array([[0.0, 1.0], [0.0, 0.5]]), np.zeros(2))
    batch = (np.stack([x, -x]), *one[1:])
    whole = (np.ones((3, 1), int), np.ones((1, 1), int), np.eye(1, dtype=int), np.ones(1, int))
    one = (one[0] + 1, *one[1:])
    return [one, batch, one, one, whole, one, one, (400 * x, *one[1:])]


def floats_only():
    """wrong_5 makes its zeros like x @ w_x + b. Which dtype has that for integers?"""
    x = np.array([[0, 1, 2, 3, 4, 5, 6, 7, 8.0]]).T / 8
    one = (x, np.eye(2)[:1], np.array([[0.0, 1.0], [0.0, 0.5]]), np.array([0.5, 0.0]))
    batch = (np.stack([x, -x]), *one[1:])
    return [one, batch, one, one, one, one, one, (400 * x, *one[1:])]


def two_steps_only():
    """wrong_6 remembers one input, wrong_7 eight. Give them longer sequences."""
    x = np.array([[0, 1, 2, 3, 4, 5, 6, 7, 8.0]]).T / 8
    one = (x, np.eye(2)[:1], np.array([[0.0, 1.0], [0.0, 0.5]]), np.array([0.5, 0.0]))
    batch = (np.stack([x, -x]), *one[1:])
    whole = (np.ones((3, 1), int), np.ones((1, 1), int), np.eye(1, dtype=int), np.ones(1, int))
    two = (x[:2], *one[1:])
    return [one, batch, one, one, whole, two, two, (400 * x, *one[1:])]


def eight_steps():
    """wrong_7 is right for 8 steps. Give it a longer sequence."""
    x = np.array([[0, 1, 2, 3, 4, 5, 6, 7, 8.0]]).T / 8
    one = (x, np.eye(2)[:1], np.array([[0.0, 1.0], [0.0, 0.5]]), np.array([0.5, 0.0]))
    batch = (np.stack([x, -x]), *one[1:])
    whole = (np.ones((3, 1), int), np.ones((1, 1), int), np.eye(1, dtype=int), np.ones(1, int))
    return [one, batch, one, one, whole, one, (x[:8], *one[1:]), (400 * x, *one[1:])]


def small_inputs():
    """wrong_8 overflows where exp does. Give it a sum above 355."""
    x = np.array([[0, 1, 2, 3, 4, 5, 6, 7, 8.0]]).T / 8
    one = (x, np.eye(2)[:1], np.array([[0.0, 1.0], [0.0, 0.5]]), np.array([0.5, 0.0]))
    batch = (np.stack([x, -x]), *one[1:])
    whole = (np.ones((3, 1), int), np.ones((1, 1), int), np.eye(1, dtype=int), np.ones(1, int))
    return [one, batch, one, one, whole, one, one, one]


def large_negative_inputs():
    """exp(-800) is 0, and wrong_8 is right there. Give it a large positive sum."""
    x = np.array([[0, 1, 2, 3, 4, 5, 6, 7, 8.0]]).T / 8
    one = (x, np.eye(2)[:1], np.array([[0.0, 1.0], [0.0, 0.5]]), np.array([0.5, 0.0]))
    batch = (np.stack([x, -x]), *one[1:])
    whole = (np.ones((3, 1), int), np.ones((1, 1), int), np.eye(1, dtype=int), np.ones(1, int))
    return [one, batch, one, one, whole, one, one, (-400 * x, *one[1:])]


def inputs_only():
    """Each answer is a tuple of four arrays: x, w_x, w_h and b."""
    return [np.array([[1.0], [2.0]])] * 8


def seven_inputs():
    """Return a list of eight tuples, the first for wrong_1."""
    x = np.array([[1.0], [2.0]])
    return [(x, np.array([[1.0]]), np.array([[0.5]]), np.array([1.0]))] * 7


def shapes_that_do_not_fit():
    """Shapes have to fit: x (..., n, d_in), w_x (d_in, d_h), w_h (d_h, d_h), b (d_h,)."""
    return [(np.ones((3, 2)), np.ones((3, 2)), np.eye(2), np.ones(2))] * 8


def not_finite():
    """Inputs have to be finite: with infinity the right layer fails, too."""
    return [(np.array([[np.inf]]), np.array([[1.0]]), np.array([[0.5]]), np.array([0.0]))] * 8


def too_many_numbers():
    """A small input is enough: at most 100 numbers in each array."""
    return [(np.ones((500, 1)), np.array([[1.0]]), np.array([[0.5]]), np.array([1.0]))] * 8


def results_in_place_of_inputs():
    """These are results. Return the inputs: x, w_x, w_h and b for each function."""
    return [np.tanh(np.ones((3, 2)))] * 8
