"""What the recurrent layers share: their checks, time as the first axis, the sigmoid."""

from dataclasses import dataclass, fields
from math import prod
from typing import Any

import numpy as np

from .broadcasting import sum_to_shape
from .inputs import float_array


@dataclass(frozen=True)
class LayerInputs:
    """Inputs of a recurrent layer: checked, in one dtype, time first, leading axes as one.

    Parameters
    ----------
    x : ndarray, shape (n, batch, d_in)
        One step is one block of memory.
    weights : RNNWeights, GRUWeights or LSTMWeights
        Weights of the layer.
    starts : tuple of ndarray, shape (batch, d_h)
        Initial states, zeros where none was given.
    lead : tuple of int
        The leading axes (...) of the output.
    shapes : tuple of tuple of int
        Shapes as given, of x and of each initial state.
    """

    x: np.ndarray
    weights: Any
    starts: tuple
    lead: tuple
    shapes: tuple


def require(record, kind, name):
    """A TypeError unless `record` is exactly of this kind: a relative of it would go wrong."""
    if type(record) is not kind:
        raise TypeError(
            f"{name} is of type {type(record).__name__}; expected {kind.__name__}. "
            f"Use the functions that go with your {name}."
        )


def layer_inputs(x, weights, kind, n_gates, **states):
    """Check and arrange the inputs of a layer; a state that is None becomes zeros."""
    require(weights, kind, "weights")
    x = float_array(x, "x")
    if x.ndim < 2:
        raise ValueError(
            f"x has shape {x.shape}; expected (..., n, d_in). "
            "Write one sequence of numbers as a column: x[:, None]."
        )
    arrays = {f.name: float_array(getattr(weights, f.name), f.name) for f in fields(weights)}
    d_h = _checked_width(arrays, x.shape[-1], n_gates)
    given = {name: float_array(s, name) for name, s in states.items() if s is not None}
    lead = _checked_lead(x.shape, given, d_h)
    dtype = np.result_type(x, *arrays.values(), *given.values())
    zeros = np.zeros((*lead, d_h), dtype)
    starts = [given.get(name, zeros) for name in states]
    return LayerInputs(
        x=time_first(x.astype(dtype, copy=False), lead),
        weights=kind(**{k: a.astype(dtype, copy=False) for k, a in arrays.items()}),
        starts=tuple(np.broadcast_to(s, zeros.shape).reshape(prod(lead), d_h) for s in starts),
        lead=lead,
        shapes=(x.shape, *(s.shape for s in starts)),
    )


def time_first(x, lead):
    """(..., n, d) as contiguous (n, batch, d)."""
    n, d = x.shape[-2:]
    x = np.broadcast_to(x, (*lead, n, d)).reshape(prod(lead), n, d)
    return np.ascontiguousarray(x.transpose(1, 0, 2))


def time_second_to_last(steps, lead):
    """(n, batch, d) as (..., n, d), without a copy."""
    n, _, d = steps.shape
    return np.moveaxis(steps.reshape(n, *lead, d), 0, -2)


def flat(steps):
    """All steps of all sequences as the rows of one matrix, without a copy."""
    return steps.reshape(prod(steps.shape[:-1]), steps.shape[-1])


def from_start(inputs, index=0):
    """Room for the initial state, which is filled in, and for the state after every step."""
    start = inputs.starts[index]
    states = np.empty((len(inputs.x) + 1, *start.shape), inputs.x.dtype)
    states[0] = start
    return states


def blocks(w, n_blocks):
    """(..., n_blocks * d_h) as views (n_blocks, ..., d_h): one matrix or bias per gate."""
    return np.moveaxis(w.reshape(*w.shape[:-1], n_blocks, w.shape[-1] // n_blocks), -2, 0)


def from_inputs(inputs, n_blocks):
    """x_t @ w_x of all steps before the loop, as (n_blocks, n, batch, d_h).

    Only the part with w_h has to wait its turn. Each gate gets memory of its own: a loop over
    whole blocks of memory is several times faster than one over columns of a wide matrix.
    """
    sums = flat(inputs.x) @ blocks(inputs.weights.w_x, n_blocks)
    return sums.reshape(n_blocks, *inputs.x.shape[:2], sums.shape[-1])


def one_step(gates):
    """Memory for the gates of one step: small, so that what a loop does stays in the cache."""
    return np.empty((gates.shape[0], *gates.shape[2:]), gates.dtype)


def gradient_steps(d_out, out, name="d_out"):
    """The gradient with respect to `out`, checked, in its dtype, time first."""
    d_out = float_array(d_out, name)
    if d_out.shape != out.shape:
        raise ValueError(
            f"{name} has shape {d_out.shape}; expected {out.shape}. "
            "Pass the gradient with respect to every number that came out."
        )
    if not np.can_cast(d_out.dtype, out.dtype, "same_kind"):
        raise TypeError(
            f"{name} has dtype {d_out.dtype} for an output of {out.dtype}; expected a real "
            f"gradient. Pass {name}.real."
        )
    d_out = d_out.astype(out.dtype, copy=False)
    return d_out.reshape(prod(out.shape[:-2]), *out.shape[-2:]).swapaxes(0, 1)


def weight_gradient(steps, d_sums):
    """Gradient in w, from that in steps @ w, as (n_blocks, n, batch, d_h)."""
    rows = flat(steps).T
    return np.concatenate([rows @ flat(d) for d in d_sums], axis=1)


def bias_gradient(d_sums):
    """Gradient in the bias of all steps, from that in the sums it is part of."""
    return np.concatenate([flat(d).sum(axis=0) for d in d_sums])


def input_gradient(d_sums, inputs):
    """Gradient in x as it was given, from that in x @ w_x, as (n_blocks, n, batch, d_h)."""
    first, *others = zip(d_sums, blocks(inputs.weights.w_x, len(d_sums)), strict=True)
    d_x = flat(first[0]) @ first[1].T
    for d, w in others:
        d_x += flat(d) @ w.T
    d_x = d_x.reshape(inputs.x.shape)
    return sum_to_shape(time_second_to_last(d_x, inputs.lead), inputs.shapes[0])


def state_gradient(d_state, inputs, index=0):
    """Gradient in an initial state as it was given, from that of each sequence."""
    d_state = d_state.reshape(*inputs.lead, d_state.shape[-1])
    return sum_to_shape(d_state, inputs.shapes[1 + index])


def transposed(w_h, n_blocks):
    """The blocks of w_h, transposed in memory, too: the loop backwards reads them n times."""
    return np.ascontiguousarray(blocks(w_h, n_blocks).swapaxes(-1, -2))


def to_sigmoid(x):
    """Overwrite x with 1 / (1 + exp(-x)), by way of tanh, which cannot overflow."""
    x *= 0.5
    np.tanh(x, out=x)
    x *= 0.5
    x += 0.5


def _checked_width(arrays, d_in, n_gates):
    w_h = arrays["w_h"]
    d_h = w_h.shape[0] if w_h.ndim else 0
    gates = f"{n_gates} * d_h" if n_gates > 1 else "d_h"
    named = {"w_x": f"(d_in, {gates})", "w_h": f"(d_h, {gates})", "peepholes": "(3, d_h)"}
    sizes = {"w_x": (d_in, n_gates * d_h), "w_h": (d_h, n_gates * d_h), "peepholes": (3, d_h)}
    for name, array in arrays.items():
        expected = sizes.get(name, (n_gates * d_h,))  # the others are biases
        if array.shape != expected:
            raise ValueError(
                f"{name} has shape {array.shape} where x has d_in = {d_in} and w_h has shape "
                f"{w_h.shape}; expected {named.get(name, f'({gates},)')} = {expected}. "
                "Weights act from the right, x @ w_x: transpose those of another library."
            )
    return d_h


def _checked_lead(x_shape, states, d_h):
    lead = x_shape[:-2]
    for name, state in states.items():
        try:
            fits = state.shape[-1:] == (d_h,)
            lead = np.broadcast_shapes(lead, state.shape[:-1])
        except ValueError:
            fits = False
        if not fits:
            raise ValueError(
                f"{name} has shape {state.shape} for x of shape {x_shape}; expected "
                f"(..., {d_h}) with leading axes that broadcast with {x_shape[:-2]}. "
                "Give one state for each sequence, without a time axis."
            )
    return lead
