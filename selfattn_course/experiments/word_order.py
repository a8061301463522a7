"""What self-attention makes of the order of its tokens, and how far each output looks."""

import numpy as np

from ..kernels import attention, causal_mask, sinusoidal_positions, window_mask


def order_deviations(*, n=7, d=16, trials=50, rng=0):
    """How far "shuffle, then attend" is from "attend, then shuffle".

    Parameters
    ----------
    n, d : int
        Number of tokens and their size.
    trials : int
        Sequences, each with its own projections and its own shuffle.
    rng : int or Generator
        Source of all three.

    Returns
    -------
    dict of str to float
        Largest difference of any output, for attention as it is ("plain"), for the mean over its
        outputs ("mean over tokens"), with "sinusoidal positions" added, and with a "causal mask".
    """
    rng = np.random.default_rng(rng)
    worst = dict.fromkeys(("plain", "mean over tokens", "sinusoidal positions", "causal mask"), 0.0)
    positions = sinusoidal_positions(np.arange(n), d)
    for _ in range(trials):
        x, shuffle = rng.normal(size=(n, d)), rng.permutation(n)
        projections = rng.normal(size=(3, d, d)) / np.sqrt(d)
        plain = _layer(projections)
        layers = {
            "plain": plain,
            "mean over tokens": lambda x, plain=plain: plain(x).mean(axis=0, keepdims=True),
            "sinusoidal positions": lambda x, plain=plain: plain(x + positions),
            "causal mask": _layer(projections, causal_mask(n)),
        }
        for name, layer in layers.items():
            out = layer(x)
            after = out[shuffle] if len(out) == n else out
            worst[name] = max(worst[name], float(np.abs(layer(x[shuffle]) - after).max()))
    return worst


def reach(*, n=8, d=16, window=2, rng=0):
    """Which outputs move when one token changes, measured by changing each in turn.

    Parameters
    ----------
    n, d : int
        Number of tokens and their size.
    window : int
        How far the windowed head sees to each side.
    rng : int or Generator
        Source of tokens, of what replaces them, and of projections.

    Returns
    -------
    dict of str to ndarray, shape (n, n)
        For "no mask", "causal mask" and "window": entry (i, j) is the largest change of output i
        when token j is replaced.
    """
    rng = np.random.default_rng(rng)
    x, other = rng.normal(size=(2, n, d))
    projections = rng.normal(size=(3, d, d)) / np.sqrt(d)
    masks = {
        "no mask": None,
        "causal mask": causal_mask(n),
        "window": window_mask(n, left=window, right=window),
    }
    layers = {name: _layer(projections, mask) for name, mask in masks.items()}
    return {name: _moved(layer, x, other) for name, layer in layers.items()}


def _layer(projections, mask=None):
    w_q, w_k, w_v = projections
    return lambda x: attention(x @ w_q, x @ w_k, x @ w_v, mask)


def _moved(layer, x, other):
    before, moved = layer(x), np.zeros((len(x), len(x)))
    for j in range(len(x)):
        changed = x.copy()
        changed[j] = other[j]
        moved[:, j] = np.abs(layer(changed) - before).max(axis=1)
    return moved
