"""Layers in a few lines each, whose matrix products count every multiply-add as it happens.

They confirm the formulas of `selfattn_course.kernels.cost` without using any of them. Counting
goes number by number, in plain Python: take small sizes.
"""

import numpy as np

from ..kernels import softmax


class CountingProduct:
    """A matrix product that takes note of every multiply-add.

    Call it with matrices of shapes (m, p) and (p, n); the count is in `multiply_adds`.
    """

    def __init__(self):
        self.multiply_adds = 0

    def __call__(self, a, b):
        out = np.zeros((len(a), b.shape[1]))
        for i, j in np.ndindex(out.shape):
            for left, right in zip(a[i], b[:, j], strict=True):
                out[i, j] += left * right
                self.multiply_adds += 1
        return out


def core(q, k, v, *, product):
    """Attention without projections: scores, softmax, weighted sum."""
    return product(softmax(product(q, k.T) / np.sqrt(q.shape[1])), v)


def attention(x, w_q, w_k, w_v, w_o, *, product):
    """Self-attention with its four projections."""
    q, k, v = product(x, w_q), product(x, w_k), product(x, w_v)
    return product(core(q, k, v, product=product), w_o)


def recurrent(x, w_x, w_h, step, *, product):
    """Any recurrent layer: `step` makes a new state of two products and what it remembers."""
    state = memory = np.zeros((1, len(w_h)))
    states = []
    for x_t in x:
        state, memory = step(product(x_t[None], w_x), product(state, w_h), memory)
        states.append(state[0])
    return np.array(states)


def rnn_step(from_input, from_state, memory):
    """New state of a plain recurrent network, which has no memory beside it."""
    return np.tanh(from_input + from_state), memory


def gru_step(from_input, from_state, state):
    """New state of a gated recurrent unit: gates r and z, candidate g."""
    (x_r, x_z, x_g), (h_r, h_z, h_g) = (np.split(a, 3, axis=1) for a in (from_input, from_state))
    r, z = _sigmoid(x_r + h_r), _sigmoid(x_z + h_z)
    state = (1 - z) * np.tanh(x_g + r * h_g) + z * state
    return state, state


def lstm_step(from_input, from_state, cell):
    """New state and cell of a long short-term memory: gates i, f and o, candidate g."""
    i, f, g, o = np.split(from_input + from_state, 4, axis=1)
    cell = _sigmoid(f) * cell + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(cell), cell


def convolution(x, filters, *, product):
    """Every position sees itself and the tokens before it, one matrix for each of them.

    `filters` has shape (width, d_in, d_out); its last matrix belongs to the position itself.
    """
    width = len(filters)
    padded = np.vstack([np.zeros((width - 1, x.shape[1])), x])
    return sum(product(padded[i : i + len(x)], filters[i]) for i in range(width))


def measured_counts(n, d, *, width=3, rng=0):
    """Multiply-adds of every kind of layer, counted while it runs.

    Parameters
    ----------
    n, d : int
        Tokens and features, both small.
    width : int
        Tokens under the filter of the convolution.
    rng : int or Generator
        Source of inputs and weights.

    Returns
    -------
    dict of str to int
        By the names of `ch05_complexity.layer_counts`.
    """
    x, runs = np.random.default_rng(rng).normal(size=(n, d)), layers(d, width=width, rng=rng)
    return {name: _count(layer, x) for name, layer in runs.items()}


def layers(d, *, width=3, rng=0):
    """One layer of every kind with random weights, ready to run.

    Parameters
    ----------
    d : int
        Features.
    width : int
        Tokens under the filter of the convolution.
    rng : int or Generator
        Source of weights.

    Returns
    -------
    dict of str to function
        Each takes x, shape (n, d), and the keyword `product`.
    """
    rng = np.random.default_rng(rng)
    w = rng.normal(size=(4, d, d)) / np.sqrt(d)
    gates = {count: rng.normal(size=(2, d, count * d)) / np.sqrt(d) for count in (1, 3, 4)}
    filters = rng.normal(size=(width, d, d)) / np.sqrt(d)
    return {
        "core": lambda x, *, product: core(x, x, x, product=product),
        "attention": lambda x, *, product: attention(x, *w, product=product),
        "RNN": lambda x, *, product: recurrent(x, *gates[1], rnn_step, product=product),
        "GRU": lambda x, *, product: recurrent(x, *gates[3], gru_step, product=product),
        "LSTM": lambda x, *, product: recurrent(x, *gates[4], lstm_step, product=product),
        "convolution": lambda x, *, product: convolution(x, filters, product=product),
    }


def _count(layer, x):
    product = CountingProduct()
    layer(x, product=product)
    return product.multiply_adds


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))
