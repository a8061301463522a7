"""The long short-term memory (LSTM) layer, and its backpropagation through time."""

from dataclasses import dataclass

import numpy as np

from .recurrent import (
    LayerInputs,
    bias_gradient,
    blocks,
    from_inputs,
    from_start,
    gradient_steps,
    input_gradient,
    layer_inputs,
    one_step,
    require,
    state_gradient,
    time_second_to_last,
    transposed,
    weight_gradient,
)


@dataclass(frozen=True)
class LSTMWeights:
    """Weights of an LSTM layer, or the gradient in them.

    The columns are four blocks of d_h, in PyTorch's order: input gate i, forget gate f,
    candidate g, output gate o.

    Parameters
    ----------
    w_x : ndarray, shape (d_in, 4 * d_h)
        Acts on the input of a step.
    w_h : ndarray, shape (d_h, 4 * d_h)
        Acts on the state of the step before.
    b : ndarray, shape (4 * d_h,)
        Bias.
    """

    w_x: np.ndarray
    w_h: np.ndarray
    b: np.ndarray


@dataclass(frozen=True)
class LSTMTrace:
    """A forward pass of `lstm`, with what `lstm_vjp` needs.

    Parameters
    ----------
    out, cell_states : ndarray, shape (..., n, d_h)
        The output of `lstm`, and the cell state after every step.
    inputs : LayerInputs
        What went in, time first.
    states, cells : ndarray, shape (n + 1, batch, d_h)
        The initial state, then the state after every step.
    gates : ndarray, shape (4, n, batch, d_h)
        i, f, g and o of every step, after their sigmoid or tanh.
    """

    out: np.ndarray
    cell_states: np.ndarray
    inputs: LayerInputs
    states: np.ndarray
    cells: np.ndarray
    gates: np.ndarray


def lstm(x, weights, h0=None, c0=None):
    """States of an LSTM layer.

    With i, f, o the sigmoid and g the tanh of the blocks of x_t @ w_x + h_(t-1) @ w_h + b:
    c_t = f * c_(t-1) + i * g and h_t = o * tanh(c_t).

    Parameters
    ----------
    x : array_like, shape (..., n, d_in)
        Sequences of n steps.
    weights : LSTMWeights
        Weights of the layer.
    h0, c0 : array_like, shape (..., d_h), optional
        State and cell state before the first step; zeros if not given. Leading axes broadcast
        with those of x.

    Returns
    -------
    ndarray, shape (..., n, d_h)
        The state h after every step; the last one is `out[..., -1, :]`. `lstm_trace` has the cell
        states, too. No step sees a later one, so padding at the end changes nothing before it. A
        NaN makes all later states of its sequence NaN, and so may finite numbers whose product with
        the weights overflows.

    Raises
    ------
    ValueError
        If x lacks an axis, or shapes disagree.
    TypeError
        If an array does not hold numbers.

    References
    ----------
    Hochreiter and Schmidhuber (1997), with the forget gate of Gers et al. (2000).
    """
    return lstm_trace(x, weights, h0, c0).out


def lstm_trace(x, weights, h0=None, c0=None):
    """Forward pass of `lstm` that keeps the cell states and what `lstm_vjp` needs.

    Parameters
    ----------
    x, weights, h0, c0
        As for `lstm`.

    Returns
    -------
    LSTMTrace
        Its `out` is the output of `lstm`. Do not write to its arrays before `lstm_vjp`.

    Raises
    ------
    ValueError, TypeError
        As for `lstm`.
    """
    inputs = layer_inputs(x, weights, LSTMWeights, 4, h0=h0, c0=c0)
    states, cells = from_start(inputs, 0), from_start(inputs, 1)
    gates, w_h = from_inputs(inputs, 4), blocks(inputs.weights.w_h, 4)
    b = blocks(inputs.weights.b, 4)[:, None]
    half = np.array([0.5, 0.5, 1, 0.5], gates.real.dtype).reshape(4, 1, 1)
    shift, step = 1 - half, one_step(gates)
    i, f, g, o = step
    for t in range(len(inputs.x)):
        np.matmul(states[t], w_h, out=step)
        step += gates[:, t]
        step += b
        step *= half  # sigmoid(a) = (1 + tanh(a / 2)) / 2: one tanh serves all four
        np.tanh(step, out=step)
        step *= half
        step += shift
        gates[:, t] = step
        np.multiply(f, cells[t], out=cells[t + 1])
        i *= g
        cells[t + 1] += i
        np.tanh(cells[t + 1], out=states[t + 1])
        states[t + 1] *= o
    return LSTMTrace(*outputs(inputs, states, cells), inputs, states, cells, gates)


def lstm_vjp(trace, d_out, d_cell_states=None):
    """Gradient of a loss in the inputs of `lstm`, by backpropagation through time.

    Parameters
    ----------
    trace : LSTMTrace
        The forward pass, from `lstm_trace`.
    d_out : array_like, shape (..., n, d_h)
        Gradient of the loss with respect to the output; zeros at padded steps.
    d_cell_states : array_like, shape (..., n, d_h), optional
        Gradient with respect to `trace.cell_states`, for what reads the cells, too; zeros if not
        given.

    Returns
    -------
    d_x : ndarray, shape of x
        Gradient in the input.
    d_weights : LSTMWeights
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
    Werbos (1990).
    """
    require(trace, LSTMTrace, "trace")
    d_out, d_cells = output_gradients(trace, d_out, d_cell_states)
    d_sums, to_cell = gate_slopes(trace)  # the loop makes gradients of the slopes
    w_h_t = transposed(trace.inputs.weights.w_h, 4)
    d_state, d_cell = np.zeros_like(trace.states[0]), np.zeros_like(trace.cells[0])
    d_ifg, d_o, forget = d_sums[:3], d_sums[3], trace.gates[1]
    from_gates = one_step(d_sums)
    for t in reversed(range(len(d_out))):
        d_state += d_out[t]
        if d_cells is not None:
            d_cell += d_cells[t]
        to_cell[t] *= d_state
        d_cell += to_cell[t]
        d_ifg[:, t] *= d_cell
        d_o[t] *= d_state
        d_cell *= forget[t]
        np.matmul(d_sums[:, t], w_h_t, out=from_gates)
        np.add.reduce(from_gates, axis=0, out=d_state)
    d_weights = LSTMWeights(*weight_gradients(trace, d_sums))
    d_starts = state_gradient(d_state, trace.inputs, 0), state_gradient(d_cell, trace.inputs, 1)
    return input_gradient(d_sums, trace.inputs), d_weights, *d_starts


def outputs(inputs, states, cells):
    """State and cell state after every step, in the order of axes that the caller knows."""
    return [time_second_to_last(a[1:], inputs.lead) for a in (states, cells)]


def output_gradients(trace, d_out, d_cell_states):
    """Both gradients time first; None stays None."""
    if d_cell_states is not None:
        d_cell_states = gradient_steps(d_cell_states, trace.cell_states, "d_cell_states")
    return gradient_steps(d_out, trace.out), d_cell_states


def gate_slopes(trace):
    """Slopes of c_t in the sums before i, f, g; of h_t in the one before o; of h_t in c_t."""
    i, f, g, o = trace.gates
    tanh_cell = np.tanh(trace.cells[1:])
    slopes = 1 - trace.gates
    slopes *= trace.gates  # of the sigmoids
    d_i, d_f, d_g, d_o = slopes
    d_i *= g
    d_f *= trace.cells[:-1]
    d_o *= tanh_cell
    np.multiply(g, g, out=d_g)
    np.subtract(1, d_g, out=d_g)
    d_g *= i
    tanh_cell *= tanh_cell
    to_cell = np.subtract(1, tanh_cell, out=tanh_cell)
    to_cell *= o
    return slopes, to_cell


def weight_gradients(trace, d_sums):
    """Gradients in w_x, w_h and b."""
    return (
        weight_gradient(trace.inputs.x, d_sums),
        weight_gradient(trace.states[:-1], d_sums),
        bias_gradient(d_sums),
    )
