"""Judging counts: whole numbers, exact at any size."""

import numpy as np

from .compare import as_array, describe, short_shape

MOST_DIGITS = 40  # of a number that is shown


def exactly(expected, value):
    """How a count, or an array of counts, differs from the right one.

    Parameters
    ----------
    expected : int or array of int
        The right answer; as Python integers where it may exceed int64.
    value : object
        What a student's function returned. Whole numbers count whatever their dtype, True and
        False do not.

    Returns
    -------
    str
        One sentence on the first count that is wrong; empty if none is.
    """
    expected = np.asarray(expected, dtype=object)
    counts, problem = _whole_numbers(value)
    if problem:
        return problem
    if counts.shape != expected.shape:
        return f"shape is {short_shape(counts.shape)}; expected {expected.shape}."
    for place, right in np.ndenumerate(expected):
        if counts[place] != right:
            where = f"entry {place}" if place else "the result"
            return f"{where} is {_text(counts[place])}; expected {_text(int(right))}."
    return ""


def _whole_numbers(value):
    """`value` as an array of Python integers, and a sentence if it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return np.array(value, dtype=object), ""  # perhaps more than int64 holds
    array = _huge_integers(value) if isinstance(value, list | tuple) else as_array(value)
    if array is None:
        return None, describe(value, "whole numbers")
    if array.dtype.kind == "b":
        return None, "returned True or False; expected whole numbers."
    if array.size > 10**6:
        return None, f"returned {array.size} numbers; expected far fewer."
    if array.dtype.kind == "f":
        broken = array[~(np.isfinite(array) & (array == np.floor(array)))]
        if broken.size:
            return None, f"{broken.flat[0]:.6g} is no whole number."
    flat = [int(count) for count in array.ravel()]
    counts = np.empty(array.size, dtype=object)
    counts[:] = flat
    return counts.reshape(array.shape), ""


def _huge_integers(value):
    """A list as an array; a flat one of integers keeps those beyond int64."""
    array = as_array(value)
    plain = all(isinstance(item, int) and not isinstance(item, bool) for item in value)
    if value and plain and (array is None or array.dtype.kind == "f"):
        return np.array(value, dtype=object)
    return array


def _text(count):
    if abs(count) < 10**MOST_DIGITS:
        return str(count)
    return f"a number of more than {MOST_DIGITS} digits"
