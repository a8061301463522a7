"""Every check rejects all its wrong answers, says why, and accepts all its right ones.

Visible and hidden cases are held to this separately, and for several draws.
"""

import inspect
import time

import numpy as np
import pytest

from selfattn_course.assignments import assignments
from selfattn_course.checks.calling import call
from selfattn_course.checks.collect import source_text
from selfattn_course.checks.exercise import KINDS as ALL_KINDS

SEEDS = (0, 3, 2024)
EXERCISES = [exercise for chapter in assignments().values() for exercise in chapter.exercises]
ALL = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
KINDS = pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
DRAWS = pytest.mark.parametrize("seed", SEEDS)


def judged(exercise, cases, function):
    return exercise.verdict(cases, [call(function, case) for case in cases])


@ALL
@KINDS
@DRAWS
def test_every_mutant_is_rejected_with_its_own_hint(exercise, kind, seed):
    cases = getattr(exercise, kind)(np.random.default_rng(seed))
    survivors, other_hints = [], []
    for mutant in exercise.mutants:
        verdict = judged(exercise, cases, mutant.function)
        if verdict.passed:
            survivors.append(mutant.name)
        elif verdict.hint != mutant.hint:
            other_hints.append((mutant.name, verdict.hint))
    print(f"{exercise.name} {kind}: {len(exercise.mutants)} mutants, {len(survivors)} survive")
    assert (survivors, other_hints) == ([], [])


@ALL
def test_a_student_who_does_what_a_mutant_does_gets_its_hint(exercise):
    cases = exercise.visible_cases()
    other_hints = []
    for mutant in exercise.mutants:
        space = {"np": np}
        exec(source_text(mutant.function, exercise.name), space)
        hint = judged(exercise, cases, space[exercise.name]).hint
        if hint != mutant.hint:
            other_hints.append((mutant.name, hint))
    assert other_hints == []


@ALL
@KINDS
@DRAWS
def test_every_variant_and_the_reference_pass(exercise, kind, seed):
    cases = getattr(exercise, kind)(np.random.default_rng(seed))
    alarms = {
        function.__name__: verdict.message
        for function in (exercise.reference, *exercise.variants)
        if not (verdict := judged(exercise, cases, function)).passed
    }
    print(f"{exercise.name} {kind}: {len(exercise.variants)} variants, {len(alarms)} rejected")
    assert alarms == {}


@ALL
@KINDS
def test_cases_have_names_of_their_own(exercise, kind):
    cases = getattr(exercise, kind)(np.random.default_rng(0))
    names = [case.name for case in cases]
    assert all(names)
    assert len(set(names)) == len(names)


@ALL
def test_hidden_cases_are_other_draws_of_at_least_as_many(exercise):
    visible = exercise.cases(np.random.default_rng(1))
    hidden = exercise.hidden_cases(np.random.default_rng(1))
    if not visible[0].args:  # a prediction or a hunt has nothing to draw
        return
    assert len(hidden) >= len(visible) - 1
    sizes = [{np.shape(case.args[0]) for case in cases} for cases in (visible, hidden)]
    values = [{str(case.args) for case in cases} for cases in (visible, hidden)]
    assert sizes[0] != sizes[1] or values[0] != values[1]


@ALL
def test_the_same_seed_draws_the_same_cases(exercise):
    one, two = (exercise.cases(np.random.default_rng(5)) for _ in range(2))
    assert [str(case.args) for case in one] == [str(case.args) for case in two]


@ALL
def test_sources_stand_alone(exercise):
    for function in (*(m.function for m in exercise.mutants), *exercise.variants):
        space = {}
        exec("import numpy as np\n\n\n" + source_text(function, exercise.name), space)
        case = exercise.cases(np.random.default_rng(0))[0]
        here, there = call(function, case), call(space[exercise.name], case)
        assert (here.status, here.error) == (there.status, there.error), function.__name__


@ALL
def test_mutants_take_the_arguments_of_the_exercise(exercise):
    names = [part.split("=")[0] for part in exercise.signature[:-1].split("(")[1].split(", ")]
    for function in (*(m.function for m in exercise.mutants), *exercise.variants):
        given = [name for name in inspect.signature(function).parameters if name[0] != "_"]
        assert given == [name for name in names if name], function.__name__


@ALL
def test_kind_is_one_that_the_course_knows(exercise):
    assert exercise.kind in ALL_KINDS


def test_names_are_unique_over_the_course():
    names = [exercise.name for exercise in EXERCISES]
    assert sorted(set(names)) == sorted(names)


def test_there_are_exercises_of_every_kind():
    assert {exercise.kind for exercise in EXERCISES} == set(ALL_KINDS)
    assert len(EXERCISES) >= 45


@ALL
def test_every_exercise_has_enough_wrong_and_right_answers(exercise):
    assert len(exercise.mutants) >= 8
    assert len(exercise.variants) >= 3


@ALL
def test_every_exercise_says_what_it_is(exercise):
    assert exercise.signature.startswith(f"{exercise.name}(")
    assert exercise.points > 0
    assert exercise.minutes > 0
    assert 1 <= exercise.difficulty <= 5
    assert exercise.title
    assert exercise.objectives
    assert exercise.hint


@ALL
def test_numbers_asked_for_differ_from_student_to_student(exercise):
    """Only free designs and guesses take no arguments: they have nothing to copy or to draw."""
    draws = [exercise.hidden_cases(np.random.default_rng(seed)) for seed in (1, 2)]
    if draws[0][0].args or draws[0][0].kwargs:
        one, two = (str([(case.args, case.kwargs) for case in draw]) for draw in draws)
        assert one != two
    else:
        assert exercise.kind in ("prediction", "bug hunt", "construction", "property")


def test_a_check_answers_fast():
    slowest = {}
    for exercise in EXERCISES:
        cases = exercise.visible_cases()
        exercise.verdict(cases, [call(exercise.reference, case) for case in cases])
        start = time.perf_counter()
        exercise.verdict(cases, [call(exercise.reference, case) for case in cases])
        slowest[exercise.name] = time.perf_counter() - start
    name = max(slowest, key=slowest.get)
    print(f"slowest check of a right answer: {name}, {1000 * slowest[name]:.0f} ms")
    assert slowest[name] < 1  # far above what is asked for, so that a busy machine passes
