import numpy as np
import pytest

from selfattn_course.kernels import (
    entropy,
    lagged_joint,
    markov_mutual_information,
    mutual_information,
    stationary_distribution,
)

THREE = np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [0.0, 0.5, 0.5]])


def flip(p):
    return np.array([[1 - p, p], [p, 1 - p]])


def test_two_states_balance_what_leaves_and_what_arrives():
    np.testing.assert_allclose(stationary_distribution([[0.9, 0.1], [0.3, 0.7]]), [0.75, 0.25])


def test_one_step_leaves_the_distribution_as_it_is():
    chains = np.random.default_rng(0).dirichlet(np.full(5, 0.3), (2, 3, 5))
    shares = stationary_distribution(chains)
    np.testing.assert_allclose(np.einsum("...a,...ab", shares, chains), shares, atol=1e-14)
    np.testing.assert_allclose(shares.sum(axis=-1), 1)


def test_chain_that_goes_round_has_a_distribution_too():
    np.testing.assert_allclose(stationary_distribution(np.eye(3)[[1, 2, 0]]), np.full(3, 1 / 3))


def test_state_that_is_left_for_good_has_share_0():
    np.testing.assert_allclose(stationary_distribution([[0.5, 0.5], [0, 1]]), [0, 1], atol=1e-15)


def test_chain_in_two_parts_is_refused():
    with pytest.raises(ValueError, match="parts that never meet"):
        stationary_distribution(np.eye(2))


def test_information_of_a_symmetric_chain_in_closed_form():
    # the states agree with probability (1 + lambda^lag) / 2, lambda = 1 - 2 p
    for lag in (0, 1, 2, 7):
        agree = (1 + 0.75**lag) / 2
        expected = np.log(2) - entropy([agree, 1 - agree])
        np.testing.assert_allclose(markov_mutual_information(flip(0.125), lag), expected)


def test_information_falls_by_the_square_of_the_second_eigenvalue():
    chain = np.array([[6, 2, 0], [1, 6, 1], [0, 2, 6]]) / 8
    np.testing.assert_allclose(np.sort(np.linalg.eigvals(chain)), [0.5, 0.75, 1])
    ratio = markov_mutual_information(chain, 31) / markov_mutual_information(chain, 30)
    np.testing.assert_allclose(ratio, 0.75**2, rtol=1e-5)


def test_tiny_information_keeps_its_digits():
    # for a symmetric chain and a tiny lambda^lag it is lambda^(2 lag) / 2
    tiny = markov_mutual_information(flip(0.125), 500)
    np.testing.assert_allclose(tiny, 0.75**1000 / 2, rtol=1e-9)


@pytest.mark.parametrize("lag", [1, 2, 5])
def test_equals_the_information_of_the_joint_distribution(lag):
    joint = stationary_distribution(THREE)[:, None] * np.linalg.matrix_power(THREE, lag)
    expected = mutual_information(joint)
    np.testing.assert_allclose(markov_mutual_information(THREE, lag), expected, atol=1e-15)


def test_chain_that_goes_round_never_forgets():
    circle = np.eye(3)[[1, 2, 0]]
    for lag in (1, 2, 300):
        np.testing.assert_allclose(markov_mutual_information(circle, lag), np.log(3))


def test_state_that_is_left_for_good_tells_nothing():
    assert markov_mutual_information([[0.5, 0.5], [0, 1]], 3) < 1e-15


def test_information_at_lag_0_is_the_entropy_of_a_state():
    expected = entropy(stationary_distribution(THREE))
    np.testing.assert_allclose(markov_mutual_information(THREE, 0), expected)


def test_information_agrees_with_what_is_counted_in_a_long_run():
    rng, states = np.random.default_rng(0), [0]
    uniform, edges = rng.random(200_000), THREE.cumsum(axis=1)
    for u in uniform:
        states.append(int(np.searchsorted(edges[states[-1]], u, side="right")))
    counted = mutual_information(lagged_joint(states, 2, 3))
    # (3 - 1)^2 / (2 n) = 1e-5 is the bias, the spread is of the order of sqrt(information / n)
    np.testing.assert_allclose(counted, markov_mutual_information(THREE, 2), atol=1e-3)


def test_chains_side_by_side_do_not_mix():
    both = markov_mutual_information(np.array([flip(0.25), flip(0.125)]), 3)
    np.testing.assert_allclose(both, [markov_mutual_information(flip(p), 3) for p in (0.25, 0.125)])


@pytest.mark.parametrize(
    ("transition", "match"),
    [
        ([[0.5, 0.5]], "transition has shape"),
        (np.zeros((0, 0)), "transition has shape"),
        ([[0.5, 0.4], [0.5, 0.5]], "rows that sum from 0.9 to 1"),
        ([[1.5, -0.5], [0.5, 0.5]], "smallest entry of -0.5"),
    ],
)
def test_what_is_no_transition_matrix_is_refused(transition, match):
    with pytest.raises(ValueError, match=match):
        markov_mutual_information(transition, 1)


def test_negative_lag_is_refused():
    with pytest.raises(ValueError, match="lag is -1; expected 0 or more"):
        markov_mutual_information(flip(0.5), -1)
