"""Sizes of the calls of chapter 2: all different, so that no two axes can be confused."""

import numpy as np

VISIBLE = {
    "n_q": 5,
    "n_k": 11,
    "d_model": 7,
    "d_kv": 9,
    "d_out": 6,
    "d": 3,
    "d_v": 10,
    "batch": 2,
    "heads": 4,
}


def drawn_sizes(rng):
    """Sizes for one student, with more keys than queries and no two the same.

    No product of two small ones is among the large ones either: a projection into `heads` times
    `d` features must not look like another axis.
    """
    few, many, d_model, d_kv, d_out, d_v = rng.permutation([5, 7, 9, 10, 11, 13, 14])[:6].tolist()
    batch, heads, d = rng.permutation([2, 3, 4]).tolist()
    return {
        "n_q": min(few, many),
        "n_k": max(few, many),
        "d_model": d_model,
        "d_kv": d_kv,
        "d_out": d_out,
        "d": d,
        "d_v": d_v,
        "batch": batch,
        "heads": heads,
    }


def cycle(rng, n):
    """A permutation that is one cycle through all n: from n = 3 on not its own inverse."""
    order = rng.permutation(n)
    permutation = np.empty(n, dtype=np.int64)
    permutation[order] = np.roll(order, -1)
    return permutation
