"""The LSTM layer whose gates also see the cell, through peepholes."""

from dataclasses import dataclass

import numpy as np

from .lstm import (
    LSTMTrace,
    LSTMWeights,
    gate_slopes,
    output_gradients,
    outputs,
    weight_gradients,
)
from .recurrent import (
    blocks,
    from_inputs,
    from_start,
    input_gradient,
    layer_inputs,
    require,
    state_gradient,
    to_sigmoid,
    transposed,
)


@dataclass(frozen=True)
class PeepholeLSTMWeights(LSTMWeights):
    """Weights of an LSTM layer with peepholes, or the gradient in them.

    Parameters
    ----------
    w_x, w_h, b
        As for `LSTMWeights`.
    peepholes : ndarray, shape (3, d_h)
        For the gates i, f (factors on the cell state before the step) and o (on the one after).
    """

    peepholes: np.ndarray


@dataclass(frozen=True)
class PeepholeLSTMTrace(LSTMTrace):
    """A forward pass of `peephole_lstm`; the fields are those of `LSTMTrace`."""


def peephole_lstm(x, weights, h0=None, c0=None):
    """States of an LSTM layer with peepholes p.

    It differs from `lstm` in what the gates see: p_i * c_(t-1) and p_f * c_(t-1) add to the sums
    before i and f, and p_o * c_t to the one before o.

    Parameters
    ----------
    x : array_like, shape (..., n, d_in)
        Sequences of n steps.
    weights : PeepholeLSTMWeights
        Weights of the layer.
    h0, c0 : array_like, shape (..., d_h), optional
        State and cell state before the first step; zeros if not given. Leading axes broadcast
        with those of x.

    Returns
    -------
    ndarray, shape (..., n, d_h)
        The state h after every step; edge cases as for `lstm`.

    Raises
    ------
    ValueError
        If x lacks an axis, or shapes disagree.
    TypeError
        If an array does not hold numbers.

    References
    ----------
    Gers, Schraudolph and Schmidhuber (2002).
    """
    return peephole_lstm_trace(x, weights, h0, c0).out


def peephole_lstm_trace(x, weights, h0=None, c0=None):
    """Forward pass of `peephole_lstm` that keeps what `peephole_lstm_vjp` needs.

    Parameters
    ----------
    x, weights, h0, c0
        As for `peephole_lstm`.

    Returns
    -------
    PeepholeLSTMTrace
        Its `out` is the output of `peephole_lstm`. Do not write to its arrays before
        `peephole_lstm_vjp`.

    Raises
    ------
    ValueError, TypeError
        As for `peephole_lstm`.
    """
    inputs = layer_inputs(x, weights, PeepholeLSTMWeights, 4, h0=h0, c0=c0)
    states, cells = from_start(inputs, 0), from_start(inputs, 1)
    gates, p = from_inputs(inputs, 4), inputs.weights.peepholes
    w_h, b = blocks(inputs.weights.w_h, 4), blocks(inputs.weights.b, 4)
    i, f, g, o = gates
    for t in range(len(inputs.x)):
        gates[:, t] += states[t] @ w_h + b[:, None]
        gates[:2, t] += p[:2, None] * cells[t]
        to_sigmoid(gates[:2, t])
        np.tanh(g[t], out=g[t])
        cells[t + 1] = f[t] * cells[t] + i[t] * g[t]
        o[t] += p[2] * cells[t + 1]
        to_sigmoid(o[t])
        states[t + 1] = o[t] * np.tanh(cells[t + 1])
    return PeepholeLSTMTrace(*outputs(inputs, states, cells), inputs, states, cells, gates)


def peephole_lstm_vjp(trace, d_out, d_cell_states=None):
    """Gradient of a loss in the inputs of `peephole_lstm`.

    Parameters
    ----------
    trace : PeepholeLSTMTrace
        The forward pass, from `peephole_lstm_trace`.
    d_out : array_like, shape (..., n, d_h)
        Gradient of the loss with respect to the output; zeros at padded steps.
    d_cell_states : array_like, shape (..., n, d_h), optional
        Gradient with respect to `trace.cell_states`; zeros if not given.

    Returns
    -------
    d_x : ndarray, shape of x
        Gradient in the input.
    d_weights : PeepholeLSTMWeights
        Gradient in the weights.
    d_h0, d_c0 : ndarray, shape of h0 and c0, or (..., d_h) if none was given
        Gradients in the initial states.

    Raises
    ------
    ValueError
        If a gradient and its output differ in shape.
    TypeError
        If d_out does not hold numbers, or is complex for a real output.

    References
    ----------
    Gers, Schraudolph and Schmidhuber (2002).
    """
    require(trace, PeepholeLSTMTrace, "trace")
    d_out, d_cells = output_gradients(trace, d_out, d_cell_states)
    d_sums, to_cell = gate_slopes(trace)  # the loop makes gradients of the slopes
    d_i, d_f, _, d_o = d_sums
    cells, f, w_h_t = trace.cells, trace.gates[1], transposed(trace.inputs.weights.w_h, 4)
    p_i, p_f, p_o = trace.inputs.weights.peepholes
    d_state, d_cell = np.zeros_like(trace.states[0]), np.zeros_like(cells[0])
    for t in reversed(range(len(d_out))):
        d_state += d_out[t]
        d_o[t] *= d_state
        d_cell += to_cell[t] * d_state + p_o * d_o[t]
        if d_cells is not None:
            d_cell += d_cells[t]
        d_sums[:3, t] *= d_cell
        d_cell = d_cell * f[t] + p_i * d_i[t] + p_f * d_f[t]
        d_state = (d_sums[:, t] @ w_h_t).sum(axis=0)
    seen = (d_i, cells[:-1]), (d_f, cells[:-1]), (d_o, cells[1:])
    peepholes = np.stack([(d * c).sum(axis=(0, 1)) for d, c in seen])
    d_weights = PeepholeLSTMWeights(*weight_gradients(trace, d_sums), peepholes)
    d_starts = state_gradient(d_state, trace.inputs, 0), state_gradient(d_cell, trace.inputs, 1)
    return input_gradient(d_sums, trace.inputs), d_weights, *d_starts
