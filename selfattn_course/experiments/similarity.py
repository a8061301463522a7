"""When a dot product measures likeness, when it does not, and what a token gives itself."""

import numpy as np

from ..kernels import attention, attention_scores, attention_weights, causal_mask

LENGTH_SPREADS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
LENGTHS = tuple(2**p for p in range(1, 11))  # 2 to 1024 tokens


def best_by_angle(*, spreads=LENGTH_SPREADS, d=16, n_k=32, trials=1000, rng=0):
    """How often the key with the largest dot product is also the one with the smallest angle.

    Parameters
    ----------
    spreads : tuple of float
        The length of a key is exp(spread * z), with z standard normal.
    d, n_k : int
        Size of keys and their number.
    trials : int
        Queries for each spread.
    rng : int or Generator
        Source of queries and keys.

    Returns
    -------
    ndarray, shape (len(spreads),)
        Shares; every spread sees the same directions.
    """
    rng = np.random.default_rng(rng)
    q, k = rng.normal(size=(trials, 1, d)), rng.normal(size=(trials, n_k, d))
    k /= np.linalg.norm(k, axis=-1, keepdims=True)
    z = rng.normal(size=(trials, n_k))
    cosines = attention_scores(q, k)[:, 0]  # up to a factor that the keys of a query share
    best = cosines.argmax(axis=1)
    dots = [cosines * np.exp(spread * z) for spread in spreads]
    return np.array([(dot.argmax(axis=1) == best).mean() for dot in dots])


def likeness_of_scores(*, n=64, d=64, trials=20, rng=0):
    """Correlation between the score of two tokens and the cosine of their vectors.

    Parameters
    ----------
    n, d : int
        Number of tokens and their size; the diagonal is left out.
    trials : int
        Sequences, each with projections of its own.
    rng : int or Generator
        Source of tokens and projections.

    Returns
    -------
    dict of str to float
        For queries and keys that are the tokens themselves ("none"), that share one random
        projection ("one"), or have one each ("two").
    """
    rng = np.random.default_rng(rng)
    x = rng.normal(size=(trials, n, d))
    unit = x / np.linalg.norm(x, axis=-1, keepdims=True)
    cosines = attention_scores(unit, unit, scale=1.0)
    first, second = rng.normal(size=(2, trials, d, d)) / np.sqrt(d)
    pairs = {"none": (x, x), "one": (x @ first, x @ first), "two": (x @ first, x @ second)}
    apart = ~np.eye(n, dtype=bool)
    correlations = {}
    for name, (q, k) in pairs.items():
        scores = attention_scores(q, k)[:, apart]
        correlations[name] = float(np.corrcoef(scores.ravel(), cosines[:, apart].ravel())[0, 1])
    return correlations


def score_asymmetry(*, n=64, d=64, rng=0):
    """How far the score of i with j is from that of j with i, relative to the scores' spread.

    Parameters
    ----------
    n, d : int
        Number of tokens and their size.
    rng : int or Generator
        Source of tokens and projections.

    Returns
    -------
    dict of str to float
        With "one" projection for queries and keys, and with "two".
    """
    rng = np.random.default_rng(rng)
    x = rng.normal(size=(n, d))
    q, k = x @ rng.normal(size=(2, d, d))
    scores = {"one": attention_scores(k, k), "two": attention_scores(q, k)}
    return {name: float((s - s.T).std() / s.std()) for name, s in scores.items()}


def own_weights(*, lengths=LENGTHS, d=64, n_rows=512, rng=0):
    """Mean weight of a token on itself against the length of the sequence.

    Parameters
    ----------
    lengths : tuple of int
        Numbers of tokens n.
    d : int
        Size of tokens, queries and keys.
    n_rows : int
        At least so many tokens, and at least 8 sequences, are averaged for each n.
    rng : int or Generator
        Source of tokens and projections.

    Returns
    -------
    dict of str to ndarray, shape (len(lengths),)
        "two" random projections, "tied" (queries = keys = tokens), the "equal" share 1 / n, and
        "expected", e^sqrt(d) / (e^sqrt(d) + (n - 1) e^(1/2)), for tied ones.
    """
    rng = np.random.default_rng(rng)
    own = {"two": [], "tied": []}
    for n in lengths:
        trials = max(8, n_rows // n)
        x = rng.normal(size=(trials, n, d))
        w_q, w_k = rng.normal(size=(2, trials, d, d)) / np.sqrt(d)
        own["two"].append(_diagonal_mean(attention_weights(x @ w_q, x @ w_k)))
        own["tied"].append(_diagonal_mean(attention_weights(x, x)))
    n, top = np.array(lengths), np.exp(np.sqrt(d))
    by_hand = {"equal": 1 / n, "expected": top / (top + (n - 1) * np.exp(0.5))}
    return {name: np.array(values) for name, values in own.items()} | by_hand


def without_the_diagonal(*, n=6, d=16, rng=0):
    """Causal attention in which a token may, or may not, attend to itself.

    Parameters
    ----------
    n, d : int
        Number of tokens and their size.
    rng : int or Generator
        Source of the tokens, whose queries and keys are equal.

    Returns
    -------
    dict of str to tuple
        "with" and "without" the diagonal: weights of shape (n, n), and how far each output is
        from the token's own value, shape (n,), as a share of the value's length.
    """
    x = np.random.default_rng(rng).normal(size=(n, d))
    k = 2.5 * x  # sharp enough to find one token
    masks = {"with": causal_mask(n), "without": causal_mask(n, offset=-1)}
    lengths = np.linalg.norm(x, axis=1)
    return {
        name: (
            attention_weights(k, k, mask),
            np.linalg.norm(attention(k, k, x, mask) - x, axis=1) / lengths,
        )
        for name, mask in masks.items()
    }


def _diagonal_mean(matrices):
    return float(np.diagonal(matrices, axis1=-2, axis2=-1).mean())
