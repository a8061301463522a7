"""Grade one submission: run it in the sandbox, judge it here."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from selfattn_course.errors import NotGradedError
from selfattn_course.grading import sandbox as box
from selfattn_course.grading.course_key import hidden_seed
from selfattn_course.grading.given import right_result
from selfattn_course.grading.judge import (
    Judged,
    fault,
    is_right,
    judge_hidden,
    judge_visible,
    not_graded,
    unreadable,
)
from selfattn_course.grading.record import Record
from selfattn_course.grading.stubs import defines, without_stub_copies

log = logging.getLogger(__name__)

_MAY_FOLLOW = ("wrong", "error", "missing", "timeout", "memory", "crash")
FOLLOWS = "Right, once the functions that it calls are."


@dataclass(frozen=True)
class Graded:
    """A grade, and what the student's own cells printed and drew on the way.

    Attributes
    ----------
    record : Record
        The grade.
    results : tuple of CellResult
        One for each cell of the submission; empty if none ran.
    """

    record: Record
    results: tuple = ()


@dataclass(frozen=True)
class _Plan:
    """The cases that one exercise needs; `problem` if we failed to make them.

    `hidden` makes those that are hidden when they are wanted, for wrong answers never are.
    `given` are exercises whose right answers stand in for the student's during the calls.
    """

    exercise: object
    visible: tuple = ()
    hidden: Callable = tuple
    given: tuple = ()
    problem: str = ""


def grade_submission(submission, assignment, sandbox, *, key, grader_version, limits=None):
    """Grade one submission.

    Parameters
    ----------
    submission : Submission
        What was handed in.
    assignment : Assignment
        What was asked.
    sandbox : Sandbox
        Where the student's code runs.
    key : bytes
        Secret key of the course; hidden inputs follow from it and the student's name.
    grader_version : str
        Written into the grade.
    limits : Limits, optional
        Time, memory and output that a submission may use.

    Returns
    -------
    Graded
        Nothing that a submission does raises. Questions on which making the inputs or judging
        the answers fails are "not graded".

    Raises
    ------
    Exception
        Whatever the sandbox raises when it is out of order.
    """
    if submission.problem:
        questions = tuple(unreadable(e, submission.problem) for e in assignment.exercises)
        results, cpu_s = (), 0.0
    else:
        plans = tuple(_plan(exercise, submission, key) for exercise in assignment.exercises)
        questions, results, cpu_s = _run_and_judge(
            submission, plans, sandbox, limits or box.Limits(), assignment.provided
        )
    record = Record(
        submission.student,
        assignment.slug,
        submission.sha256,
        grader_version,
        sandbox.level,
        questions,
        handed_in=submission.handed_in,
        cpu_s=cpu_s,
    )
    return Graded(record, results)


def not_graded_at_all(handin, assignment, sha256, why, *, grader_version, level):
    """The record of a submission that we failed to grade, with the same reason throughout."""
    questions = tuple(not_graded(exercise, why) for exercise in assignment.exercises)
    who = handin.student, assignment.slug, sha256
    return Record(*who, grader_version, level, questions, handed_in=handin.handed_in)


def _run_and_judge(submission, plans, sandbox, limits, provided):
    """Questions, what came of the cells, and the processor time of all."""
    cells = without_stub_copies(submission.cells)
    exercises = {plan.exercise.name: plan.exercise for plan in plans}

    def answer(name, args, kwargs):
        return right_result(exercises[name], args, kwargs)

    # few name them, and making them takes as long as grading a notebook
    modules = provided() if any("kernels" in cell for cell in cells) else None
    with box.Notebook(sandbox, cells, limits, answer=answer, provided=modules) as notebook:
        results = notebook.cells()
        judged = [_seen(plan, notebook) for plan in plans]  # of all, before any hidden call
        for i, plan in enumerate(plans):
            judged[i] = _unseen(plan, judged[i], notebook)
        questions = _with_second_opinions(plans, judged, cells, notebook)
    return tuple(questions), results, round(notebook.cpu_s, 3)


def _seen(plan, notebook):
    if plan.problem:
        return Judged(not_graded(plan.exercise, plan.problem))
    return judge_visible(plan.exercise, plan.visible, _outcomes(plan, plan.visible, notebook))


def _unseen(plan, judged, notebook):
    """What it is after the hidden calls, which an answer that is wrong already is spared."""
    if judged.question.status != "ok":
        return judged
    try:
        hidden = plan.hidden()
    except Exception as error:
        return Judged(not_graded(plan.exercise, fault(error)))
    if not hidden:
        return judged
    return judge_hidden(plan.exercise, hidden, _outcomes(plan, hidden, notebook))


def _outcomes(plan, cases, notebook):
    given = tuple(one.name for one in plan.given)
    return notebook.call(_calls(plan.exercise.name, cases, given))


def _with_second_opinions(plans, judged, cells, notebook):
    """Try wrong answers again, with right functions given in place of those before them.

    In place of all of them, as `check` does in a notebook: one that is right may still be too
    coarse for what builds on it, or return a list.

    One exercise after the other: an exercise is settled for good before its right answers can be
    had, and so the hidden inputs that the notebook has seen of it are worth nothing by then.
    """
    questions = [one.question for one in judged]
    final = list(questions)
    for i, plan in enumerate(plans):
        if not _may_follow(questions, i, cells):
            continue
        given = tuple(plan.exercise for plan in plans[:i])
        try:
            follows = _follows(replace(plan, given=given), judged[i].failed, notebook)
        except NotGradedError as error:  # the first verdicts stand
            log.debug("no second opinion", exc_info=error)
            break
        except Exception as error:  # this one does
            log.debug("no second opinion", exc_info=error)
            continue
        if follows:
            points = questions[i].max_score
            final[i] = replace(
                questions[i], score=points, status="ok", message=FOLLOWS, hint="", mistake=""
            )
    return final


def _follows(plan, failed, notebook):
    """Whether an answer is right with what its plan gives it.

    Most fail again where they failed, and are spared all other calls.
    """
    phases = ((failed,) if failed else (), plan.visible, plan.hidden())
    return all(
        is_right(plan.exercise, cases, _outcomes(plan, cases, notebook))
        for cases in phases
        if cases
    )


def _may_follow(questions, i, cells):
    """Whether a wrong answer is there at all, and the fault may lie in one that comes before it."""
    question, earlier = questions[i], questions[:i]
    if any(before.status != "ok" for before in earlier):
        statuses = _MAY_FOLLOW
    else:  # those are right, but perhaps coarse, or lists where an array is taken for granted
        statuses = ("wrong", "error") if earlier else ()
    return question.status in statuses and any(defines(cell, question.name) for cell in cells)


def _plan(exercise, submission, key):
    seed = hidden_seed(key, submission.student, submission.assignment, exercise.name)
    try:
        visible = exercise.visible_cases()
        return _Plan(exercise, visible, partial(_hidden_cases, exercise, seed))
    except Exception as error:
        return _Plan(exercise, problem=fault(error))


@lru_cache(1024)  # a few draws for each of 69 exercises
def _hidden_cases(exercise, seed):
    return tuple(exercise.hidden_cases(np.random.default_rng(seed)))


@lru_cache(1024)  # and their visible cases
def _calls(name, cases, given):
    return [box.Call(name, case.args, case.kwargs, given) for case in cases]
