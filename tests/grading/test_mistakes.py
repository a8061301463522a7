from selfattn_course.grading.mistakes import Mistake, mistakes
from selfattn_course.grading.record import Question


def answer(status, **texts):
    score = {"ok": 1.0, "not graded": None}.get(status, 0.0)
    return Question("f", "F", score, 1.0, status, **texts)


def test_known_mistakes_come_first_then_the_common_ones():
    answers = [
        ("ada", answer("ok", message="Right, once the functions that it calls are.")),
        ("bea", answer("missing")),
        ("cyn", answer("missing")),
        ("dan", answer("missing")),
        ("eve", answer("wrong", mistake="sign", hint="Change the sign.")),
        ("fay", answer("wrong", mistake="order")),
        ("gus", answer("error", mistake="order")),
        ("hal", answer("unreadable")),
        ("ida", answer("not graded")),
    ]
    assert mistakes(answers, {"order": "Swap them."}) == [
        Mistake("order", True, "Swap them.", ["fay", "gus"]),
        Mistake("sign", True, "Change the sign.", ["eve"]),
        Mistake("no answer", False, "", ["bea", "cyn", "dan"]),
    ]


def test_mistakes_that_only_hidden_inputs_show_are_told_apart():
    hidden = answer("wrong", message="Right on the examples you can see, not ...")
    assert [one.what for one in mistakes([("a", hidden), ("b", answer("wrong"))], {})] == [
        "not right yet",
        "not right yet, on hidden inputs only",
    ]


def test_a_known_mistake_without_a_hint_has_none():
    (only,) = mistakes([("a", answer("wrong", mistake="new"))], {})
    assert only == Mistake("new", True, "", ["a"])
