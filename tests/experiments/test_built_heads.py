import numpy as np
import pytest

from selfattn_course.experiments import built_heads
from selfattn_course.kernels import sinusoidal_positions


def test_previous_token_head_follows_the_formula():
    for gap, weights in built_heads.previous_weights(n=8).items():
        expected = np.exp(gap) / (np.exp(gap) + 7)
        np.testing.assert_allclose(np.diagonal(weights, offset=-1), expected)
        np.testing.assert_allclose(weights[0], 1 / 8)


@pytest.mark.parametrize("d", [2, 6, 64])
def test_one_rotation_turns_every_position_back_by_one(d):
    waves = sinusoidal_positions(np.arange(-3, 50), d)
    np.testing.assert_allclose(waves[1:] @ built_heads.turn_back(d), waves[:-1], atol=1e-12)


def test_sharper_queries_find_the_token_before():
    curves = built_heads.sharpness()
    np.testing.assert_allclose(curves["one-hot"], curves["predicted"])
    for name in ("one-hot", "sinusoidal", "length 1"):
        assert (np.diff(curves[name]) >= 0).all()
        assert curves[name][0] < 0.06
        assert curves[name][-1] > 0.95


def test_waves_need_a_smaller_factor_only_because_they_are_longer():
    factors = np.array([10.0, 30.0, 100.0])
    curves = built_heads.sharpness(factors=factors)
    assert (curves["sinusoidal"] > curves["one-hot"]).all()
    assert (curves["length 1"] < curves["one-hot"]).all()
    longer = built_heads.sharpness(factors=32 * factors)["length 1"]  # 32 = d / 2
    np.testing.assert_allclose(longer, curves["sinusoidal"])


def test_repeated_sequences_are_distinct_and_repeat():
    tokens = built_heads.repeated(n_symbols=9, m=5, trials=7)
    assert tokens.shape == (7, 11)
    assert (tokens[:, 0] == built_heads.START).all()
    np.testing.assert_array_equal(tokens[:, 1:6], tokens[:, 6:])
    assert all(len(set(row[1:6])) == 5 for row in tokens.tolist())
    assert tokens[:, 1:].min() >= 1


@pytest.mark.parametrize("rng", [0, 1])
def test_two_layers_copy_and_one_does_not(rng):
    two = built_heads.copying(m=12, rng=rng)
    one = built_heads.copying(m=12, layers=1, rng=rng)
    assert two["accuracy"][:12].max() == 0  # what was never seen cannot be expected
    assert two["accuracy"][13:].min() == 1
    assert two["share"][13:].min() > 0.99
    positions = np.arange(13, 24)  # of p + 1 tokens one or two are the right one
    assert (one["share"][13:] < 2.1 / (positions + 1)).all()
    mixed = built_heads.copying(m=12, distinct=False, rng=rng)["accuracy"][13:]
    assert 0.6 < mixed.mean() < 0.95


def test_second_layer_looks_behind_the_first_occurrence():
    tokens = np.array([[0, 3, 1, 2, 3, 1, 2]])
    run = built_heads.induction(tokens, n_symbols=3)
    assert run.found[0].argmax(axis=1)[4:].tolist() == [2, 3, 4]
    assert run.votes[0, 4:].argmax(axis=1).tolist() == [1, 2, 3]
    assert np.triu(run.found[0], 1).max() == 0
