"""What the softmax chapter measures.

Plain functions that return plain data. Where chance is involved, `rng` is a seed or a
`numpy.random.Generator`, so that every number can be had again, or had with another seed.
"""

from dataclasses import dataclass

import numpy as np

from ..kernels import (
    attention,
    attention_scores,
    attention_weights,
    entropy,
    logsumexp,
    softmax,
    softmax_jacobian,
)

POWERS_OF_TWO = tuple(2**p for p in range(2, 11))  # 4 to 1024
SCALES = {"unscaled": 0.0, "1/sqrt(d)": 0.5, "1/d": 1.0}  # scores are divided by d to this power


@dataclass(frozen=True)
class Scaling:
    """One way to scale scores, measured; every field has shape (number of sizes d,)."""

    std: np.ndarray  # of all scaled scores
    max_weight: np.ndarray  # mean over queries
    entropy: np.ndarray  # mean over queries, in nats
    jacobian_norm: np.ndarray  # median over queries of the largest singular value


@dataclass(frozen=True)
class TwoReadings:
    """Two sets of weights over the same values."""

    weights: np.ndarray  # (2, n)
    out: np.ndarray  # (2, d_v)
    divergence: float  # Jensen-Shannon, in nats; log(2) means nothing in common


def small_example():
    """Attention of two queries to three keys, small enough to follow by hand.

    Returns
    -------
    dict of str to ndarray
        "q", shape (2, 4), "k", shape (3, 4), "v", shape (3, 2), and what follows from them:
        "scores" and "weights", shape (2, 3), and "out", shape (2, 2).
    """
    q = np.array([[2.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 2.0]])
    k = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0], [2.0, 0.0, 0.0, -1.0]])
    v = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]])
    return {
        "q": q,
        "k": k,
        "v": v,
        "scores": attention_scores(q, k),
        "weights": attention_weights(q, k),
        "out": attention(q, k, v),
    }


def weighting_rules(*, sweep=None, others=(2.0, 1.0)):
    """Weights of three scores, the first sweeping while the others stay.

    Parameters
    ----------
    sweep : ndarray, shape (m,), optional
        Values of the first score; 201 from -6 to 4 if not given.
    others : tuple of float
        The scores that stay.

    Returns
    -------
    dict of str to ndarray
        "sweep", shape (m,), and the weights of each rule, shape (m, 3). Dividing by a sum of 0
        gives infinities.
    """
    sweep = np.linspace(-6, 4, 201) if sweep is None else sweep
    scores = np.column_stack([sweep, *(np.full(len(sweep), score) for score in others)])
    with np.errstate(divide="ignore"):
        share = scores / scores.sum(axis=1, keepdims=True)
    winner = np.eye(scores.shape[1])[scores.argmax(axis=1)]
    return {"sweep": sweep, "share": share, "argmax": winner, "softmax": softmax(scores)}


def temperature_sweep(*, scores=(2.0, 1.0, 0.0, -1.0), temperatures=None):
    """Weights and entropy as the temperature rises.

    Parameters
    ----------
    scores : tuple of float
        n scores.
    temperatures : ndarray, shape (m,), optional
        61 from 0.03 to 30 if not given.

    Returns
    -------
    dict of str to ndarray
        "temperature", shape (m,), "weights", shape (m, n), and "entropy" in nats, shape (m,).
    """
    temperatures = np.logspace(-1.5, 1.5, 61) if temperatures is None else temperatures
    weights = np.array([softmax(scores, temperature=t) for t in temperatures])
    return {"temperature": temperatures, "weights": weights, "entropy": entropy(weights)}


def smooth_maximum(*, gap=None, temperatures=(1.0, 0.5, 0.1)):
    """Log-sum-exp of the two scores (gap, 0), beside their maximum.

    Parameters
    ----------
    gap : ndarray, shape (m,), optional
        161 values from -4 to 4 if not given.
    temperatures : tuple of float
        How soft; one curve for each.

    Returns
    -------
    dict
        "gap" and "max", shape (m,), and each temperature with its curve, shape (m,).
    """
    gap = np.linspace(-4, 4, 161) if gap is None else gap
    scores = np.column_stack([gap, np.zeros_like(gap)])
    curves = {t: logsumexp(scores, temperature=t) for t in temperatures}
    return {"gap": gap, "max": scores.max(axis=1), **curves}


def score_scaling(*, dims=POWERS_OF_TWO, n_k=16, trials=400, rng=0):
    """Scores of random queries and keys, under three ways to scale them.

    Components of q and k are independent, with mean 0 and variance 1.

    Parameters
    ----------
    dims : tuple of int
        Sizes d to try.
    n_k : int
        Keys for each query.
    trials : int
        Queries for each size.
    rng : int or Generator
        Source of queries and keys.

    Returns
    -------
    dict of str to Scaling
        By the names in `SCALES`; all three saw the same queries and keys.
    """
    rng = np.random.default_rng(rng)
    measured = {name: [] for name in SCALES}
    for d in dims:
        q, k = rng.normal(size=(trials, 1, d)), rng.normal(size=(trials, n_k, d))
        dots = attention_scores(q, k, scale=1.0)[:, 0]
        for name, power in SCALES.items():
            measured[name].append(_spread(dots / d**power))
    return {name: Scaling(*np.array(rows).T) for name, rows in measured.items()}


def self_weights(*, dims=POWERS_OF_TWO, n=16, trials=100, rng=0):
    """Mean weight of a token on itself, scaled by 1/sqrt(d), with queries free or equal to keys.

    Parameters
    ----------
    dims : tuple of int
        Sizes d to try.
    n : int
        Tokens in a sequence.
    trials : int
        Sequences for each size.
    rng : int or Generator
        Source of queries and keys.

    Returns
    -------
    dict of str to ndarray, shape (len(dims),)
        "independent" and "tied", and "tied score", the mean score of a token with itself.
    """
    rng = np.random.default_rng(rng)
    means = {"independent": [], "tied": [], "tied score": []}
    for d in dims:
        q, k = rng.normal(size=(2, trials, n, d))
        tied = attention_scores(k, k)
        means["independent"].append(_diagonal_mean(softmax(attention_scores(q, k))))
        means["tied"].append(_diagonal_mean(softmax(tied)))
        means["tied score"].append(_diagonal_mean(tied))
    return {name: np.array(values) for name, values in means.items()}


def jacobians(*, scores=(2.0, 1.0, 0.0, -1.0), factors=(0.25, 1.0, 10.0)):
    """Softmax Jacobians from nearly uniform to nearly one-hot weights.

    Parameters
    ----------
    scores : tuple of float
        n scores.
    factors : tuple of float
        The scores are multiplied by each in turn.

    Returns
    -------
    dict of float to ndarray, shape (n, n)
        Derivatives in the multiplied scores, by factor.
    """
    return {factor: softmax_jacobian(softmax(factor * np.array(scores))) for factor in factors}


def weight_sums(*, spreads=(0.1, 1.0, 10.0, 100.0, 1000.0), n=64, rows=100, rng=0):
    """Whether weights are shares: their sums and their smallest entries.

    Parameters
    ----------
    spreads : tuple of float
        Standard deviations of the scores.
    n, rows : int
        Scores in a row, and rows for each spread.
    rng : int or Generator
        Source of the scores.

    Returns
    -------
    dict of str to ndarray, shape (len(spreads), rows)
        "sum" and "smallest" of each row of weights.
    """
    scores = np.random.default_rng(rng).normal(size=(len(spreads), rows, n))
    weights = softmax(scores * np.array(spreads)[:, None, None])
    return {"sum": weights.sum(axis=-1), "smallest": weights.min(axis=-1)}


def two_readings(*, n=32, d_v=8, rng=0):
    """Two sets of weights that share no key and give the same output.

    A vector u with sum 0 and u @ v = 0 exists whenever n > d_v + 1. Its positive part and its
    negative part, each scaled to sum 1, are the two sets of weights.

    Parameters
    ----------
    n, d_v : int
        Number of values and their size; n must exceed d_v + 1.
    rng : int or Generator
        Source of the values.

    Returns
    -------
    TwoReadings

    Raises
    ------
    ValueError
        If n is not above d_v + 1: then no such vector need exist.
    """
    if n <= d_v + 1:
        raise ValueError(
            f"n is {n} for d_v = {d_v}; expected n > d_v + 1 = {d_v + 1}. Take more values."
        )
    v = np.random.default_rng(rng).normal(size=(n, d_v))
    constraints = np.column_stack([v, np.ones(n)]).T
    u = np.linalg.svd(constraints)[2][-1]  # orthogonal to every row of `constraints`
    parts = np.array([np.maximum(u, 0), np.maximum(-u, 0)])
    weights = parts / parts.sum(axis=1, keepdims=True)
    divergence = entropy(weights.mean(axis=0)) - entropy(weights).mean()
    return TwoReadings(weights, weights @ v, float(divergence))


def contributions(*, n=8, d_v=8, top_score=4.0, small=1e-3, rng=0):
    """A large weight on a tiny value, and the length of what each key adds to the output.

    Parameters
    ----------
    n, d_v : int
        Number of keys and size of values.
    top_score : float
        Score of key 0; the others have standard normal scores.
    small : float
        Length of value 0.
    rng : int or Generator
        Source of scores and values.

    Returns
    -------
    dict of str to ndarray, shape (n,)
        "weight" and "contribution", the length of weight times value.
    """
    rng = np.random.default_rng(rng)
    scores, v = rng.normal(size=n), rng.normal(size=(n, d_v))
    scores[0] = top_score
    v[0] *= small / np.linalg.norm(v[0])
    weights = softmax(scores)
    return {"weight": weights, "contribution": weights * np.linalg.norm(v, axis=1)}


def sink(*, sink_scores=(0.0, 2.0, 4.0, 6.0, 8.0), n=16, d_v=8, rng=0):
    """Length of a head's output when nothing matches, without and with a key to rest on.

    Parameters
    ----------
    sink_scores : tuple of float
        Scores of the extra key, whose value is 0. The n ordinary keys score 0.
    n, d_v : int
        Number of ordinary keys and size of values.
    rng : int or Generator
        Source of the values.

    Returns
    -------
    dict
        "without", a float, and "with", an ndarray of shape (len(sink_scores),).
    """
    v = np.random.default_rng(rng).normal(size=(n, d_v))
    with_sink = np.vstack([np.zeros(d_v), v])
    scores = np.zeros((len(sink_scores), n + 1))
    scores[:, 0] = sink_scores
    lengths = np.linalg.norm(softmax(scores) @ with_sink, axis=1)
    return {"without": float(np.linalg.norm(v.mean(axis=0))), "with": lengths}


def own_score_wins(*, n=64, d=64, rng=0):
    """How often a token's largest score is the one with itself.

    Parameters
    ----------
    n, d : int
        Number of tokens and their size.
    rng : int or Generator
        Source of tokens and projections.

    Returns
    -------
    dict of str to float
        Share of tokens with "unit" vectors as queries and keys, with vectors of several
        "lengths", and with "projected" queries and keys.
    """
    rng = np.random.default_rng(rng)
    x = rng.normal(size=(n, d))
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    longer = unit * np.exp(rng.normal(size=(n, 1)))
    q, k = x @ rng.normal(size=(2, d, d))
    return {
        "unit": _own_share(unit, unit),
        "lengths": _own_share(longer, longer),
        "projected": _own_share(q, k),
    }


def _spread(scores):
    weights = softmax(scores)
    stretch = np.linalg.eigvalsh(softmax_jacobian(weights))[
        :, -1
    ]  # symmetric: largest singular value
    return scores.std(), weights.max(axis=1).mean(), entropy(weights).mean(), np.median(stretch)


def _diagonal_mean(matrices):
    return float(np.diagonal(matrices, axis1=-2, axis2=-1).mean())


def _own_share(q, k):
    return float((attention_scores(q, k).argmax(axis=1) == np.arange(len(q))).mean())
