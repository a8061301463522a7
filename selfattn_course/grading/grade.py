"""Grade one submission: run it in the sandbox, judge it here."""

from dataclasses import dataclass
from functools import lru_cache

from selfattn_course.grading import sandbox as box
from selfattn_course.grading.course_key import hidden_rng, visible_rng
from selfattn_course.grading.judge import fault, judge, not_graded, unreadable
from selfattn_course.grading.record import Record
from selfattn_course.grading.stubs import without_stub_copies


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
    """The calls that one exercise needs; `problem` if we failed to make them."""

    exercise: object
    visible: tuple = ()
    hidden: tuple = ()
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
        results = ()
    else:
        plans = tuple(_plan(exercise, submission, key) for exercise in assignment.exercises)
        questions, results = _run_and_judge(submission, plans, sandbox, limits or box.Limits())
    record = Record(
        submission.student,
        assignment.slug,
        submission.sha256,
        grader_version,
        sandbox.level,
        questions,
    )
    return Graded(record, results)


def not_graded_at_all(handin, assignment, sha256, why, *, grader_version, level):
    """The record of a submission that we failed to grade, with the same reason throughout."""
    questions = tuple(not_graded(exercise, why) for exercise in assignment.exercises)
    return Record(handin.student, assignment.slug, sha256, grader_version, level, questions)


def _run_and_judge(submission, plans, sandbox, limits):
    execution = box.execute(
        sandbox,
        list(without_stub_copies(submission.cells)),
        [_calls(plan.exercise, plan.visible) for plan in plans],
        [_calls(plan.exercise, plan.hidden) for plan in plans],
        limits,
    )
    questions = tuple(
        not_graded(plan.exercise, plan.problem)
        if plan.problem
        else judge(plan.exercise, (plan.visible, visible), (plan.hidden, hidden))
        for plan, visible, hidden in zip(plans, execution.visible, execution.hidden, strict=True)
    )
    return questions, tuple(execution.cells)


def _plan(exercise, submission, key):
    try:
        rng = hidden_rng(key, submission.student, submission.assignment, exercise.name)
        return _Plan(exercise, _visible_cases(exercise), tuple(exercise.hidden_cases(rng)))
    except Exception as error:
        return _Plan(exercise, problem=fault(error))


@lru_cache(maxsize=1024)
def _visible_cases(exercise):
    """Made once: what a verdict remembers about these cases then serves the whole class."""
    return tuple(exercise.cases(visible_rng()))


def _calls(exercise, cases):
    return [box.Call(exercise.name, case.args, case.kwargs) for case in cases]
