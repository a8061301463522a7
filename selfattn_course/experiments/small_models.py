"""Models of about a thousand numbers, which a page can train: one layer and a linear readout."""

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
    linear_map,
    linear_map_vjp,
    list_arrays,
    lstm_trace,
    lstm_vjp,
    map_arrays,
    rnn_trace,
    rnn_vjp,
    sinusoidal_positions,
)

RECURRENT = {
    RNNWeights: (rnn_trace, rnn_vjp),
    LSTMWeights: (lstm_trace, lstm_vjp),
    GRUWeights: (gru_trace, gru_vjp),
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
    out, _ = _layer_trace(model.layer, x, n_answers)
    return linear_map(out, model.w, model.b)


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
    q, k, _, _, _ = _projected(model.layer, x, 1)
    return attention_weights(q, k)[:, 0]


def train(model, draw, loss_gradient, *, n_steps, learning_rate, watch=None, every=20):
    """Train with Adam on sequences drawn afresh at each step.

    The gradient is shortened to length 1 where it is longer.

    Parameters
    ----------
    model : Model
        Where to start.
    draw : callable
        `draw()` gives a batch: sequences (batch, n, d_in), and targets.
    loss_gradient : callable
        `loss_gradient(answers, targets)` is the gradient of the loss in the answers, which
        are those of as many last steps as the targets have columns.
    n_steps : int
        How many batches.
    learning_rate : float
        Of Adam.
    watch : callable, optional
        `watch(model)` is noted after every `every` steps.
    every : int
        See `watch`.

    Returns
    -------
    model : Model
        After the last step.
    notes : list
        What `watch` returned.
    """
    state, notes = adam_start(model), []
    for step in range(1, n_steps + 1):
        x, targets = draw()
        gradient = _model_gradient(model, x, targets, loss_gradient)
        length = np.sqrt(sum(np.vdot(g, g) for g in list_arrays(gradient)))
        shrink = np.float32(1 / max(1.0, length))
        gradient = map_arrays(lambda g, shrink=shrink: g * shrink, gradient)
        model, state = adam_step(model, gradient, state, learning_rate=learning_rate)
        if watch and step % every == 0:
            notes.append(watch(model))
    return model, notes


def _model_gradient(model, x, targets, loss_gradient):
    out, trace = _layer_trace(model.layer, x, targets.shape[1])
    d_answers = loss_gradient(linear_map(out, model.w, model.b), targets)
    d_out, d_w, d_b = linear_map_vjp(out, model.w, model.b, d_answers)
    return Model(_layer_gradient(model.layer, x, trace, d_out), d_w, d_b)


def _layer_trace(layer, x, n_answers):
    """Output of a layer at the last steps, and what its gradient needs."""
    if isinstance(layer, AttentionWeights):
        q, k, v, tokens, mask = _projected(layer, x, n_answers)
        return attention(q, k, v, mask), (q, k, v, tokens, mask)
    trace = RECURRENT[type(layer)][0](x, layer)
    return trace.out[:, -n_answers:], trace


def _projected(layer, x, n_answers):
    n, d = x.shape[1], layer.w_q.shape[0]
    tokens = x @ layer.embed + sinusoidal_positions(np.arange(n), d, dtype=x.dtype)
    mask = None if n_answers == 1 else causal_mask(n_answers, n, offset=n - n_answers)
    q = tokens[:, -n_answers:] @ layer.w_q
    return q, tokens @ layer.w_k, tokens @ layer.w_v, tokens, mask


def _layer_gradient(layer, x, trace, d_out):
    if isinstance(layer, AttentionWeights):
        return _attention_gradient(layer, x, trace, d_out)
    d_all = np.zeros_like(trace.out)
    d_all[:, -d_out.shape[1] :] = d_out
    return RECURRENT[type(layer)][1](trace, d_all)[1]


def _attention_gradient(layer, x, trace, d_out):
    q, k, v, tokens, mask = trace
    dq, dk, dv = attention_vjp(q, k, v, d_out, mask)
    asking = tokens[:, -q.shape[1] :]
    d_tokens = dk @ layer.w_k.T + dv @ layer.w_v.T
    d_tokens[:, -q.shape[1] :] += dq @ layer.w_q.T
    return AttentionWeights(
        embed=_summed(x, d_tokens),
        w_q=_summed(asking, dq),
        w_k=_summed(tokens, dk),
        w_v=_summed(tokens, dv),
    )


def _summed(x, d_out):
    """Gradient in w of x @ w, over all sequences and steps."""
    return x.reshape(-1, x.shape[-1]).T @ d_out.reshape(-1, d_out.shape[-1])
