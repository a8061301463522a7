import numpy as np

from selfattn_course.kernels.gru import GRUWeights, gru, gru_trace, gru_vjp


def one_unit(**changes):
    """Weights of a layer of one unit; columns are r, z, c."""
    parts = {"w_x": np.zeros((1, 3)), "w_h": np.zeros((1, 3)), "b_x": np.zeros(3)}
    return GRUWeights(**parts | {"b_h": np.zeros(3)} | changes)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_one_step_of_one_unit_by_hand():
    weights = GRUWeights(
        w_x=np.array([[0.5, -1.0, 2.0]]),
        w_h=np.array([[1.0, 0.25, -0.5]]),
        b_x=np.array([0.1, 0.2, 0.3]),
        b_h=np.array([0.4, 0.5, 0.6]),
    )
    x, h = 2.0, 3.0
    r = sigmoid(0.5 * x + 0.1 + 1.0 * h + 0.4)
    z = sigmoid(-1.0 * x + 0.2 + 0.25 * h + 0.5)
    c = np.tanh(2.0 * x + 0.3 + r * (-0.5 * h + 0.6))
    expected = (1 - z) * c + z * h
    np.testing.assert_allclose(gru([[x]], weights, [h]), [[expected]], rtol=1e-15)


def test_zero_weights_halve_the_state():
    out = gru(np.ones((4, 1)), one_unit(), [1.0])
    np.testing.assert_allclose(out[:, 0], [1 / 2, 1 / 4, 1 / 8, 1 / 16], rtol=1e-15)


def test_an_update_gate_at_one_keeps_the_state_and_its_gradient():
    weights = one_unit(w_x=np.array([[0.0, 0.0, 5.0]]), b_x=np.array([0.0, 50.0, 0.0]))
    trace = gru_trace(np.ones((30, 1)), weights, [0.7])
    np.testing.assert_array_equal(trace.out, np.full((30, 1), 0.7))
    d_out = np.zeros((30, 1))
    d_out[-1] = 1
    _, _, d_h0 = gru_vjp(trace, d_out)
    np.testing.assert_array_equal(d_h0, [1.0])


def test_a_reset_gate_at_zero_hides_the_state_and_its_bias_from_the_candidate():
    weights = one_unit(
        w_x=np.array([[0.0, 0.0, 1.0]]),
        w_h=np.array([[0.0, 0.0, 9.0]]),
        b_x=np.array([-50.0, -50.0, 0.25]),
        b_h=np.array([0.0, 0.0, 7.0]),
    )
    out = gru([[0.5]], weights, [3.0])
    np.testing.assert_allclose(out, [[np.tanh(0.75)]], rtol=1e-15)


def test_the_biases_of_the_gates_act_as_one_but_those_of_the_candidate_do_not():
    rng = np.random.default_rng(0)
    d_h, x = 2, rng.normal(size=(3, 5))
    weights = GRUWeights(*(rng.normal(size=s) for s in [(5, 6), (2, 6), (6,), (6,)]))
    moved = np.array([1.0] * 2 * d_h + [0.0] * d_h)
    for shift, same in ((moved, True), (1 - moved, False)):
        other = GRUWeights(weights.w_x, weights.w_h, weights.b_x + shift, weights.b_h - shift)
        assert np.allclose(gru(x, weights), gru(x, other), atol=1e-14) == same
