import numpy as np
import pytest

from selfattn_course.experiments import markov_chains


@pytest.mark.parametrize(("name", "second"), [("two states", 0.8), ("three states", 0.75)])
def test_information_falls_by_the_square_of_the_second_eigenvalue(name, second):
    data = markov_chains.decay()[name]
    assert data["second"] == pytest.approx(second)
    assert data["ratio"] == pytest.approx(second**2, rel=1e-5)


@pytest.mark.parametrize("name", markov_chains.CHAINS)
def test_counted_information_is_the_exact_one_until_chance_takes_over(name):
    data = markov_chains.decay()[name]
    clear = data["exact"] > 2000 * data["bias"]
    assert clear.sum() >= 3
    # neighbours in a run are alike, so that 100,000 states know it to some percent only
    np.testing.assert_allclose(data["counted"][clear], data["exact"][clear], rtol=0.15)
    assert data["counted"][-5:].max() < 5 * data["floor"]


@pytest.mark.parametrize(("name", "values"), [("two states", [0.8]), ("three states", [0.75, 0.5])])
def test_floor_of_a_run_is_higher_than_that_of_independent_symbols(name, values):
    # A count of pairs adds up products of two modes, which fade by the product of their eigenvalues
    products = np.multiply.outer(values, values)
    expected = ((1 + products) / (1 - products)).sum() / (2 * 100_000)
    data = markov_chains.decay()[name]
    assert data["floor"] == pytest.approx(expected, rel=0.35)
    assert data["floor"] > 1.5 * data["bias"]


def test_sample_follows_its_chain():
    chain = np.array(markov_chains.CHAINS["three states"])
    states = markov_chains.sample(chain, 50_000, 0)
    counts = np.zeros((3, 3))
    np.add.at(counts, (states[:-1], states[1:]), 1)
    np.testing.assert_allclose(counts / counts.sum(axis=1, keepdims=True), chain, atol=0.02)
    assert counts[0, 2] == 0
