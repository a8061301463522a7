"""Judging a bug hunt: does each input that a student found give its wrong function away?"""

import numpy as np

from .compare import as_array, error

GAP = 1e-3  # far above any rounding, so that no input wins by luck
MOST_NUMBERS = 1000
LARGEST = 1e15  # integers up to here are exact in float64 too


def separation(right, wrong):
    """A comparison for exercises that ask for one input against each wrong function.

    Parameters
    ----------
    right : callable
        Takes an array; the right function.
    wrong : tuple of callable
        Take an array; they are run on the student's inputs.

    Returns
    -------
    callable
        Takes the reference's answer, which is not needed, and a student's: a list of arrays,
        the i-th for `wrong[i]`. Returns one sentence on what is missing, or "". An input counts
        if the right result is finite, and the wrong function raises, returns another shape, or
        differs by more than 1e-3 somewhere.
    """

    def problem(_, value):
        inputs = _rows(value)
        if inputs is None:
            return (
                "returned None; is a return missing?"
                if value is None
                else "the answer is no list of inputs."
            )
        if len(inputs) != len(wrong):
            return f"returned {len(inputs)} inputs; expected {len(wrong)}, one for each function."
        for function, given in zip(wrong, inputs, strict=True):
            reason = _unfit(given)
            if reason:
                return f"the input for {function.__name__} {reason}"
        missed = [
            function.__name__
            for function, given in zip(wrong, inputs, strict=True)
            if not _separates(right, function, _plain(given))
        ]
        return f"no difference seen for {', '.join(missed)}." if missed else ""

    return problem


def _rows(value):
    """The inputs one by one, or None. An array stands for the list of its rows."""
    if isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 1):
        return value
    return None


def _unfit(given):
    """Why an input does not count, or ""."""
    array = as_array(given)
    if array is None or array.dtype.kind == "b":
        return "is no array of numbers."
    if array.ndim == 0 or array.size == 0:
        return f"has shape {array.shape}; expected at least one axis and one number."
    if array.size > MOST_NUMBERS or array.ndim > 8:
        return f"has {array.size} numbers on {array.ndim} axes; at most 1000 on 8 are allowed."
    with np.errstate(over="ignore"):  # a long double may not fit
        small = np.abs(array.astype(np.float64)) <= LARGEST
    if not small.all():
        return "holds a number that is not finite, or above 1e15 in size."
    return ""


def _plain(given):
    """float64 or int64: in a narrow dtype the right function errs or wraps around as well."""
    array = as_array(given)
    return array.astype(np.float64 if array.dtype.kind == "f" else np.int64)


def _separates(right, wrong, x):
    with np.errstate(all="ignore"):
        expected = right(x.copy())
        if not np.isfinite(expected).all():
            return False
        try:
            seen = as_array(wrong(x.copy()))
        except Exception:  # a wrong function that raises has given itself away
            return True
    return seen is None or seen.shape != expected.shape or (error(expected, seen) > GAP).any()
