import json

import pytest

from selfattn_course.grading.record import Question, Record


def test_a_record_survives_its_line(record):
    for statuses in [("ok", "wrong"), ("not graded", "ok"), ("unreadable",), ()]:
        made = record("Zoë \u2028 <b>", statuses=statuses, message="seen\n1", hint="try")
        line = made.to_line()
        assert "\n" not in line
        assert Record.from_dict(json.loads(line)) == made


def test_line_has_the_fields_that_others_build_on(record):
    data = json.loads(record().to_line())
    assert {
        "student",
        "assignment",
        "submission_sha256",
        "grader_version",
        "sandbox_level",
        "score",
        "max_score",
        "questions",
    } <= set(data)
    assert {"name", "score", "max_score", "status"} <= set(data["questions"][0])


def test_score_is_the_sum_and_none_if_anything_is_not_graded(record):
    assert (record(statuses=("ok", "ok", "wrong")).score, record().max_score) == (4.0, 4.0)
    assert record(statuses=("ok", "not graded")).score is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda d: d.pop("student"), "expected the fields"),
        (lambda d: d.update(extra=1), "expected the fields"),
        (lambda d: d.update(student=3), "student must be text"),
        (lambda d: d.update(handed_in=None), "handed_in must be text"),
        (lambda d: d.update(cpu_s=-1), "cpu_s must be a number"),
        (lambda d: d["questions"][0].update(mistake=1), "mistake must be text"),
        (lambda d: d.update(score=99), "not the sum"),
        (lambda d: d.update(max_score=99), "not the sum"),
        (lambda d: d.update(questions={}), "must be a list"),
        (lambda d: d["questions"][0].update(status="fine"), "expected one of"),
        (lambda d: d["questions"][0].update(score=None), "score must be a number"),
        (lambda d: d["questions"][0].update(score=float("nan")), "score must be a number"),
        (lambda d: d["questions"][0].update(score=True), "score must be a number"),
        (lambda d: d["questions"][0].update(score=3.0), "must not exceed"),
        (lambda d: d["questions"][0].update(status="not graded"), "has no score"),
        (lambda d: d["questions"].append(7), "expected the fields"),
    ],
)
def test_anything_else_than_a_record_is_refused(record, change, problem):
    data = json.loads(record().to_line())
    change(data)
    with pytest.raises(ValueError, match=problem):
        Record.from_dict(data)


def test_our_own_fault_can_never_be_a_mark():
    with pytest.raises(ValueError, match="has no score"):
        Question("f", "F", 0.0, 1.0, "not graded")
