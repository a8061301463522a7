"""Judging a prediction: how far off it may be, without giving the answer away."""

import numpy as np

from .compare import as_array, describe


def within(share, labels):
    """A comparison for exercises that ask for numbers guessed before they are computed.

    Parameters
    ----------
    share : float
        How far off each number may be, as a share of the right one.
    labels : tuple of str
        What each number stands for, such as "d = 64".

    Returns
    -------
    callable
        Takes the right numbers and a student's; returns a sentence that says which is off but
        not what is right, or "".
    """

    def problem(expected, value):
        array = as_array(value)
        if array is None:
            return describe(value)
        if array.shape != np.shape(expected):
            return f"expected {len(labels)} numbers, for {', '.join(labels)}."
        if array.dtype.kind == "b":
            return "returned True or False; expected numbers."
        right = _near(expected, array, share)
        off = [
            f"{n:g} for {label}"
            for n, label, ok in zip(array, labels, right, strict=True)
            if not ok
        ]
        return f"{', '.join(off)} is more than {share:.0%} off." if off else ""

    return problem


def about(share):
    """A comparison for one predicted number, or one array of them, without saying what is right.

    Parameters
    ----------
    share : float
        How far off each number may be, as a share of the right one.

    Returns
    -------
    callable
        Takes the right answer and a student's; returns one sentence, or "".
    """

    def problem(expected, value):
        array = as_array(value)
        if array is None:
            return describe(value)
        if array.shape != np.shape(expected):
            return f"shape is {array.shape}; expected {np.shape(expected)}."
        if array.dtype.kind == "b":
            return "returned True or False; expected a number."
        right = _near(expected, array, share)
        if right.all():
            return ""
        seen = array[~right].flat[0] if array.ndim else array
        return f"{float(seen):.4g} is more than {share:.0%} off."

    return problem


def _near(expected, array, share):
    """Which entries are off by no more than that share."""
    with np.errstate(all="ignore"):
        return np.abs(array.astype(np.float64) / expected - 1) <= share
