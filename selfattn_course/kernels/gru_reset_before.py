"""The GRU of the first paper, whose reset gate acts before the product with w_h."""

from dataclasses import dataclass

import numpy as np

from .gru import GRUTrace, GRUWeights
from .recurrent import (
    bias_gradient,
    blocks,
    from_inputs,
    from_start,
    gradient_steps,
    input_gradient,
    layer_inputs,
    require,
    state_gradient,
    time_second_to_last,
    to_sigmoid,
    transposed,
    weight_gradient,
)


@dataclass(frozen=True)
class GRUResetBeforeTrace(GRUTrace):
    """As `GRUTrace`, but `scaled` holds what r has scaled: r * h_(t-1)."""


def gru_reset_before(x, weights, h0=None):
    """States of a GRU layer whose candidate sees r * h_(t-1).

    It differs from `gru` in the candidate alone, c = tanh(a_c + (r * h_(t-1)) @ w_h,c + b_h,c),
    and costs a second product per step (ONNX: linear_before_reset = 0, its default).

    Parameters
    ----------
    x : array_like, shape (..., n, d_in)
        Sequences of n steps.
    weights : GRUWeights
        Weights of the layer. Only the sum of b_x and b_h matters here.
    h0 : array_like, shape (..., d_h), optional
        State before the first step; zeros if not given. Leading axes broadcast with those of x.

    Returns
    -------
    ndarray, shape (..., n, d_h)
        The state after every step; edge cases as for `gru`.

    Raises
    ------
    ValueError
        If x lacks an axis, or shapes disagree.
    TypeError
        If an array does not hold numbers.

    References
    ----------
    Cho et al. (2014).
    """
    return gru_reset_before_trace(x, weights, h0).out


def gru_reset_before_trace(x, weights, h0=None):
    """Forward pass of `gru_reset_before` that keeps what `gru_reset_before_vjp` needs.

    Parameters
    ----------
    x, weights, h0
        As for `gru_reset_before`.

    Returns
    -------
    GRUResetBeforeTrace
        Its `out` is the output of `gru_reset_before`. Do not write to its arrays before
        `gru_reset_before_vjp`.

    Raises
    ------
    ValueError, TypeError
        As for `gru_reset_before`.
    """
    inputs = layer_inputs(x, weights, GRUWeights, 3, h0=h0)
    weights = inputs.weights
    states, gates = from_start(inputs), from_inputs(inputs, 3)
    (r, z, c), scaled = gates, np.empty_like(states[1:])
    w_h, bias = (blocks(w, 3) for w in (weights.w_h, weights.b_x + weights.b_h))
    for t, h in enumerate(states[:-1]):
        gates[:, t] += bias[:, None]
        gates[:2, t] += h @ w_h[:2]
        to_sigmoid(gates[:2, t])
        np.multiply(r[t], h, out=scaled[t])
        c[t] += scaled[t] @ w_h[2]
        np.tanh(c[t], out=c[t])
        np.add(c[t], z[t] * (h - c[t]), out=states[t + 1])
    return GRUResetBeforeTrace(
        time_second_to_last(states[1:], inputs.lead), inputs, states, gates, scaled
    )


def gru_reset_before_vjp(trace, d_out):
    """Gradient of a loss in the inputs of `gru_reset_before`.

    Parameters
    ----------
    trace : GRUResetBeforeTrace
        The forward pass, from `gru_reset_before_trace`.
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
    require(trace, GRUResetBeforeTrace, "trace")
    d_out, inputs, states = gradient_steps(d_out, trace.out), trace.inputs, trace.states
    gates, (r, z, c) = trace.gates, trace.gates
    d_sums = np.empty_like(gates)
    d_r, d_z, d_c = d_sums
    w_h_t = transposed(inputs.weights.w_h, 3)
    d_state = np.zeros_like(states[0])
    for t in reversed(range(len(d_out))):
        d_state += d_out[t]
        kept = z[t] * d_state
        np.multiply(1 - c[t] * c[t], d_state - kept, out=d_c[t])
        np.multiply(gates[:2, t], 1 - gates[:2, t], out=d_sums[:2, t])  # slopes of the sigmoids
        d_z[t] *= (states[t] - c[t]) * d_state
        d_scaled = d_c[t] @ w_h_t[2]
        d_r[t] *= states[t] * d_scaled
        d_state = (d_sums[:2, t] @ w_h_t[:2]).sum(axis=0) + r[t] * d_scaled + kept
    w_h_r_z = weight_gradient(states[:-1], d_sums[:2])
    w_h = np.concatenate([w_h_r_z, weight_gradient(trace.scaled, d_sums[2:])], axis=1)
    b = bias_gradient(d_sums)
    d_weights = GRUWeights(weight_gradient(inputs.x, d_sums), w_h, b_x=b, b_h=b.copy())
    return input_gradient(d_sums, inputs), d_weights, state_gradient(d_state, inputs)
