"""Mutual information: how much one symbol tells about another, and how to count pairs of them."""

import operator

import numpy as np

from .inputs import float_array, real_array
from .scatter import checked_indices


def mutual_information(joint):
    """Mutual information of two symbols, in nats, from the probabilities of their pairs.

    Parameters
    ----------
    joint : array_like, shape (..., m, n)
        Probability of each pair: first symbol along the rows, second along the columns. Each
        table sums to 1.

    Returns
    -------
    ndarray, shape (...)
        0 if the symbols are independent, the entropy of a symbol if each tells the other exactly.
        A pair of probability 0 adds 0. Never negative.

    Raises
    ------
    ValueError
        If joint is no table, an entry is negative, or a table does not sum to 1.
    TypeError
        If joint does not hold real numbers.

    References
    ----------
    Cover and Thomas (2006), section 2.3.
    """
    p = _checked_tables(joint)
    log_rows = _log(p.sum(axis=-1, keepdims=True))
    log_columns = _log(p.sum(axis=-2, keepdims=True))
    information = (p * (_log(p) - log_rows - log_columns)).sum(axis=(-2, -1))
    dtype = float_array(joint, "joint").dtype
    return np.maximum(information, 0).astype(dtype)  # rounding can leave -1e-17


def lagged_joint(tokens, lag, n_symbols):
    """Share of each pair of symbols among the pairs of tokens that stand `lag` apart.

    Parameters
    ----------
    tokens : array_like of int, shape (..., n)
        Symbols, 0 to n_symbols - 1.
    lag : int
        Distance of the two tokens, 0 to n - 1.
    n_symbols : int
        How many symbols there are.

    Returns
    -------
    ndarray of float64, shape (..., n_symbols, n_symbols)
        Entry (a, b) is the share of positions t with `tokens[t] == a` and
        `tokens[t + lag] == b`, among the n - lag positions that have a token `lag` further on.

    Raises
    ------
    ValueError
        If a token is not a symbol, or no two tokens stand `lag` apart.
    TypeError
        If tokens are not integers.

    References
    ----------
    Li (1990).
    """
    n_symbols, lag = operator.index(n_symbols), operator.index(lag)
    tokens = checked_indices(tokens, "tokens", n_symbols)
    if tokens.ndim < 1 or not 0 <= lag < tokens.shape[-1]:
        raise ValueError(
            f"lag is {lag} and tokens have shape {tokens.shape}; expected a lag from 0 to n - 1. "
            "Pass more tokens or a smaller lag."
        )
    n_pairs = tokens.shape[-1] - lag
    pairs = tokens[..., :n_pairs] * n_symbols + tokens[..., lag:]
    rows = pairs.reshape(-1, n_pairs)
    counts = np.array([np.bincount(row, minlength=n_symbols**2) for row in rows])
    return counts.reshape(*tokens.shape[:-1], n_symbols, n_symbols) / n_pairs


def _log(p):
    return np.log(np.where(p == 0, 1, p))  # p log p has the limit 0 at 0


def _checked_tables(joint):
    p = real_array(joint, "joint")
    if p.ndim < 2:
        raise ValueError(
            f"joint has shape {p.shape}; expected (..., m, n), one entry for each pair. "
            "Use lagged_joint."
        )
    totals = p.sum(axis=(-2, -1))
    if p.size and (p.min() < 0 or not np.allclose(totals, 1, rtol=0, atol=1e-3)):
        raise ValueError(
            f"joint has a smallest entry of {p.min():.3g} and sums from {totals.min():.6g} to "
            f"{totals.max():.6g}; expected probabilities, which sum to 1. Divide counts by their "
            "sum."
        )
    return p
