from collections import Counter

import numpy as np
import pytest

from selfattn_course.checks.calling import call
from selfattn_course.checks.cases.ch01_dependencies import hidden_sizes, visible_sizes
from selfattn_course.checks.cases.ch01_information import chain_cases
from selfattn_course.checks.ch01_dependencies import EXERCISES
from selfattn_course.checks.designs.ch01_dependencies import is_balanced
from selfattn_course.checks.hunts.ch01_dependencies import HUNTED
from selfattn_course.kernels import markov_mutual_information

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
CHARACTERS = "()"


def verdict(name, function, kind="cases"):
    cases = getattr(BY_NAME[name], kind)(np.random.default_rng(0))
    return BY_NAME[name].verdict(cases, [call(function, case) for case in cases])


def test_names_are_the_agreed_ones():
    assert list(BY_NAME) == [
        "dependency_distances",
        "share_within",
        "previous_use",
        "lag_copy",
        "smallest_window",
        "ngram_counts",
        "same_ngrams",
        "lagged_joint",
        "mutual_information",
        "information_curve",
        "predict_decay",
        "lag_bug_hunt",
    ]


@pytest.mark.parametrize("sizes", [visible_sizes, hidden_sizes])
@pytest.mark.parametrize("seed", range(20))
def test_no_two_axes_have_the_same_size(sizes, seed):
    drawn = sizes(np.random.default_rng(seed))
    assert len(set(drawn.values())) == len(drawn)


def test_hidden_sizes_are_never_the_visible_ones():
    for seed in range(20):
        visible, hidden = (f(np.random.default_rng(seed)) for f in (visible_sizes, hidden_sizes))
        assert all(visible[name] != hidden[name] for name in visible)


# Answers with a memory: the second call is wrong, or the second check.


def remembering(function, key):
    kept = {}

    def answer(*args):
        return kept.setdefault(key(*args), function(*args))

    return answer


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("dependency_distances", len),
        ("share_within", lambda distances, window: distances.shape),
        ("previous_use", len),
        ("lag_copy", lambda x, lag: x.shape),
        ("ngram_counts", lambda tokens, n, n_symbols: (n, n_symbols)),
        ("lagged_joint", lambda tokens, lag, n_symbols: n_symbols),
        ("mutual_information", lambda joint: joint.shape),
        ("information_curve", lambda tokens, lags, n_symbols: len(lags)),
        ("predict_decay", len),
    ],
)
def test_an_answer_that_repeats_an_earlier_one_is_rejected(name, key):
    assert not verdict(name, remembering(BY_NAME[name].reference, key)).passed


def test_a_dictionary_shared_by_all_calls_is_rejected():
    last = {}

    def previous_use(ids):
        out = []
        for i, name in enumerate(ids.tolist()):
            out.append(i - last.get(name, i))
            last[name] = i
        return out

    assert not verdict("previous_use", previous_use).passed


def test_counts_shared_by_all_calls_are_rejected():
    kept = {}

    def ngram_counts(tokens, n, n_symbols):
        shape = (n_symbols,) * n
        counts = kept.setdefault(shape, np.zeros(shape, dtype=int))
        for i in range(len(tokens) - n + 1):
            counts[tuple(tokens[i : i + n])] += 1
        return counts

    assert not verdict("ngram_counts", ngram_counts).passed


# Twins.


def ngrams(sequence, n):
    return Counter(tuple(sequence[i : i + n]) for i in range(len(sequence) - n + 1))


@pytest.mark.parametrize("window", [1, 2, 5, 40])
def test_reference_twins_have_the_same_ngrams(window):
    first, second = BY_NAME["same_ngrams"].reference(window)
    for n in range(1, window + 1):
        assert ngrams(first, n) == ngrams(second, n)
    assert is_balanced(np.array(first))
    assert not is_balanced(np.array(second))


@pytest.mark.parametrize(
    ("text", "balanced"),
    [("()", True), (")(", False), ("(())()", True), ("(()", False), ("())(", False), ("(", False)],
)
def test_balanced(text, balanced):
    sequence = np.array([CHARACTERS.index(c) == 0 for c in text], dtype=int)
    assert is_balanced(sequence) is balanced


def twin_problem(window, pair):
    compare, reference = BY_NAME["same_ngrams"].compare, BY_NAME["same_ngrams"].reference
    return compare(reference(window), pair)


def test_twins_are_judged_up_to_the_window_and_not_beyond():
    pair = BY_NAME["same_ngrams"].reference(3)  # its parts between have 6 symbols
    assert twin_problem(7, pair) == ""
    assert twin_problem(8, pair).startswith("the 8-gram ")


def test_the_same_large_ngrams_with_other_small_ones_are_not_enough():
    pair = ([0, 1, 1, 0], [1, 1, 0, 1])  # both hold 01, 11 and 10 once
    assert ngrams(pair[0], 2) == ngrams(pair[1], 2)
    assert twin_problem(2, pair) == "the 1-gram 0 comes 2 against 1 times in the two sequences."


@pytest.mark.parametrize(
    ("value", "start"),
    [
        (None, "returned None"),
        (7, "expected two sequences"),
        ("10", "expected two sequences"),
        ([], "expected two sequences"),
        (np.array(3.0), "expected two sequences"),
        (([1, 0], "10"), "the second sequence is no flat"),
        (([1, 0], None), "the second sequence is no flat"),
        (([[1, 0]], [1, 0]), "the first sequence is no flat"),
        (([1, [0]], [1, 0]), "the first sequence is no flat"),
        (([np.zeros(2), 0], [1, 0]), "the first sequence is no flat"),
        ((np.zeros((2, 3)), [1, 0]), "the first sequence is no flat"),
        (([1j, 0], [1, 0]), "the first sequence is no flat"),
        (([np.nan, 0], [1, 0]), "the first sequence holds something besides"),
        (([np.inf, 0], [1, 0]), "the first sequence holds something besides"),
        (([2, 0], [1, 0]), "the first sequence holds something besides"),
        (([10**400, 0], [1, 0]), "the first sequence "),
        (([], []), "the first sequence has 0 symbols"),
        (([0] * 10**7, [1, 0]), "the first sequence has 10000000 symbols"),
        ((np.zeros(10**7), [1, 0]), "the first sequence has 10000000 symbols"),
        ([[1, 0], [1, 0, 1]], "the sequences have 2 and 3"),
        (([1, 0], [1, 0]), "both sequences are the same"),
        (([0, 1], [1, 0]), "the first sequence is not balanced"),
        ({"first": [1, 0]}, "expected two sequences"),
    ],
)
def test_twins_hold_against_any_data(value, start):
    with np.errstate(all="raise"):
        assert twin_problem(1, value).startswith(start)


# Prediction.


@pytest.mark.parametrize("seed", range(10))
def test_predicted_decay_is_what_is_measured_far_away(seed):
    rng = np.random.default_rng(seed)
    for case in chain_cases(rng, hidden_sizes(rng)):
        (transition,) = case.args
        lags = range(1, 400)
        information = np.array([float(markov_mutual_information(transition, k)) for k in lags])
        i = np.flatnonzero(information > 1e-9)[-1] - 1
        measured = information[i + 1] / information[i]
        predicted = BY_NAME["predict_decay"].reference(transition)
        assert abs(measured / predicted - 1) < 0.05, case.name


# Bug hunt.


def hunt_problem(value):
    return BY_NAME["lag_bug_hunt"].compare(None, value)


def test_bug_hunt_reference_passes_its_own_check():
    assert hunt_problem(BY_NAME["lag_bug_hunt"].reference()) == ""


def test_no_hunted_function_is_right_everywhere_or_wrong_everywhere():
    uneven, equal = np.array([0, 0, 1, 1, 1, 1, 1, 2]), np.zeros(5, dtype=int)
    assert hunt_problem([equal] * 6).count("wrong_") == len(HUNTED)
    assert hunt_problem([uneven] * 6) == "no difference seen for wrong_4, wrong_5."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "returned None"),
        ([np.zeros(4, dtype=int)] * 5, "returned 5 inputs"),
        ([[0, 1]] * 6, "has 2 tokens"),
        ([np.zeros(10**7)] * 6, "has 10000000 tokens"),
        ([[0] * 10**7] * 6, "has 10000000 tokens"),
        ([[0, 1, 100]] * 6, "whole numbers from 0 to 99"),
        ([[0, 1, -1]] * 6, "whole numbers from 0 to 99"),
        ([[0, 1, 0.5]] * 6, "whole numbers from 0 to 99"),
        ([[0, 1, np.nan]] * 6, "whole numbers from 0 to 99"),
        ([[0, 1, np.inf]] * 6, "whole numbers from 0 to 99"),
        ([[0, 1, 2j]] * 6, "no flat sequence"),
        ([["0", "1", "2"]] * 6, "no flat sequence"),
        ([[[0, 1], [1]]] * 6, "no flat sequence"),
        ([np.zeros((2, 3), dtype=int)] * 6, "no flat sequence"),
        ([[True, False, True]] * 6, "no flat sequence"),
        ({1: [0, 1, 2]}, "no list of inputs"),
    ],
)
def test_bug_hunt_holds_against_any_data(value, text):
    with np.errstate(all="raise"):
        assert text in hunt_problem(value)


@pytest.mark.parametrize("name", ["share_within", "lag_copy", "mutual_information"])
@pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
def test_an_answer_for_one_axis_only_is_rejected(name, kind):
    reference = BY_NAME[name].reference
    axes = 2 if name == "mutual_information" else 1

    def without_batch(x, *args):
        if x.ndim > axes:
            raise ValueError("too many axes")
        return reference(x, *args)

    assert not verdict(name, without_batch, kind).passed
