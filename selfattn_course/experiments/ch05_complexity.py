"""What the complexity chapter counts: multiply-adds of layers, and how they grow.

Exact counts come from `selfattn_course.kernels.cost`. Every number here is the same on every
machine, except the lengths of texts, which depend on the version of Python.
"""

from dataclasses import dataclass
from pydoc_data.topics import topics

import numpy as np

from ..kernels import attention_scores, softmax
from ..kernels.cost import (
    attention_cost,
    convolution_cost,
    encoder_block_cost,
    gru_cost,
    lstm_cost,
    multi_head_attention_cost,
    multi_head_attention_vjp_cost,
    rnn_cost,
)

LENGTHS = tuple(2**p for p in range(4, 14))  # 16 to 8192 tokens


@dataclass(frozen=True)
class Fit:
    """A straight line through logarithms of costs."""

    slope: float
    r_squared: float  # share of the variance of the logarithms that the line explains
    predicted: np.ndarray  # (m,) costs


def text_lengths():
    """How many words some real texts have: they come with every Python.

    Returns
    -------
    dict of str to int
        By name, shortest first.
    """
    words = {name: len(text.split()) for name, text in topics.items()}
    return {
        "help on await": words["await"],
        "help on slicings": words["slicings"],
        "help on execution": words["execmodel"],
        "help on special names": words["specialnames"],
        "all help topics": sum(words.values()),
    }


def score_bytes(n, *, n_heads=1, itemsize=4):
    """Memory of all scores of one layer.

    Parameters
    ----------
    n : int or ndarray of int
        Tokens.
    n_heads : int
        Each has scores of its own.
    itemsize : int
        Bytes in a number; 4 for float32.

    Returns
    -------
    int or ndarray of int
    """
    return n_heads * n * n * itemsize


def small_example():
    """Attention of three tokens of size 2, with the multiply-adds behind every number.

    Returns
    -------
    dict of str to ndarray
        "q", "k", "v", shape (3, 2), "scores" before scaling and "weights", shape (3, 3), and
        "out", shape (3, 2).
    """
    q = np.array([[1.0, 2.0], [0.0, 1.0], [2.0, 0.0]])
    k = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
    v = np.array([[2.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
    weights = softmax(attention_scores(q, k))
    scores = attention_scores(q, k, scale=1.0)
    return {"q": q, "k": k, "v": v, "scores": scores, "weights": weights, "out": weights @ v}


def layer_counts(n, d, *, width=3):
    """Multiply-adds of one layer on n tokens of size d, by kind of layer.

    Parameters
    ----------
    n, d : int
        Tokens, and features before and after the layer.
    width : int
        Tokens under the filter of the convolution.

    Returns
    -------
    dict of str to int
        "core" is attention without its projections.
    """
    return {
        "core": attention_cost(n, n, d).multiply_adds,
        "attention": multi_head_attention_cost(n, n, d, 1).multiply_adds,
        "RNN": rnn_cost(n, d, d).multiply_adds,
        "GRU": gru_cost(n, d, d).multiply_adds,
        "LSTM": lstm_cost(n, d, d).multiply_adds,
        "convolution": convolution_cost(n, d, d, width).multiply_adds,
    }


def crossover(costly, cheap, d, *, limit=16):
    """The smallest n from which one layer needs at least as many multiply-adds as another.

    Parameters
    ----------
    costly, cheap : str
        Kinds of layer, as `layer_counts` names them.
    d : int
        Features.
    limit : int
        The search ends at n = limit * d.

    Returns
    -------
    int or None
        None if the first is already as costly at n = 1, or not yet at the end of the search:
        nothing is crossed.
    """

    def ahead(n):
        counts = layer_counts(n, d)
        return counts[costly] >= counts[cheap]

    if ahead(1) or not ahead(limit * d):
        return None
    low, high = 1, limit * d  # not ahead at low, ahead at high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if ahead(middle) else (middle, high)
    return high


def growth_exponents(d=64, *, lengths=LENGTHS):
    """What doubling the length does: log2 of cost(2 n) / cost(n), by kind of layer.

    Parameters
    ----------
    d : int
        Features.
    lengths : tuple of int
        Each n to double.

    Returns
    -------
    dict of str to ndarray, shape (len(lengths),)
    """
    pairs = [(layer_counts(n, d), layer_counts(2 * n, d)) for n in lengths]
    return {
        name: np.array([np.log2(twice[name] / once[name]) for once, twice in pairs])
        for name in pairs[0][0]
    }


def quadratic_share(n, d, *, n_heads=1, hidden=4):
    """Share of a block's multiply-adds that grow with the square of the length.

    Parameters
    ----------
    n, d : int
        Tokens and features.
    n_heads : int
        Does not matter: heads share the features.
    hidden : int
        How many times wider the feed-forward layer is inside.

    Returns
    -------
    float
    """
    block = encoder_block_cost(n, d, n_heads, hidden * d).multiply_adds
    return attention_cost(n, n, d).multiply_adds / block


def backward_share(n, d):
    """Multiply-adds of attention's backward pass, for each one of its forward pass.

    Parameters
    ----------
    n, d : int
        Tokens and features.

    Returns
    -------
    float
    """
    backward = multi_head_attention_vjp_cost(n, n, d, 1).multiply_adds
    return backward / multi_head_attention_cost(n, n, d, 1).multiply_adds


def fit_growth(n, cost):
    """How well a power of n, and an exponential of n, describe some costs.

    Both are straight lines through log(cost): against log(n), and against n.

    Parameters
    ----------
    n, cost : array_like, shape (m,)
        Positive.

    Returns
    -------
    dict of str to Fit
        "power", whose slope is the exponent, and "exponential".
    """
    n, y = np.asarray(n, float), np.log(np.asarray(cost, float))
    return {"power": _line(np.log(n), y), "exponential": _line(n, y)}


def growth_table(lengths=(1, 2, 4, 8, 16, 32, 64, 1024)):
    """n, n squared and 2 to the power of n, as whole numbers.

    Parameters
    ----------
    lengths : tuple of int

    Returns
    -------
    list of tuple of int
        One for each length.
    """
    return [(n, n**2, 2**n) for n in lengths]


def online_softmax_steps(scores=(2.0, 1.0, -1.0, 4.0, 0.0), values=None, *, tile=2):
    """A softmax-weighted mean, one tile of scores at a time.

    Parameters
    ----------
    scores : sequence of float
        Of one query, n of them.
    values : ndarray, shape (n, d_v), optional
        1, 2, ..., n in a single column if not given.
    tile : int
        Keys in a tile; the last may have fewer.

    Returns
    -------
    list of dict
        For each tile its "scores", and what is kept after it: "top", the largest score so far,
        "total", the sum of exp(score - top), "out", the sum of exp(score - top) times value,
        and "mean", their ratio.
    """
    scores = np.asarray(scores, float)
    values = np.arange(1.0, len(scores) + 1)[:, None] if values is None else values
    top, total, out, steps = -np.inf, 0.0, 0.0, []
    for start in range(0, len(scores), tile):
        part = slice(start, start + tile)
        top, total, out = online_update(top, total, out, scores[part], values[part])
        kept = {"top": top, "total": total, "out": out, "mean": out / total}
        steps.append({"scores": scores[part], **kept})
    return steps


def online_update(top, total, out, scores, v):
    """What a query keeps, after one more tile of keys.

    Parameters
    ----------
    top, total : float
        The largest score so far, and the sum of exp(score - top).
    out : ndarray, shape (d_v,)
        The sum of exp(score - top) times value.
    scores : ndarray, shape (m,)
        Of the new tile.
    v : ndarray, shape (m, d_v)
        Its values.

    Returns
    -------
    tuple
        top, total and out with the tile included.

    References
    ----------
    Milakov and Gimelshein (2018), algorithm 3.
    """
    new_top = max(top, scores.max())
    shrink, exps = np.exp(top - new_top), np.exp(scores - new_top)
    return new_top, shrink * total + exps.sum(), shrink * out + exps @ v


def _line(x, y):
    slope, start = np.polyfit(x, y, 1)
    residual = y - (slope * x + start)
    r_squared = 1 - residual.var() / y.var()
    return Fit(float(slope), float(r_squared), np.exp(slope * x + start))
