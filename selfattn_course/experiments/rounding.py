"""What rounding does to softmax: where exponentials overflow, and how exact the weights are."""

from decimal import Decimal, localcontext

import numpy as np

from ..kernels import softmax


def naive_softmax(x):
    """The textbook formula along the last axis, with nothing subtracted.

    Parameters
    ----------
    x : ndarray, shape (..., n)
        Scores.

    Returns
    -------
    ndarray, shape (..., n)
        NaN where the exponentials overflow, or all underflow.
    """
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        exps = np.exp(x)
        return exps / exps.sum(axis=-1, keepdims=True)


def exp_limits(dtype):
    """Where `exp` leaves the numbers of a dtype, found by trying whole numbers.

    Parameters
    ----------
    dtype : str
        "float16", "float32" or "float64".

    Returns
    -------
    tuple of int
        The smallest x with exp(x) infinite, and the smallest x with exp(-x) equal to 0.
    """
    x = np.arange(1000).astype(dtype)
    with np.errstate(over="ignore", under="ignore"):
        return int(np.isinf(np.exp(x)).argmax()), int((np.exp(-x) == 0).argmax())


def offset_errors(dtype, *, offsets=None, n_rows=16, rng=0):
    """Largest error of the weights when a constant is added to all scores.

    The reference is computed to 40 digits from the very scores that the formula was given, so
    the rounding of `score + offset` itself is not blamed on the formula.

    Parameters
    ----------
    dtype : str
        Float type of the scores.
    offsets : ndarray, shape (m,), optional
        Constants to add.
    n_rows : int
        Number of random score vectors of length 3.
    rng : int or Generator
        Source of the scores.

    Returns
    -------
    dict of str to ndarray, shape (m,)
        "offset", "naive" and "shifted" (the maximum subtracted first). NaN where a formula fails.
    """
    far = np.sort([*np.logspace(-1, 3.3, 44), 740.0])  # float64 loses digits from 710 to 745 only
    offsets = np.concatenate([-far[::-1], [0.0], far]) if offsets is None else offsets
    base = np.random.default_rng(rng).normal(size=(n_rows, 3))
    errors = {"offset": offsets, "naive": [], "shifted": []}
    for offset in offsets:
        scores = (base + offset).astype(dtype)
        for name, rule in (("naive", naive_softmax), ("shifted", softmax)):
            errors[name].append(_largest_error(rule(scores), scores))
    return {name: np.asarray(values, dtype=float) for name, values in errors.items()}


def _largest_error(weights, scores):
    if np.isnan(weights).any():
        return np.nan
    with localcontext(prec=40):
        pairs = zip(weights, map(_exact_softmax, scores), strict=True)
        return max(
            abs(Decimal(float(w)) - e)
            for row, exact in pairs
            for w, e in zip(row, exact, strict=True)
        )


def _exact_softmax(row):
    exps = [Decimal(float(x)).exp() for x in row]
    return [e / sum(exps) for e in exps]
