"""The exercises of chapter 3: softmax and attention weights."""

from functools import partial

import numpy as np

from selfattn_course import kernels

from .cases import ch03_attention, ch03_softmax
from .cases.ch03_softmax import HIDDEN, VISIBLE
from .cases.draws import one_call, size_cases
from .check import checker
from .collect import mutants_in, variants_in
from .compare import difference_with_zeros
from .exercise import Exercise
from .hunts.ch03_softmax import HUNTED
from .mutants.ch03_softmax import (
    attention,
    attention_mask,
    attention_weights_mask,
    attention_weights_mask_kinds,
    attention_weights_scores,
    attention_weights_softmax,
    bug_hunt,
    causal_mask,
    entropy_curve,
    gap_for_weight,
    log_softmax,
    logsumexp,
    predict_score_std,
    scores_for_weights,
    softmax,
    softmax_vjp,
    temperature_softmax,
)
from .prediction import within
from .separation import separation
from .variants import ch03_softmax as right

TITLE = "Softmax and attention weights"


def _temperature_softmax(x, temperature):
    return kernels.softmax(x, temperature=temperature)


def _scores_for_weights(p):
    scores = np.log(p)
    return scores - scores.mean(axis=-1, keepdims=True)


def _gap_for_weight(weight, n):
    return np.log(weight * (n - 1) / (1 - weight))


def _entropy_curve(scores, temperatures):
    return kernels.entropy(kernels.softmax(scores / temperatures[:, None]))


def _predict_score_std():
    return np.sqrt([4.0, 64.0, 1024.0])


def _bug_hunt():
    return [np.array([[0, 1000], [-5000, -5001]])] * len(HUNTED)


def _visible_sizes(rng):
    return size_cases(1, 2, 3, 5, 8, 13, 128)


def _hidden_sizes(rng):
    sizes = rng.integers([6, 14, 20], [14, 20, 30]).tolist()
    return size_cases(1, 4, *sizes, 100)


EXERCISES = (
    Exercise(
        name="softmax",
        title="A softmax that never overflows",
        kind="numeric",
        points=3,
        minutes=15,
        difficulty=2,
        objectives=(
            "Turn scores into weights along any axis",
            "Subtract the maximum to avoid overflow",
        ),
        signature="softmax(x, axis=-1)",
        reference=kernels.softmax,
        cases=partial(ch03_softmax.score_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_softmax.score_cases, sizes=HIDDEN),
        hint="Take the maximum along `axis` with keepdims=True, subtract it, apply np.exp, "
        "and divide by the sum along `axis`, again with keepdims=True.",
        mutants=mutants_in(softmax),
        variants=variants_in(right.softmax),
    ),
    Exercise(
        name="temperature_softmax",
        title="Temperature",
        kind="numeric",
        points=2,
        minutes=5,
        difficulty=1,
        objectives=("Sharpen and flatten weights with one number",),
        signature="temperature_softmax(x, temperature)",
        reference=_temperature_softmax,
        cases=partial(ch03_softmax.temperature_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_softmax.temperature_cases, sizes=HIDDEN),
        hint="Divide the scores by the temperature, then call your own softmax.",
        mutants=mutants_in(temperature_softmax),
        variants=variants_in(right.temperature_softmax),
    ),
    Exercise(
        name="scores_for_weights",
        title="Back from weights to scores",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Invert softmax, and say why the inverse is not unique",),
        signature="scores_for_weights(p)",
        reference=_scores_for_weights,
        cases=partial(ch03_softmax.weight_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_softmax.weight_cases, sizes=HIDDEN),
        hint="Take np.log(p), then subtract its mean along the last axis with keepdims=True.",
        mutants=mutants_in(scores_for_weights),
        variants=variants_in(right.scores_for_weights),
    ),
    Exercise(
        name="gap_for_weight",
        title="How far ahead must a score be?",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Say which lead a score needs for a weight, and how it grows with n",),
        signature="gap_for_weight(weight, n)",
        reference=_gap_for_weight,
        cases=partial(ch03_softmax.gap_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_softmax.gap_cases, sizes=HIDDEN),
        hint="Solve weight = y / (y + n - 1) for y, then take its logarithm.",
        mutants=mutants_in(gap_for_weight),
        variants=variants_in(right.gap_for_weight),
    ),
    Exercise(
        name="entropy_curve",
        title="Draw it: from a choice to an average",
        kind="plot",
        points=3,
        minutes=15,
        difficulty=3,
        objectives=("Measure how widely weights spread, at any temperature",),
        signature="entropy_curve(scores, temperatures)",
        reference=_entropy_curve,
        cases=partial(ch03_softmax.curve_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_softmax.curve_cases, sizes=HIDDEN),
        hint="One row of weights for each temperature: softmax(scores / temperatures[:, None]). "
        "Then minus the sum of p log p along the last axis, where a p of 0 adds nothing.",
        mutants=mutants_in(entropy_curve),
        variants=variants_in(right.entropy_curve),
    ),
    Exercise(
        name="logsumexp",
        title="The logarithm of the sum",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Compute a smooth maximum without overflow",),
        signature="logsumexp(x, axis=-1)",
        reference=kernels.logsumexp,
        cases=partial(ch03_softmax.score_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_softmax.score_cases, sizes=HIDDEN),
        hint="With m the maximum along `axis`, the result is m + log(sum(exp(x - m))), and "
        "`axis` is gone from its shape.",
        mutants=mutants_in(logsumexp),
        variants=variants_in(right.logsumexp),
    ),
    Exercise(
        name="log_softmax",
        title="Logarithms of weights too small to store",
        kind="numeric",
        points=3,
        minutes=10,
        difficulty=3,
        objectives=("Say why log(softmax(x)) fails, and avoid it",),
        signature="log_softmax(x, axis=-1)",
        reference=kernels.log_softmax,
        cases=partial(ch03_softmax.score_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_softmax.score_cases, sizes=HIDDEN),
        hint="Subtract logsumexp(x, axis) from x, with the lost axis put back: "
        "np.expand_dims(..., axis).",
        mutants=mutants_in(log_softmax),
        variants=variants_in(right.log_softmax),
    ),
    Exercise(
        name="predict_score_std",
        title="How large is a score?",
        kind="prediction",
        points=1,
        minutes=5,
        difficulty=1,
        objectives=("Predict how the spread of a dot product grows with d",),
        signature="predict_score_std()",
        reference=_predict_score_std,
        cases=one_call,
        hidden_cases=one_call,
        hint="The score is a sum of d independent products, each of variance 1. What is the "
        "variance of the sum, and what its root?",
        mutants=mutants_in(predict_score_std),
        variants=variants_in(right.predict_score_std),
        compare=within(0.05, ("d = 4", "d = 64", "d = 1024")),
    ),
    Exercise(
        name="causal_mask",
        title="Who may look at whom",
        kind="numeric",
        points=2,
        minutes=5,
        difficulty=1,
        objectives=("Build a boolean mask that hides the future",),
        signature="causal_mask(n)",
        reference=kernels.causal_mask,
        cases=_visible_sizes,
        hidden_cases=_hidden_sizes,
        hint="Row i is query i, column j is key j: True where j <= i. np.tri(n, dtype=bool) "
        "is one way.",
        mutants=mutants_in(causal_mask),
        variants=variants_in(right.causal_mask),
    ),
    Exercise(
        name="attention_weights",
        title="Attention weights, scaled and masked",
        kind="numeric",
        points=5,
        minutes=25,
        difficulty=4,
        objectives=(
            "Compute scaled dot-product attention weights for any leading axes",
            "Apply a mask so that forbidden keys get exactly 0",
        ),
        signature="attention_weights(q, k, mask=None)",
        reference=kernels.attention_weights,
        cases=partial(ch03_attention.attention_weights_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_attention.attention_weights_cases, sizes=HIDDEN),
        hint="Go step by step: scores = q @ np.swapaxes(k, -1, -2) / sqrt(d); forbidden "
        "scores become -1e30; softmax along the last axis; multiply by the mask.",
        mutants=mutants_in(
            attention_weights_scores,
            attention_weights_softmax,
            attention_weights_mask,
            attention_weights_mask_kinds,
        ),
        variants=variants_in(right.attention_weights),
        compare=difference_with_zeros,
    ),
    Exercise(
        name="attention",
        title="Attention",
        kind="numeric",
        points=3,
        minutes=10,
        difficulty=3,
        objectives=("Average values with attention weights",),
        signature="attention(q, k, v, mask=None)",
        reference=kernels.attention,
        cases=partial(ch03_attention.attention_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_attention.attention_cases, sizes=HIDDEN),
        hint="Return attention_weights(q, k, mask) @ v. If check(attention_weights) does not "
        "pass yet, begin there.",
        mutants=mutants_in(attention, attention_mask),
        variants=variants_in(right.attention),
    ),
    Exercise(
        name="softmax_vjp",
        title="The gradient of softmax",
        kind="gradient",
        points=4,
        minutes=20,
        difficulty=4,
        objectives=("Derive the Jacobian of softmax and multiply with it, without building it",),
        signature="softmax_vjp(p, dp)",
        reference=kernels.softmax_vjp,
        cases=partial(ch03_softmax.gradient_cases, sizes=VISIBLE),
        hidden_cases=partial(ch03_softmax.gradient_cases, sizes=HIDDEN),
        hint="Entry i is p_i * (dp_i - sum_j p_j dp_j), with the sum along the last axis and "
        "keepdims=True.",
        mutants=mutants_in(softmax_vjp),
        variants=variants_in(right.softmax_vjp),
    ),
    Exercise(
        name="bug_hunt",
        title="Six wrong softmaxes",
        kind="bug hunt",
        points=3,
        minutes=20,
        difficulty=4,
        objectives=("Find inputs on which a wrong softmax differs from the right one",),
        signature="bug_hunt()",
        reference=_bug_hunt,
        cases=one_call,
        hidden_cases=one_call,
        hint="For each function, find the one line that differs from your softmax, and ask "
        "for which input that line matters: scores that are large, negative, far apart, "
        "in two axes, or integers.",
        mutants=mutants_in(bug_hunt),
        variants=variants_in(right.bug_hunt),
        compare=separation(kernels.softmax, HUNTED),
    ),
)

check = checker(EXERCISES)
