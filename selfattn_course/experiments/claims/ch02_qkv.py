"""Claims about queries, keys and values, and what this course measured about them."""

import numpy as np

from .. import ch02_qkv, similarity, word_order
from .claim import CONDITIONS, FAILS, HOLDS, Claim


def _own_share():
    own, at = similarity.own_weights(), similarity.LENGTHS.index(16)  # as on the page
    weights, away = similarity.without_the_diagonal()["without"]
    return {
        "own": float(own["two"][at]),
        "equal": 1 / 16,
        "tied": float(own["tied"][at]),
        "first": float(weights[0].sum()),
        "away": float(away.min()),
    }


def _judge_own_share(numbers):
    if numbers["own"] == 0:
        return HOLDS
    return FAILS if numbers["own"] > numbers["equal"] / 2 else CONDITIONS


def _likeness():
    agree = similarity.best_by_angle(spreads=(0.0, 1.0))
    correlations = similarity.likeness_of_scores()
    return correlations | {"same_length": float(agree[0]), "lengths": float(agree[1])}


def _judge_likeness(numbers):
    free = min(numbers["two"], numbers["lengths"])
    if min(numbers["none"], numbers["same_length"]) < 0.9:
        return FAILS
    return CONDITIONS if free < 0.6 else HOLDS


def _order():
    deviations = word_order.order_deviations()
    return {name.split()[0]: deviation for name, deviation in deviations.items()}


def _judge_order(numbers):
    if numbers["plain"] > 1e-9:
        return FAILS
    return CONDITIONS if numbers["causal"] > 1e-3 else HOLDS


def _readings():
    weights = {name: reading["weights"] for name, reading in ch02_qkv.it_readings().items()}
    dog, noise = (ch02_qkv.DOG_SENTENCE.index(word) for word in ("dog", "noise"))
    return {
        "dog": float(weights["alive"][dog]),
        "noise": float(weights["sound"][noise]),
        "wins": ch02_qkv.random_readings()["dog_wins"],
    }


def _judge_readings(numbers):
    if numbers["dog"] < 0.5:
        return FAILS
    return HOLDS if numbers["wins"] > 0.9 and numbers["noise"] < 0.5 else CONDITIONS


def _reach():
    moved = word_order.reach()
    shares = {name.split()[0]: float((change > 0).mean()) for name, change in moved.items()}
    free = [word_order.reach(rng=rng)["no mask"] for rng in range(9)]
    return shares | {"uneven": float(np.median([change.max() / change.min() for change in free]))}


def _judge_reach(numbers):
    if numbers["no"] < 1:
        return FAILS
    return CONDITIONS if min(numbers["causal"], numbers["window"]) < 1 else HOLDS


CLAIMS = (
    Claim(
        id="other-words",
        said_by=("B",),
        claim="The keys stand for all the other words of the sentence.",
        chapter="ch02_qkv",
        verdict=FAILS,
        measure=_own_share,
        decide=_judge_own_share,
        finding=(
            "With 16 tokens and random projections a token gives itself a weight of {own:.3f}, "
            "where an equal share is {equal:.3f}; with queries equal to keys it is {tied:.2f}. "
            "Without its own key, the first token of a causal sequence has weights that sum to "
            "{first:.0f}."
        ),
        caveat=(
            "The other words are among the keys, and some models do mask the diagonal on purpose."
        ),
    ),
    Claim(
        id="dot-is-similarity",
        said_by=("B", "C"),
        claim="The dot product measures how similar two words are.",
        chapter="ch02_qkv",
        verdict=CONDITIONS,
        measure=_likeness,
        decide=_judge_likeness,
        finding=(
            "Scores and cosines correlate at {none:.2f} without projections, {one:.2f} with a "
            "shared one and {two:z.2f} with two random ones. If lengths differ (σ = 1), the best "
            "score goes to the smallest angle in {lengths:.0%} of cases."
        ),
        caveat=(
            "For vectors of one length that are compared as they are, it is true. "
            "What trained projections measure is up to training: it may be a likeness."
        ),
    ),
    Claim(
        id="order-unsaid",
        said_by=("A", "B", "C"),
        claim="(What they leave unsaid) Without positions, word order is invisible to attention.",
        chapter="ch02_qkv",
        verdict=CONDITIONS,
        measure=_order,
        decide=_judge_order,
        finding=(
            "Shuffling before and after attention differ by {plain:.0e}, which is rounding, and by "
            "{sinusoidal:.1f} with sinusoidal positions. A causal mask alone makes it {causal:.1f}."
        ),
        caveat="It holds without a mask. A causal mask tells each token how many came before it.",
    ),
    Claim(
        id="it-is-the-dog",
        said_by=("A",),
        claim="Self-attention finds out that ‘it’ is the dog.",
        chapter="ch02_qkv",
        verdict=CONDITIONS,
        measure=_readings,
        decide=_judge_readings,
        finding=(
            "One pair of projections gives ‘dog’ a weight of {dog:.2f}, another gives ‘noise’ "
            "{noise:.2f}, and random ones prefer the dog in {wins:.0%} of cases."
        ),
        caveat=(
            "The mechanism can express the right reading. Whether a model has it is a matter of "
            "its training, which nothing on this page has had."
        ),
    ),
    Claim(
        id="whole-context",
        said_by=("C",),
        claim="Translation with self-attention takes the whole sentence into account.",
        chapter="ch02_qkv",
        verdict=CONDITIONS,
        measure=_reach,
        decide=_judge_reach,
        finding=(
            "In one layer without a mask, every token moved {no:.0%} of 8 outputs; with a causal "
            "mask it was {causal:.0%} on average, and in a window of two to each side "
            "{window:.0%}. Even without a mask the largest influence was {uneven:.0f} times the "
            "smallest (median of 9 draws)."
        ),
        caveat=(
            "What is within reach need not be used. A translator sees all of the source, but of "
            "its own output only the part that is written. Several windowed layers reach farther "
            "than one."
        ),
    ),
)
