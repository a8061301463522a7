"""Feed-forward layers: the same small network for every position."""

from dataclasses import dataclass

import numpy as np

from .activations import relu, relu_vjp, swish, swish_vjp
from .gated import swiglu, swiglu_vjp
from .gelu import gelu, gelu_tanh, gelu_tanh_vjp, gelu_vjp
from .linear_map import linear_map, linear_map_vjp

ACTIVATIONS = {
    "relu": (relu, relu_vjp),
    "gelu": (gelu, gelu_vjp),
    "gelu_tanh": (gelu_tanh, gelu_tanh_vjp),
    "swish": (swish, swish_vjp),
}


@dataclass(frozen=True)
class FeedForwardWeights:
    """Weights of two linear maps with an activation between them.

    Parameters
    ----------
    w_in : ndarray, shape (d_in, d_hidden)
    b_in : ndarray, shape (d_hidden,), or None
    w_out : ndarray, shape (d_hidden, d_out)
    b_out : ndarray, shape (d_out,), or None
    """

    w_in: np.ndarray
    b_in: np.ndarray | None
    w_out: np.ndarray
    b_out: np.ndarray | None


@dataclass(frozen=True)
class GatedFeedForwardWeights:
    """Weights of a gated layer: three linear maps without bias.

    Parameters
    ----------
    w_gate : ndarray, shape (d_in, d_hidden)
    w_value : ndarray, shape (d_in, d_hidden)
    w_out : ndarray, shape (d_hidden, d_out)
    """

    w_gate: np.ndarray
    w_value: np.ndarray
    w_out: np.ndarray


def feed_forward(x, weights, *, activation="relu"):
    """`activation(x @ w_in + b_in) @ w_out + b_out`.

    Parameters
    ----------
    x : array_like, shape (..., d_in)
        One row for each position.
    weights : FeedForwardWeights
    activation : {"relu", "gelu", "gelu_tanh", "swish"}

    Returns
    -------
    ndarray, shape (..., d_out)

    Raises
    ------
    ValueError
        If shapes disagree, or the activation is unknown.

    References
    ----------
    Vaswani et al. (2017), eq. 2.
    """
    function, _ = _activation(activation)
    hidden = function(linear_map(x, weights.w_in, weights.b_in))
    return linear_map(hidden, weights.w_out, weights.b_out)


def feed_forward_vjp(x, weights, d_out, *, activation="relu"):
    """Gradients of a loss in x and weights, from its gradient in the output of `feed_forward`.

    Parameters
    ----------
    x, weights, activation
        As given to `feed_forward`.
    d_out : array_like, shape (..., d_out)
        Gradient of the loss with respect to the output.

    Returns
    -------
    d_x : ndarray, same shape as x
    d_weights : FeedForwardWeights
        None where the layer has no bias.

    Raises
    ------
    ValueError
        If shapes disagree, or the activation is unknown.
    """
    function, function_vjp = _activation(activation)
    before = linear_map(x, weights.w_in, weights.b_in)
    d_hidden, d_w_out, d_b_out = linear_map_vjp(
        function(before), weights.w_out, weights.b_out, d_out
    )
    d_before = function_vjp(before, d_hidden)
    d_x, d_w_in, d_b_in = linear_map_vjp(x, weights.w_in, weights.b_in, d_before)
    return d_x, FeedForwardWeights(d_w_in, d_b_in, d_w_out, d_b_out)


def gated_feed_forward(x, weights, *, alpha=1.0):
    """`swiglu(x @ w_gate, x @ w_value) @ w_out`.

    Parameters
    ----------
    x : array_like, shape (..., d_in)
        One row for each position.
    weights : GatedFeedForwardWeights
    alpha : float
        Steepness of the gate, as in `swish`.

    Returns
    -------
    ndarray, shape (..., d_out)

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Shazeer (2020), eq. 6.
    """
    gate, value = linear_map(x, weights.w_gate), linear_map(x, weights.w_value)
    return linear_map(swiglu(gate, value, alpha=alpha), weights.w_out)


def gated_feed_forward_vjp(x, weights, d_out, *, alpha=1.0):
    """Gradients of a loss in x and weights, given its gradient in `gated_feed_forward`.

    Parameters
    ----------
    x, weights, alpha
        As given to `gated_feed_forward`.
    d_out : array_like, shape (..., d_out)
        Gradient of the loss with respect to the output.

    Returns
    -------
    d_x : ndarray, same shape as x
    d_weights : GatedFeedForwardWeights

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    gate, value = linear_map(x, weights.w_gate), linear_map(x, weights.w_value)
    hidden = swiglu(gate, value, alpha=alpha)
    d_hidden, d_w_out, _ = linear_map_vjp(hidden, weights.w_out, None, d_out)
    d_gate, d_value = swiglu_vjp(gate, value, d_hidden, alpha=alpha)
    d_x_gate, d_w_gate, _ = linear_map_vjp(x, weights.w_gate, None, d_gate)
    d_x_value, d_w_value, _ = linear_map_vjp(x, weights.w_value, None, d_value)
    return d_x_gate + d_x_value, GatedFeedForwardWeights(d_w_gate, d_w_value, d_w_out)


def _activation(name):
    if name not in ACTIVATIONS:
        raise ValueError(
            f"activation is {name!r}; expected one of {', '.join(ACTIVATIONS)}. "
            "Choose one by its name."
        )
    return ACTIVATIONS[name]
