import numpy as np
import pytest

from selfattn_course.kernels.lstm import LSTMWeights, lstm
from selfattn_course.kernels.peephole_lstm import (
    PeepholeLSTMWeights,
    peephole_lstm,
    peephole_lstm_trace,
    peephole_lstm_vjp,
)
from tests.kernels.recurrent_layers import LAYERS


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_peepholes_see_the_cell_before_and_the_output_gate_the_one_after():
    weights = PeepholeLSTMWeights(
        np.zeros((1, 4)),
        np.zeros((1, 4)),
        np.array([0, 0, 1.0, 0]),
        np.array([[2.0], [3.0], [5.0]]),
    )
    c0 = 0.5
    cell = sigmoid(3 * c0) * c0 + sigmoid(2 * c0) * np.tanh(1)
    out = peephole_lstm([[0.0]], weights, c0=[c0])
    np.testing.assert_allclose(out, [[sigmoid(5 * cell) * np.tanh(cell)]], rtol=1e-15)


def test_peepholes_of_zero_make_a_plain_lstm():
    x, weights, *states = LAYERS["lstm"].problem()
    blind = PeepholeLSTMWeights(**vars(weights), peepholes=np.zeros((3, 7)))
    np.testing.assert_allclose(
        peephole_lstm(x, blind, *states), lstm(x, weights, *states), atol=1e-15
    )


def test_the_gradient_is_a_record_of_peephole_weights():
    x, weights, *_ = LAYERS["peephole_lstm"].problem()
    _, d_weights, *_ = peephole_lstm_vjp(peephole_lstm_trace(x, weights), np.ones((2, 5, 7)))
    assert type(d_weights) is PeepholeLSTMWeights
    assert isinstance(d_weights, LSTMWeights)


def test_peepholes_in_one_row_are_refused():
    x, weights, *_ = LAYERS["peephole_lstm"].problem()
    wrong = PeepholeLSTMWeights(weights.w_x, weights.w_h, weights.b, weights.peepholes.ravel())
    with pytest.raises(ValueError, match=r"peepholes has shape \(21,\).*\(3, d_h\) = \(3, 7\)"):
        peephole_lstm(x, wrong)
