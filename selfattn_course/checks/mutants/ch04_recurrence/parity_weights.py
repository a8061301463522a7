"""Wrong versions of parity_weights()."""

import numpy as np


def one_unit_that_adds():
    """One unit can count up, but not back to 0. Use a unit for "at least one of the two" as well
    as one for "both"."""
    return [[4.0]], [[4.0]], [-2.0], [1.0], 0.0


def last_bit_only():
    """The output is the last bit. Nothing is carried on: w_h is 0."""
    return [[10.0, 10.0]], np.zeros((2, 2)), [-5.0, -15.0], [1.0, -1.0], -1.0


def any_bit_so_far():
    """This says whether there was a one at all. A second one has to switch it off."""
    return [[10.0]], [[10.0]], [5.0], [1.0], 0.0


def both_only():
    """The unit for "both" alone never switches on. Add one for "at least one of the two"."""
    return [[10.0]], [[5.0]], [-15.0], [1.0], 0.0


def readout_added():
    """The two units are added in the output. Odd is "at least one" without "both": subtract."""
    weights = [[10.0, 10.0]], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -15.0]
    return (*weights, [1.0, 1.0], -1.0)


def units_added_in_the_state():
    """Both units raise the state. The old parity is "at least one" minus "both"."""
    return [[10.0, 10.0]], [[5.0, 5.0], [5.0, 5.0]], [-5.0, -15.0], [1.0, -1.0], -1.0


def state_weights_transposed():
    """w_h is transposed: row i holds what unit i gives to the others."""
    return [[10.0, 10.0]], [[5.0, -5.0], [5.0, -5.0]], [-5.0, -15.0], [1.0, -1.0], -1.0


def units_from_zero_to_one():
    """These weights suit units between 0 and 1. tanh goes from -1 to 1: halve w_h."""
    return [[10.0, 10.0]], [[10.0, 10.0], [-10.0, -10.0]], [-5.0, -15.0], [1.0, -1.0], -1.0


def readout_without_bias():
    """The difference of the units is 0 or 2, never below 0. Subtract 1 in the output."""
    return [[10.0, 10.0]], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -15.0], [1.0, -1.0], 0.0


def readout_sign_flipped():
    """The output is positive for an even number of ones. Turn its sign round."""
    return [[10.0, 10.0]], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -15.0], [-1.0, 1.0], 1.0


def same_threshold():
    """Both units have the same threshold, so their difference is always 0."""
    return [[10.0, 10.0]], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -5.0], [1.0, -1.0], -1.0


def too_soft():
    """The units are far from -1 and 1, and errors add up. Multiply w_x, w_h and b by 10."""
    return [[1.0, 1.0]], [[0.5, 0.5], [-0.5, -0.5]], [-0.5, -1.5], [1.0, -1.0], -1.0


def right_for_a_while():
    """It is right for some bits, then fades. Larger weights restore the units at every step."""
    weights = [[2.2, 2.2]], [[1.1, 1.1], [-1.1, -1.1]], [-1.1, -3.3]
    return (*weights, [1.0, -1.0], -1.0)


def thresholds_shifted():
    """The threshold of "both" lies at 2, where it is just reached. Put it half-way: 1.5."""
    return [[10.0, 10.0]], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -20.0], [1.0, -1.0], -1.0


def always_odd():
    """The output is positive always. It has to change with every one."""
    return [[0.0]], [[0.0]], [0.0], [0.0], 1.0


def all_zero():
    """All weights are 0, so the output is. It has to be above 0.1 or below -0.1."""
    return np.zeros((1, 2)), np.zeros((2, 2)), np.zeros(2), np.zeros(2), 0.0


def output_too_small():
    """The sign is right, the output too small: above 0.1 or below -0.1 is asked for."""
    weights = [[10.0, 10.0]], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -15.0]
    return (*weights, [0.01, -0.01], -0.01)


def above_the_limit():
    """A weight is above 50 in size. Smaller ones do it."""
    return [[1e3, 1e3]], [[500.0, 500.0], [-500.0, -500.0]], [-500.0, -1500.0], [1.0, -1.0], -1.0


def not_finite():
    """Weights have to be finite numbers."""
    return [[10.0, 10.0]], [[5.0, 5.0], [-5.0, np.nan]], [-5.0, -15.0], [1.0, -1.0], -1.0


def input_weights_as_a_row_vector():
    """w_x has shape (1, d_h): one row, since one number comes in."""
    return [10.0, 10.0], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -15.0], [1.0, -1.0], -1.0


def input_weights_as_a_column():
    """w_x has shape (1, d_h), not (d_h, 1): weights act from the right."""
    return [[10.0], [10.0]], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -15.0], [1.0, -1.0], -1.0


def readout_left_out():
    """Five things are asked for: w_x, w_h, b, w_out and b_out."""
    return [[10.0, 10.0]], [[5.0, 5.0], [-5.0, -5.0]], [-5.0, -15.0]


def too_many_units():
    """At most 8 units are allowed. Two are enough."""
    w_x, w_h = np.tile([10.0, 10.0], (1, 5)), np.tile([[5.0, 5.0], [-5.0, -5.0]], (5, 5)) / 5
    return w_x, w_h, np.tile([-5.0, -15.0], 5), np.tile([1.0, -1.0], 5), -1.0
