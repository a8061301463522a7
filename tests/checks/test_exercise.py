from dataclasses import replace

import numpy as np
import pytest

from selfattn_course.checks.calling import call
from selfattn_course.checks.ch03_softmax import EXERCISES
from selfattn_course.checks.exercise import Case, Exercise, Mutant
from selfattn_course.outcome import Outcome

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def doubled(x):
    return 2 * x


def tripled(x):
    """Three is too much."""
    return 3 * x


def tripled_if_large(x):
    """Large ones too."""
    return np.where(x > 2, 3 * x, 2 * x)


CASES = tuple(Case(f"{n} numbers", (np.arange(1.0, n + 1),)) for n in (1, 2, 3))
EXERCISE = Exercise(
    name="double",
    title="Double",
    kind="numeric",
    points=1,
    minutes=1,
    difficulty=1,
    objectives=(),
    signature="double(x)",
    reference=doubled,
    cases=lambda rng: CASES,
    hidden_cases=lambda rng: CASES,
    hint="Add it to itself.",
    mutants=(Mutant("tripled", tripled, "Three."), Mutant("large", tripled_if_large, "Large.")),
    variants=(),
)


def verdict(*outcomes):
    return EXERCISE.verdict(CASES, outcomes)


def returned(*values, **kwargs):
    return [Outcome("returned", value=value, **kwargs) for value in values]


RIGHT = returned(*(2 * case.args[0] for case in CASES))


def test_right_outcomes_pass():
    assert verdict(*RIGHT).passed
    assert verdict(*RIGHT).status == "ok"
    assert verdict(*RIGHT).message == verdict(*RIGHT).hint == ""


def test_message_says_call_place_seen_and_expected():
    found = verdict(RIGHT[0], *returned([2, 5.0], [2, 4, 6]))
    assert found.message == "double([1, 2]): entry (1,) is 5; expected 4."
    assert (found.passed, found.status) == (False, "wrong")


def test_the_style_guides_example_reads_as_there():
    exercise = BY_NAME["causal_mask"]
    cases = exercise.cases(np.random.default_rng(0))
    outcomes = [call(lambda n: np.triu(np.ones((n, n), bool)), case) for case in cases]
    outcomes[:2] = [call(exercise.reference, case) for case in cases[:2]]
    message = exercise.verdict(cases, outcomes).message
    assert message == "causal_mask(3): entry (0, 1) is True; expected False."


@pytest.mark.parametrize(
    ("outcome", "status", "message"),
    [
        (Outcome("missing"), "missing", "double is not defined."),
        (
            Outcome("error", error="NotImplementedError: double is not written yet"),
            "missing",
            "double is not written yet.",
        ),
        (Outcome("error", error="NotImplementedError"), "missing", "double is not written yet."),
        (
            Outcome("error", error="ValueError: no\n\x1b[31mway"),
            "error",
            "double([1]): raised ValueError: no [31mway",
        ),
        (Outcome("timeout"), "timeout", "double([1]): no answer within the time limit."),
        (Outcome("memory"), "memory", "double([1]): ran out of memory."),
        (Outcome("crash"), "crash", "double([1]): ended the Python process."),
        (Outcome("returned"), "wrong", "double([1]): returned None; is a return missing?"),
        (
            Outcome("returned", value=np.array([2.0]), changed=(0,)),
            "wrong",
            "double([1]): changed its input x.",
        ),
        (
            Outcome("returned", value=np.array([np.nan])),
            "wrong",
            "double([1]): entry (0,) is nan; expected 2.",
        ),
    ],
)
def test_every_way_to_fail_has_its_sentence(outcome, status, message):
    found = verdict(outcome, *RIGHT[1:])
    assert (found.passed, found.status, found.message) == (False, status, message)
    assert bool(found.hint) == ("None" not in message)


def test_long_errors_are_cut():
    found = verdict(Outcome("error", error="ValueError: " + "x" * 10**6), *RIGHT[1:])
    assert len(found.message) < 300


def test_hint_is_that_of_the_mutant_that_does_the_same():
    assert verdict(*returned([3], [3, 6], [3, 6, 9])).hint == "Three."
    assert verdict(RIGHT[0], RIGHT[1], *returned([2, 4, 9])).hint == "Large."


def test_hint_of_a_mutant_that_agrees_on_most_calls_counts():
    assert verdict(*returned([3], [3, 6], [3, 6, 8])).hint == "Three."


def test_mutant_that_agrees_on_few_calls_is_not_blamed():
    assert verdict(*returned([3], [7, 7], [7, 7, 7])).hint == "Add it to itself."


def test_calls_that_both_get_right_are_no_evidence():
    """Large ones differ, in another way than that of the mutant."""
    cases = tuple(Case(f"{n}", (np.arange(1.0, n + 1),)) for n in (1, 2, 3, 4, 5))
    outcomes = returned([2], [2, 4], [2, 4, 9], [2, 4, 9, 7], [2, 4, 9, 7, 7])
    assert EXERCISE.verdict(cases, outcomes).hint == "Add it to itself."


def test_a_mutant_that_is_wrong_where_the_student_is_right_is_not_blamed():
    assert verdict(*returned([3]), *RIGHT[1:]).hint == "Add it to itself."
    assert verdict(*returned([3], [3, 6]), RIGHT[2]).hint == "Three."


def test_a_changed_input_gets_advice_of_its_own():
    found = verdict(*returned(np.array([2.0]), changed=(0,)), *RIGHT[1:])
    assert found.hint.startswith("Operators such as `-=` and `out=` write into the caller's array.")


@pytest.mark.parametrize(
    "outcome", [Outcome("returned"), Outcome("error", error="NameError: name 'y' is not defined")]
)
def test_where_the_message_says_it_all_there_is_no_hint(outcome):
    assert verdict(*[outcome] * 3).hint == ""
    doing_so = replace(EXERCISE, mutants=(Mutant("nothing", lambda x: None, "Return it."),))
    assert doing_so.verdict(CASES, returned(None, None, None)).hint == "Return it."


def refuses(x):
    raise ValueError("no")


@pytest.mark.parametrize(("error", "hint"), [("no", "Refuses."), ("yes", "Add it to itself.")])
def test_a_mutant_that_raises_explains_only_the_same_error(error, hint):
    exercise = replace(EXERCISE, mutants=(Mutant("refuses", refuses, "Refuses."),))
    outcomes = [Outcome("error", error=f"ValueError: {error}")] * 3
    assert exercise.verdict(CASES, outcomes).hint == hint


@pytest.mark.parametrize("count", [0, 2, 4])
def test_outcomes_have_to_match_the_cases(count):
    with pytest.raises(ValueError, match=f"{count} outcomes for 3 cases; expected one for each"):
        EXERCISE.verdict(CASES, [RIGHT[0]] * count)


def test_no_case_is_no_pass():
    with pytest.raises(ValueError, match="at least one"):
        EXERCISE.verdict((), ())


def test_expected_values_are_computed_in_float64_for_float32_inputs():
    def kinds(expected, value):
        return "" if (expected.dtype, value.dtype) == (np.float64, np.float32) else "other kinds"

    cases = (Case("float32", (np.ones(3, np.float32),)),)
    outcomes = [call(doubled, cases[0])]
    assert replace(EXERCISE, compare=kinds).verdict(cases, outcomes).passed


DEEP = [1.0]
for _ in range(2000):
    DEEP = [DEEP]
CIRCLE = []
CIRCLE.append(CIRCLE)
HOSTILE = {
    "none": None,
    "text": "x" * 10**5,
    "number": 0.5,
    "true": True,
    "huge integer": 10**400,
    "dictionary": {"x": [1, {"y": None}]},
    "ragged": [[1, 2], [3]],
    "mixed": [1, "2", None, [3]],
    "deep": DEEP,
    "circle": CIRCLE,
    "list of arrays": [np.zeros(3), np.zeros((2, 2))],
    "empty list": [],
    "empty array": np.zeros((0, 5)),
    "endless": np.broadcast_to(0.0, (10**9, 10**9)),
    "many axes": np.zeros((1,) * 40),
    "objects": np.array([None, 1], dtype=object),
    "words": np.array(["0.5", "0.5"]),
    "dates": np.array(["2020-01-01"], dtype="datetime64[D]"),
    "records": np.zeros(2, dtype=[("a", "f8")]),
    "complex": np.zeros(2, complex),
    "half": np.zeros(2, np.float16),
    "bytes": b"\x00" * 16,
    "largest long double": np.full(2, np.finfo(np.longdouble).max),
    "unsigned": np.full(2, 2**64 - 1, np.uint64),
    "nan": np.full(2, np.nan),
    "infinite": [np.inf, -np.inf],
    "set": {1.0},
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_value_breaks_a_check_or_passes_it(exercise, value):
    cases = exercise.cases(np.random.default_rng(0))
    for wrapped in (value, [value] * 6, (value, value)):
        found = exercise.verdict(cases, returned(*[wrapped] * len(cases)))
        assert (found.passed, found.status) == (False, "wrong")
        assert len(found.message) < 400


@pytest.mark.parametrize("changed", [(7,), (-1,), (True,), ("x",)])
def test_strange_places_of_changes_do_no_harm(changed):
    found = verdict(*returned(np.array([2.0]), changed=changed), *RIGHT[1:])
    assert not found.passed


def test_a_changed_keyword_argument_is_told_by_its_name():
    exercise = replace(EXERCISE, signature="double(x, factor=None)", reference=lambda x, factor: x)
    cases = (Case("by name", (np.ones(1),), {"factor": np.ones(1)}),)
    found = exercise.verdict(cases, [Outcome("returned", value=np.ones(1), changed=(1,))])
    assert found.message == "double([1], factor=[1]): changed its input factor."


def test_is_right_says_what_the_verdict_says():
    wrong = [Outcome("error", error="ValueError"), Outcome("missing"), Outcome("timeout")]
    for place in range(len(CASES)):
        for outcome in (*wrong, Outcome("returned", value=None), RIGHT[place]):
            outcomes = [*RIGHT[:place], outcome, *RIGHT[place + 1 :]]
            verdict = EXERCISE.verdict(CASES, outcomes)
            assert EXERCISE.is_right(CASES, outcomes) == verdict.passed == (outcome is RIGHT[place])
            assert verdict.failed is (None if verdict.passed else CASES[place])
    with pytest.raises(ValueError, match="expected one for each"):
        EXERCISE.is_right(CASES, RIGHT[:1])
