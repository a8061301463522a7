"""Judging a bug hunt: does each input that a student found give its wrong function away?"""

import numpy as np

from .compare import as_array, error

GAP = 1e-3  # far above any rounding, so that no input wins by luck
MOST_NUMBERS = 1000  # in one array; of several, each may have a tenth: broadcast, sizes multiply
LARGEST = 1e15  # integers up to here are exact in float64 too


def separation(right, wrong, names=("x",)):
    """A comparison for exercises that ask for one input against each wrong function.

    Parameters
    ----------
    right : callable
        Takes one array for each of `names`; the right function.
    wrong : tuple of callable
        Take the same; they are run on the student's inputs.
    names : tuple of str, optional
        What the functions take. With more than one, each input is a tuple of arrays.

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
        missed = []
        for function, given in zip(wrong, inputs, strict=True):
            given = (given,) if len(names) == 1 else given
            reason = _unfit_for(names, given)
            if reason:
                return f"the input for {function.__name__} {reason}"
            if not _separates(right, function, [_plain(array) for array in given]):
                missed.append(function.__name__)
        return f"no difference seen for {', '.join(missed)}." if missed else ""

    return problem


def _rows(value):
    """The inputs one by one, or None. An array stands for the list of its rows."""
    if isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 1):
        return value
    return None


def _unfit_for(names, given):
    """Why the arrays of an input do not count, or ""."""
    if len(names) == 1:
        return _unfit(given[0])
    if not isinstance(given, list | tuple) or len(given) != len(names):
        return f"is no tuple of {len(names)} arrays: {', '.join(names)}."
    reasons = (
        (name, _unfit(array, MOST_NUMBERS // 10)) for name, array in zip(names, given, strict=True)
    )
    return next((f"is not fit: {name} {reason}" for name, reason in reasons if reason), "")


def _unfit(given, most=MOST_NUMBERS):
    """Why an array does not count, or ""."""
    array = as_array(given)
    if array is None or array.dtype.kind == "b":
        return "is no array of numbers."
    if array.ndim == 0 or array.size == 0:
        return f"has shape {array.shape}; expected at least one axis and one number."
    if array.size > most or array.ndim > 8:
        return f"has {array.size} numbers on {array.ndim} axes; at most {most} on 8 are allowed."
    with np.errstate(over="ignore"):  # a long double may not fit
        small = np.abs(array.astype(np.float64)) <= LARGEST
    if not small.all():
        return "holds a number that is not finite, or above 1e15 in size."
    return ""


def _plain(given):
    """float64 or int64: in a narrow dtype the right function errs or wraps around as well."""
    array = as_array(given)
    return array.astype(np.float64 if array.dtype.kind == "f" else np.int64)


def _separates(right, wrong, arrays):
    with np.errstate(all="ignore"):
        try:
            expected = right(*(array.copy() for array in arrays))
        except Exception:  # shapes that do not fit together
            return False
        if not np.isfinite(expected).all():
            return False
        try:
            seen = as_array(wrong(*(array.copy() for array in arrays)))
        except Exception:  # a wrong function that raises has given itself away
            return True
    return seen is None or seen.shape != expected.shape or (error(expected, seen) > GAP).any()
