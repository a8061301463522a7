"""The exercises of chapter 1: distances, n-grams and information at a distance."""

import numpy as np

from selfattn_course import kernels

from .cases import ch01_dependencies as sequences
from .cases import ch01_information as information
from .cases.ch01_dependencies import hidden_sizes, visible_sizes
from .cases.draws import one_call
from .check import checker
from .collect import mutants_in, variants_in
from .counting import exactly
from .designs.ch01_dependencies import length_of_twins, token_separation, twins
from .exercise import Exercise
from .hunts.ch01_dependencies import HUNTED
from .mutants import ch01_dependencies as wrong
from .prediction import about
from .variants import ch01_dependencies as right

TITLE = "How far apart are the things that belong together?"


def _dependency_distances(heads):
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0]


def _share_within(distances, window):
    return (distances <= window).mean(axis=-1)


def _previous_use(ids):
    last, distances = {}, []
    for i, name in enumerate(ids.tolist()):
        distances.append(i - last.get(name, i))
        last[name] = i
    return np.array(distances)


def _smallest_window(needs, share=1.0):
    distance = needs[:, 0] - needs[:, 1]
    reachable = np.sort(distance[distance >= 0])
    served = int(np.ceil(share * len(needs)))
    return int(reachable[served - 1]) if served <= len(reachable) else -1


def _lag_copy(x, lag):
    n = x.shape[-1]
    copy = np.zeros_like(x)
    copy[..., lag:] = x[..., : max(n - lag, 0)]
    return copy


def _ngram_counts(tokens, n, n_symbols):
    total = max(len(tokens) - n + 1, 0)
    counts = np.zeros((n_symbols,) * n, dtype=int)
    np.add.at(counts, tuple(tokens[k : k + total] for k in range(n)), 1)
    return counts


def _same_ngrams(window):
    fill = [1, 0] * window
    first, second = [*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]
    assert len(first) == length_of_twins(window)
    return first, second


def _information_curve(tokens, lags, n_symbols):
    joints = [kernels.lagged_joint(tokens, lag, n_symbols) for lag in lags.tolist()]
    chance = (n_symbols - 1) ** 2 / (2 * (len(tokens) - lags))
    return np.array([kernels.mutual_information(np.array(joints)), chance])


def _predict_decay(transition):
    return np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2


def _information_two_apart(tokens):
    ids = np.unique(tokens, return_inverse=True)[1].reshape(-1)
    return kernels.mutual_information(kernels.lagged_joint(ids, 2, int(ids.max()) + 1))


def _lag_bug_hunt():
    ends = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    clash = np.array([0, 1, 0, 0, 10, 0])
    return [ends, ends, ends, rare, clash, ends]


def _visible_windows(rng):
    return sequences.window_cases(1, 2, 3, 6, 9, 40)


def _hidden_windows(rng):
    drawn = rng.integers([4, 10, 20], [9, 19, 40]).tolist()
    return sequences.window_cases(1, 2, *drawn, 40)


def _drawn(cases):
    """Visible and hidden cases of these sizes."""
    return {
        "cases": lambda rng: cases(rng, visible_sizes(rng)),
        "hidden_cases": lambda rng: cases(rng, hidden_sizes(rng)),
    }


EXERCISES = (
    Exercise(
        name="dependency_distances",
        title="From each word to its head",
        kind="count",
        points=2,
        minutes=5,
        difficulty=1,
        objectives=("Count how far apart the words are that depend on each other",),
        signature="dependency_distances(heads)",
        reference=_dependency_distances,
        **_drawn(sequences.heads_cases),
        hint="Word i is at position i: take abs(i - heads[i]) for each word in order, and leave "
        "out those that are 0.",
        mutants=mutants_in(wrong.dependency_distances),
        variants=variants_in(right.dependency_distances),
        compare=exactly,
    ),
    Exercise(
        name="share_within",
        title="The share that a window holds",
        kind="numeric",
        points=1,
        minutes=5,
        difficulty=1,
        objectives=("Read off how many dependencies a window of a given size holds",),
        signature="share_within(distances, window)",
        reference=_share_within,
        **_drawn(sequences.share_cases),
        hint="`distances <= window` is True where a distance is within; the mean of that along "
        "the last axis is the share.",
        mutants=mutants_in(wrong.share_within),
        variants=variants_in(right.share_within),
    ),
    Exercise(
        name="previous_use",
        title="How long ago a name was used",
        kind="count",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Measure the distance from each token to its last occurrence",),
        signature="previous_use(ids)",
        reference=_previous_use,
        **_drawn(sequences.ids_cases),
        hint="Go from left to right with a dictionary that holds the last position of each id. "
        "Look the token up first, then store its position.",
        mutants=mutants_in(wrong.previous_use),
        variants=variants_in(right.previous_use),
        compare=exactly,
    ),
    Exercise(
        name="lag_copy",
        title="A copy that lags behind",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Make the task whose dependency has exactly one length",),
        signature="lag_copy(x, lag)",
        reference=_lag_copy,
        **_drawn(sequences.copy_cases),
        hint="Begin with zeros like x. With n the size of the last axis, the entries from `lag` "
        "on are the first n - lag entries of x, if there are any.",
        mutants=mutants_in(wrong.lag_copy),
        variants=variants_in(right.lag_copy),
    ),
    Exercise(
        name="smallest_window",
        title="The smallest window that will do",
        kind="count",
        points=3,
        minutes=15,
        difficulty=3,
        objectives=("Find the window that a task needs, and see what no window serves",),
        signature="smallest_window(needs, share=1.0)",
        reference=_smallest_window,
        **_drawn(sequences.needs_cases),
        hint="Take asker minus source, keep those that are 0 or more, and sort them. The answer "
        "stands at place ceil(share * len(needs)) - 1; if there is no such place, it is -1.",
        mutants=mutants_in(wrong.smallest_window),
        variants=variants_in(right.smallest_window),
        compare=exactly,
    ),
    Exercise(
        name="ngram_counts",
        title="Counting n-grams",
        kind="count",
        points=3,
        minutes=15,
        difficulty=3,
        objectives=("Count all n-grams of a sequence, with a table for those that never come",),
        signature="ngram_counts(tokens, n, n_symbols)",
        reference=_ngram_counts,
        **_drawn(sequences.ngram_cases),
        hint="Begin with np.zeros((n_symbols,) * n, dtype=int). For each start i, from 0 to "
        "len(tokens) - n, add 1 at the place tuple(tokens[i : i + n]).",
        mutants=mutants_in(wrong.ngram_counts),
        variants=variants_in(right.ngram_counts),
        compare=exactly,
    ),
    Exercise(
        name="same_ngrams",
        title="Twins that no n-gram tells apart",
        kind="construction",
        points=4,
        minutes=20,
        difficulty=4,
        objectives=("Construct two texts that a model of n-grams has to confuse",),
        signature="same_ngrams(window)",
        reference=_same_ngrams,
        cases=_visible_windows,
        hidden_cases=_hidden_windows,
        hint="Take F a F b F and F b F a F: the same n-grams as long as F has at least "
        "window - 1 symbols. Choose a, b and F such that only the first is balanced.",
        mutants=mutants_in(wrong.same_ngrams),
        variants=variants_in(right.same_ngrams),
        compare=twins,
    ),
    Exercise(
        name="lagged_joint",
        title="Pairs at a distance",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Estimate how often two symbols stand a given distance apart",),
        signature="lagged_joint(tokens, lag, n_symbols)",
        reference=kernels.lagged_joint,
        **_drawn(information.joint_cases),
        hint="The earlier tokens are tokens[: len(tokens) - lag], the later ones tokens[lag:]. "
        "Add 1 for each pair with np.add.at, and divide by the number of pairs.",
        mutants=mutants_in(wrong.lagged_joint),
        variants=variants_in(right.lagged_joint),
    ),
    Exercise(
        name="mutual_information",
        title="How much one symbol tells about another",
        kind="numeric",
        points=4,
        minutes=20,
        difficulty=4,
        objectives=(
            "Compute mutual information for any leading axes",
            "Treat pairs that never come",
        ),
        signature="mutual_information(joint)",
        reference=kernels.mutual_information,
        **_drawn(information.table_cases),
        hint="outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True). "
        "Where joint is 0 replace joint and outer by 1 under the logarithm; sum over the "
        "last two axes.",
        mutants=mutants_in(wrong.mutual_information, wrong.mutual_information_axes),
        variants=variants_in(right.mutual_information),
    ),
    Exercise(
        name="information_curve",
        title="Information against distance",
        kind="plot",
        points=2,
        minutes=10,
        difficulty=3,
        objectives=("Draw how dependence falls with distance, beside what chance alone gives",),
        signature="information_curve(tokens, lags, n_symbols)",
        reference=_information_curve,
        **_drawn(information.curve_cases),
        hint="For each lag: mutual_information(lagged_joint(tokens, lag, n_symbols)) in row 0, "
        "(n_symbols - 1) ** 2 / (2 * (len(tokens) - lag)) in row 1.",
        mutants=mutants_in(wrong.information_curve, wrong.information_curve_lags),
        variants=variants_in(right.information_curve),
    ),
    Exercise(
        name="predict_decay",
        title="How fast does a chain forget?",
        kind="prediction",
        points=2,
        minutes=10,
        difficulty=3,
        objectives=("Predict the decay of information from the eigenvalues of a chain",),
        signature="predict_decay(transition)",
        reference=_predict_decay,
        **_drawn(information.chain_cases),
        hint="Take the sizes of the eigenvalues, np.abs(np.linalg.eigvals(transition)). The "
        "largest is 1. What does the square of the second say?",
        mutants=mutants_in(wrong.predict_decay),
        variants=variants_in(right.predict_decay),
        compare=about(0.05),
    ),
    Exercise(
        name="lag_bug_hunt",
        title="Six wrong estimates of information",
        kind="bug hunt",
        points=4,
        minutes=20,
        difficulty=5,
        objectives=("Find sequences on which a wrong estimate differs from the right one",),
        signature="lag_bug_hunt()",
        reference=_lag_bug_hunt,
        cases=one_call,
        hidden_cases=one_call,
        hint="For each function, find the one line that differs from yours, and ask for which "
        "tokens it matters: uneven ends, pairs that come often or rarely, ids above 9.",
        mutants=mutants_in(wrong.lag_bug_hunt),
        variants=variants_in(right.lag_bug_hunt),
        compare=token_separation(_information_two_apart, HUNTED),
    ),
)

check = checker(EXERCISES)
