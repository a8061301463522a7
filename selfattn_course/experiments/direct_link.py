"""The direct link: what distance does to a weight of attention, and what length does."""

import numpy as np

from ..kernels import attention_vjp, attention_weights, window_mask

DISTANCES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1023)
LENGTHS = tuple(2**p for p in range(2, 18))  # 4 to 131072


def weights_at_distance(*, n=1024, gap=8.0, distances=DISTANCES, window=None):
    """Weight of the last of n tokens on one source, whose score is ahead of all others.

    Parameters
    ----------
    n : int
        Number of tokens.
    gap : float
        Score of the source; the others score 0.
    distances : tuple of int
        How far the source stands before the last token, below n.
    window : int, optional
        How far back a token may look; as far as it likes if not given.

    Returns
    -------
    dict of str to ndarray, shape (len(distances),)
        "distance"; "weight"; "gradient" of the output in the value of the source.
    """
    mask = None if window is None else window_mask(1, n, left=window, right=0, offset=n - 1)
    weights, gradients = zip(
        *(_weight_and_gradient(n, n - 1 - distance, gap, mask) for distance in distances),
        strict=True,
    )
    return {
        "distance": np.array(distances),
        "weight": np.array(weights),
        "gradient": np.array(gradients),
    }


def weights_at_length(*, gap, lengths=LENGTHS):
    """Weight on one source that is ahead by a fixed score, against the number of tokens.

    Parameters
    ----------
    gap : float
        Score of the source; the others score 0.
    lengths : tuple of int
        Numbers of tokens.

    Returns
    -------
    ndarray, shape (len(lengths),)
    """
    return np.array([_weight_and_gradient(n, 0, gap, None)[0] for n in lengths])


def needed_gap(weight, n):
    """How far ahead a score must be to get a weight among n keys, if all others are equal.

    Parameters
    ----------
    weight : float
        Between 0 and 1.
    n : int or ndarray
        Number of keys, 2 or more.

    Returns
    -------
    float or ndarray
    """
    return np.log(weight * (np.asarray(n) - 1) / (1 - weight))


def _weight_and_gradient(n, source, gap, mask):
    q, k, v = np.ones((1, 1)), np.zeros((n, 1)), np.zeros((n, 1))
    k[source] = gap
    weight = attention_weights(q, k, mask)[0, source]
    d_v = attention_vjp(q, k, v, np.ones((1, 1)), mask)[2]
    return weight, d_v[source, 0]
