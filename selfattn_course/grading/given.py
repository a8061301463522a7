"""What an answer builds on: right results of the exercises before it, computed here on request.

A function that is right except that it calls a wrong one deserves its points, yet the sandbox holds
no right one. So, when such a function is tried again, calls to earlier functions come here. The
arguments are a student's: results are bounded before anything is computed.
"""

import math
from itertools import chain

import numpy as np

from selfattn_course.grading.remembered import bits_of, once

MAX_COST = 2**22  # numbers in a result: 32 MiB, half of what one answer may hold
_SMALL = 2**12  # numbers in a result that is remembered


class Refused(ValueError):
    """One sentence on why a call is not answered."""


def right_result(exercise, args, kwargs):
    """What the reference of an exercise returns for a student's arguments.

    Parameters
    ----------
    exercise : object
        With `name`, `reference`, `bind` and `visible_cases`.
    args : tuple
    kwargs : dict
        Arrays, numbers and None. Not trusted.

    Returns
    -------
    object

    Raises
    ------
    Refused
        If the result could be too large, or the exercise's signature or its reference does not
        take these arguments.
    """
    try:
        bound = exercise.bind(args, kwargs)
        plain = {name: _plain(argument) for name, argument in bound.arguments.items()}
        cost = _cost(plain)
        if cost > MAX_COST or not _known(exercise, plain):
            raise Refused(f"{exercise.name} was called with inputs that are too large.")
        asked = chain.from_iterable(bound.arguments.items())
        bits = bits_of([*asked]) if cost <= _SMALL else None
        return once((exercise, bits), lambda: _reference(exercise, bound))
    except Refused:
        raise
    except Exception as error:  # whatever a reference makes of nonsense, the grader goes on
        raise Refused(f"{exercise.name} cannot take these inputs: {error}") from error


def _reference(exercise, bound):
    with np.errstate(all="ignore"):
        return exercise.reference(*bound.args, **bound.kwargs)


def _cost(arguments):
    """Most numbers that any of our functions could make of the arrays among the arguments.

    Leading axes broadcast. The last two axes of two arrays meet in a product at worst; those of a
    mask only have to fit it.
    """
    leading, sizes, largest = {}, [1, 1], 1
    for name, argument in arguments.items():
        if isinstance(argument, np.ndarray):
            *batch, rows, columns = (1, 1, *argument.shape)
            for axis, size in enumerate(reversed(batch)):
                leading[axis] = max(leading.get(axis, 1), size)
            if name != "mask":
                sizes.append(max(rows, 1) * max(columns, 1))
            largest = max(largest, argument.size)
        elif argument is not None and not isinstance(argument, int | float):
            return math.inf
    return max(math.prod(sorted(sizes)[-2:]) * math.prod(leading.values()), largest)


def _known(exercise, arguments):
    """Whether the whole numbers are no more than twice those of one of the exercise's examples.

    They may be the side of a square, or the power of something.
    """
    asked = _whole_numbers(arguments)
    if not asked:
        return True
    for case in exercise.visible_cases():
        shown = exercise.bind(case.args, case.kwargs).arguments
        shown = _whole_numbers({name: _plain(argument) for name, argument in shown.items()})
        if all(abs(n) <= 2 * abs(shown.get(name, 8)) for name, n in asked.items()):
            return True
    return False


def _whole_numbers(arguments):
    return {name: number for name, number in arguments.items() if isinstance(number, int)}


def _plain(argument):
    """A number for a NumPy scalar or an array without axes; an array for a list of numbers."""
    if isinstance(argument, list | tuple):
        if not all(map(_is_number, _leaves(argument))):
            return ""
        argument = np.asarray(argument)
    if isinstance(argument, np.generic) or (isinstance(argument, np.ndarray) and not argument.ndim):
        return argument.item()
    return argument


def _leaves(items):
    for item in items:
        if isinstance(item, list | tuple):
            yield from _leaves(item)
        else:
            yield item


def _is_number(item):
    return isinstance(item, bool | int | float | np.number | np.bool_)
