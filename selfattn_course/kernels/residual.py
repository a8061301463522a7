"""A step of a transformer block with its residual and its layer normalization."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .broadcasting import sum_to_shape
from .feed_forward import feed_forward, feed_forward_vjp
from .multihead import multi_head_attention, multi_head_attention_vjp
from .normalization import layer_norm, layer_norm_vjp
from .output_gradient import output_gradient


@dataclass(frozen=True)
class LayerNormWeights:
    """Weights of a layer normalization.

    Parameters
    ----------
    gain : ndarray, shape (d,)
    bias : ndarray, shape (d,)
    """

    gain: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True)
class Step:
    """A function of x, and its backward pass.

    Parameters
    ----------
    forward : callable
        x -> out, of the same shape.
    backward : callable
        x, d_out -> d_x, and a tuple of the gradients of everything else.
    """

    forward: Callable
    backward: Callable


@dataclass(frozen=True)
class ResidualTrace:
    """What the backward pass of a residual step needs from its forward pass.

    Parameters
    ----------
    x : ndarray, shape (..., n, d)
        Input.
    before_norm : ndarray, shape (..., n, d)
        What was normalized: x in pre-norm, x + step(x) in post-norm.
    out : ndarray, shape (..., n, d)
        Output.
    """

    x: np.ndarray
    before_norm: np.ndarray
    out: np.ndarray


def attention_step(weights, n_heads, mask, *, memory=None):
    """Multi-head attention of x to itself, or to `memory` if given.

    Parameters
    ----------
    weights : MultiHeadWeights
    n_heads : int
    mask : array_like of bool, or None
    memory : array_like, shape (..., m, d_memory), optional

    Returns
    -------
    Step
        Its backward pass gives (d_weights,), or (d_memory, d_weights) if memory is given.
    """

    def forward(x):
        return multi_head_attention(x, x if memory is None else memory, weights, n_heads, mask)

    def backward(x, d_out):
        other = x if memory is None else memory
        d_x, d_other, d_weights = multi_head_attention_vjp(x, other, weights, d_out, n_heads, mask)
        return (d_x + d_other, (d_weights,)) if memory is None else (d_x, (d_other, d_weights))

    return Step(forward, backward)


def feed_forward_step(weights, activation):
    """The two-layer network at every position.

    Parameters
    ----------
    weights : FeedForwardWeights
    activation : str

    Returns
    -------
    Step
        Its backward pass gives (d_weights,).
    """

    def backward(x, d_out):
        d_x, d_weights = feed_forward_vjp(x, weights, d_out, activation=activation)
        return d_x, (d_weights,)

    return Step(lambda x: feed_forward(x, weights, activation=activation), backward)


def residual_trace(x, step, norm, *, norm_first, eps):
    """x + step(norm(x)) if norm_first, else norm(x + step(x)).

    Parameters
    ----------
    x : ndarray, shape (..., n, d)
    step : Step
    norm : LayerNormWeights
    norm_first : bool
    eps : float
        Of the normalization.

    Returns
    -------
    ResidualTrace

    Raises
    ------
    ValueError
        If the step changes the number of features, or shapes disagree.

    References
    ----------
    Xiong et al. (2020), table 1.
    """
    given = layer_norm(x, norm.gain, norm.bias, eps=eps) if norm_first else x
    change = step.forward(given)
    if change.shape[-1] != x.shape[-1]:
        raise ValueError(
            f"a step turns {x.shape[-1]} features into {change.shape[-1]}; expected as many as "
            "before, to add them to x. Change the last weights of the step."
        )
    total = x + change
    if norm_first:
        return ResidualTrace(x, x, total)
    return ResidualTrace(x, total, layer_norm(total, norm.gain, norm.bias, eps=eps))


def residual_vjp(trace, step, norm, d_out, *, norm_first, eps):
    """Gradients of a loss from its gradient in the output of a residual step.

    Parameters
    ----------
    trace : ResidualTrace
    step, norm, norm_first, eps
        As given to `residual_trace`.
    d_out : array_like, shape (..., n, d)

    Returns
    -------
    d_x : ndarray, same shape as trace.x
    d_weights : tuple
        What the backward pass of the step gives, and a LayerNormWeights.
    """
    d_out = output_gradient(d_out, trace.out.shape)
    before = trace.before_norm
    if norm_first:
        given = layer_norm(before, norm.gain, norm.bias, eps=eps)
        d_given, d_step = step.backward(given, d_out)
        d_normed, *d_norm = layer_norm_vjp(before, norm.gain, norm.bias, d_given, eps=eps)
        return sum_to_shape(d_out, before.shape) + d_normed, (d_step, LayerNormWeights(*d_norm))
    d_total, *d_norm = layer_norm_vjp(before, norm.gain, norm.bias, d_out, eps=eps)
    d_given, d_step = step.backward(trace.x, d_total)
    return sum_to_shape(d_total, trace.x.shape) + d_given, (d_step, LayerNormWeights(*d_norm))
