import numpy as np

from selfattn_course.kernels.rnn import RNNWeights, rnn, rnn_trace, rnn_vjp

ONE_UNIT = RNNWeights(w_x=np.array([[2.0]]), w_h=np.array([[0.5]]), b=np.array([-1.0]))


def test_two_steps_of_one_unit_by_hand():
    first = np.tanh(2 * 1 - 1)
    second = np.tanh(2 * 3 + 0.5 * first - 1)
    np.testing.assert_allclose(rnn([[1.0], [3.0]], ONE_UNIT)[:, 0], [first, second], rtol=1e-15)


def test_the_initial_state_enters_the_first_step():
    np.testing.assert_allclose(rnn([[1.0]], ONE_UNIT, [4.0]), [[np.tanh(2 - 1 + 2)]], rtol=1e-15)


def test_gradient_of_the_second_state_by_hand():
    trace = rnn_trace([[1.0], [3.0]], ONE_UNIT, [0.25])
    first, second = trace.out[:, 0]
    d_x, d_weights, d_h0 = rnn_vjp(trace, [[0.0], [1.0]])
    later = 1 - second**2  # d second / d its sum
    sooner = later * 0.5 * (1 - first**2)
    np.testing.assert_allclose(d_x[:, 0], [2 * sooner, 2 * later], rtol=1e-14)
    np.testing.assert_allclose(d_weights.w_x, [[sooner * 1 + later * 3]], rtol=1e-14)
    np.testing.assert_allclose(d_weights.w_h, [[sooner * 0.25 + later * first]], rtol=1e-14)
    np.testing.assert_allclose(d_weights.b, [sooner + later], rtol=1e-14)
    np.testing.assert_allclose(d_h0, [0.5 * sooner], rtol=1e-14)


def test_gradients_vanish_through_small_weights():
    weights = RNNWeights(np.eye(3), 0.1 * np.eye(3), np.zeros(3))
    d_out = np.zeros((9, 3))
    d_out[-1] = 1
    d_x, _, _ = rnn_vjp(rnn_trace(np.zeros((9, 3)), weights), d_out)
    np.testing.assert_allclose(d_x[:, 0], 0.1 ** np.arange(8, -1, -1), rtol=1e-14)
