"""Judging counts: whole numbers, exact at any size."""

import numpy as np

from .compare import as_array, describe, short_shape

MOST_DIGITS = 40  # of a number that is shown
MOST_COUNTS = 10**5  # in one answer


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


def _whole_numbers(value, depth=8):
    """`value` as an array of Python integers, and a sentence if it is none."""
    if isinstance(value, list | tuple):
        return _rows(value, depth)
    if isinstance(value, int) and not isinstance(value, bool):
        plain = int.__index__(value)  # a student's own subclass may redefine all but this
        return np.array(plain, dtype=object), ""  # perhaps more than int64 holds
    array = as_array(value)
    if array is None:
        return None, describe(value, "whole numbers")
    if array.dtype.kind == "b":
        return None, "returned True or False; expected whole numbers."
    if array.size > MOST_COUNTS:
        return None, f"returned {array.size} numbers; expected far fewer."
    if array.dtype.kind == "f":
        broken = array[~(np.isfinite(array) & (array == np.floor(array)))]
        if broken.size:
            return None, f"{broken.flat[0]:.6g} is no whole number."
    return _filled([int(count) for count in array.ravel()], array.shape), ""


def _rows(items, depth):
    """A list item by item: as one array, integers beyond int64 would become floats."""
    if len(items) > MOST_COUNTS or not depth:
        return None, f"returned a list of {len(items)} items; expected far fewer."
    rows = []
    for item in items:
        counts, problem = _whole_numbers(item, depth - 1)
        if problem:
            return None, problem if _is_number(item) else describe(items, "whole numbers")
        if rows and counts.shape != rows[0].shape:
            return None, describe(items, "whole numbers")
        rows.append(counts)
    shape = (len(rows), *(rows[0].shape if rows else ()))
    return _filled([count for row in rows for count in row.ravel()], shape), ""


def _is_number(item):
    return isinstance(item, bool | int | float | np.number | np.bool_)


def _filled(counts, shape):
    array = np.empty(len(counts), dtype=object)
    array[:] = counts
    return array.reshape(shape)


def _text(count):
    if abs(count) < 10**MOST_DIGITS:
        return str(count)
    return f"a number of more than {MOST_DIGITS} digits"
