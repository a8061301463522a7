"""Claims about softmax and its weights."""

import numpy as np

from .. import ch03_softmax as experiments
from .claim import CONDITIONS, FAILS, HOLDS, Claim


def _sum_to_one():
    sizes = np.array(experiments.POWERS_OF_TWO)
    measured = experiments.score_scaling(trials=100)
    largest = {name: row.max_weight[sizes == 1024][0] for name, row in measured.items()}
    sums = experiments.weight_sums()
    return {
        "sum_error": np.abs(sums["sum"] - 1).max(),
        "smallest": sums["smallest"].min(),
        "unscaled": largest["unscaled"],
        "scaled": largest["1/sqrt(d)"],
    }


def _shares_hold(numbers):
    if numbers["sum_error"] > 1e-12 or numbers["smallest"] < 0:
        return FAILS
    alike = numbers["unscaled"] < 2 * numbers["scaled"]  # then the scale need not be told
    return HOLDS if alike else CONDITIONS


def _weights_explain():
    readings, parts = experiments.two_readings(), experiments.contributions()
    top = parts["weight"].argmax()
    return {
        "divergence": readings.divergence / np.log(2),
        "out_difference": np.abs(np.diff(readings.out, axis=0)).max(),
        "top_weight": parts["weight"][top],
        "top_share": parts["contribution"][top] / parts["contribution"].sum(),
    }


def _importance(numbers):
    unique = numbers["divergence"] < 0.5 or numbers["out_difference"] > 1e-9
    faithful = numbers["top_share"] > numbers["top_weight"] / 2
    if unique and faithful:
        return HOLDS
    return CONDITIONS if unique or faithful else FAILS


CLAIMS = (
    Claim(
        id="sum-to-one",
        said_by=("A", "B"),
        claim="Softmax turns the scores into a probability distribution.",
        chapter="ch03_softmax",
        verdict=CONDITIONS,
        measure=_sum_to_one,
        decide=_shares_hold,
        finding="No weight was negative, and every row summed to 1 within {sum_error:.0e}. But at "
        "d = 1024 the largest of 16 weights was {unscaled:.2f} without the scale that nobody "
        "mentions, and {scaled:.2f} with scores divided by the root of d.",
        caveat="The shares are right. Left out is what the scores are divided by, which decides "
        "how even they are; and they are not probabilities of anything that was observed.",
    ),
    Claim(
        id="weights-explain",
        said_by=("B", "C"),
        claim="The weights state how important each element is.",
        chapter="ch03_softmax",
        verdict=FAILS,
        measure=_weights_explain,
        decide=_importance,
        finding="Two sets of weights with {divergence:.0%} of the largest possible divergence gave "
        "outputs that differ by {out_difference:.0e}. A key with a weight of {top_weight:.2f} "
        "made {top_share:.1%} of what was added up.",
        caveat="The weights are the exact coefficients with which one head mixes its values: a "
        "hint at what to test. To claim importance, change the input and measure the effect.",
    ),
)
