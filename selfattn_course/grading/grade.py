"""Grade one submission: run it in the sandbox, judge it here."""

from dataclasses import dataclass, replace

from selfattn_course.errors import NotGradedError
from selfattn_course.grading import sandbox as box
from selfattn_course.grading.course_key import hidden_rng
from selfattn_course.grading.given import right_result
from selfattn_course.grading.judge import fault, judge, not_graded, unreadable
from selfattn_course.grading.record import Record
from selfattn_course.grading.stubs import defines, without_stub_copies

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
    """The calls that one exercise needs; `problem` if we failed to make them.

    `given` are exercises whose right answers stand in for the student's during the calls.
    """

    exercise: object
    visible: tuple = ()
    hidden: tuple = ()
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
            submission, plans, sandbox, limits or box.Limits()
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


def _run_and_judge(submission, plans, sandbox, limits):
    cells = without_stub_copies(submission.cells)
    execution, questions = _attempt(cells, plans, sandbox, limits)
    again = [i for i in range(len(plans)) if _may_follow(questions, i, cells)]
    if again:
        wrong = [
            plan.exercise if q.status != "ok" else None
            for plan, q in zip(plans, questions, strict=True)
        ]
        second = [replace(plans[i], given=tuple(filter(None, wrong[:i]))) for i in again]
        for i, question in zip(again, _second_opinion(cells, second, sandbox, limits), strict=True):
            if question.status == "ok":
                questions[i] = replace(question, message=FOLLOWS)
    return tuple(questions), tuple(execution.cells), execution.cpu_s


def _second_opinion(cells, plans, sandbox, limits):
    """Judge again, with right functions given; "not graded" throughout if that fails."""
    try:
        return _attempt(cells, plans, sandbox, limits)[1]
    except NotGradedError as error:  # the first verdicts stand
        return [not_graded(plan.exercise, fault(error)) for plan in plans]


def _attempt(cells, plans, sandbox, limits):
    """Run the notebook, make the calls of the plans, and judge what comes."""
    references = {exercise.name: exercise for plan in plans for exercise in plan.given}
    execution = box.execute(
        sandbox,
        list(cells),
        [_calls(plan, plan.visible) for plan in plans],
        [_calls(plan, plan.hidden) for plan in plans],
        limits,
        answer=lambda name, args, kwargs: right_result(references[name], args, kwargs),
    )
    questions = [
        not_graded(plan.exercise, plan.problem)
        if plan.problem
        else judge(plan.exercise, (plan.visible, visible), (plan.hidden, hidden))
        for plan, visible, hidden in zip(plans, execution.visible, execution.hidden, strict=True)
    ]
    return execution, questions


def _may_follow(questions, i, cells):
    """Whether a wrong answer is there at all, and the fault may lie in one that comes before it."""
    question, earlier = questions[i], questions[:i]
    if question.status not in _MAY_FOLLOW:
        return False
    written = any(defines(cell, question.name) for cell in cells)
    return written and any(before.status != "ok" for before in earlier)


def _plan(exercise, submission, key):
    try:
        rng = hidden_rng(key, submission.student, submission.assignment, exercise.name)
        return _Plan(exercise, exercise.visible_cases(), tuple(exercise.hidden_cases(rng)))
    except Exception as error:
        return _Plan(exercise, problem=fault(error))


def _calls(plan, cases):
    given = tuple(exercise.name for exercise in plan.given)
    return [box.Call(plan.exercise.name, case.args, case.kwargs, given) for case in cases]
