"""The references of chapter 5 against the kernels, against sums, and against plain attention."""

import numpy as np
import pytest

from selfattn_course import kernels
from selfattn_course.checks.calling import call
from selfattn_course.checks.cases import ch05_complexity, ch05_online
from selfattn_course.checks.ch05_complexity import EXERCISES
from selfattn_course.checks.designs.ch05_complexity import one_of_the_largest, separates_counts
from selfattn_course.checks.exercise import Case
from selfattn_course.checks.hunts.ch05_complexity import HUNTED
from selfattn_course.kernels import cost as costs

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
PAIRS = [(1, 1), (1, 7), (5, 1), (3, 2), (13, 5), (4, 11)]


def reference(name, *args):
    return BY_NAME[name].reference(*args)


def accepted(name, function):
    exercise = BY_NAME[name]
    cases = exercise.visible_cases()
    return exercise.verdict(cases, [call(function, case) for case in cases]).passed


def test_visible_and_hidden_sizes_share_no_number():
    assert not set(ch05_complexity.VISIBLE) & set(ch05_complexity.HIDDEN)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_hidden_cases_are_drawn_for_each_student(exercise):
    draws = [exercise.hidden_cases(np.random.default_rng(seed)) for seed in range(2)]
    if draws[0][0].args:
        same = sum(str(a.args) == str(b.args) for a, b in zip(*draws, strict=True))
        assert same <= 0.6 * len(draws[0])  # corners such as a factor of 2 stay


@pytest.mark.parametrize("name", ["mac_count", "decode_macs"])
def test_several_counts_fit_into_int64_yet_not_into_float64(name):
    exercise = BY_NAME[name]
    for seed in range(20):
        for cases in (exercise.cases, exercise.hidden_cases):
            counts = [exercise.reference(*c.args) for c in cases(np.random.default_rng(seed))]
            assert max(map(max, counts)) < 2**63
            for place in range(len(counts[0])):
                column = [count[place] for count in counts]
                assert any(int(float(count)) != count for count in column)


@pytest.mark.parametrize(
    "name",
    ["attention_macs", "attention_layer_macs", "score_bytes", "cache_bytes", "crossover_length"],
)
def test_single_counts_exceed_float64_and_int64(name):
    exercise = BY_NAME[name]
    for seed in range(20):
        for cases in (exercise.cases, exercise.hidden_cases):
            counts = [exercise.reference(*c.args) for c in cases(np.random.default_rng(seed))]
            assert any(int(float(count)) != count and count < 2**63 for count in counts)
            assert any(count > 2**64 for count in counts)


@pytest.mark.parametrize(("n", "d"), PAIRS)
def test_decoding_is_the_sum_of_its_steps(n, d):
    steps = range(1, n + 1)
    without = sum(costs.multi_head_attention_cost(t, t, d, 1).multiply_adds for t in steps)
    cached = sum(costs.decoding_step_cost(t - 1, d, 1).multiply_adds for t in steps)
    assert reference("decode_macs", n, d) == [without, cached]


@pytest.mark.parametrize("n_matrices", [1, 2, 4, 5, 6, 7, 8, 11])
@pytest.mark.parametrize("d", [1, 2, 7])
def test_crossover_is_the_last_length_at_which_attention_needs_no_more(d, n_matrices):
    n = reference("crossover_length", d, n_matrices)
    layers = [costs.multi_head_attention_cost(m, m, d, 1).multiply_adds for m in (n, n + 1)]
    assert layers[0] <= n_matrices * n * d * d
    assert layers[1] > n_matrices * (n + 1) * d * d


def test_crossover_of_an_lstm_is_where_both_counts_are_equal():
    n = reference("crossover_length", 64, 8)
    attention, rnn, lstm, _ = reference("mac_count", n, 64, 3)
    assert attention == lstm > rnn


def test_layer_counts_of_one_head_agree_with_those_of_two_sequences():
    for n, d in PAIRS:
        assert reference("mac_count", n, d, 3)[0] == reference("attention_layer_macs", n, n, d, 1)


def test_fitted_exponent_is_the_power():
    n = np.array([3.0, 5.0, 17.0, 90.0])
    for power in (-1.0, 0.0, 1.5, 2.0):
        assert abs(reference("fit_exponent", n, 7 * n**power) - power) < 1e-12


def test_intensity_of_tiles_approaches_that_of_the_whole_for_many_features():
    plain, tiled = reference("intensity", 4, 10**9, 4)
    assert plain == pytest.approx(tiled)
    assert reference("intensity", 10**9, 64, 2)[0] == pytest.approx(64 / 2)


@pytest.mark.parametrize("seed", range(3))
def test_tiles_one_after_the_other_give_attention(seed):
    rng = np.random.default_rng(seed)
    q, k = rng.standard_normal((2, 5, 4)), rng.standard_normal((2, 13, 4))
    v, mask = rng.standard_normal((2, 13, 3)), rng.random((2, 5, 13)) < 0.5
    mask[0, 1] = False
    scores = np.where(mask, kernels.attention_scores(q, k), -np.inf)
    state = np.full((2, 5), -np.inf), np.zeros((2, 5)), np.zeros((2, 5, 3))
    for start in range(0, 13, 4):
        tile = slice(start, start + 4)
        state = reference("online_update", *state, scores[..., tile], v[:, tile])
    total, out = state[1:]
    result = out / np.where(total == 0, 1, total)[..., None]
    np.testing.assert_allclose(result, kernels.attention(q, k, v, mask), atol=1e-14)
    np.testing.assert_array_equal(state[0][0, 1], -np.inf)


def test_states_of_online_update_are_such_as_occur():
    for cases in (ch05_online.visible_cases, ch05_online.hidden_cases):
        for case in cases(np.random.default_rng(4)):
            top, total, out, scores, v = case.args
            unseen = np.isneginf(top)
            assert (total[~unseen] >= 1).all(), case.name
            assert (total[unseen] == 0).all(), case.name
            assert (out[unseen] == 0).all(), case.name
            assert np.isfinite(v).all(), case.name
            assert out.shape == (*top.shape, v.shape[-1])
            assert scores.shape == (*top.shape, v.shape[-2])


def test_online_update_has_no_nan_in_its_reference():
    for case in BY_NAME["online_update"].visible_cases():
        with np.errstate(invalid="raise"):
            top, total, out = reference("online_update", *case.args)
        assert not np.isnan(np.concatenate([top.ravel(), total.ravel(), out.ravel()])).any()


def test_the_plain_formula_fails_only_where_nothing_was_seen():
    exercise = BY_NAME["online_update"]
    plain = next(m.function for m in exercise.mutants if m.name == "plain formula")
    for case in exercise.visible_cases():
        seen = call(plain, case).value
        empty = np.isneginf(np.maximum(case.args[0], case.args[3].max(axis=-1))).any()
        assert bool(exercise.compare(reference("online_update", *case.args), seen)) == empty


def tile_fits(rows, columns, budget_bytes, d, d_v, item_bytes):
    numbers = rows * (d + d_v + 2) + columns * (d + d_v) + rows * columns
    return item_bytes * numbers <= budget_bytes


@pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
@pytest.mark.parametrize("seed", range(5))
def test_largest_tiles_are_those_of_a_search_over_all(kind, seed):
    for case in getattr(BY_NAME["largest_tile"], kind)(np.random.default_rng(seed)):
        budget_bytes, d, d_v, item_bytes = case.args
        most = budget_bytes // item_bytes // (d + d_v)
        rows, columns = np.ogrid[1 : most + 1, 1 : most + 1]
        scores = rows * columns * tile_fits(rows, columns, *case.args)
        assert scores.max() > 0
        best = np.argwhere(scores == scores.max()) + 1
        np.testing.assert_array_equal(reference("largest_tile", *case.args), best)


@pytest.mark.parametrize("seed", range(5))
def test_some_budget_is_used_up_by_its_largest_tile(seed):
    used = []
    for case in BY_NAME["largest_tile"].hidden_cases(np.random.default_rng(seed)):
        for rows, columns in reference("largest_tile", *case.args):
            assert tile_fits(rows, columns, *case.args)
            used.append(tile_fits(rows, columns, case.args[0] - 1, *case.args[1:]))
    assert not all(used)


HOSTILE = [
    None,
    "3, 4",
    True,
    [True, True],
    [[1, 2], [3]],
    np.nan,
    [np.nan, 4],
    [np.inf, 0],
    [2.5, 4],
    [-3, -4],
    [0, 5],
    [3, 4, 1],
    [3j, 4],
    np.zeros((1000, 1000)),
    np.array([2**62, 2**62]),
    [10**30, 10**30],
    [1e300, 1e300],
    np.array([np.longdouble("1e4000"), 2]),
    {"rows": 3},
    [None, None],
    object(),
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_judges_of_designs_hold_against_any_data(value):
    with np.errstate(all="raise"):
        problem = one_of_the_largest(np.array([[3, 4], [4, 3]]), value)
        hunt = separates_counts(lambda n, d: n, (lambda n, d: n, lambda n, d: d))
        for answer in (value, [value, value]):
            assert hunt(None, answer).endswith((".", "?"))
    assert problem.endswith((".", "?"))
    assert len(problem) < 200


@pytest.mark.parametrize("value", [(3, 4), [4, 3], np.array([3.0, 4.0]), [[3, 4], [4, 3]]])
def test_any_of_the_largest_tiles_will_do(value):
    assert one_of_the_largest(np.array([[3, 4], [4, 3]]), value) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ((2, 5), "a tile of 2 x 5 has 10 scores; one with 12 fits."),
        ((5, 3), "a tile of 5 x 3 does not fit into the budget."),
        ((2, 6), "a tile of 2 x 6 does not fit into the budget."),
        ((3.5, 4), "3.5 is no whole number of 1 or more."),
        (12, "returned one number; expected two whole numbers, rows and columns."),
    ],
)
def test_a_wrong_tile_is_told_why(value, words):
    assert one_of_the_largest(np.array([[3, 4], [4, 3]]), value) == words


def test_hunted_counts_agree_on_a_common_size():
    assert {wrong(64, 64) for wrong in HUNTED} == {6 * 64**3}


def test_each_hunted_count_is_wrong_where_its_hint_says():
    def right(n, d):
        return 4 * n * d * d + 2 * n * n * d

    pairs = [(128, 64), (64, 65), (65, 65), (576, 576), (1024, 1024), (999_999, 999_999)]
    for wrong, pair in zip(HUNTED, pairs, strict=True):
        assert wrong(*pair) != right(*pair), wrong.__name__
    assert all(wrong(99_968, 99_968) == right(99_968, 99_968) for wrong in HUNTED[:3])


def test_bug_hunt_reference_passes_its_own_check():
    exercise = BY_NAME["cost_bug_hunt"]
    cases = (Case("once"),)
    assert exercise.verdict(cases, [call(exercise.reference, cases[0])]).passed


def test_counts_that_only_look_whole_are_refused():
    assert not accepted("attention_macs", lambda n, d: 2 * n * n * d + 0.5)
    assert not accepted("mac_count", lambda n, d, width: [True] * 4)
    assert not accepted("score_bytes", lambda *sizes: np.float64(np.prod(sizes, dtype=float)))
