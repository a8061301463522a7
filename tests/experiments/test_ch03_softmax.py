import numpy as np
import pytest

from selfattn_course.experiments import ch03_softmax as experiments

DIMS = np.array(experiments.POWERS_OF_TWO)


def test_small_example_follows_the_formula():
    data = experiments.small_example()
    exps = np.exp(data["q"] @ data["k"].T / 2)  # sqrt(4)
    np.testing.assert_allclose(data["weights"], exps / exps.sum(axis=1, keepdims=True))
    np.testing.assert_allclose(data["out"], data["weights"] @ data["v"])


def test_only_softmax_stays_between_0_and_1_and_moves_everywhere():
    rules = experiments.weighting_rules()
    assert rules["share"][:, 0].min() < 0
    assert rules["share"][:, 0].max() > 1
    assert np.isinf(rules["share"][rules["sweep"] == -3]).all()
    assert set(np.unique(rules["argmax"])) == {0, 1}
    assert (np.diff(rules["softmax"][:, 0]) > 0).all()
    np.testing.assert_allclose(rules["softmax"].sum(axis=1), 1)


def test_temperature_leads_from_the_winner_to_equal_shares():
    sweep = experiments.temperature_sweep()
    assert (np.diff(sweep["entropy"]) > 0).all()
    assert (np.diff(sweep["weights"], axis=1) <= 0).all()  # the order never changes
    np.testing.assert_allclose(sweep["weights"][0], [1, 0, 0, 0], atol=1e-12)
    np.testing.assert_allclose(sweep["weights"][-1], 1 / 4, atol=0.02)  # T is 32, not infinite


@pytest.mark.parametrize("temperature", [1.0, 0.5, 0.1])
def test_smooth_maximum_is_at_most_T_log_2_above_the_maximum(temperature):
    data = experiments.smooth_maximum()
    excess = data[temperature] - data["max"]
    assert excess.min() >= 0
    assert excess.argmax() == np.abs(data["gap"]).argmin()
    assert excess.max() == pytest.approx(temperature * np.log(2))


@pytest.mark.parametrize("rng", [0, 1])
def test_scores_spread_as_the_argument_says(rng):
    scaling = experiments.score_scaling(rng=rng)
    root = np.sqrt(DIMS)
    # 400 queries of 16 keys share their query, so that the spread is known to about 2 %
    np.testing.assert_allclose(scaling["unscaled"].std, root, rtol=0.08)
    np.testing.assert_allclose(scaling["1/sqrt(d)"].std, 1, rtol=0.08)
    np.testing.assert_allclose(scaling["1/d"].std, 1 / root, rtol=0.08)


@pytest.mark.parametrize("rng", [0, 1])
def test_unscaled_weights_saturate_and_overscaled_ones_become_uniform(rng):
    scaling = experiments.score_scaling(rng=rng)
    raw, root, over = (scaling[name] for name in ("unscaled", "1/sqrt(d)", "1/d"))
    assert raw.max_weight[-1] > 0.93
    assert raw.jacobian_norm[-1] < 1e-3
    assert (np.abs(root.max_weight - 0.24) < 0.03).all()
    assert (np.abs(root.jacobian_norm - 0.195) < 0.03).all()
    assert over.entropy[-1] == pytest.approx(np.log(16), abs=0.002)
    assert all(row.jacobian_norm.max() <= 0.5 for row in scaling.values())


def test_tied_queries_attend_to_themselves_whatever_the_scale():
    means = experiments.self_weights()
    np.testing.assert_allclose(means["tied score"], np.sqrt(DIMS), rtol=0.05)
    assert (np.diff(means["tied"]) > 0).all()
    assert means["tied"][DIMS == 64] > 0.95
    np.testing.assert_allclose(means["independent"], 1 / 16, atol=0.005)


def test_jacobians_have_rows_that_cancel_and_fade_when_sharp():
    matrices = experiments.jacobians()
    assert all(np.abs(matrix.sum(axis=1)).max() < 1e-15 for matrix in matrices.values())
    assert np.abs(matrices[10.0]).max() < 1e-3 < np.abs(matrices[1.0]).max()


@pytest.mark.parametrize(("n", "d_v"), [(32, 8), (5, 3), (11, 2)])
def test_two_readings_share_no_key_and_one_output(n, d_v):
    readings = experiments.two_readings(n=n, d_v=d_v, rng=7)
    assert (readings.weights >= 0).all()
    np.testing.assert_allclose(readings.weights.sum(axis=1), 1)
    assert (readings.weights.min(axis=0) == 0).all()
    np.testing.assert_allclose(readings.out[0], readings.out[1], atol=1e-12)
    assert readings.divergence == pytest.approx(np.log(2))


def test_two_readings_need_more_values_than_coordinates():
    with pytest.raises(ValueError, match=r"n is 9 for d_v = 8; expected n > d_v \+ 1 = 9"):
        experiments.two_readings(n=9, d_v=8)


def test_largest_weight_makes_the_smallest_contribution():
    data = experiments.contributions()
    assert data["weight"].sum() == pytest.approx(1)
    assert data["weight"].argmax() == data["contribution"].argmin() == 0


def test_a_sink_quiets_a_head_that_has_nothing_to_say():
    lengths = experiments.sink()
    assert lengths["with"][0] == pytest.approx(lengths["without"] * 16 / 17)
    assert (np.diff(lengths["with"]) < 0).all()
    assert lengths["with"][-1] < 0.01


def test_dot_product_is_similarity_only_for_equal_projections_and_lengths():
    share = experiments.own_score_wins()
    assert share["unit"] == 1
    assert 0.3 < share["lengths"] < 0.9
    assert share["projected"] < 0.1  # by chance one in 64
