"""Wrong versions of bug_hunt()."""

import numpy as np


def harmless_inputs():
    """Small float scores in one row suit all six. Try large, negative, two-axis, integer ones."""
    return [np.array([1.0, 2.0, 3.0])] * 6


def large_rows_only():
    """Large scores give wrong_1 and wrong_6 away. Which line of the others differs from yours?"""
    return [np.array([0.0, 1000.0])] * 6


def floats_only():
    """wrong_5 fills an array made like x. What is lost if x holds integers?"""
    x = np.array([[0.0, 1000.0], [-5000.0, -5001.0]])
    return [x] * 6


def one_row_only():
    """Within one row wrong_2 and wrong_3 are right. Give them two rows."""
    return [
        np.array([0, 1000]),
        np.array([0, 1000]),
        np.array([0, 1]),
        np.array([-1000, -1001]),
        np.array([0, 1]),
        np.array([0, 1000]),
    ]


def square_of_equal_rows():
    """wrong_3 sums over the rows. Equal rows or equal sums hide that; take different ones."""
    x = np.array([[0, 1000], [-5000, -5001]])
    return [x, x, np.zeros((2, 2)), x, x, x]


def positive_scores_only():
    """wrong_4 subtracts the maximum of |x|. That is the maximum of x unless scores are negative."""
    x = np.array([[0, 1000], [-5000, -5001]])
    return [x, x, x, np.array([3.0, 5.0]), x, x]


def rows_too_close():
    """wrong_2 subtracts one maximum for all rows. A row 750 below it vanishes; yours is nearer."""
    x = np.array([[0, 1000], [-5000, -5001]])
    return [x, np.array([[0.0, 1.0], [50.0, 51.0]]), x, x, x, x]


def largest_score_first():
    """wrong_6 subtracts the first score. That is right if the first is the largest."""
    x = np.array([[0, 1000], [-5000, -5001]])
    return [x, x, x, x, x, np.array([1000.0, 0.0])]


def not_large_enough():
    """exp(700) still fits into float64. Where does it overflow?"""
    x = np.array([[0, 1000], [-5000, -5001]])
    return [np.array([0.0, 700.0]), x, x, x, x, x]


def infinite_scores():
    """Inputs have to be finite: with infinity the right softmax gives NaN too."""
    return [np.array([0.0, np.inf])] * 6


def five_inputs():
    """Return a list of six inputs, the first for wrong_1."""
    return [np.array([[0, 1000], [-5000, -5001]])] * 5


def one_array():
    """Return a list of six arrays, even if they are all the same."""
    return np.array([[0, 1000], [-5000, -5001]])


def too_many_numbers():
    """A small input is enough: at most 1000 numbers."""
    return [np.zeros((50, 50))] * 6


def empty_inputs():
    """An input needs at least one number."""
    return [np.zeros(0)] * 6


def names_of_mistakes():
    """Return inputs, not descriptions: arrays for which the function goes wrong."""
    return ["overflow", "global maximum", "axis", "negative", "integers", "first"]


def verdicts():
    """Return the inputs themselves, not whether they separate."""
    return [True, True, True, True, True, True]


def as_dictionary():
    """Return a list of six inputs in the order of the functions."""
    x = np.array([[0, 1000], [-5000, -5001]])
    return {f"wrong_{i}": x for i in range(1, 7)}


def each_input_for_the_wrong_function():
    """The order is off: the i-th input is tried on the i-th function only."""
    return [
        np.array([0, 1]),
        np.array([0.0, 1000.0]),
        np.array([-1000.0, -1001.0]),
        np.array([[0.0, 1.0], [2.0, 5.0]]),
        np.array([[0.0, 1.0], [1000.0, 1001.0]]),
        np.array([5.0, 1.0]),
    ]
