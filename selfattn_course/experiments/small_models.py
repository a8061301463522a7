"""Models of about a thousand numbers, which a page can train: one layer and a linear readout.

Steps of such small models cost more in calls than in arithmetic. So several are trained side by
side: their arrays are stacked along a new first axis, and recurrent layers become one layer with
block-diagonal matrices, in which no model touches another.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..kernels import (
    GRUWeights,
    LSTMWeights,
    RNNWeights,
    adam_start,
    adam_step,
    attention,
    attention_vjp,
    attention_weights,
    causal_mask,
    gru_trace,
    gru_vjp,
    list_arrays,
    lstm_trace,
    lstm_vjp,
    map_arrays,
    rnn_trace,
    rnn_vjp,
    sinusoidal_positions,
)

RECURRENT = {  # forwards, backwards, and how many blocks of columns the matrices have
    RNNWeights: (rnn_trace, rnn_vjp, 1),
    LSTMWeights: (lstm_trace, lstm_vjp, 4),
    GRUWeights: (gru_trace, gru_vjp, 3),
}


@dataclass(frozen=True)
class AttentionWeights:
    """One causal head of attention over embedded inputs with sinusoidal positions."""

    embed: np.ndarray  # (d_in, d)
    w_q: np.ndarray  # (d, d), and so are the next two
    w_k: np.ndarray
    w_v: np.ndarray


@dataclass(frozen=True)
class Model:
    """A layer, and the linear map that reads its output."""

    layer: Any
    w: np.ndarray  # (d, n_classes)
    b: np.ndarray  # (n_classes,)


def new_model(kind, width, d_in, d_out, *, rng, forget_bias=1.0):
    """Random weights, ready to be trained.

    Parameters
    ----------
    kind : str
        "RNN", "LSTM", "GRU" or "attention".
    width : int
        Size of the state, or of queries, keys and values; even for attention.
    d_in, d_out : int
        Features of an input and numbers in an answer.
    rng : Generator
        Source of the weights.
    forget_bias : float
        Bias of the LSTM's forget gate.

    Returns
    -------
    Model
        In float32. Entries have variance 1 / (rows of their matrix); biases are 0.
    """

    def matrix(rows, columns):
        return (rng.normal(size=(rows, columns)) / np.sqrt(rows)).astype(np.float32)

    def zeros(size):
        return np.zeros(size, np.float32)

    if kind == "attention":
        squares = (matrix(width, width) for _ in range(3))
        layer = AttentionWeights(matrix(d_in, width), *squares)
    elif kind == "RNN":
        layer = RNNWeights(matrix(d_in, width), matrix(width, width), zeros(width))
    elif kind == "GRU":
        gates = 3 * width
        layer = GRUWeights(matrix(d_in, gates), matrix(width, gates), zeros(gates), zeros(gates))
    else:
        b = zeros(4 * width)
        b[width : 2 * width] = forget_bias
        layer = LSTMWeights(matrix(d_in, 4 * width), matrix(width, 4 * width), b)
    return Model(layer, matrix(width, d_out), zeros(d_out))


def n_weights(model):
    """How many numbers training may change.

    Parameters
    ----------
    model : Model

    Returns
    -------
    int
    """
    return sum(array.size for array in list_arrays(model))


def answers(model, x, *, n_answers=1):
    """What the model says at the last steps.

    Parameters
    ----------
    model : Model
    x : ndarray, shape (batch, n, d_in)
        Sequences.
    n_answers : int
        How many of the last steps are asked.

    Returns
    -------
    ndarray, shape (batch, n_answers, d_out)
    """
    stack = _stacked([model])
    out, _ = _layer_trace(stack.layer, x[None], n_answers)
    return _read(stack, out)[0]


def last_weights(model, x):
    """Attention weights of the last step of each sequence.

    Parameters
    ----------
    model : Model
        With a layer of attention.
    x : ndarray, shape (batch, n, d_in)
        Sequences.

    Returns
    -------
    ndarray, shape (batch, n)
    """
    q, k, _, _, _ = _projected(_stacked([model]).layer, x[None], 1)
    return attention_weights(q, k)[0, :, 0]


def train(model, draw, loss_gradient, *, n_steps, learning_rate):
    """Train one model with Adam on sequences drawn afresh at each step.

    Parameters
    ----------
    model, draw, loss_gradient, n_steps, learning_rate
        As in `train_side_by_side`, for one model.

    Returns
    -------
    Model
        After the last step.
    """
    trained, _ = train_side_by_side(
        [model], [draw], loss_gradient, n_steps=n_steps, learning_rates=[learning_rate]
    )
    return trained[0]


def train_side_by_side(
    models, draws, loss_gradient, *, n_steps, learning_rates, watch=None, every=20
):
    """Train models of one kind and size with Adam, each on its own sequences.

    The gradient of each model is shortened to length 1 where it is longer. No model influences
    another: each becomes what it would become alone, but for rounding.

    Parameters
    ----------
    models : list of Model
        Where to start.
    draws : list of callable
        `draw()` gives a batch: sequences (batch, n, d_in), and targets.
    loss_gradient : callable
        `loss_gradient(answers, targets)` is the gradient of a model's loss in its answers, which
        are those of as many last steps as the targets have columns.
    n_steps : int
        How many batches for each.
    learning_rates : list of float
        Of Adam.
    watch : callable, optional
        `watch(model)` is noted for every model after every `every` steps.
    every : int
        See `watch`.

    Returns
    -------
    models : list of Model
        After the last step.
    notes : list of list
        What `watch` returned, for each model.
    """
    stack, notes = _stacked(models), [[] for _ in models]
    numbers = _as_rows(stack)
    states = [adam_start(row) for row in numbers]
    for step in range(1, n_steps + 1):
        x, targets = (np.stack(parts) for parts in zip(*(draw() for draw in draws), strict=True))
        gradients = _as_rows(_gradient(stack, x, targets, loss_gradient))
        for k, (row, g, rate) in enumerate(zip(numbers, gradients, learning_rates, strict=True)):
            g /= max(1.0, float(np.sqrt(np.vdot(g, g))))
            numbers[k], states[k] = adam_step(row, g, states[k], learning_rate=float(rate))
        stack = _from_rows(numbers, stack)
        if watch and step % every == 0:
            for k, noted in enumerate(notes):
                noted.append(watch(_one_of(stack, k)))
    return [_one_of(stack, k) for k in range(len(models))], notes


# Below, arrays of several models are stacked: weights (models, ...), sequences
# (models, batch, n, features).


def _stacked(models):
    return map_arrays(lambda *arrays: np.stack(arrays), *models)


def _one_of(stack, k):
    return map_arrays(lambda array: array[k].copy(), stack)


def _as_rows(stack):
    """All numbers of each model in one row."""
    arrays = list_arrays(stack)
    return np.concatenate([array.reshape(len(array), -1) for array in arrays], axis=1)


def _from_rows(rows, like):
    """The stack that `_as_rows` made rows of, without a copy."""
    ends = np.cumsum([array[0].size for array in list_arrays(like)])
    parts = iter(np.split(rows, ends, axis=1))
    return map_arrays(lambda array: next(parts).reshape(array.shape), like)


def _gradient(stack, x, targets, loss_gradient):
    out, trace = _layer_trace(stack.layer, x, targets.shape[2])
    said = _read(stack, out)
    d_said = np.stack([loss_gradient(*pair) for pair in zip(said, targets, strict=True)])
    d_out = _times(d_said, stack.w.swapaxes(1, 2))
    d_layer = _layer_gradient(stack.layer, x, trace, d_out)
    return Model(d_layer, _summed(out, d_said), d_said.sum(axis=(1, 2)))


def _read(stack, out):
    return _times(out, stack.w) + stack.b[:, None, None]


def _layer_trace(layer, x, n_answers):
    """Output of a layer at the last steps, and what its gradient needs."""
    if isinstance(layer, AttentionWeights):
        q, k, v, tokens, mask = _projected(layer, x, n_answers)
        return attention(q, k, v, mask), (q, k, v, tokens, mask)
    forwards, _, n_blocks = RECURRENT[type(layer)]
    trace = forwards(_joined(x), map_arrays(lambda w: _diagonal(w, n_blocks), layer))
    return _parted(trace.out[:, -n_answers:], len(x)), trace


def _projected(layer, x, n_answers):
    n, d = x.shape[2], layer.w_q.shape[-1]
    tokens = _times(x, layer.embed) + sinusoidal_positions(np.arange(n), d, dtype=x.dtype)
    mask = None if n_answers == 1 else causal_mask(n_answers, n, offset=n - n_answers)
    q = _times(tokens[:, :, -n_answers:], layer.w_q)
    return q, _times(tokens, layer.w_k), _times(tokens, layer.w_v), tokens, mask


def _layer_gradient(layer, x, trace, d_out):
    if isinstance(layer, AttentionWeights):
        return _attention_gradient(layer, x, trace, d_out)
    _, backwards, n_blocks = RECURRENT[type(layer)]
    d_all = np.zeros_like(trace.out)
    d_all[:, -d_out.shape[2] :] = _joined(d_out)
    d_layer = backwards(trace, d_all)[1]
    return map_arrays(lambda w: _blocks_of(w, n_blocks, len(x)), d_layer)


def _attention_gradient(layer, x, trace, d_out):
    q, k, v, tokens, mask = trace
    dq, dk, dv = attention_vjp(q, k, v, d_out, mask)
    asking = tokens[:, :, -q.shape[2] :]
    d_tokens = _times(dk, layer.w_k.swapaxes(1, 2)) + _times(dv, layer.w_v.swapaxes(1, 2))
    d_tokens[:, :, -q.shape[2] :] += _times(dq, layer.w_q.swapaxes(1, 2))
    return AttentionWeights(
        embed=_summed(x, d_tokens),
        w_q=_summed(asking, dq),
        w_k=_summed(tokens, dk),
        w_v=_summed(tokens, dv),
    )


def _times(x, w):
    """x @ w, model by model."""
    rows = x.reshape(len(x), -1, x.shape[-1])
    return (rows @ w).reshape(*x.shape[:-1], w.shape[-1])


def _summed(x, d_out):
    """Gradient in w of `_times(x, w)`, over all sequences and steps."""
    rows = x.reshape(len(x), -1, x.shape[-1])
    return rows.swapaxes(1, 2) @ d_out.reshape(len(x), -1, d_out.shape[-1])


def _joined(x):
    """Features of all models side by side: (batch, n, models * features)."""
    return np.moveaxis(x, 0, 2).reshape(*x.shape[1:3], -1)


def _parted(x, n_models):
    """What `_joined` made one."""
    return np.moveaxis(x.reshape(*x.shape[:2], n_models, -1), 2, 0)


def _diagonal(w, n_blocks):
    """Weights of all models as those of one layer that keeps them apart.

    Matrices (models, rows, n_blocks * d) become (models * rows, n_blocks * models * d) with zeros
    between models; biases (models, n_blocks * d) become one.
    """
    each = np.arange(len(w))
    w = w.reshape(*w.shape[:-1], n_blocks, -1)
    if w.ndim == 3:
        return w.swapaxes(0, 1).reshape(-1)
    n_models, n_rows, _, d = w.shape
    together = np.zeros((n_models, n_rows, n_blocks, n_models, d), w.dtype)
    together[each, :, :, each] = w
    return together.reshape(n_models * n_rows, -1)


def _blocks_of(w, n_blocks, n_models):
    """What `_diagonal` put on the diagonal."""
    if w.ndim == 1:
        return w.reshape(n_blocks, n_models, -1).swapaxes(0, 1).reshape(n_models, -1)
    each, n_rows = np.arange(n_models), len(w) // n_models
    together = w.reshape(n_models, n_rows, n_blocks, n_models, -1)
    return together[each, :, :, each].reshape(n_models, n_rows, -1)
