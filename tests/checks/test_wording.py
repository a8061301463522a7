import numpy as np
import pytest

from selfattn_course.checks.ch03_softmax import EXERCISES
from selfattn_course.checks.exercise import Case
from selfattn_course.checks.wording import argument_names, call_text, in_short, without_name

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


@pytest.mark.parametrize(
    ("name", "case", "text"),
    [
        ("causal_mask", Case("three", (3,)), "causal_mask(3)"),
        ("predict_score_std", Case("once"), "predict_score_std()"),
        ("softmax", Case("two", (np.array([1.0, 2.5]),)), "softmax([1, 2.5])"),
        (
            "softmax",
            Case("columns", (np.zeros((5, 7)),), {"axis": 0}),
            "softmax(x, axis=0), columns, shapes x (5, 7)",
        ),
        (
            "temperature_softmax",
            Case("rows", (np.zeros((5, 7)), 0.25)),
            "temperature_softmax(x, 0.25), rows, shapes x (5, 7)",
        ),
        (
            "attention_weights",
            Case("plain", (np.zeros((5, 7)), np.zeros((3, 7)))),
            "attention_weights(q, k), plain, shapes q (5, 7), k (3, 7)",
        ),
        (
            "attention_weights",
            Case("masked", (np.zeros((5, 7)), np.zeros((3, 7))), {"mask": np.ones((5, 3), bool)}),
            "attention_weights(q, k, mask=mask), masked, shapes q (5, 7), k (3, 7), mask (5, 3)",
        ),
    ],
)
def test_a_call_reads_as_it_would_be_written(name, case, text):
    assert call_text(BY_NAME[name], case) == text


def test_argument_names_leave_out_defaults():
    assert argument_names("f(q, k, mask=None)") == ["q", "k", "mask"]
    assert argument_names("f()") == []


def test_text_is_kept_to_one_printable_line():
    assert in_short("a\n\tb\x00c") == "a b c"
    assert in_short("x" * 300) == "x" * 197 + "..."


@pytest.mark.parametrize("name", ["softmax", "test.<locals>.softmax", "<lambda>"])
def test_the_name_of_the_function_is_left_out_of_its_error(name):
    text = f"TypeError: {name}() takes 1 positional argument but 2 were given"
    assert without_name(text) == "TypeError: takes 1 positional argument but 2 were given"
