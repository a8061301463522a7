from types import SimpleNamespace

import pytest

from selfattn_course.grading.judge import (
    HIDDEN,
    LONGEST_MESSAGE,
    judge_hidden,
    judge_visible,
    not_graded,
    unreadable,
)
from selfattn_course.outcome import Outcome

SECRET = "918273.5"
SEEN = ((1,), (Outcome("returned"),))


def verdict(status, message="", hint="", mistake=""):
    passed = status == "ok"
    return SimpleNamespace(
        passed=passed, status=status, message=message, hint=hint, mistake=mistake, failed=SECRET
    )


def judge(exercise, visible, hidden):
    question = judge_visible(exercise, *visible).question
    if question.status == "ok":
        question = judge_hidden(exercise, *hidden).question
    return question


def exercise(*verdicts):
    """An exercise that gives these verdicts, one after the other; exceptions are raised."""
    left = list(verdicts)

    def give(cases, outcomes):
        one = left.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    return SimpleNamespace(name="f", title="F", points=2, verdict=give)


def test_right_everywhere_is_full_marks():
    question = judge(exercise(verdict("ok"), verdict("ok")), SEEN, SEEN)
    assert (question.score, question.max_score, question.status) == (2.0, 2.0, "ok")
    assert question.message == question.hint == ""


def test_visible_failure_says_what_was_seen_and_hints():
    question = judge(exercise(verdict("wrong", "seen 1", "try 2")), SEEN, SEEN)
    assert (question.score, question.status) == (0.0, "wrong")
    assert (question.message, question.hint) == ("seen 1", "try 2")


@pytest.mark.parametrize("status", ["wrong", "error", "timeout", "memory", "crash", "missing"])
def test_hidden_failures_are_all_told_alike(status):
    failure = verdict(status, f"f({SECRET}) is {SECRET}", f"hint on {SECRET}")
    question = judge(exercise(verdict("ok"), failure), SEEN, SEEN)
    assert (question.score, question.status) == (0.0, "wrong")
    assert question.message == HIDDEN
    assert question.hint == ""


def test_a_known_mistake_is_noted_wherever_it_shows():
    known = verdict("wrong", "seen 1", "try 2", "no scale")
    assert judge(exercise(known), SEEN, SEEN).mistake == "no scale"
    assert judge(exercise(verdict("ok"), known), SEEN, SEEN).mistake == "no scale"


def test_missing_function_is_named():
    assert "named f was" in judge(exercise(verdict("missing")), SEEN, SEEN).message
    said = judge(exercise(verdict("missing", "f is not written yet.", "h")), SEEN, SEEN)
    assert (said.message, said.hint) == ("f is not written yet.", "h")


@pytest.mark.parametrize(
    ("verdicts", "visible", "hidden"),
    [
        ([ValueError(SECRET)], SEEN, SEEN),
        ([verdict("ok"), ValueError(SECRET)], SEEN, SEEN),
        ([MemoryError()], SEEN, SEEN),
        ([RecursionError()], SEEN, SEEN),
        ([verdict("strange", SECRET)], SEEN, SEEN),
        ([verdict("ok"), verdict("strange", SECRET)], SEEN, SEEN),
        ([SimpleNamespace()], SEEN, SEEN),
        ([], ((), ()), SEEN),
        ([verdict("ok")], ((1, 2), SEEN[1]), SEEN),
        ([verdict("ok"), verdict("ok")], SEEN, ((1,), ())),
        ([verdict("ok"), verdict("ok")], SEEN, ((), SEEN[1])),
    ],
)
def test_our_own_fault_is_not_graded_and_tells_nothing(verdicts, visible, hidden):
    question = judge(exercise(*verdicts), visible, hidden)
    assert (question.score, question.status) == (None, "not graded")
    assert SECRET not in question.message
    assert "The grader stopped with" in question.message


def test_long_messages_are_cut():
    question = judge(exercise(verdict("wrong", "m" * 10_000, "h" * 10_000)), SEEN, SEEN)
    assert len(question.message) == len(question.hint) == LONGEST_MESSAGE


def test_unreadable_is_zero_and_not_graded_is_no_score():
    assert unreadable(exercise(), "why").score == 0.0
    assert not_graded(exercise(), "why").score is None
