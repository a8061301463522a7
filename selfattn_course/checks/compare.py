"""What is wrong with an answer, in words. Answers are data from students and never trusted."""

import numpy as np

# An entry may be off by this much, times its size where that is above 1. In chapter 3 the right
# float32 variants stay below 8e-7 and every mutant errs by more than 9.9e-6 somewhere;
# tests/checks/test_tolerance.py measures both.
TOLERANCE = 3e-6

_NUMBERS = (np.ndarray, np.generic, bool, int, float, list, tuple)
_NUMBER = (bool, int, float, np.ndarray, np.number, np.bool_)
_PLAIN = {bool, int, float}


def difference(expected, value):
    """How `value` differs from `expected`.

    Parameters
    ----------
    expected : ndarray
        The right answer. A boolean one asks for booleans, any other for real numbers.
    value : object
        What a student's function returned.

    Returns
    -------
    str
        One sentence on the first entry that is wrong; empty if none is. The dtype may differ
        from the expected one as long as it holds numbers.
    """
    expected = np.asarray(expected)
    asked, kinds = ("booleans", "b") if expected.dtype == np.bool_ else ("numbers", "fiu")
    array = as_array(value)
    if array is None:
        return describe(value, asked)
    if array.shape != expected.shape:
        return f"shape is {short_shape(array.shape)}; expected {expected.shape}."
    if array.dtype.kind not in kinds:
        return f"dtype is {array.dtype}; expected {asked}."
    if _is_near(expected, array):
        return ""
    wrong = error(expected, array) > TOLERANCE
    if not wrong.any():
        return ""
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    seen, right = numbers(array[place], expected[place])
    return f"{f'entry {place}' if place else 'the result'} is {seen}; expected {right}."


def _is_near(expected, array):
    """Whether all is right, found in a moment; False where it takes a closer look."""
    if not expected.dtype.kind == array.dtype.kind == "f":
        return False
    return bool(np.abs(array - expected).max(initial=0.0) <= TOLERANCE)


def difference_with_zeros(expected, value):
    """`difference`, but where `expected` is 0 only 0 will do, as for a forbidden key."""
    problem = difference(expected, value)
    if problem:
        return problem
    seen = as_array(value).astype(np.float64)  # a long double does not underflow where we do
    leaks = np.argwhere((expected == 0) & (seen != 0))
    if not len(leaks):
        return ""
    place = tuple(int(i) for i in leaks[0])
    return f"entry {place} is {_number(seen[place], 4)}; expected exactly 0."


def error(expected, array):
    """Distance from `expected`, entry by entry, relative where `expected` is above 1 in size.

    Parameters
    ----------
    expected, array : ndarray, same shape
        Numbers or booleans.

    Returns
    -------
    ndarray of float64
        Infinite where one is finite and the other is not, or either is NaN.
    """
    with np.errstate(all="ignore"):  # a cast to float64 can overflow too
        expected, array = np.asarray(expected, np.float64), np.asarray(array, np.float64)
        distance = np.abs(array - expected) / np.maximum(1, np.abs(expected))
    distance = np.where(np.isfinite(distance), distance, np.inf)
    return np.where(array == expected, 0.0, distance)


def same(value, other, *, depth=4):
    """Whether two answers cannot be told apart: equal within the tolerance, NaN like NaN."""
    if type(value) is type(other) is int:
        return value == other  # they may be too large for an array
    if _length(value) != _length(other):
        return False  # before a long list is made an array
    a, b = as_array(value), as_array(other)
    if a is not None and b is not None:
        if a.shape != b.shape or (a.dtype.kind == "b") != (b.dtype.kind == "b"):
            return False
        return bool(((error(a, b) <= TOLERANCE) | ((a != a) & (b != b))).all())
    if a is None and b is None and isinstance(value, list | tuple) and depth:
        return (
            isinstance(other, list | tuple)
            and len(value) == len(other) <= 100
            and all(same(x, y, depth=depth - 1) for x, y in zip(value, other, strict=True))
        )
    return a is None and b is None and type(value) is type(other)


def _length(value):
    """Items of a list, rows of an array; None for anything else."""
    if isinstance(value, np.ndarray):
        return value.shape[0] if value.ndim else None
    return len(value) if isinstance(value, list | tuple) else None


def as_array(value):
    """`value` as an array of booleans or real numbers, or None if it is not one."""
    if not isinstance(value, _NUMBERS):
        return None
    if isinstance(value, list | tuple) and not _holds_numbers(value):
        return None  # NumPy would make one huge array of texts from a list of them
    try:
        array = np.asarray(value)
    except Exception:  # rows of unequal length, and whatever else a nest of lists can hold
        return None
    return array if array.dtype.kind in "biuf" else None


def _holds_numbers(items, depth=32):
    """Whether a nest of lists, no deeper than an array can be, holds nothing but numbers."""
    if _PLAIN.issuperset(map(type, items)):
        return True
    return all(
        _holds_numbers(item, depth - 1)
        if depth and isinstance(item, list | tuple)
        else isinstance(item, _NUMBER)
        for item in items
    )


def describe(value, asked="numbers"):
    """One sentence on a value that is no array of numbers or booleans."""
    if value is None:
        return "returned None; is a return missing?"
    if isinstance(value, np.ndarray):
        return f"dtype is {str(value.dtype)[:40]}; expected {asked}."
    kind = type(value).__name__[:40]
    if isinstance(value, list | tuple):
        return f"returned a {kind} that is no array; expected {asked}, in rows of equal length."
    return f"returned a value of type {kind}; expected an array."


def numbers(*values):
    """Numbers as text, with just enough digits to tell them apart."""
    for digits in (4, 6, 9, 17):
        texts = [_number(value, digits) for value in values]
        if len(set(texts)) == len(texts):
            break
    return texts


def _number(value, digits):
    value = np.asarray(value)
    return str(bool(value)) if value.dtype == np.bool_ else f"{float(value):.{digits}g}"


def short_shape(shape):
    """A shape as text, or how many axes it has where those are too many to print."""
    return shape if len(shape) <= 8 else f"{len(shape)} axes"
