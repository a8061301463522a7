"""Judging an answer that consists of several arrays."""

import numpy as np

from .compare import as_array, difference


def each(*names, compare=difference):
    """A comparison for functions that return several arrays, as in `return q, k, v`.

    Parameters
    ----------
    *names : str
        What the parts are called, in order.
    compare : callable, optional
        Judges each part; takes the right one and the student's.

    Returns
    -------
    callable
        Takes the right parts and a student's tuple or list of them; returns one sentence on the
        first part that is wrong, or "". One array stands for its parts along the first axis.
    """
    asked = f"{len(names)} arrays: {', '.join(names)}"

    def problem(expected, value):
        if value is None:
            return "returned None; is a return missing?"
        parts = _parts(value)
        if parts is None:
            return f"returned a value of type {type(value).__name__[:40]}; expected {asked}."
        if len(parts) != len(names):
            return f"returned {len(parts)} values; expected {asked}."
        for name, right, part in zip(names, expected, parts, strict=True):
            wrong = compare(right, part)
            if wrong:
                return f"{name}: {wrong}"
        return ""

    return problem


def _parts(value):
    if isinstance(value, list | tuple):
        return value
    array = as_array(value) if isinstance(value, np.ndarray) else None
    return None if array is None or array.ndim == 0 else array
