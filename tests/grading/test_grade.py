from dataclasses import replace

import pytest

from selfattn_course.grading import sandbox as box
from selfattn_course.grading.grade import grade_submission
from selfattn_course.grading.submission import Submission
from selfattn_course.outcome import Outcome


@pytest.fixture(scope="module")
def sandbox(level):
    with box.Sandbox(level) as one:
        yield one


@pytest.fixture
def grade(sandbox, toy):
    def one(*cells, student="ada", assignment=toy.ASSIGNMENT, problem="", limits=None):
        return grade_submission(
            Submission(student, toy.SLUG, None, "00", cells, problem),
            assignment,
            sandbox,
            key=b"key",
            grader_version="1.0",
            limits=limits,
        )

    return one


def statuses(graded):
    return [question.status for question in graded.record.questions]


def test_right_answers_get_full_marks(grade, toy, level):
    record = grade(toy.DOUBLE, toy.NEGATE).record
    assert (record.score, record.max_score) == (3.5, 3.5)
    assert record.sandbox_level == level
    assert (record.student, record.assignment, record.submission_sha256) == ("ada", "toy", "00")


def test_a_wrong_answer_costs_its_own_question_only(grade, toy):
    graded = grade("def double(x):\n    return x", toy.NEGATE)
    assert statuses(graded) == ["wrong", "ok"]
    assert graded.record.score == 1.5
    assert graded.record.questions[0].hint == "Multiply by 2."
    assert "double on 3 numbers: seen" in graded.record.questions[0].message


def test_an_empty_notebook_gets_nothing_and_names_what_was_looked_for(grade):
    graded = grade()
    assert statuses(graded) == ["missing", "missing"]
    assert "double" in graded.record.questions[0].message


def test_an_answer_made_for_the_visible_inputs_fails_on_hidden_ones(grade, toy):
    learnt = "def double(x):\n    return 2 * x if x.ndim == 1 else x"
    graded = grade(learnt, toy.NEGATE)
    assert statuses(graded) == ["wrong", "ok"]
    assert graded.record.questions[0].message.startswith("Right on the examples you can see")
    assert graded.record.questions[0].hint == ""


def test_stub_copied_below_the_answer_keeps_the_marks(grade, toy):
    graded = grade(toy.STUB, toy.DOUBLE, toy.NEGATE, toy.STUB)
    assert statuses(graded) == ["ok", "ok"]
    assert len(graded.results) == 4


def test_stub_among_other_statements_keeps_the_marks(grade, toy):
    graded = grade(toy.DOUBLE, toy.NEGATE, "import numpy as np\n" + toy.STUB + "\ny = double(2)")
    assert statuses(graded) == ["ok", "ok"]
    assert graded.results[2].status == "ok"


def test_a_cell_that_ends_the_process_leaves_the_answers(grade, toy):
    graded = grade(toy.DOUBLE, "import os\nos._exit(0)", toy.NEGATE)
    assert statuses(graded) == ["ok", "ok"]
    assert graded.results[1].status == "crash"


def test_an_endless_loop_in_one_answer_leaves_the_others(grade, toy):
    limits = replace(box.Limits(), call_cpu_s=0.5, call_wall_s=2, exercise_cpu_s=1)
    graded = grade("def double(x):\n    while True: pass", toy.NEGATE, limits=limits)
    assert statuses(graded) == ["timeout", "ok"]


def test_what_cannot_be_read_is_not_run(grade):
    graded = grade("print(1)", problem="The file is empty.")
    assert statuses(graded) == ["unreadable", "unreadable"]
    assert graded.record.score == 0.0
    assert graded.record.questions[1].message == "The file is empty."
    assert graded.results == ()


def test_hidden_inputs_differ_between_students_and_return_for_the_same_one(toy, monkeypatch):
    seen = []

    class Recorder:
        level = "full"

    class Notebook(box.Notebook):
        def cells(self):
            return ()

        def call(self, calls):
            seen.append(calls)
            exercise = next(e for e in toy.EXERCISES if e.name == calls[0].function)
            return [Outcome("returned", exercise.reference(*call.args)) for call in calls]

    monkeypatch.setattr(box, "Notebook", Notebook)
    for student in ("ada", "ada", "bea"):
        grade_submission(
            Submission(student, toy.SLUG, None, "00", ()),
            toy.ASSIGNMENT,
            Recorder(),
            key=b"key",
            grader_version="1.0",
        )
    visible, hidden = (
        [repr(seen[i : i + 2]) for i in (0, 4, 8)],
        [repr(seen[i : i + 2]) for i in (2, 6, 10)],
    )
    assert visible[0] == visible[1] == visible[2]
    assert hidden[0] == hidden[1] != hidden[2]
    numbers = [calls[0].args[0][0, 0] for calls in seen[2:4]]
    assert numbers[0] != numbers[1], "exercises share their hidden numbers"


class Faulty:
    """An exercise that cannot make its inputs."""

    name, title, points = "faulty", "Faulty", 1

    def visible_cases(self):
        raise ZeroDivisionError("secret")


def test_inputs_that_we_fail_to_make_cost_nobody_anything(grade, toy):
    assignment = replace(toy.ASSIGNMENT, exercises=(Faulty(), *toy.EXERCISES))
    graded = grade(toy.DOUBLE, toy.NEGATE, assignment=assignment)
    assert statuses(graded) == ["not graded", "ok", "ok"]
    assert graded.record.score is None
    assert "secret" not in graded.record.questions[0].message


class FaultyLater:
    """An exercise that cannot make its hidden inputs."""

    def __init__(self, exercise):
        self.exercise = exercise

    def __getattr__(self, name):
        return getattr(self.exercise, name)

    def hidden_cases(self, rng):
        raise ZeroDivisionError("secret")


@pytest.mark.parametrize(
    ("answer", "status"), [("2 * x", "not graded"), ("3 * x", "wrong"), ("x / []", "error")]
)
def test_hidden_inputs_that_we_fail_to_make_cost_only_right_answers_their_grade(
    grade, toy, answer, status
):
    assignment = replace(toy.ASSIGNMENT, exercises=tuple(map(FaultyLater, toy.EXERCISES[:1])))
    graded = grade(f"def double(x):\n    return {answer}", assignment=assignment)
    assert statuses(graded) == [status]
    assert "secret" not in graded.record.questions[0].message


def test_a_fault_in_a_verdict_costs_nobody_anything(grade, toy, monkeypatch):
    monkeypatch.setenv("TOY_FAULT", "double")
    graded = grade(toy.DOUBLE, toy.NEGATE)
    assert statuses(graded) == ["not graded", "ok"]
    assert "ZeroDivisionError" in graded.record.questions[0].message


WRONG_DOUBLE = "def double(x):\n    return 3 * x"


@pytest.mark.parametrize(
    ("negate", "status"),
    [
        ("double(x) / -2", "ok"),  # right once double is
        ("double(x) / -2 if x.ndim == 1 else x", "wrong"),  # but not on hidden inputs
        ("double(x) / -2 if x.size != 5 else x", "wrong"),  # nor where others failed, too
        ("double(x) / 2", "wrong"),
        ("double(x) / -3 if x.size == 3 else double(x) / -2", "wrong"),  # nor where it was
        ("x / []", "error"),
    ],
)
def test_a_wrong_function_that_is_called_costs_its_own_points_only(grade, negate, status):
    graded = grade(WRONG_DOUBLE, f"def negate(x):\n    return {negate}")
    assert statuses(graded) == ["wrong", status]
    assert graded.record.score == (1.5 if status == "ok" else 0.0)
