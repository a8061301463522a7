"""The recurrent layers side by side, each with its definition as a loop over single steps."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from selfattn_course.kernels.gru import GRUWeights, gru_trace, gru_vjp
from selfattn_course.kernels.gru_reset_before import (
    gru_reset_before_trace,
    gru_reset_before_vjp,
)
from selfattn_course.kernels.lstm import LSTMWeights, lstm_trace, lstm_vjp
from selfattn_course.kernels.peephole_lstm import (
    PeepholeLSTMWeights,
    peephole_lstm_trace,
    peephole_lstm_vjp,
)
from selfattn_course.kernels.rnn import RNNWeights, rnn_trace, rnn_vjp


@dataclass(frozen=True)
class Layer:
    """One layer: `step(x, weights, *states)` returns the states after one step, h first."""

    weights: type
    n_gates: int
    n_states: int
    step: Callable
    trace: Callable
    vjp: Callable

    def forward(self, x, weights, *states):
        return self.trace(x, weights, *states).out

    def backward(self, x, weights, *states_and_d_out):
        *states, d_out = states_and_d_out
        return self.vjp(self.trace(x, weights, *states), d_out)

    def problem(self, *, lead=(2,), n=5, d_in=3, d_h=7, seed=0):
        """Random x, weights, and initial states."""
        rng = np.random.default_rng(seed)
        wide = self.n_gates * d_h
        shapes = {"w_x": (d_in, wide), "w_h": (d_h, wide), "peepholes": (3, d_h)}
        weights = {
            f.name: rng.normal(size=shapes.get(f.name, (wide,)), scale=0.7)
            for f in fields(self.weights)
        }
        states = [rng.normal(size=(*lead, d_h)) for _ in range(self.n_states)]
        return rng.normal(size=(*lead, n, d_in)), self.weights(**weights), *states

    def loop(self, x, weights, *states):
        """All states of all steps, from the definition: (n_states, ..., n, d_h)."""
        kept = []
        for t in range(x.shape[-2]):
            states = self.step(x[..., t, :], weights, *states)
            kept.append(np.stack(states))
        return np.stack(kept, axis=-2)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def rnn_step(x, w, h):
    return (np.tanh(x @ w.w_x + h @ w.w_h + w.b),)


def gru_step(x, w, h):
    a_r, a_z, a_c = np.split(x @ w.w_x + w.b_x, 3, axis=-1)
    u_r, u_z, u_c = np.split(h @ w.w_h + w.b_h, 3, axis=-1)
    r, z = sigmoid(a_r + u_r), sigmoid(a_z + u_z)
    return ((1 - z) * np.tanh(a_c + r * u_c) + z * h,)


def gru_reset_before_step(x, w, h):
    w_r, w_z, w_c = np.split(w.w_h, 3, axis=1)
    a_r, a_z, a_c = np.split(x @ w.w_x + w.b_x + w.b_h, 3, axis=-1)
    r, z = sigmoid(a_r + h @ w_r), sigmoid(a_z + h @ w_z)
    return ((1 - z) * np.tanh(a_c + (r * h) @ w_c) + z * h,)


def lstm_step(x, w, h, c):
    i, f, g, o = np.split(x @ w.w_x + h @ w.w_h + w.b, 4, axis=-1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def peephole_lstm_step(x, w, h, c):
    i, f, g, o = np.split(x @ w.w_x + h @ w.w_h + w.b, 4, axis=-1)
    p_i, p_f, p_o = w.peepholes
    after = sigmoid(f + p_f * c) * c + sigmoid(i + p_i * c) * np.tanh(g)
    return sigmoid(o + p_o * after) * np.tanh(after), after


LAYERS = {
    "rnn": Layer(RNNWeights, 1, 1, rnn_step, rnn_trace, rnn_vjp),
    "gru": Layer(GRUWeights, 3, 1, gru_step, gru_trace, gru_vjp),
    "gru_reset_before": Layer(
        GRUWeights, 3, 1, gru_reset_before_step, gru_reset_before_trace, gru_reset_before_vjp
    ),
    "lstm": Layer(LSTMWeights, 4, 2, lstm_step, lstm_trace, lstm_vjp),
    "peephole_lstm": Layer(
        PeepholeLSTMWeights, 4, 2, peephole_lstm_step, peephole_lstm_trace, peephole_lstm_vjp
    ),
}
