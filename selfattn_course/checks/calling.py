"""One call of a function on copies of a case's arguments."""

import numpy as np

from selfattn_course import outcome
from selfattn_course.outcome import Outcome

LARGEST = 10**6  # more numbers than any answer has, so a copy would only cost memory
DEEPEST = 8  # levels of lists in lists


def call(function, case):
    """Call `function` on `case` in this process.

    Parameters
    ----------
    function : callable
        Ours, or a student's own in the student's own notebook.
    case : Case
        The arguments; the function gets copies.

    Returns
    -------
    Outcome
        Whatever the function does, except that a KeyboardInterrupt goes through: it is the
        student who stops a loop. Holds a copy of the value, so that a function may write its
        next answer into the same array.
    """
    args = tuple(copy(arg) for arg in case.args)
    kwargs = {name: copy(arg) for name, arg in case.kwargs.items()}
    try:
        with np.errstate(all="ignore"):
            value = _kept(function(*args, **kwargs))
    except KeyboardInterrupt:
        raise
    except MemoryError:
        return Outcome(outcome.MEMORY)
    except BaseException as problem:  # SystemExit must not close the notebook either
        return Outcome(outcome.ERROR, error=_text(problem))
    before, after = (*case.args, *case.kwargs.values()), (*args, *kwargs.values())
    changed = (
        i for i, (was, now) in enumerate(zip(before, after, strict=True)) if not _same(was, now)
    )
    return Outcome(outcome.RETURNED, value=value, changed=tuple(changed))


def copy(arg):
    """A copy that keeps the memory order of an array; anything else is immutable."""
    return arg.copy(order="K") if isinstance(arg, np.ndarray) else arg


def _kept(value, depth=0):
    """A copy of arrays, and of lists of them; subclasses become plain."""
    if isinstance(value, np.ndarray):
        return np.array(value) if value.size <= LARGEST else value
    if isinstance(value, list | tuple) and depth < DEEPEST:
        items = [_kept(item, depth + 1) for item in value]
        return items if isinstance(value, list) else tuple(items)
    return value


def _same(was, now):
    if not isinstance(was, np.ndarray):
        return True
    return was.shape == now.shape and was.dtype == now.dtype and was.tobytes() == now.tobytes()


def _text(problem):
    try:
        message = str(problem)
    except Exception:  # a student's own exception class can fail here
        message = ""
    return f"{type(problem).__name__}: {message}" if message else type(problem).__name__
