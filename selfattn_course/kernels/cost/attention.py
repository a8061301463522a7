"""Cost of softmax attention on full score matrices, and with shared heads."""

from .record import checked_size
from .schedule import cost_of, elementwise, product


def attention_cost(n_q, n_k, d, d_v=None, *, itemsize=8):
    """Cost of `attention`: scores = q k^T, weights = softmax(scores), out = weights v.

    Masked scores are computed like others.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys.
    d, d_v : int
        Features of a key and of a value; d_v = d if not given.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost
        Of one head; for more, use `at_once`.

    References
    ----------
    Dao et al. (2022), algorithm 0, has the same traffic.
    """
    return grouped_query_attention_cost(n_q, n_k, 1, 1, d, d_v, itemsize=itemsize)


def attention_vjp_cost(n_q, n_k, d, d_v=None, *, itemsize=8):
    """Cost of `attention_vjp`: scores and weights again, then dv, d_weights, d_scores, dq, dk.

    Parameters
    ----------
    n_q, n_k, d, d_v, itemsize
        As in `attention_cost`.

    Returns
    -------
    Cost
        With d_v = d, 2.5 times the multiply-adds of the forward pass.

    References
    ----------
    Dao et al. (2022), algorithm 4, with the weights computed again.
    """
    return grouped_query_attention_vjp_cost(n_q, n_k, 1, 1, d, d_v, itemsize=itemsize)


def grouped_query_attention_cost(n_q, n_k, n_heads, n_kv_heads, d, d_v=None, *, itemsize=8):
    """Cost of `grouped_query_attention`: the steps of `attention_cost` in every head.

    A group of query heads reads its shared keys and values once.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys.
    n_heads, n_kv_heads : int
        Heads of queries, and of keys and values.
    d, d_v, itemsize
        As in `attention_cost`.

    Returns
    -------
    Cost

    Raises
    ------
    ValueError
        If n_kv_heads does not divide n_heads.
    """
    rows = group_size(n_heads, n_kv_heads) * checked_size("n_q", n_q)
    sizes = {"n_q": rows, "n_k": n_k, "d": d, "d_v": d if d_v is None else d_v}
    steps = attention_steps("", "q", "k", "v", **sizes, times=n_kv_heads)
    return cost_of(steps, results={"attended"}, itemsize=itemsize)


def grouped_query_attention_vjp_cost(n_q, n_k, n_heads, n_kv_heads, d, d_v=None, *, itemsize=8):
    """Cost of `grouped_query_attention_vjp`: the steps of `attention_vjp_cost` in every head.

    Parameters
    ----------
    n_q, n_k, n_heads, n_kv_heads, d, d_v, itemsize
        As in `grouped_query_attention_cost`.

    Returns
    -------
    Cost

    Raises
    ------
    ValueError
        If n_kv_heads does not divide n_heads.
    """
    rows = group_size(n_heads, n_kv_heads) * checked_size("n_q", n_q)
    sizes = {"n_q": rows, "n_k": n_k, "d": d, "d_v": d if d_v is None else d_v}
    steps = attention_vjp_steps("", "q", "k", "v", "d_out", **sizes, times=n_kv_heads)
    return cost_of(steps, results={"dq", "dk", "dv"}, itemsize=itemsize)


def attention_steps(prefix, q, k, v, *, n_q, n_k, d, d_v, times):
    """Steps that write <prefix>attended."""
    scores, weights = prefix + "scores", prefix + "weights"
    size = times * n_q * n_k
    return [
        product(scores, q, k, n_q, d, n_k, times=times),
        elementwise(weights, size, {scores: size}, exponentials=size),
        product(prefix + "attended", weights, v, n_q, n_k, d_v, times=times),
    ]


def attention_vjp_steps(prefix, q, k, v, d_out, *, n_q, n_k, d, d_v, times):
    """Steps that write <prefix>dq, <prefix>dk and <prefix>dv."""
    scores, weights = prefix + "scores again", prefix + "weights again"
    d_scores, d_weights = prefix + "d_scores", prefix + "d_weights"
    size = times * n_q * n_k
    return [
        product(scores, q, k, n_q, d, n_k, times=times),
        elementwise(weights, size, {scores: size}, exponentials=size),
        product(prefix + "dv", weights, d_out, n_k, n_q, d_v, times=times),
        product(d_weights, d_out, v, n_q, d_v, n_k, times=times),
        elementwise(d_scores, size, {weights: size, d_weights: size}),
        product(prefix + "dq", d_scores, k, n_q, n_k, d, times=times),
        product(prefix + "dk", d_scores, q, n_k, n_q, d, times=times),
    ]


def group_size(n_heads, n_kv_heads):
    """Query heads for each head of keys, or an error."""
    n_heads, n_kv_heads = checked_size("n_heads", n_heads), checked_size("n_kv_heads", n_kv_heads)
    if n_kv_heads < 1 or n_heads % n_kv_heads:
        raise ValueError(
            f"n_heads is {n_heads} and n_kv_heads is {n_kv_heads}; expected a number that divides "
            f"{n_heads}. Let each head of keys serve the same number of query heads."
        )
    return n_heads // n_kv_heads
