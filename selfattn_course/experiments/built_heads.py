"""Heads whose weights are written down, not learned: the previous token, and copying."""

from dataclasses import dataclass

import numpy as np

from ..kernels import attention_weights, causal_mask, sinusoidal_positions

GAPS = (1.0, 4.0, 8.0)  # how far the wanted score is above the others
START = 0  # token number of the start token


@dataclass(frozen=True)
class Induction:
    """Two layers that copy, run on a batch of b sequences of n tokens."""

    previous: np.ndarray  # (b, n, n), weights of layer 1
    found: np.ndarray  # (b, n, n), weights of layer 2
    votes: np.ndarray  # (b, n, n_symbols + 1), how much weight expects each token next


def previous_token_head(n, *, gap):
    """Projections with which one-hot positions attend to the position before.

    Parameters
    ----------
    n : int
        Number of positions.
    gap : float
        How far the score of position i - 1 is above the others, which are 0.

    Returns
    -------
    w_q, w_k : ndarray, shape (n, n)
        Position 0 has the query 0: it looks at all positions alike.
    """
    return gap * np.sqrt(n) * np.eye(n, k=-1), np.eye(n)


def turn_back(d):
    """The matrix that takes the sinusoidal vector of position p to that of p - 1.

    Parameters
    ----------
    d : int
        Size of the vectors, even.

    Returns
    -------
    ndarray, shape (d, d)
        Applied from the right: `sinusoidal_positions(p, d) @ turn_back(d)`.
    """
    sines, cosines = sinusoidal_positions(1, d).reshape(-1, 2).T
    turn = np.zeros((d, d))
    even, odd = np.arange(0, d, 2), np.arange(1, d, 2)
    turn[even, even] = turn[odd, odd] = cosines
    turn[odd, even], turn[even, odd] = -sines, sines
    return turn


def previous_weights(*, n=8, gaps=GAPS):
    """Weights of the previous-token head with one-hot positions.

    Parameters
    ----------
    n : int
        Number of positions.
    gaps : tuple of float
        One matrix for each.

    Returns
    -------
    dict of float to ndarray, shape (n, n)
        By gap.
    """
    weights = {}
    for gap in gaps:
        w_q, w_k = previous_token_head(n, gap=gap)
        weights[gap] = attention_weights(np.eye(n) @ w_q, np.eye(n) @ w_k)
    return weights


def sharpness(*, factors=None, n=64, d=64):
    """Smallest weight on the previous token as the query projection is multiplied by a factor.

    Parameters
    ----------
    factors : ndarray, shape (m,), optional
        61 from 1 to 1000 if not given.
    n, d : int
        Number of positions, and size of the sinusoidal vectors. One-hot positions have size n.

    Returns
    -------
    dict of str to ndarray, shape (m,)
        "factor"; "one-hot", "sinusoidal", and "length 1" for sinusoidal vectors brought to length
        1 (theirs is sqrt(d / 2)): the smallest weight over positions 1 to n - 1; and "predicted",
        e^g / (e^g + n - 1) with g = factor / sqrt(n), for one-hot positions.
    """
    factors = np.logspace(0, 3, 61) if factors is None else np.asarray(factors, float)
    one_hot, waves = np.eye(n), sinusoidal_positions(np.arange(n), d)
    shifted = {"one-hot": (one_hot @ np.eye(n, k=-1), one_hot)}
    shifted["sinusoidal"] = waves @ turn_back(d), waves
    shifted["length 1"] = waves @ turn_back(d) / np.sqrt(d / 2), waves / np.sqrt(d / 2)
    curves = {"factor": factors}
    for name, (q, k) in shifted.items():
        weights = [np.diagonal(attention_weights(f * q, k), offset=-1).min() for f in factors]
        curves[name] = np.array(weights)
    gap = np.exp(factors / np.sqrt(n))
    return curves | {"predicted": gap / (gap + n - 1)}


def repeated(*, n_symbols=26, m=12, trials=200, distinct=True, rng=0):
    """Sequences of m random symbols, twice, after a start token.

    Parameters
    ----------
    n_symbols : int
        Symbols 1 to n_symbols; 0 is the start token.
    m : int
        Length of what is repeated.
    trials : int
        Number of sequences.
    distinct : bool
        Whether no symbol occurs twice within the m.
    rng : int or Generator
        Source of the symbols.

    Returns
    -------
    ndarray of int, shape (trials, 1 + 2 m)
    """
    rng = np.random.default_rng(rng)
    symbols = np.tile(np.arange(1, n_symbols + 1), (trials, 1))
    half = rng.permuted(symbols, axis=1)[:, :m]
    if not distinct:
        half = rng.integers(1, n_symbols + 1, size=(trials, m))
    return np.hstack([np.full((trials, 1), START), half, half])


def induction(tokens, *, n_symbols, gap=20.0, layers=2):
    """Two layers, written by hand, that expect what followed the current token last time.

    Layer 1 copies to each position which token came before it. Layer 2 looks for positions
    whose previous token is the current one, and takes over the token that stands there.

    Parameters
    ----------
    tokens : ndarray of int, shape (b, n)
        Numbers from 0 to n_symbols.
    n_symbols : int
        Number of symbols besides the start token.
    gap : float
        Score of what fits, above the 0 of what does not.
    layers : int
        2, or 1 to leave layer 1 out.

    Returns
    -------
    Induction
    """
    n, size = tokens.shape[1], n_symbols + 1
    token, mask = np.eye(size)[tokens], causal_mask(n)
    w_q, w_k = previous_token_head(n, gap=gap)
    previous = np.broadcast_to(attention_weights(w_q, w_k, mask), (len(tokens), n, n))
    came_before = previous @ token if layers == 2 else np.zeros_like(token)
    found = attention_weights(gap * np.sqrt(size) * token, came_before, mask)
    return Induction(previous, found, found @ token)


def copying(*, n_symbols=26, m=12, trials=200, layers=2, distinct=True, rng=0):
    """How well each position of a repeated sequence expects the next token.

    Parameters
    ----------
    n_symbols, m, trials, distinct, rng
        As in `repeated`.
    layers : int
        As in `induction`.

    Returns
    -------
    dict of str to ndarray, shape (2 m,)
        For positions 0 to 2 m - 1; from position m + 1 on the answer can be known. "accuracy":
        share of sequences in which the right token has the most votes. "share": its mean vote.
    """
    tokens = repeated(n_symbols=n_symbols, m=m, trials=trials, distinct=distinct, rng=rng)
    votes = induction(tokens, n_symbols=n_symbols, layers=layers).votes[:, :-1]
    right = tokens[:, 1:]
    share = np.take_along_axis(votes, right[:, :, None], axis=-1)[..., 0]
    return {
        "accuracy": (votes.argmax(axis=-1) == right).mean(axis=0),
        "share": share.mean(axis=0),
    }
