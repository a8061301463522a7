"""Layers on many workers: how many rounds they take when each worker does one multiply-add a round.

An ideal machine: multiply-adds of one stage may be done in any order, and moving numbers costs
nothing; sums within a product are not held up either. So every real machine is slower, and what
does not scale here scales nowhere.
"""

import numpy as np

WORKERS = tuple(2**p for p in range(0, 25, 2))


def stages(layer, n, d):
    """The multiply-adds of each stage; a stage can begin when the one before it is done.

    Parameters
    ----------
    layer : str
        "attention", with its projections, or "RNN".
    n, d : int
        Tokens and features.

    Returns
    -------
    tuple of int
    """
    if layer == "attention":  # queries, keys and values; scores; weighted sums; last projection
        return (3 * n * d * d, n * n * d, n * n * d, n * d * d)
    return (n * d * d, *[d * d] * n)  # all inputs at once; then the state, step by step


def rounds(layer, n, d, workers, *, batch=1):
    """Rounds until a layer is done.

    Parameters
    ----------
    layer, n, d
        As in `stages`.
    workers : int
        Multiply-adds in a round, at most.
    batch : int
        Independent sequences, which go through the stages together.

    Returns
    -------
    int
    """
    return sum(-(-batch * stage // workers) for stage in stages(layer, n, d))


def strong_scaling(*, n=1024, d=64, workers=WORKERS):
    """Rounds for one fixed sequence on more and more workers.

    Parameters
    ----------
    n, d : int
        Tokens and features.
    workers : tuple of int

    Returns
    -------
    dict of str to ndarray of int, shape (len(workers),)
    """
    return {
        layer: np.array([rounds(layer, n, d, count) for count in workers])
        for layer in ("attention", "RNN")
    }


def weak_scaling(*, n=64, d=64, per_worker=64, growth=tuple(2**p for p in range(9))):
    """Rounds, relative to the smallest problem, when problem and workers grow alike.

    Parameters
    ----------
    n, d : int
        Tokens and features at the start.
    per_worker : int
        Tokens times features of the smallest problem for each worker.
    growth : tuple of int
        Factors.

    Returns
    -------
    dict of str to ndarray, shape (len(growth),)
        "attention, longer", "RNN, longer", "attention, more", "RNN, more": the factor makes
        the sequence longer, or the sequences more.
    """
    start = n * d // per_worker
    measured = {}
    for layer in ("attention", "RNN"):
        first = rounds(layer, n, d, start)
        longer = [rounds(layer, n * f, d, start * f) / first for f in growth]
        more = [rounds(layer, n, d, start * f, batch=f) / first for f in growth]
        measured[f"{layer}, longer"] = np.array(longer)
        measured[f"{layer}, more"] = np.array(more)
    return measured


def sequential_steps(n):
    """Steps that must come one after the other, however many workers there are.

    Parameters
    ----------
    n : int
        Tokens.

    Returns
    -------
    dict of str to int
        Stages of one layer when the whole text is known ("RNN", "attention"), and when it is
        generated token by token ("RNN generating", "attention generating"). A new token's
        products with its input and with the state share a stage.
    """
    return {
        "RNN": len(stages("RNN", n, 1)),
        "attention": len(stages("attention", n, 1)),
        "RNN generating": n,
        "attention generating": n * len(stages("attention", 1, 1)),
    }
