"""The calls of chapter 2 that take whole numbers: sizes of a prediction or of a design."""

import numpy as np

from ..exercise import Case
from .draws import size_cases


def visible_cases(rng):
    """Arguments (d, n), the same for everyone."""
    return _own_weight_cases(
        (64, 16), (64, 128), (64, 1024), (25, 100), (36, 1500), (81, 3), (4, 1)
    )


def hidden_cases(rng):
    """Arguments (d, n), drawn so that the token keeps between a sixth and two thirds."""
    drawn = []
    for d in rng.choice(np.arange(25, 50), size=6, replace=False).tolist():
        share = rng.uniform(1 / 6, 2 / 3)
        others = (1 / share - 1) * np.exp(np.sqrt(d) - 0.5)
        drawn.append((d, 1 + max(1, round(min(others, 2000)))))
    return _own_weight_cases(*drawn, (int(rng.integers(50, 100)), 2), (int(rng.integers(2, 6)), 1))


def visible_lengths(rng):
    """Arguments (n,)."""
    return size_cases(2, 3, 4, 5, 8, 16, 33)


def hidden_lengths(rng):
    """Arguments (n,)."""
    return size_cases(2, 3, *rng.integers([5, 10, 16, 22], [10, 16, 22, 30]).tolist(), 40)


def visible_patterns(rng):
    """Arguments (n, vocab)."""
    return _pattern_cases((4, 2), (6, 4), (8, 3), (7, 11), (12, 7))


def hidden_patterns(rng):
    """Arguments (n, vocab)."""
    n = rng.choice(np.arange(5, 21), size=5, replace=False)
    vocab = rng.choice(np.arange(3, 15), size=5, replace=False)
    return _pattern_cases(*zip(n.tolist(), vocab.tolist(), strict=True))


def _own_weight_cases(*pairs):
    return tuple(Case(f"{n} tokens of size {d}", (d, n)) for d, n in pairs)


def _pattern_cases(*pairs):
    return tuple(Case(f"{n} places, {vocab} tokens", (n, vocab)) for n, vocab in pairs)
