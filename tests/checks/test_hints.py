"""Mistakes as students write them, on top of their other functions, get the hint of a mutant.

Mutants stand alone and write everything out, so their lines differ from these.
"""

import numpy as np
import pytest

from selfattn_course.checks.calling import call
from selfattn_course.checks.ch03_softmax import EXERCISES
from selfattn_course.kernels import attention_weights, logsumexp, softmax

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def hint(name, function, kind="cases"):
    cases = getattr(BY_NAME[name], kind)(np.random.default_rng(0))
    return BY_NAME[name].verdict(cases, [call(function, case) for case in cases]).hint


def scores(q, k):
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])


def lost_axis(x, axis=-1):
    return x - logsumexp(x, axis)


def product_with_none(q, k, mask=None):
    s = scores(q, k) if mask is None else np.where(mask, scores(q, k), -1e30)
    return softmax(s) * mask


def product_with_none_and_no_condition(q, k, mask=None):
    return softmax(np.where(mask, scores(q, k), -1e30)) * mask


def not_mask(q, k, mask=None):
    return softmax(scores(q, k) if not mask else np.where(mask, scores(q, k), -1e30))


def compared_with_none(q, k, mask=None):
    return softmax(np.where(mask, scores(q, k), -1e30) if mask != None else scores(q, k))  # noqa: E711


def where_swapped(q, k, mask=None):
    s = scores(q, k)
    return softmax(s) if mask is None else softmax(np.where(mask, -1e30, s)) * mask


def smallest_half_added(q, k, mask=None):
    s = scores(q, k)
    return softmax(s) if mask is None else softmax(s + np.where(mask, 0, -5e4)) * mask


def values_transposed(q, k, v, mask=None):
    return attention_weights(q, k, mask) @ v.T


def factors_reversed(q, k, v, mask=None):
    return v @ attention_weights(q, k, mask)


@pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
@pytest.mark.parametrize(
    ("name", "function", "start"),
    [
        ("log_softmax", lost_axis, "The sums lost an axis. Put it back: np.expand_dims"),
        ("attention_weights", product_with_none, "mask can be None, and None cannot"),
        ("attention_weights", product_with_none_and_no_condition, "mask can be None, and None"),
        ("attention_weights", not_mask, "An array has no single truth value."),
        ("attention_weights", compared_with_none, "An array has no single truth value."),
        ("attention_weights", where_swapped, "np.where takes the value for True first"),
        ("attention_weights", smallest_half_added, "Adding a number does not beat"),
        ("attention", values_transposed, "The values are transposed."),
        ("attention", factors_reversed, "The order is reversed: weights @ v."),
    ],
)
def test_the_hint_fits(name, function, start, kind):
    assert hint(name, function, kind).startswith(start)


@pytest.mark.parametrize("floor", [-100.0, -1000.0])
def test_a_floor_too_high_is_not_taken_for_a_global_maximum(floor):
    def masked(q, k, mask=None):
        s = scores(q, k)
        return softmax(s) if mask is None else softmax(np.where(mask, s, floor)) * mask

    assert hint("attention_weights", masked) == BY_NAME["attention_weights"].hint
