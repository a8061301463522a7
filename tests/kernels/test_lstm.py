import numpy as np
import pytest

from selfattn_course.kernels.lstm import LSTMWeights, lstm, lstm_trace, lstm_vjp
from tests.kernels.gradient_checks import assert_gradients_exact
from tests.kernels.recurrent_layers import LAYERS


def one_unit(**changes):
    """Weights of a layer of one unit; columns are i, f, g, o."""
    parts = {"w_x": np.zeros((1, 4)), "w_h": np.zeros((1, 4)), "b": np.zeros(4)}
    return LSTMWeights(**parts | changes)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_one_step_of_one_unit_by_hand():
    weights = LSTMWeights(
        w_x=np.array([[0.5, -1.0, 2.0, 1.5]]),
        w_h=np.array([[1.0, 0.25, -0.5, -1.0]]),
        b=np.array([0.1, 0.2, 0.3, 0.4]),
    )
    x, h, c = 2.0, 3.0, -0.5
    i = sigmoid(0.5 * x + 1.0 * h + 0.1)
    f = sigmoid(-1.0 * x + 0.25 * h + 0.2)
    g = np.tanh(2.0 * x - 0.5 * h + 0.3)
    o = sigmoid(1.5 * x - 1.0 * h + 0.4)
    cell = f * c + i * g
    trace = lstm_trace([[x]], weights, [h], [c])
    np.testing.assert_allclose(trace.cell_states, [[cell]], rtol=1e-15)
    np.testing.assert_allclose(trace.out, [[o * np.tanh(cell)]], rtol=1e-15)


def test_zero_weights_halve_the_cell():
    cells = np.array([1 / 2, 1 / 4, 1 / 8])
    out = lstm(np.ones((3, 1)), one_unit(), c0=[1.0])
    np.testing.assert_allclose(out[:, 0], np.tanh(cells) / 2, rtol=1e-15)


def test_gates_that_keep_carry_the_cell_and_its_gradient_over_many_steps():
    weights = one_unit(w_x=np.array([[0.0, 0.0, 5.0, 0.0]]), b=np.array([-900.0, 50.0, 0.0, 50.0]))
    trace = lstm_trace(np.ones((40, 1)), weights, c0=[0.7])
    np.testing.assert_array_equal(trace.cell_states, np.full((40, 1), 0.7))
    d_out = np.zeros((40, 1))
    d_out[-1] = 1
    *_, d_c0 = lstm_vjp(trace, d_out)
    np.testing.assert_allclose(d_c0, [1 - np.tanh(0.7) ** 2], rtol=1e-14)


@pytest.mark.parametrize("name", ["lstm", "peephole_lstm"])
def test_cell_states_are_those_of_the_loop(name):
    layer = LAYERS[name]
    problem = layer.problem(lead=(2, 3))
    trace = layer.trace(*problem)
    np.testing.assert_allclose(trace.cell_states, layer.loop(*problem)[1], atol=1e-14)


@pytest.mark.parametrize("name", ["lstm", "peephole_lstm"])
def test_gradient_from_the_cell_states_agrees_with_the_complex_step(name):
    layer = LAYERS[name]
    problem = layer.problem(lead=(2,), n=4, d_in=2, d_h=3)
    rng = np.random.default_rng(3)
    d_both = rng.normal(size=(2, 2, 4, 3))

    def both(*inputs):
        trace = layer.trace(*inputs)
        return np.stack([trace.out, trace.cell_states])

    gradients = layer.vjp(layer.trace(*problem), d_both[0], d_both[1])
    assert_gradients_exact(both, problem, d_both, gradients)


@pytest.mark.parametrize("name", ["lstm", "peephole_lstm"])
def test_a_gradient_of_the_last_cell_alone_is_refused(name):
    layer = LAYERS[name]
    trace = layer.trace(*layer.problem())
    with pytest.raises(ValueError, match=r"d_cell_states has shape \(2, 7\); expected \(2, 5, 7\)"):
        layer.vjp(trace, np.ones((2, 5, 7)), np.ones((2, 7)))


def test_a_cell_that_does_not_fit_is_refused():
    x, weights, h0, _ = LAYERS["lstm"].problem()
    with pytest.raises(ValueError, match=r"c0 has shape \(2, 6\) for x of shape \(2, 5, 3\)"):
        lstm(x, weights, h0, np.ones((2, 6)))
