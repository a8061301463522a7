from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from selfattn_course.grading.final_grade import final_grades, unknown_times
from selfattn_course.grading.ledger import Entry
from selfattn_course.grading.manual import ByHand
from selfattn_course.grading.policy import Policy

DUE = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)
LATE = Policy({"toy": DUE}, 15.0, 10.0, 50.0)
WRONG, HALF, RIGHT = ("wrong", "wrong"), ("ok", "wrong"), ("ok", "ok")


def at(**later):
    return (DUE + timedelta(**later)).isoformat(timespec="seconds")


@pytest.fixture
def handed_in(record):
    """A record of a file, with the time of handing in, or the reason of a regrade."""

    def make(sha256, statuses, handed_in="", reason="", student="ada"):
        one = record(student, statuses=statuses, sha256=sha256)
        return replace(one, handed_in=handed_in, reason=reason)

    return make


def final(records, policy=None, by_hand=None):
    """The final grade of a lone student with these records."""
    history = [Entry(record, "", "", "") for record in records]
    (grade,) = final_grades(history, policy or Policy(), {("ada", "toy"): by_hand or {}})
    return grade


def test_everyone_has_one_grade_in_order(record):
    records = [record("bea"), record("ada", "b"), record("ada", "a"), record("bea")]
    grades = final_grades([Entry(one, "", "", "") for one in records], Policy(), {})
    names = [(grade.record.student, grade.record.assignment) for grade in grades]
    assert names == [("ada", "a"), ("ada", "b"), ("bea", "toy")]
    assert {(grade.attempt, grade.attempts, grade.score) for grade in grades} == {(1, 1, 2.0)}


def test_the_last_file_counts_even_if_it_is_worth_less(handed_in):
    grade = final([handed_in("a", RIGHT), handed_in("b", HALF), handed_in("b", HALF)])
    assert (grade.attempt, grade.attempts, grade.score) == (2, 2, 2.0)


def test_an_earlier_file_handed_in_again_is_the_last(handed_in):
    first, again = handed_in("a", RIGHT, at(days=-3)), handed_in("a", RIGHT, at(days=2))
    grade = final([first, handed_in("b", HALF), again], LATE)
    assert (grade.attempt, grade.attempts, grade.days_late) == (1, 2, 2)


def test_a_regrade_is_no_attempt_and_its_grade_counts(handed_in):
    regraded = handed_in("a", RIGHT, reason="regraded q1")
    grade = final([handed_in("a", WRONG), handed_in("b", HALF), regraded])
    assert (grade.attempt, grade.attempts, grade.score) == (2, 2, 2.0)
    grade = final([handed_in("a", WRONG), regraded])
    assert (grade.attempt, grade.attempts, grade.score) == (1, 1, 4.0)


def test_best_is_the_best_after_its_penalty(handed_in):
    best = replace(LATE, counts="best", percent_per_day=40.0, percent_at_most=100.0)
    early, late = handed_in("a", HALF, at(days=-1)), handed_in("b", RIGHT, at(days=1, hours=1))
    assert final([early, late], best).score == 2.0  # 4 less 80 % of 4 is 0.8
    assert final([early, late], best).attempt == 1
    assert final([early, handed_in("b", RIGHT, at(hours=2))], best).attempt == 2  # 4 less 1.6


def test_best_counts_the_time_when_a_file_came_first(handed_in):
    early, again = handed_in("a", RIGHT, at(days=-1)), handed_in("a", RIGHT, at(days=3))
    grade = final([early, handed_in("b", WRONG), again], replace(LATE, counts="best"))
    assert (grade.attempt, grade.score, grade.record.handed_in) == (1, 4.0, at(days=-1))


def test_best_of_equals_is_the_first(handed_in):
    grade = final([handed_in(name, HALF) for name in "abc"], Policy(counts="best"))
    assert (grade.attempt, grade.attempts) == (1, 3)


def test_best_waits_for_a_last_attempt_that_is_not_graded(handed_in):
    unknown = ("not graded", "ok")
    best = Policy(counts="best")
    assert final([handed_in("a", HALF), handed_in("b", unknown)], best).score is None
    assert final([handed_in("a", unknown), handed_in("b", HALF)], best).score == 2.0


def test_attempts_above_the_limit_do_not_count(handed_in):
    records = [handed_in("a", WRONG), handed_in("b", HALF), handed_in("c", RIGHT)]
    grade = final(records, Policy(at_most=2))
    assert (grade.attempt, grade.attempts, grade.score) == (2, 3, 2.0)
    assert final(records, Policy(at_most=2, counts="best")).score == 2.0
    assert final([*records, handed_in("a", WRONG)], Policy(at_most=2)).attempt == 1


def test_a_file_that_could_not_be_read_is_an_attempt_until_another_comes(handed_in):
    lost = handed_in("", ("not graded", "not graded"))
    assert final([lost, handed_in("a", HALF)], Policy(at_most=1)).attempts == 1
    grade = final([handed_in("a", HALF), lost])
    assert (grade.score, grade.attempt, grade.attempts) == (None, 2, 2)


@pytest.mark.parametrize(
    ("later", "days", "penalty"),
    [
        ({"minutes": -1}, 0, 0.0),
        ({"minutes": 15}, 0, 0.0),
        ({"minutes": 15, "seconds": 1}, 1, 0.4),
        ({"days": 1, "minutes": 15}, 1, 0.4),
        ({"days": 1, "minutes": 16}, 2, 0.8),
        ({"days": 30}, 30, 2.0),
    ],
)
def test_each_started_day_costs_its_share_up_to_the_most(handed_in, later, days, penalty):
    grade = final([handed_in("a", RIGHT, at(**later))], LATE)
    assert (grade.days_late, grade.penalty, grade.score) == (days, penalty, 4.0 - penalty)


def test_times_of_other_zones_are_compared_as_moments(handed_in):
    in_time = "2026-11-21T00:14:00+01:15"
    assert final([handed_in("a", RIGHT, in_time)], LATE).days_late == 0


def test_what_is_not_due_or_has_no_time_is_not_late(handed_in):
    assert final([handed_in("a", RIGHT, at(days=3))], replace(LATE, due={})).penalty == 0.0
    assert final([handed_in("a", RIGHT)], LATE).penalty == 0.0


def test_no_score_is_less_than_nothing(handed_in):
    harsh = replace(LATE, percent_per_day=100.0, percent_at_most=100.0)
    grade = final([handed_in("a", HALF, at(days=1))], harsh)
    assert (grade.penalty, grade.score) == (2.0, 0.0)
    grade = final([handed_in("a", WRONG, at(days=1))], harsh, {"q0": ByHand(-1.0)})
    assert (grade.penalty, grade.score) == (0.0, 0.0)


def test_points_by_hand_take_the_place_of_automatic_ones(handed_in):
    by_hand = {"q0": ByHand(1.5), "q1": ByHand(None, 0.5), "other": ByHand(9.0)}
    grade = final([handed_in("a", HALF)], by_hand=by_hand)
    assert grade.manual == {"q0": 1.5, "q1": 0.5}
    assert grade.points == {"q0": 1.5, "q1": 0.5}
    assert grade.score == 2.0


def test_extra_credit_follows_a_new_automatic_score(handed_in):
    by_hand = {"q1": ByHand(None, 0.5)}
    grade = final([handed_in("a", HALF), handed_in("b", RIGHT)], by_hand=by_hand)
    assert (grade.manual, grade.score) == ({"q1": 2.5}, 4.5)


def test_points_by_hand_make_a_grade_of_what_is_not_graded(handed_in):
    records = [handed_in("a", ("not graded", "ok"))]
    assert final(records).score is None
    assert final(records, by_hand={"q0": ByHand(None, 1.0)}).score is None
    assert final(records, by_hand={"q0": ByHand(1.0)}).score == 3.0


def test_lateness_costs_once_points_by_hand_included(handed_in):
    grade = final([handed_in("a", HALF, at(days=1))], LATE, {"q1": ByHand(2.0)})
    assert (grade.penalty, grade.score) == (0.4, 3.6)


def test_what_is_due_and_has_no_time_is_said(handed_in):
    grades = [final([handed_in("a", RIGHT, time)], LATE) for time in ("", "", at(days=1))]
    (line,) = unknown_times(grades, LATE)
    assert line.startswith("toy: 2 handed in at no known time, taken as in time")
    assert unknown_times(grades, Policy()) == ()
