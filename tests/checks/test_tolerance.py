"""The gap that the tolerance lies in, measured again."""

import numpy as np

from selfattn_course.assignments import assignments
from selfattn_course.checks.calling import call
from selfattn_course.checks.compare import (
    TOLERANCE,
    as_array,
    difference,
    difference_with_zeros,
    error,
)

EXERCISES = [exercise for chapter in assignments().values() for exercise in chapter.exercises]
# The others are judged by comparisons of their own.
NUMERIC = [e for e in EXERCISES if e.compare in (difference, difference_with_zeros)]


def largest_error(exercise, function, cases):
    """Over all cases; infinite if the function raises, writes or returns another shape."""
    worst = 0.0
    for case in cases:
        seen, expected = call(function, case), in_float64(exercise, case)
        array = as_array(seen.value)
        if array is None or seen.changed or array.shape != expected.shape:
            return np.inf
        if expected.dtype == np.bool_ and array.dtype != np.bool_:
            return np.inf
        worst = max(worst, error(expected, array).max(initial=0))
    return worst


def in_float64(exercise, case):
    args = [a.astype(float) if getattr(a, "dtype", None) == np.float32 else a for a in case.args]
    return np.asarray(exercise.reference(*args, **case.kwargs))


def draws(exercise):
    for seed in range(8):
        yield exercise.cases(np.random.default_rng(seed))
        yield exercise.hidden_cases(np.random.default_rng(seed))


def test_float32_answers_stay_three_times_below_the_tolerance():
    errors = {
        (exercise.name, f.__name__): max(largest_error(exercise, f, c) for c in draws(exercise))
        for exercise in NUMERIC
        for f in exercise.variants
        if "float32" in f.__name__
    }
    worst = max(errors, key=errors.get)
    print("largest error of a float32 variant:", errors[worst], worst)
    assert len(errors) >= 6
    assert 1e-8 < errors[worst] < 8e-7 < TOLERANCE / 3


def test_wrong_answers_err_three_times_above_the_tolerance():
    smallest = {}
    for exercise in NUMERIC:
        if exercise.compare is not difference:
            continue  # it rejects smaller errors too, where 0 is expected
        cases = exercise.cases(np.random.default_rng(3))
        for mutant in exercise.mutants:
            name = (exercise.name, mutant.name)
            smallest[name] = largest_error(exercise, mutant.function, cases)
    nearest = min(smallest, key=smallest.get)
    print("smallest error of a mutant:", smallest[nearest], nearest)
    assert 3 * TOLERANCE < 9.9e-6 < smallest[nearest] < 1e-4
