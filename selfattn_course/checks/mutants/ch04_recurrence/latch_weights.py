"""Wrong versions of latch_weights()."""

import numpy as np


def forgets_slowly():
    """With w_h below 1 every state fades. It has to restore itself: a larger w_h."""
    return 1.5, 0.9, 0.0


def just_one():
    """w_h = 1 does not restore a state: tanh takes a little away at every step."""
    return 1.5, 1.0, 0.0


def too_weak_against_noise():
    """It holds without noise, but a run of opposite inputs turns it. Take a larger w_h."""
    return 1.5, 2.0, 0.0


def listens_to_the_last():
    """The input is stronger than the state, so the last one decides. Make w_h the stronger."""
    return 4.0, 2.0, 0.0


def never_listens():
    """The first bit does not come in: w_x is 0, and the state stays at 0."""
    return 0.0, 4.0, 0.0


def listens_too_weakly():
    """After the first step the state is below 0.9. Take a larger w_x."""
    return 1.0, 4.0, 0.0


def set_by_the_bias():
    """The bias decides, whatever the first bit is. It has to be 0, or near it."""
    return 1.5, 4.0, 3.0


def leans_to_one_side():
    """The bias helps one bit and hurts the other. Both have to be kept: bias 0."""
    return 1.5, 2.8, 0.5


def sign_flips_at_each_step():
    """With a negative w_h the state changes sign at every step. It has to be positive."""
    return 1.5, -4.0, 0.0


def says_the_opposite():
    """A negative w_x stores the opposite bit. It has to be positive."""
    return -1.5, 4.0, 0.0


def equal_strength():
    """Input and state are equally strong: one opposite input is enough. Make w_h larger."""
    return 2.0, 2.0, 0.0


def above_the_limit():
    """A weight is above 4 in size. Smaller ones do it."""
    return 10.0, 100.0, 0.0


def not_finite():
    """Weights have to be finite numbers."""
    return np.inf, np.inf, 0.0


def exchanged():
    """The order is w_x, w_h, b."""
    return 4.0, 1.5, 0.0


def bias_left_out():
    """Three numbers are asked for: w_x, w_h and b."""
    return 1.5, 4.0


def one_number():
    """Three numbers are asked for: w_x, w_h and b."""
    return 4.0


def two_units():
    """One unit is asked for: one number for each of w_x, w_h and b."""
    return np.full((1, 2), 1.5), 4 * np.eye(2), np.zeros(2)


def as_text():
    """Return numbers, without quotation marks."""
    return "1.5", "4", "0"
