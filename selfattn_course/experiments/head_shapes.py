"""What the size of a head decides: what it reads, and how many questions it can ask."""

import numpy as np

from ..kernels import attention, attention_scores, attention_weights, merge_heads, split_heads


def head_reads(*, n=6, d_model=8, n_heads=4, rng=0):
    """Which features of the input each head depends on, under two ways to make heads.

    Parameters
    ----------
    n, d_model, n_heads : int
        Number of tokens, of features, and of heads, which divides d_model.
    rng : int or Generator
        Source of tokens, projections and changes.

    Returns
    -------
    dict of str to ndarray, shape (n_heads, d_model)
        Largest change of a head's output when one feature of all tokens changes, for heads that
        split the "projection" and for heads that split the "embedding", each with small
        projections of its own.
    """
    rng = np.random.default_rng(rng)
    x, other = rng.normal(size=(2, n, d_model))
    size = d_model // n_heads
    wide = rng.normal(size=(3, d_model, d_model)) / np.sqrt(d_model)
    small = rng.normal(size=(3, n_heads, size, size)) / np.sqrt(size)

    def projection(x):
        return attention(*(split_heads(x @ w, n_heads) for w in wide))

    def embedding(x):
        return attention(*(split_heads(x, n_heads) @ w for w in small))

    ways = {"projection": projection, "embedding": embedding}
    return {name: _moved(heads, x, other) for name, heads in ways.items()}


def singular_values(*, n=64, d=4, rng=0):
    """Singular values of the scores of a small head, and of its weights.

    Parameters
    ----------
    n, d : int
        Number of tokens, and size of queries and keys.
    rng : int or Generator
        Source of queries and keys.

    Returns
    -------
    dict
        "scores" and "weights", shape (n,), from large to small; "rank of scores" and
        "rank of weights", ints, by NumPy's rule for what counts as 0.
    """
    q, k = np.random.default_rng(rng).normal(size=(2, n, d))
    matrices = {"scores": attention_scores(q, k), "weights": attention_weights(q, k)}
    values = {name: np.linalg.svd(m, compute_uv=False) for name, m in matrices.items()}
    ranks = {f"rank of {name}": int(np.linalg.matrix_rank(m)) for name, m in matrices.items()}
    return values | ranks


def two_questions(*, n=16, d_v=8, rng=0):
    """One token needs two values: with one head for both, and with a head for each.

    Parameters
    ----------
    n, d_v : int
        Number of tokens, and size of values.
    rng : int or Generator
        Source of values.

    Returns
    -------
    dict of str to float
        Error of the best linear reading of both values, as a share of their length, with "one"
        head that gives each of the two keys half of its weight, and with "two" heads.
    """
    trials = 400
    v = np.random.default_rng(rng).normal(size=(trials, n, d_v))
    wanted = v[:, :2].reshape(trials, 2 * d_v)
    one_hot = np.eye(n)[None, :2]  # head 0 finds key 0, head 1 finds key 1
    heads = {"one": one_hot.mean(axis=1, keepdims=True), "two": one_hot}
    errors = {}
    for name, weights in heads.items():
        seen = merge_heads((weights @ v)[:, :, None])[:, 0]
        guess = seen @ np.linalg.lstsq(seen, wanted, rcond=None)[0]
        errors[name] = float(np.linalg.norm(guess - wanted) / np.linalg.norm(wanted))
    return errors


def _moved(heads, x, other):
    before, columns = heads(x), []
    for j in range(x.shape[1]):
        changed = x.copy()
        changed[:, j] = other[:, j]
        columns.append(np.abs(heads(changed) - before).max(axis=(-2, -1)))
    return np.array(columns).T
