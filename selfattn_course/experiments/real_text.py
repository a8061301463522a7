"""What letters and words of a real text tell about each other: Python's own documentation."""

import re
from functools import cache
from pydoc_data.topics import topics

import numpy as np

from ..kernels import lagged_joint, markov_mutual_information, mutual_information

ALPHABET = " abcdefghijklmnopqrstuvwxyz"
LAGS = tuple(int(lag) for lag in np.unique(np.geomspace(1, 3000, 37).round()))


@cache
def documentation():
    """The text behind Python's `help("topics")`, in small letters a to z and single spaces.

    Returns
    -------
    str
    """
    text = " ".join(topics[name] for name in sorted(topics))
    return re.sub("[^a-z]+", " ", text.lower()).strip()


@cache
def letters():
    """The documentation as symbols 0 (space) to 26 (z).

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    tokens = symbols(documentation())
    tokens.flags.writeable = False  # callers share it
    return tokens


def symbols(text):
    """Letters as whole numbers.

    Parameters
    ----------
    text : str
        Of small letters and spaces.

    Returns
    -------
    ndarray of int64, shape (len(text),)
        0 for a space, 1 for a, 26 for z.
    """
    codes = np.frombuffer(text.encode(), np.uint8).astype(np.int64)
    return np.where(codes == ord(" "), 0, codes - ord("a") + 1)


@cache
def letter_information(*, lags=LAGS, rng=0):
    """Mutual information of two letters, against their distance.

    Parameters
    ----------
    lags : tuple of int
        Distances, in letters.
    rng : int
        Seed of the shuffling.

    Returns
    -------
    dict
        "lag", and in nats, each of shape (len(lags),): "text"; "shuffled", the same letters in
        random order; "words", its words in random order; "chain", exactly, for the Markov chain
        with the letter pairs of the text. Also "bias", a float: what counting finds on average
        where there is nothing.
    """
    tokens, n_symbols = letters(), len(ALPHABET)
    rng = np.random.default_rng(rng)
    shuffled = rng.permutation(tokens)
    words = symbols(" ".join(rng.permutation(documentation().split())))
    chain = transitions(tokens, n_symbols)
    return {
        "lag": np.array(lags),
        "text": information_curve(tokens, lags, n_symbols),
        "shuffled": information_curve(shuffled, lags, n_symbols),
        "words": information_curve(words, lags, n_symbols),
        "chain": np.array([float(markov_mutual_information(chain, lag)) for lag in lags]),
        "bias": bias(n_symbols, len(tokens)),
    }


def information_curve(tokens, lags, n_symbols):
    """Mutual information of two tokens as counted, in nats, at each lag.

    Parameters
    ----------
    tokens : ndarray of int, shape (n,)
    lags : sequence of int
    n_symbols : int

    Returns
    -------
    ndarray, shape (len(lags),)
    """
    return np.array([mutual_information(lagged_joint(tokens, lag, n_symbols)) for lag in lags])


def transitions(tokens, n_symbols):
    """The Markov chain that follows each symbol by what follows it in the tokens.

    Parameters
    ----------
    tokens : ndarray of int, shape (n,)
        Every symbol must occur before the end.
    n_symbols : int

    Returns
    -------
    ndarray, shape (n_symbols, n_symbols)
    """
    joint = lagged_joint(tokens, 1, n_symbols)
    return joint / joint.sum(axis=1, keepdims=True)


def bias(n_symbols, n_pairs):
    """Mutual information that counting finds, on average, between symbols that are independent.

    Parameters
    ----------
    n_symbols : int
        All of them in use.
    n_pairs : int
        How many pairs are counted.

    Returns
    -------
    float
        In nats; the first term of a series in 1 / n_pairs.

    References
    ----------
    Roulston (1999).
    """
    return (n_symbols - 1) ** 2 / (2 * n_pairs)


@cache
def ngram_growth(*, longest=10):
    """How many different strings of n letters the text has, could have, and meets anew.

    Parameters
    ----------
    longest : int
        Largest n; 27 ** n must fit into 64 bits.

    Returns
    -------
    dict of str to ndarray, shape (longest,)
        "n"; "possible", 27 ** n; "seen", different ones in the text; "places", where one could
        start; "new", the share of places in the second half whose string the first half lacks.
    """
    tokens, n_symbols = letters(), len(ALPHABET)
    half = len(tokens) // 2
    grams, rows = np.zeros(len(tokens), np.int64), []
    for n in range(1, longest + 1):
        grams = grams[: len(tokens) - n + 1] * n_symbols + tokens[n - 1 :]
        first, second = grams[: half - n + 1], grams[half:]
        new = float((~np.isin(second, first)).mean())
        rows.append((n, float(n_symbols) ** n, len(np.unique(grams)), len(grams), new))
    names = ("n", "possible", "seen", "places", "new")
    return dict(zip(names, np.array(rows).T, strict=True))


@cache
def word_returns(*, rng=0):
    """Distance from each word of the documentation to its last occurrence before.

    Parameters
    ----------
    rng : int
        Seed of the shuffling.

    Returns
    -------
    dict of str to ndarray of int
        "text" and "shuffled", the same words in random order: one distance for each place whose
        word has occurred before. Both have the same number of distances.
    """
    words = np.unique(documentation().split(), return_inverse=True)[1]
    shuffled = np.random.default_rng(rng).permutation(words)
    return {"text": returns(words), "shuffled": returns(shuffled)}


def returns(tokens):
    """Distances between neighbouring occurrences of the same token.

    Parameters
    ----------
    tokens : ndarray of int, shape (n,)

    Returns
    -------
    ndarray of int
        One for each token that has occurred before, grouped by token.
    """
    order = np.argsort(tokens, kind="stable")
    same = tokens[order][1:] == tokens[order][:-1]
    return np.diff(order)[same]
