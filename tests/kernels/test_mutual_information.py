import numpy as np
import pytest

from selfattn_course.kernels import entropy, lagged_joint, mutual_information


def test_independent_symbols_tell_nothing():
    joint = np.outer([0.25, 0.75], [0.5, 0.125, 0.375])
    assert 0 <= mutual_information(joint) < 1e-15


def test_symbols_that_tell_each_other_exactly_share_their_entropy():
    p = np.array([0.5, 0.25, 0.25])
    np.testing.assert_allclose(mutual_information(np.diag(p)), entropy(p), rtol=1e-14)
    np.testing.assert_allclose(mutual_information(np.diag(p)[:, ::-1]), entropy(p), rtol=1e-14)


def test_hand_sized_example():
    joint = [[3 / 8, 1 / 8], [1 / 8, 3 / 8]]
    expected = 0.75 * np.log(1.5) + 0.25 * np.log(0.5)
    np.testing.assert_allclose(mutual_information(joint), expected, rtol=1e-14)


def test_equals_the_entropies_apart_minus_the_entropy_together():
    joint = np.random.default_rng(0).dirichlet(np.full(15, 0.5), (2, 7)).reshape(2, 7, 3, 5)
    apart = entropy(joint.sum(-1)) + entropy(joint.sum(-2))
    together = entropy(joint.reshape(2, 7, 15))
    np.testing.assert_allclose(mutual_information(joint), apart - together, atol=1e-14)


def test_swapping_the_two_symbols_changes_nothing():
    joint = np.random.default_rng(1).dirichlet(np.ones(15)).reshape(3, 5)
    np.testing.assert_allclose(mutual_information(joint.T), mutual_information(joint), rtol=1e-13)


def test_tiny_probabilities_do_not_underflow():
    joint = np.array([[1e-200, 0], [0, 1.0]])
    np.testing.assert_allclose(mutual_information(joint), 1e-200 * 200 * np.log(10), rtol=1e-12)


def test_float32_stays_float32_and_the_table_is_not_written_to():
    joint = np.full((2, 2), 0.25, np.float32)
    joint.flags.writeable = False
    assert mutual_information(joint).dtype == np.float32


@pytest.mark.parametrize(
    ("joint", "match"),
    [
        ([0.5, 0.5], "joint has shape"),
        ([[3, 1], [1, 3]], "sums from 8 to 8; expected probabilities"),
        ([[1.5, -0.5]], "smallest entry of -0.5"),
        ([[np.nan, 0.5]], "expected probabilities"),
    ],
)
def test_what_is_no_table_of_probabilities_is_refused(joint, match):
    with pytest.raises(ValueError, match=match):
        mutual_information(joint)


def test_pairs_of_a_hand_sized_sequence():
    # pairs two apart: (0, 2), (1, 0), (2, 1)
    expected = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]]) / 3
    np.testing.assert_array_equal(lagged_joint([0, 1, 2, 0, 1], 2, 3), expected)


def test_lag_0_has_the_shares_on_the_diagonal():
    np.testing.assert_array_equal(lagged_joint([0, 2, 2, 2], 0, 3), np.diag([0.25, 0, 0.75]))


def test_every_sequence_has_its_own_table():
    tokens = np.random.default_rng(2).integers(5, size=(2, 3, 11))
    joint = lagged_joint(tokens, 4, 7)
    assert joint.shape == (2, 3, 7, 7)
    np.testing.assert_array_equal(joint[1, 2], lagged_joint(tokens[1, 2], 4, 7))
    np.testing.assert_allclose(joint.sum(axis=(-2, -1)), 1)


def test_small_integers_do_not_overflow():
    tokens = np.array([100, 101, 100, 101], np.uint8)
    np.testing.assert_allclose(lagged_joint(tokens, 1, 102)[[100, 101], [101, 100]], [2 / 3, 1 / 3])


def test_reading_backwards_transposes_the_table():
    tokens = np.random.default_rng(3).integers(4, size=50)
    forward, backward = lagged_joint(tokens, 3, 4), lagged_joint(tokens[::-1], 3, 4)
    np.testing.assert_array_equal(backward, forward.T)


@pytest.mark.parametrize("lag", [-1, 4, 9])
def test_lag_without_pairs_is_refused(lag):
    with pytest.raises(ValueError, match=f"lag is {lag} and tokens have shape"):
        lagged_joint([0, 1, 0, 1], lag, 2)


def test_token_that_is_no_symbol_is_refused():
    with pytest.raises(ValueError, match="tokens"):
        lagged_joint([0, 2], 1, 2)
    with pytest.raises(TypeError, match="tokens has dtype"):
        lagged_joint([0.0, 1.0], 1, 2)
