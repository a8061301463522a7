"""Memory of attention: measured peaks, the cache of keys and values, and what is kept for later."""

import tracemalloc
from functools import cache

import numpy as np

from ..kernels import attention, tiled_attention
from ..kernels.cost import (
    attention_cost,
    cache_bytes,
    decoding_step_cost,
    multi_head_attention_cost,
    tiled_attention_cost,
)

MEMORY_LENGTHS = (256, 512, 1024, 2048)


def peak_bytes(function, *args):
    """Most memory that a call takes at any one time, on top of its arguments.

    Parameters
    ----------
    function : callable
    *args
        Passed to it.

    Returns
    -------
    int
        As Python's tracemalloc sees it; NumPy reports its arrays there.
    """
    running = tracemalloc.is_tracing()
    if not running:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        function(*args)
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        if not running:
            tracemalloc.stop()


@cache
def peaks(*, lengths=MEMORY_LENGTHS, d=64):
    """Measured peaks of attention with a full matrix of scores, and in tiles.

    Parameters
    ----------
    lengths : tuple of int
        Numbers of tokens.
    d : int
        Features.

    Returns
    -------
    dict of str to ndarray of int, shape (len(lengths),)
        Bytes in float64, measured ("naive", "tiled") and by count ("naive count",
        "tiled count"); the counts allow nothing for intermediate results.
    """
    rng = np.random.default_rng(0)
    inputs = [rng.normal(size=(3, n, d)) for n in lengths]
    for function in (attention, tiled_attention):
        function(*inputs[0])  # a first call also loads modules
    return {
        "naive": np.array([peak_bytes(attention, *qkv) for qkv in inputs]),
        "tiled": np.array([peak_bytes(tiled_attention, *qkv) for qkv in inputs]),
        "naive count": np.array([attention_cost(n, n, d).bytes_held for n in lengths]),
        "tiled count": np.array([tiled_attention_cost(n, n, d).bytes_held for n in lengths]),
    }


def agreement(*, n=1024, d=64, rng=0):
    """Largest difference between attention in tiles and with a full matrix of scores.

    Parameters
    ----------
    n, d : int
        Tokens and features.
    rng : int or Generator
        Source of queries, keys and values.

    Returns
    -------
    float
    """
    qkv = np.random.default_rng(rng).normal(size=(3, n, d))
    return float(np.abs(attention(*qkv) - tiled_attention(*qkv)).max())


def generation_counts(n, d):
    """Multiply-adds of one attention layer while a text grows token by token.

    Without a cache, every new token runs the layer on the whole text so far. With one, only the
    new token is projected, and its query meets all the keys.

    Parameters
    ----------
    n, d : int
        Length of the finished text, and features.

    Returns
    -------
    dict of str to ndarray of int, shape (n,)
        "without" and "with": multiply-adds of each step.
    """
    again = [multi_head_attention_cost(t, t, d, 1).multiply_adds for t in range(1, n + 1)]
    once = [decoding_step_cost(t, d, 1).multiply_adds for t in range(n)]
    return {"without": np.array(again), "with": np.array(once)}


def decoding_memory(n, d, *, n_heads=1, itemsize=8):
    """What each kind of layer holds on to, or needs, to process token n.

    Parameters
    ----------
    n, d : int
        Tokens so far, and features.
    n_heads : int
        Heads of attention; each has scores of its own.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    dict of str to int
        Bytes: "RNN" and "LSTM" states; "cache" of keys and values; all "scores" at once.
    """
    return {
        "RNN": d * itemsize,
        "LSTM": 2 * d * itemsize,
        "cache": cache_bytes(n, n_heads, d // n_heads, itemsize=itemsize),
        "scores": n_heads * n * n * itemsize,
    }


def held_while_training(n, d, *, itemsize=8):
    """What a layer must keep from its forward pass for its backward pass.

    Parameters
    ----------
    n, d : int
        Tokens and features.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    dict of str to int
        Bytes, without the layer's input: "RNN", its states; "LSTM", states, cells and four gates;
        "attention", of one head, queries, keys, values, weights and what they mix; "tiled", one
        number per query in place of the weights.
    """
    return {
        "RNN": n * d * itemsize,
        "LSTM": 6 * n * d * itemsize,
        "attention": (4 * n * d + n * n) * itemsize,
        "tiled": (4 * n * d + n) * itemsize,
    }
