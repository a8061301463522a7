"""From what came of the calls to a question's grade, in the process that students never enter.

Visible calls speak first, and only they may say anything: of a hidden call nothing leaves this
module but whether it was right.
"""

import logging
from dataclasses import dataclass
from itertools import chain

from selfattn_course.grading.record import NOT_GRADED, STATUSES, Question
from selfattn_course.grading.remembered import bits_of, once

log = logging.getLogger(__name__)

LONGEST_MESSAGE = 1000  # characters
# One sentence for every way to fail there: which way it was may depend on the hidden inputs.
HIDDEN = (
    "Right on the examples you can see, not on other inputs of the same kind. "
    "Try other sizes, shapes and magnitudes."
)


@dataclass(frozen=True)
class Judged:
    """What became of one question.

    Attributes
    ----------
    question : Question
        Full points or 0; "not graded" if the grader itself failed.
    failed : object
        The first case that came out wrong, or None. Never for the student's eyes.
    """

    question: Question
    failed: object = None


def judge_visible(exercise, cases, outcomes):
    """Grade one question by the calls that its student may see.

    Parameters
    ----------
    exercise : object
        With `name`, `title`, `points` and `verdict(cases, outcomes)`.
    cases, outcomes : sequence
        What was called and what came of it.

    Returns
    -------
    Judged
        Never raises.
    """
    try:
        verdict = _verdict(exercise, cases, outcomes)
        if verdict.passed:
            return Judged(_question(exercise, float(exercise.points), "ok", ""))
        message, told = _visible_message(exercise, verdict), (verdict.hint, verdict.mistake)
        question = _question(exercise, 0.0, verdict.status, message, *told)
        return Judged(question, verdict.failed)
    except Exception as error:
        return Judged(not_graded(exercise, fault(error)))


def judge_hidden(exercise, cases, outcomes):
    """Grade one question that is right on the visible calls by the hidden ones.

    Parameters and result are those of `judge_visible`.
    """
    try:
        verdict = _verdict(exercise, cases, outcomes)
        if verdict.passed:
            return Judged(_question(exercise, float(exercise.points), "ok", ""))
        if verdict.status not in STATUSES:
            raise RuntimeError("a verdict of an unknown kind")  # ours, not the student's
        question = _question(exercise, 0.0, "wrong", HIDDEN, mistake=verdict.mistake)
        return Judged(question, verdict.failed)
    except Exception as error:
        return Judged(not_graded(exercise, fault(error)))


def is_right(exercise, cases, outcomes):
    """Whether all calls came out right; for a look at a question that has its grade."""
    return _once(exercise.is_right, cases, outcomes)


def not_graded(exercise, why):
    """A question that could not be graded through no fault of the student's."""
    return _question(exercise, None, NOT_GRADED, why)


def unreadable(exercise, problem):
    """A question of a notebook that cannot be read."""
    return _question(exercise, 0.0, "unreadable", problem)


def fault(error):
    """One sentence on an exception of our own, without its text, which may quote hidden inputs."""
    log.debug("grading failed", exc_info=error)
    return f"The grader stopped with {type(error).__name__}; grade again, or report it."


def _verdict(exercise, cases, outcomes):
    if not cases or len(cases) != len(outcomes):
        raise RuntimeError(f"{len(outcomes)} outcomes for {len(cases)} cases")
    return _once(exercise.verdict, cases, outcomes)


def _once(judge, cases, outcomes):
    parts = [(one.status, one.value, one.error, *one.changed) for one in outcomes]
    bits = bits_of([*chain.from_iterable(parts)])
    return once((judge, cases, bits), lambda: judge(cases, outcomes))


def _visible_message(exercise, verdict):
    if verdict.status == "missing" and exercise.name not in verdict.message:
        return f"No function named {exercise.name} was found in the notebook."
    return verdict.message


def _question(exercise, score, status, message, hint="", mistake=""):
    message, hint = message[:LONGEST_MESSAGE], hint[:LONGEST_MESSAGE]
    points = float(exercise.points)
    return Question(exercise.name, exercise.title, score, points, status, message, hint, mistake)
