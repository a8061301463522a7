"""How much of a gradient arrives, after how many steps: measured for several layers."""

from functools import cache

import numpy as np

from ..kernels import (
    LSTMWeights,
    RNNWeights,
    attention_vjp,
    lstm_trace,
    lstm_vjp,
    rnn_trace,
    rnn_vjp,
)

LAGS = 101  # distances 0 to 100


def random_orthogonal(d, *, rng):
    """A random matrix that changes no length.

    Parameters
    ----------
    d : int
        Rows and columns.
    rng : int or Generator
        Source of the matrix.

    Returns
    -------
    ndarray, shape (d, d)
    """
    q, r = np.linalg.qr(np.random.default_rng(rng).normal(size=(d, d)))
    return q * np.sign(np.diag(r))  # without the signs some matrices would be more likely


def linear_reach(rho, *, n=LAGS, d=32, rng=0):
    """Length of a gradient sent back through h_t = h_(t-1) @ (rho times an orthogonal matrix).

    Parameters
    ----------
    rho : float
        Factor of every singular value.
    n, d : int
        Number of distances, from 0 on, and size of the state.
    rng : int or Generator
        Source of the matrix and of the gradient, which starts with length 1.

    Returns
    -------
    ndarray, shape (n,)
        By distance.
    """
    rng = np.random.default_rng(rng)
    w_h, gradient = rho * random_orthogonal(d, rng=rng), _directions(1, d, rng)[0]
    lengths = []
    for _ in range(n):
        lengths.append(np.linalg.norm(gradient))
        gradient = w_h @ gradient  # backwards: the transpose of h @ w_h
    return np.array(lengths)


def rnn_reach(rho, *, n=LAGS, d=32, batch=32, input_std=0.3, rng=0):
    """Length of the gradient of the last state of a tanh RNN in the input `lag` steps earlier.

    Parameters
    ----------
    rho : float
        The recurrent matrix is rho times an orthogonal one; inputs enter as they are.
    n, d, batch : int
        Steps, size of the state, and number of sequences.
    input_std : float
        Standard deviation of the inputs, which are normal.
    rng : int or Generator
        Source of everything random.

    Returns
    -------
    ndarray, shape (batch, n)
        By sequence and distance; the gradient starts with length 1.
    """
    rng = np.random.default_rng(rng)
    weights = RNNWeights(np.eye(d), rho * random_orthogonal(d, rng=rng), np.zeros(d))
    x = input_std * rng.normal(size=(batch, n, d))
    trace = rnn_trace(x, weights)
    d_x, _, _ = rnn_vjp(trace, _at_the_end(trace.out, _directions(batch, d, rng)))
    return _by_distance(d_x)


def lstm_reach(forget_bias, *, n=LAGS, d=32, batch=32, weight_std=0.05, rng=0):
    """Length of the gradient of the last cell state of an LSTM in the cell state before.

    Parameters
    ----------
    forget_bias : float
        Bias of the forget gate.
    n, d, batch : int
        Steps, size of the state, and number of sequences.
    weight_std : float
        Standard deviation of all weights; 0 leaves nothing but the biases.
    rng : int or Generator
        Source of everything random.

    Returns
    -------
    ndarray, shape (batch, n)
        By sequence and distance; the gradient starts with length 1.
    """
    rng = np.random.default_rng(rng)
    b = np.zeros(4 * d)
    b[d : 2 * d] = forget_bias
    w_x, w_h = weight_std * rng.normal(size=(2, d, 4 * d))
    x, start = rng.normal(size=(batch, n, d)), _directions(batch, d, rng)
    weights = LSTMWeights(w_x, w_h, b)
    trace = lstm_trace(x, weights)
    d_h, d_c, lengths = np.zeros((batch, d)), start, [np.ones(batch)]
    for t in range(n - 1, 0, -1):
        before = trace.out[:, t - 1], trace.cell_states[:, t - 1]
        step = lstm_trace(x[:, t : t + 1], weights, *before)
        _, _, d_h, d_c = lstm_vjp(step, d_h[:, None], d_c[:, None])
        lengths.append(np.linalg.norm(d_c, axis=-1))
    return np.array(lengths).T


def attention_reach(*, n=LAGS, d=32, batch=32, rng=0):
    """Length of the gradient of the last output of attention in each token before.

    Parameters
    ----------
    n, d, batch : int
        Tokens, their size, and number of sequences.
    rng : int or Generator
        Source of tokens, projections (entries of variance 1 / d), and gradient.

    Returns
    -------
    ndarray, shape (batch, n)
        By sequence and distance, through keys and values; at distance 0 through the query, too.
    """
    rng = np.random.default_rng(rng)
    x = rng.normal(size=(batch, n, d))
    w_q, w_k, w_v = rng.normal(size=(3, d, d)) / np.sqrt(d)
    d_out = _directions(batch, d, rng)[:, None]
    dq, dk, dv = attention_vjp(x[:, -1:] @ w_q, x @ w_k, x @ w_v, d_out)
    d_x = dk @ w_k.T + dv @ w_v.T
    d_x[:, -1:] += dq @ w_q.T
    return _by_distance(d_x)


@cache
def reach_of_all():
    """Typical gradient lengths by distance, for the layers that the chapter compares.

    Returns
    -------
    dict of str to ndarray, shape (3, 101)
        Lowest, middle (median) and highest of 32 sequences.
    """
    measured = {
        "RNN, 0.9": rnn_reach(0.9),
        "RNN, 1.0": rnn_reach(1.0),
        "RNN, 1.5": rnn_reach(1.5),
        "LSTM": lstm_reach(3.0),
        "attention": attention_reach(),
    }
    return {
        name: np.array([lengths.min(axis=0), np.median(lengths, axis=0), lengths.max(axis=0)])
        for name, lengths in measured.items()
    }


def forget_gate_reach(bias, lag):
    """Share of a cell state that a forget gate of constant bias leaves after some steps.

    Parameters
    ----------
    bias : float or ndarray
        The gate is sigmoid(bias).
    lag : int or ndarray
        Steps.

    Returns
    -------
    ndarray
        sigmoid(bias) ** lag
    """
    return (1 / (1 + np.exp(-np.asarray(bias, dtype=float)))) ** lag


def _directions(batch, d, rng):
    """Random gradients of length 1."""
    g = rng.normal(size=(batch, d))
    return g / np.linalg.norm(g, axis=1, keepdims=True)


def _at_the_end(out, gradient):
    d_out = np.zeros_like(out)
    d_out[:, -1] = gradient
    return d_out


def _by_distance(d_x):
    return np.linalg.norm(d_x, axis=-1)[:, ::-1]
