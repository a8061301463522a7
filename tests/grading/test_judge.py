from types import SimpleNamespace

import numpy as np
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
UNSEEN = ((2,), (Outcome("returned"),))


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
    question = judge(exercise(verdict("ok"), verdict("ok")), SEEN, UNSEEN)
    assert (question.score, question.max_score, question.status) == (2.0, 2.0, "ok")
    assert question.message == question.hint == ""


def test_visible_failure_says_what_was_seen_and_hints():
    question = judge(exercise(verdict("wrong", "seen 1", "try 2")), SEEN, UNSEEN)
    assert (question.score, question.status) == (0.0, "wrong")
    assert (question.message, question.hint) == ("seen 1", "try 2")


@pytest.mark.parametrize("status", ["wrong", "error", "timeout", "memory", "crash", "missing"])
def test_hidden_failures_are_all_told_alike(status):
    failure = verdict(status, f"f({SECRET}) is {SECRET}", f"hint on {SECRET}")
    question = judge(exercise(verdict("ok"), failure), SEEN, UNSEEN)
    assert (question.score, question.status) == (0.0, "wrong")
    assert question.message == HIDDEN
    assert question.hint == ""


def test_a_known_mistake_is_noted_wherever_it_shows():
    known = verdict("wrong", "seen 1", "try 2", "no scale")
    assert judge(exercise(known), SEEN, UNSEEN).mistake == "no scale"
    assert judge(exercise(verdict("ok"), known), SEEN, UNSEEN).mistake == "no scale"


def test_missing_function_is_named():
    assert "named f was" in judge(exercise(verdict("missing")), SEEN, UNSEEN).message
    said = judge(exercise(verdict("missing", "f is not written yet.", "h")), SEEN, UNSEEN)
    assert (said.message, said.hint) == ("f is not written yet.", "h")


@pytest.mark.parametrize(
    ("verdicts", "visible", "hidden"),
    [
        ([ValueError(SECRET)], SEEN, UNSEEN),
        ([verdict("ok"), ValueError(SECRET)], SEEN, UNSEEN),
        ([MemoryError()], SEEN, UNSEEN),
        ([RecursionError()], SEEN, UNSEEN),
        ([verdict("strange", SECRET)], SEEN, UNSEEN),
        ([verdict("ok"), verdict("strange", SECRET)], SEEN, UNSEEN),
        ([SimpleNamespace()], SEEN, UNSEEN),
        ([], ((), ()), UNSEEN),
        ([verdict("ok")], ((1, 2), SEEN[1]), UNSEEN),
        ([verdict("ok"), verdict("ok")], SEEN, ((2,), ())),
        ([verdict("ok"), verdict("ok")], SEEN, ((), UNSEEN[1])),
    ],
)
def test_our_own_fault_is_not_graded_and_tells_nothing(verdicts, visible, hidden):
    question = judge(exercise(*verdicts), visible, hidden)
    assert (question.score, question.status) == (None, "not graded")
    assert SECRET not in question.message
    assert "The grader stopped with" in question.message


def test_long_messages_are_cut():
    question = judge(exercise(verdict("wrong", "m" * 10_000, "h" * 10_000)), SEEN, UNSEEN)
    assert len(question.message) == len(question.hint) == LONGEST_MESSAGE


def test_unreadable_is_zero_and_not_graded_is_no_score():
    assert unreadable(exercise(), "why").score == 0.0
    assert not_graded(exercise(), "why").score is None


def test_answers_that_are_the_same_to_the_bit_are_judged_once():
    one = exercise(verdict("wrong", "seen 1"))  # has no second verdict to give
    cases = (object(),)
    for _ in range(2):
        outcomes = (Outcome("returned", np.array([0.1, 0.2])),)
        assert judge_visible(one, cases, outcomes).question.message == "seen 1"
    other = (Outcome("returned", np.array([0.1, np.nextafter(0.2, 1)])),)
    assert judge_visible(one, cases, other).question.status == "not graded"


def test_other_cases_and_other_questions_are_judged_anew():
    one, outcomes = exercise(verdict("wrong"), verdict("ok")), (Outcome("returned", 1),)
    assert judge_visible(one, (object(),), outcomes).question.status == "wrong"
    assert judge_visible(one, (object(),), outcomes).question.status == "ok"
    assert judge_visible(exercise(verdict("ok")), SEEN[0], SEEN[1]).question.status == "ok"
    assert judge_visible(exercise(verdict("wrong")), SEEN[0], SEEN[1]).question.status == "wrong"
