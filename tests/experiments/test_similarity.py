import numpy as np
import pytest

from selfattn_course.experiments import similarity


def test_best_score_is_the_smallest_angle_only_for_equal_lengths():
    agree = similarity.best_by_angle()
    assert agree[0] == 1
    assert (np.diff(agree) < 0).all()
    assert agree[similarity.LENGTH_SPREADS.index(1.0)] < 0.3
    assert (agree > 2 / 32).all()  # still above chance


def test_best_by_angle_agrees_with_a_loop():
    rng = np.random.default_rng(3)
    q, k, z = rng.normal(size=(40, 5)), rng.normal(size=(40, 7, 5)), rng.normal(size=(40, 7))
    hits = 0
    for i in range(40):
        lengths = np.linalg.norm(k[i], axis=1)
        cosines = [k[i, j] @ q[i] / (lengths[j] * np.linalg.norm(q[i])) for j in range(7)]
        dots = [k[i, j] / lengths[j] * np.exp(0.8 * z[i, j]) @ q[i] for j in range(7)]
        hits += np.argmax(cosines) == np.argmax(dots)
    assert similarity.best_by_angle(spreads=(0.8,), d=5, n_k=7, trials=40, rng=3) == hits / 40


@pytest.mark.parametrize("rng", [0, 1])
def test_two_random_projections_make_scores_blind_to_likeness(rng):
    correlation = similarity.likeness_of_scores(rng=rng)
    assert correlation["none"] > 0.98
    assert correlation["one"] == pytest.approx(np.sqrt(0.5), abs=0.05)  # as much noise as signal
    assert correlation["two"] == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("rng", [0, 1])
def test_one_projection_gives_symmetric_scores(rng):
    asymmetry = similarity.score_asymmetry(rng=rng)
    assert asymmetry["one"] < 1e-14
    assert asymmetry["two"] == pytest.approx(np.sqrt(2), abs=0.1)


def test_own_weight_is_an_equal_share_unless_tied():
    own = similarity.own_weights()
    np.testing.assert_allclose(own["two"], own["equal"], rtol=0.25)
    assert (np.diff(own["tied"]) < 0).all()
    assert (own["tied"] > 0.55).all()
    # the estimate ignores that lengths vary, which makes it a little high
    assert (own["tied"] < own["expected"]).all()
    np.testing.assert_allclose(own["tied"], own["expected"], rtol=0.12)


def test_without_the_diagonal_the_first_row_is_empty_and_nothing_is_kept():
    cases = similarity.without_the_diagonal()
    (kept, near), (lost, away) = cases["with"], cases["without"]
    assert np.diagonal(kept).min() > 0.99
    assert near.max() < 0.01
    assert (lost[0] == 0).all()
    assert (np.diagonal(lost) == 0).all()
    np.testing.assert_allclose(lost[1:].sum(axis=1), 1)
    assert away[0] == 1
    assert away.min() > 0.5
