"""Ways to mask attention, right and wrong, and the probe that tells them apart."""

from dataclasses import dataclass

import numpy as np

from ..kernels import attention, attention_scores, causal_mask, softmax
from .rounding import naive_softmax


@dataclass(frozen=True)
class EmptyRow:
    """What becomes of a query that may attend to nothing, under one policy."""

    weights: np.ndarray  # (n, n), first layer
    spoiled: np.ndarray  # (n,) of bool: NaN in this query's output after a second layer
    leak: float  # how far the query's output moves when the forbidden values move by 1


def masking_rules():
    """The right way to mask scores, and four that circulate.

    Returns
    -------
    dict of str to callable
        Each takes scores and a boolean mask of the same shape, and returns weights.
    """
    return {
        "before softmax: -inf": lambda scores, mask: softmax(np.where(mask, scores, -np.inf)),
        "before softmax: -10": lambda scores, mask: softmax(np.where(mask, scores, -10.0)),
        "before softmax: 0": lambda scores, mask: softmax(np.where(mask, scores, 0.0)),
        "after softmax: times 0": lambda scores, mask: softmax(scores) * mask,
        "no mask": lambda scores, mask: softmax(scores),
    }


def masked_weights(*, n=6, d=8, rng=0):
    """Causal weights of one sequence under every rule of `masking_rules`.

    Parameters
    ----------
    n, d : int
        Number of tokens and size of queries and keys.
    rng : int or Generator
        Source of queries and keys.

    Returns
    -------
    dict of str to ndarray, shape (n, n)
    """
    q, k = np.random.default_rng(rng).normal(size=(2, n, d))
    scores, mask = attention_scores(q, k), causal_mask(n)
    return {name: rule(scores, mask) for name, rule in masking_rules().items()}


def leak_probe(rule, *, n=8, d=8, first_changed=5, shift=0.0, rng=1):
    """Change the last tokens of a causal sequence and see which outputs move.

    Parameters
    ----------
    rule : callable
        Takes scores and a mask, returns weights, as those of `masking_rules`.
    n, d : int
        Number of tokens and size of queries, keys and values.
    first_changed : int
        This token and all later ones are replaced.
    shift : float
        Added to all scores; an honest softmax does not notice.
    rng : int or Generator
        Source of the tokens.

    Returns
    -------
    ndarray, shape (n,)
        Largest change in each query's output. A leak is a change before `first_changed`.
    """
    rng = np.random.default_rng(rng)
    before = rng.normal(size=(3, n, d))
    after = before.copy()
    after[:, first_changed:] = rng.normal(size=(3, n - first_changed, d))
    outputs = [
        rule(attention_scores(q, k) + shift, causal_mask(n)) @ v for q, k, v in (before, after)
    ]
    return np.abs(outputs[1] - outputs[0]).max(axis=1)


def empty_rows(*, n=5, d=4, empty=2, rng=0):
    """Three policies for a query whose mask is all False.

    Parameters
    ----------
    n, d : int
        Number of tokens and size of queries, keys and values.
    empty : int
        The query that may attend to nothing; the others see everything.
    rng : int or Generator
        Source of the tokens.

    Returns
    -------
    dict of str to EmptyRow
    """
    q, k, v = np.random.default_rng(rng).normal(size=(3, n, d))
    mask = np.ones((n, n), dtype=bool)
    mask[empty] = False
    scores = attention_scores(q, k)
    policies = {
        "zeros": softmax(np.where(mask, scores, -np.inf)),
        "NaN": naive_softmax(np.where(mask, scores, -np.inf)),
        "uniform": softmax(np.where(mask, scores, -1e9)),
    }
    results = {}
    for name, weights in policies.items():
        out = weights @ v
        leak = np.abs(weights[empty] @ (v + 1) - out[empty]).max()
        spoiled = np.isnan(attention(out, out, out)).any(axis=1)
        results[name] = EmptyRow(weights, spoiled, float(leak))
    return results
