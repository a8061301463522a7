"""The plain recurrent layer, and its backpropagation through time."""

from dataclasses import dataclass

import numpy as np

from .recurrent import (
    LayerInputs,
    bias_gradient,
    from_inputs,
    from_start,
    gradient_steps,
    input_gradient,
    layer_inputs,
    require,
    state_gradient,
    time_second_to_last,
    transposed,
    weight_gradient,
)


@dataclass(frozen=True)
class RNNWeights:
    """Weights of a plain recurrent layer, or the gradient in them.

    Parameters
    ----------
    w_x : ndarray, shape (d_in, d_h)
        Acts on the input of a step.
    w_h : ndarray, shape (d_h, d_h)
        Acts on the state of the step before.
    b : ndarray, shape (d_h,)
        Bias.
    """

    w_x: np.ndarray
    w_h: np.ndarray
    b: np.ndarray


@dataclass(frozen=True)
class RNNTrace:
    """A forward pass of `rnn`, with what `rnn_vjp` needs.

    Parameters
    ----------
    out : ndarray, shape (..., n, d_h)
        The output of `rnn`.
    inputs : LayerInputs
        What went in, time first.
    states : ndarray, shape (n + 1, batch, d_h)
        The initial state, then the state after every step.
    """

    out: np.ndarray
    inputs: LayerInputs
    states: np.ndarray


def rnn(x, weights, h0=None):
    """States of a plain recurrent layer: h_t = tanh(x_t @ w_x + h_(t-1) @ w_h + b).

    Parameters
    ----------
    x : array_like, shape (..., n, d_in)
        Sequences of n steps.
    weights : RNNWeights
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
    Elman (1990), with tanh.
    """
    return rnn_trace(x, weights, h0).out


def rnn_trace(x, weights, h0=None):
    """Forward pass of `rnn` that keeps what `rnn_vjp` needs.

    Parameters
    ----------
    x, weights, h0
        As for `rnn`.

    Returns
    -------
    RNNTrace
        Its `out` is the output of `rnn`. Do not write to its arrays before `rnn_vjp`.

    Raises
    ------
    ValueError, TypeError
        As for `rnn`.
    """
    inputs = layer_inputs(x, weights, RNNWeights, 1, h0=h0)
    weights, states = inputs.weights, from_start(inputs)
    pre = np.empty_like(states[0])
    for t, from_x in enumerate(from_inputs(inputs, 1)[0]):
        np.dot(states[t], weights.w_h, out=pre)
        pre += from_x
        pre += weights.b
        np.tanh(pre, out=states[t + 1])
    return RNNTrace(time_second_to_last(states[1:], inputs.lead), inputs, states)


def rnn_vjp(trace, d_out):
    """Gradient of a loss in the inputs of `rnn`, by backpropagation through time.

    Parameters
    ----------
    trace : RNNTrace
        The forward pass, from `rnn_trace`.
    d_out : array_like, shape (..., n, d_h)
        Gradient of the loss with respect to the output; zeros at padded steps.

    Returns
    -------
    d_x : ndarray, shape of x
        Gradient in the input.
    d_weights : RNNWeights
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
    require(trace, RNNTrace, "trace")
    d_out, inputs, states = gradient_steps(d_out, trace.out), trace.inputs, trace.states
    d_pre = 1 - states[1:] * states[1:]  # slopes of tanh; the loop makes gradients of them
    (w_h_t,) = transposed(inputs.weights.w_h, 1)
    d_state = np.zeros_like(states[0])
    for d_step, d_step_out in zip(d_pre[::-1], d_out[::-1], strict=True):
        d_state += d_step_out
        d_step *= d_state
        np.dot(d_step, w_h_t, out=d_state)
    d_sums = d_pre[None]
    d_weights = RNNWeights(
        w_x=weight_gradient(inputs.x, d_sums),
        w_h=weight_gradient(states[:-1], d_sums),
        b=bias_gradient(d_sums),
    )
    return input_gradient(d_sums, inputs), d_weights, state_gradient(d_state, inputs)
