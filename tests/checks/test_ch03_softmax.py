import numpy as np
import pytest

from selfattn_course.checks.calling import call
from selfattn_course.checks.cases.ch03_softmax import HIDDEN, VISIBLE
from selfattn_course.checks.ch03_softmax import EXERCISES
from selfattn_course.checks.exercise import Case

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def test_names_are_the_agreed_ones():
    assert set(BY_NAME) >= {
        "softmax",
        "log_softmax",
        "attention_weights",
        "attention",
        "causal_mask",
        "softmax_vjp",
        "predict_score_std",
        "bug_hunt",
    }
    assert len(BY_NAME) == len(EXERCISES) == 13


@pytest.mark.parametrize("sizes", [VISIBLE, HIDDEN])
def test_no_two_axes_have_the_same_size(sizes):
    assert len(set(sizes.values())) == len(sizes)


@pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
def test_attention_rejects_every_mistake_in_its_weights(kind):
    """Students build attention on their own attention_weights, mistakes and all."""
    exercise = BY_NAME["attention"]
    cases = getattr(exercise, kind)(np.random.default_rng(0))
    survivors = []
    for mutant in BY_NAME["attention_weights"].mutants:

        def attention(q, k, v, mask=None, weights=mutant.function):
            return weights(q, k, mask) @ v

        outcomes = [call(attention, case) for case in cases]
        if exercise.verdict(cases, outcomes).passed:
            survivors.append(mutant.name)
    assert survivors == []


@pytest.mark.parametrize("name", ["attention_weights", "attention"])
def test_forbidden_inputs_do_not_show(name):
    """Leak probe: the reference that we judge by ignores what a mask forbids."""
    exercise = BY_NAME[name]
    rng = np.random.default_rng(1)
    for case in exercise.cases(rng):
        if case.name != "a causal mask":
            continue
        args = [arg.copy() for arg in case.args]
        args[1][-1] += 100  # the last key, which only the last query may see
        if name == "attention":
            args[2][-1] += 100
        before, after = exercise.reference(*case.args), exercise.reference(*args)
        np.testing.assert_array_equal(before[:-1], after[:-1])
        assert not np.array_equal(before[-1], after[-1])
        return
    raise AssertionError("no causal case")


def test_scores_for_weights_reference_inverts_softmax():
    rng = np.random.default_rng(0)
    for case in BY_NAME["scores_for_weights"].cases(rng):
        p = case.args[0]
        scores = BY_NAME["scores_for_weights"].reference(p)
        back = BY_NAME["softmax"].reference(scores)
        np.testing.assert_allclose(back, p, rtol=1e-6)  # float32 weights among them
        np.testing.assert_allclose(scores.mean(axis=-1), 0, atol=1e-6)


def test_predicted_standard_deviation_is_what_is_measured():
    rng = np.random.default_rng(0)
    measured = [
        np.einsum("nd,nd->n", *rng.standard_normal((2, 4000, d))).std() for d in (4, 64, 1024)
    ]
    # the standard deviation of 4000 draws is off by about 1 / sqrt(8000) = 1.1 %
    np.testing.assert_allclose(BY_NAME["predict_score_std"].reference(), measured, rtol=0.05)


def test_bug_hunt_reference_passes_its_own_check():
    exercise = BY_NAME["bug_hunt"]
    cases = (Case("once"),)
    assert exercise.verdict(cases, [call(exercise.reference, cases[0])]).passed
