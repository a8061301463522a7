"""The gated recurrent unit (GRU) layer, and its backpropagation through time."""

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
    to_sigmoid,
    transposed,
    weight_gradient,
)


@dataclass(frozen=True)
class GRUWeights:
    """Weights of a GRU layer, or the gradient in them.

    The columns are three blocks of d_h, in PyTorch's order: reset gate r, update gate z,
    candidate c.

    Parameters
    ----------
    w_x : ndarray, shape (d_in, 3 * d_h)
        Acts on the input of a step.
    w_h : ndarray, shape (d_h, 3 * d_h)
        Acts on the state of the step before.
    b_x, b_h : ndarray, shape (3 * d_h,)
        Biases of the two products. They differ in effect only for the candidate, where r scales
        b_h.
    """

    w_x: np.ndarray
    w_h: np.ndarray
    b_x: np.ndarray
    b_h: np.ndarray


@dataclass(frozen=True)
class GRUTrace:
    """A forward pass of `gru`, with what `gru_vjp` needs.

    Parameters
    ----------
    out : ndarray, shape (..., n, d_h)
        The output of `gru`.
    inputs : LayerInputs
        What went in, time first.
    states : ndarray, shape (n + 1, batch, d_h)
        The initial state, then the state after every step.
    gates : ndarray, shape (3, n, batch, d_h)
        r, z and c of every step, after their sigmoid or tanh.
    scaled : ndarray, shape (n, batch, d_h)
        What r scales in every step: block c of h_(t-1) @ w_h + b_h.
    """

    out: np.ndarray
    inputs: LayerInputs
    states: np.ndarray
    gates: np.ndarray
    scaled: np.ndarray


def gru(x, weights, h0=None):
    """States of a GRU layer whose reset gate acts after the product with w_h.

    This is the variant of cuDNN, PyTorch and Keras (ONNX: linear_before_reset = 1);
    `gru_reset_before` is the one of the first paper. With a = x_t @ w_x + b_x and
    u = h_(t-1) @ w_h + b_h in blocks r, z, c: r = sigmoid(a_r + u_r), z = sigmoid(a_z + u_z),
    c = tanh(a_c + r * u_c) and h_t = (1 - z) * c + z * h_(t-1).

    Parameters
    ----------
    x : array_like, shape (..., n, d_in)
        Sequences of n steps.
    weights : GRUWeights
        Weights of the layer.
    h0 : array_like, shape (..., d_h), optional
        State before the first step; zeros if not given. Leading axes broadcast with those of x.

    Returns
    -------
    ndarray, shape (..., n, d_h)
        The state after every step; the last one is `out[..., -1, :]`. No step sees a later one, so
        padding at the end changes nothing before it. A NaN makes all later states of its sequence
        NaN, and so may finite numbers whose product with the weights overflows.

    Raises
    ------
    ValueError
        If x lacks an axis, or shapes disagree.
    TypeError
        If an array does not hold numbers.

    References
    ----------
    Cho et al. (2014), with r moved behind the product.
    """
    return gru_trace(x, weights, h0).out


def gru_trace(x, weights, h0=None):
    """Forward pass of `gru` that keeps what `gru_vjp` needs.

    Parameters
    ----------
    x, weights, h0
        As for `gru`.

    Returns
    -------
    GRUTrace
        Its `out` is the output of `gru`. Do not write to its arrays before `gru_vjp`.

    Raises
    ------
    ValueError, TypeError
        As for `gru`.
    """
    inputs = layer_inputs(x, weights, GRUWeights, 3, h0=h0)
    states, gates = from_start(inputs), from_inputs(inputs, 3)
    w_h, scaled = blocks(inputs.weights.w_h, 3), np.empty_like(states[1:])
    b_x, b_h = blocks(inputs.weights.b_x, 3), blocks(inputs.weights.b_h, 3).copy()
    b_h[:2] += b_x[:2]  # for r and z, the two biases act as one
    step = one_step(gates)
    r_z, c, (r, z) = step[:2], step[2], step[:2]
    for t, h in enumerate(states[:-1]):
        np.matmul(h, w_h, out=step)
        step += b_h[:, None]
        scaled[t] = c
        r_z += gates[:2, t]
        to_sigmoid(r_z)
        c *= r
        c += gates[2, t]
        c += b_x[2]
        np.tanh(c, out=c)
        gates[:, t] = step
        np.add(c, z * (h - c), out=states[t + 1])
    return GRUTrace(time_second_to_last(states[1:], inputs.lead), inputs, states, gates, scaled)


def gru_vjp(trace, d_out):
    """Gradient of a loss in the inputs of `gru`, by backpropagation through time.

    Parameters
    ----------
    trace : GRUTrace
        The forward pass, from `gru_trace`.
    d_out : array_like, shape (..., n, d_h)
        Gradient of the loss with respect to the output; zeros at padded steps.

    Returns
    -------
    d_x : ndarray, shape of x
        Gradient in the input.
    d_weights : GRUWeights
        Gradient in the weights.
    d_h0 : ndarray, shape of h0, or (..., d_h) if none was given
        Gradient in the initial state.

    Raises
    ------
    ValueError
        If d_out and the output differ in shape.
    TypeError
        If d_out does not hold numbers, or is complex for a real output.

    References
    ----------
    Werbos (1990).
    """
    require(trace, GRUTrace, "trace")
    d_out, inputs, states = gradient_steps(d_out, trace.out), trace.inputs, trace.states
    gates, (r, z, c) = trace.gates, trace.gates
    d_sums, w_h_t = np.empty_like(gates), transposed(inputs.weights.w_h, 3)
    d_state, step = np.zeros_like(states[0]), one_step(gates)
    d_r_z, d_c, (d_r, d_z) = step[:2], step[2], step[:2]
    for t in reversed(range(len(d_out))):
        d_state += d_out[t]
        kept = z[t] * d_state
        np.subtract(1, gates[:2, t], out=d_r_z)
        d_r_z *= gates[:2, t]  # the slopes of the sigmoids
        d_z *= (states[t] - c[t]) * d_state
        np.multiply(1 - c[t] * c[t], d_state - kept, out=d_c)
        d_r *= trace.scaled[t] * d_c
        d_sums[:, t] = step
        d_c *= r[t]  # on its way to h
        d_state = np.matmul(step, w_h_t).sum(axis=0) + kept
    w_x, b_x = weight_gradient(inputs.x, d_sums), bias_gradient(d_sums)
    d_x = input_gradient(d_sums, inputs)
    d_sums[2] *= r  # from here on, the gradient in h @ w_h + b_h
    w_h, b_h = weight_gradient(states[:-1], d_sums), bias_gradient(d_sums)
    return d_x, GRUWeights(w_x, w_h, b_x, b_h), state_gradient(d_state, inputs)
