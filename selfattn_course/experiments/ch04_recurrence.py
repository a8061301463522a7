"""What the recurrence chapter measures, beside its gradients and its races.

Those are in `gradient_reach`, `marked_symbols` and `seasonal`. Where chance is involved, `rng` is
a seed or a `numpy.random.Generator`.
"""

import inspect
import io
import statistics
import time
import tokenize

import numpy as np

from ..kernels import (
    LSTMWeights,
    RNNWeights,
    attention,
    causal_convolution,
    causal_mask,
    lstm,
    lstm_trace,
    rnn,
)
from ..kernels.cost import cache_bytes, decoding_step_cost, lstm_cost, rnn_cost

OPENING, CLOSING = "([{", ")]}"


def bracket_depth(source=None):
    """How deep in brackets a program is, after each of its brackets.

    Parameters
    ----------
    source : str, optional
        Python code; the standard library's `statistics` if not given.

    Returns
    -------
    dict of str to ndarray, shape (n_brackets,)
        "line", where each bracket stands, and "depth" after it.
    """
    source = inspect.getsource(statistics) if source is None else source
    lines, depths, depth = [], [], 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.OP and token.string in OPENING + CLOSING:
            depth += 1 if token.string in OPENING else -1
            lines.append(token.start[0])
            depths.append(depth)
    return {"line": np.array(lines), "depth": np.array(depths)}


def scalar_example(*, x=(1.0, 0.0, 0.0, 0.0), w_x=1.0, w_h=0.8, b=0.0):
    """A recurrent network with one number as its state, forwards and backwards.

    Parameters
    ----------
    x : tuple of float
        n inputs.
    w_x, w_h, b : float
        The weights.

    Returns
    -------
    dict of str to ndarray, shape (n,)
        "x", "sum" before tanh, state "h", "slope" of tanh, "factor", by which a gradient is
        multiplied on its way from this state to the one before, and "d_h", the gradient of the
        last state in this one.
    """
    sums, states, h = [], [], 0.0
    for value in x:
        sums.append(w_x * value + w_h * h + b)
        h = np.tanh(sums[-1])
        states.append(h)
    slope = 1 - np.array(states) ** 2
    factor, d_h = slope * w_h, np.ones(len(x))
    for t in range(len(x) - 1, 0, -1):
        d_h[t - 1] = d_h[t] * factor[t]
    return {
        "x": np.array(x),
        "sum": np.array(sums),
        "h": np.array(states),
        "slope": slope,
        "factor": factor,
        "d_h": d_h,
    }


def rnn_graph(n):
    """Who needs whom in a recurrent layer of n steps.

    Parameters
    ----------
    n : int

    Returns
    -------
    dict of str to list of str
        What each vector is computed from; inputs are "x0", "x1", ..., outputs "y0", ...
    """
    return {f"y{t}": [f"x{t}"] + ([f"y{t - 1}"] if t else []) for t in range(n)}


def attention_graph(n):
    """Who needs whom in one layer of causal attention.

    Parameters
    ----------
    n : int

    Returns
    -------
    dict of str to list of str
        As in `rnn_graph`. Each token makes "q", "k", "v"; weights "p" need queries and keys.
    """
    graph = {f"{name}{t}": [f"x{t}"] for t in range(n) for name in "qkv"}
    for t in range(n):
        graph[f"p{t}"] = [f"q{t}"] + [f"k{s}" for s in range(t + 1)]
        graph[f"y{t}"] = [f"p{t}"] + [f"v{s}" for s in range(t + 1)]
    return graph


def convolution_graph(n, *, window=3):
    """Who needs whom in causal convolutions, as many as the last output needs to see all inputs.

    Parameters
    ----------
    n : int
    window : int
        Each vector is computed from those of this many steps, up to its own.

    Returns
    -------
    dict of str to list of str
        As in `rnn_graph`.
    """
    n_layers = max(1, -(-(n - 1) // (window - 1)))
    graph = {}
    for layer in range(n_layers):
        before = "x" if layer == 0 else f"layer {layer} at "
        name = "y" if layer == n_layers - 1 else f"layer {layer + 1} at "
        for t in range(n):
            graph[f"{name}{t}"] = [f"{before}{s}" for s in range(max(0, t - window + 1), t + 1)]
    return graph


def steps_and_paths(*, lengths=(2, 4, 8, 16, 32, 64)):
    """Longest chain of steps that wait for each other, and shortest way of a signal, by length.

    Parameters
    ----------
    lengths : tuple of int

    Returns
    -------
    dict of str to dict of str to ndarray, shape (len(lengths),)
        By layer: "steps", the longest chain up to the last output, and "path", the number of
        steps on the shortest way from the first input to the last output.
    """
    graphs = {"RNN": rnn_graph, "convolution": convolution_graph, "attention": attention_graph}
    return {
        name: {
            "steps": np.array([_distances(make(n), max)[f"y{n - 1}"] for n in lengths]),
            "path": np.array([_distances(make(n), min, start="x0")[f"y{n - 1}"] for n in lengths]),
        }
        for name, make in graphs.items()
    }


def wall_times(*, lengths=(32, 64, 128, 256, 512, 1024), d=64, repeats=7, rng=0):
    """Time of a recurrent layer and of causal attention on this machine, projections included.

    Parameters
    ----------
    lengths : tuple of int
        Lengths of one sequence.
    d : int
        Size of tokens and states.
    repeats : int
        Runs of each.
    rng : int or Generator
        Source of tokens and weights.

    Returns
    -------
    dict of str to ndarray, shape (len(lengths), repeats)
        Milliseconds.
    """
    rng = np.random.default_rng(rng)
    w = rng.normal(size=(4, d, d)).astype(np.float32) / np.float32(np.sqrt(d))
    weights = RNNWeights(w[0], w[1], np.zeros(d, np.float32))
    times = {"RNN": [], "attention": []}
    for n in lengths:
        x, mask = rng.normal(size=(n, d)).astype(np.float32), causal_mask(n)
        layers = {
            "RNN": lambda x=x: rnn(x, weights),
            "attention": lambda x=x, m=mask: attention(x @ w[0], x @ w[1], x @ w[2], m) @ w[3],
        }
        for name, layer in layers.items():
            layer()  # the first run also fetches code and memory
            times[name].append([_time_ms(layer) for _ in range(repeats)])
    return {name: np.array(rows) for name, rows in times.items()}


def memory_of_the_past(*, lengths=tuple(2**p for p in range(0, 21, 2)), d=512, itemsize=4):
    """Bytes that stand for the tokens read so far, in one layer, and the work for one more.

    Parameters
    ----------
    lengths : tuple of int
        Tokens read.
    d : int
        Size of tokens and states.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    dict of str to dict of str to ndarray, shape (len(lengths),)
        By layer: "bytes", and "multiply_adds" for the next token, projections included.
    """
    steps = {"RNN": rnn_cost(1, d, d), "LSTM": lstm_cost(1, d, d)}
    held = {"RNN": d * itemsize, "LSTM": 2 * d * itemsize}
    table = {
        name: {
            "bytes": np.full(len(lengths), held[name]),
            "multiply_adds": np.full(len(lengths), step.multiply_adds),
        }
        for name, step in steps.items()
    }
    table["attention"] = {
        "bytes": np.array([cache_bytes(n, 1, d, itemsize=itemsize) for n in lengths]),
        "multiply_adds": np.array([decoding_step_cost(n, d, 1).multiply_adds for n in lengths]),
    }
    return table


def traditional_layers(*, d=16, rng=0):
    """A convolution, a plain recurrent layer and an LSTM with random weights.

    Parameters
    ----------
    d : int
        Size of inputs and states.
    rng : int or Generator
        Source of the weights.

    Returns
    -------
    dict of str to callable
        Each takes an ndarray of shape (n, d) and returns another.
    """
    rng = np.random.default_rng(rng)
    kernel = rng.normal(size=(3, d))
    w_rnn = rng.normal(size=(2, d, d)) / np.sqrt(d)
    w_lstm = rng.normal(size=(2, d, 4 * d)) / np.sqrt(d)
    rnn_weights = RNNWeights(*w_rnn, np.zeros(d))
    lstm_weights = LSTMWeights(*w_lstm, np.zeros(4 * d))
    return {
        "convolution": lambda x: causal_convolution(x, kernel),
        "RNN": lambda x: rnn(x, rnn_weights),
        "LSTM": lambda x: lstm(x, lstm_weights),
    }


def forget_gate_range(*, n=12, d=16, rng=0):
    """Lowest and highest forget gate of a random LSTM on random inputs.

    Parameters
    ----------
    n, d : int
        Steps, and size of inputs and states.
    rng : int or Generator
        Source of weights and inputs.

    Returns
    -------
    tuple of float
    """
    rng = np.random.default_rng(rng)
    weights = LSTMWeights(*rng.normal(size=(2, d, 4 * d)) / np.sqrt(d), np.zeros(4 * d))
    forget = lstm_trace(rng.normal(size=(n, d)), weights).gates[1]
    return float(forget.min()), float(forget.max())


def superposition_error(layer, *, n=12, d=16, rng=0):
    """How far a layer is from linear: f(x + y) against f(x) + f(y) - f(0).

    Parameters
    ----------
    layer : callable
        Takes an ndarray of shape (n, d), returns an ndarray.
    n, d : int
        Sizes of the inputs.
    rng : int or Generator
        Source of the inputs.

    Returns
    -------
    float
        Length of the difference, divided by that of f(x + y) - f(0); 0 for a linear layer, even
        with a bias.
    """
    x, y = np.random.default_rng(rng).normal(size=(2, n, d))
    zero = layer(np.zeros((n, d)))
    whole = layer(x + y) - zero
    parts = layer(x) + layer(y) - 2 * zero
    return float(np.linalg.norm(whole - parts) / np.linalg.norm(whole))


def _distances(graph, choose, start=None):
    """Steps from the inputs to every vector: the most (max) or the fewest (min).

    With a start, only ways that begin there count. Vectors come after those they need.
    """
    far = np.inf if choose is min else 0
    found = {}
    for vector, needed in graph.items():
        before = [found.get(name, 0 if start in (None, name) else far) for name in needed]
        found[vector] = choose(before) + 1
    return found


def _time_ms(function):
    start = time.perf_counter()
    function()
    return 1000 * (time.perf_counter() - start)
