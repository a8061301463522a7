"""Cost of multi-head attention, and of one token more with a cache of keys and values."""

from .attention import attention_steps
from .multihead_steps import multi_head_sizes, multi_head_steps, multi_head_vjp_steps
from .record import checked_size
from .schedule import cost_of, product


def multi_head_attention_cost(
    n_q, n_k, d_model, n_heads, n_kv_heads=None, *, d=None, batch=1, itemsize=8
):
    """Cost of `multi_head_attention`: three projections, attention in every head, one projection.

    The attention is that of `grouped_query_attention_cost`, on full score matrices. In tiles, as
    in `tiled_attention_cost`, it takes the same arithmetic and fewer bytes.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys in a sequence.
    d_model : int
        Features of the input and the output.
    n_heads, n_kv_heads : int
        Heads of queries, and of keys and values; equal if not given.
    d : int, optional
        Features of a head; d_model / n_heads if not given.
    batch : int
        Sequences.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost

    Raises
    ------
    ValueError
        If heads do not divide each other or d_model.
    """
    sizes = multi_head_sizes(n_q, n_k, d_model, n_heads, n_kv_heads, d, batch)
    steps = multi_head_steps("", "x_q", "x_kv", sizes)
    return cost_of(steps, results={"mixed"}, itemsize=itemsize)


def multi_head_attention_vjp_cost(
    n_q, n_k, d_model, n_heads, n_kv_heads=None, *, d=None, batch=1, itemsize=8
):
    """Cost of `multi_head_attention_vjp`, given the trace: all steps backwards.

    The trace holds q, k, v and the outputs of the heads; scores and weights are computed again.
    The inputs x_q and x_kv count as two arrays with a gradient each.

    Parameters
    ----------
    n_q, n_k, d_model, n_heads, n_kv_heads, d, batch, itemsize
        As in `multi_head_attention_cost`.

    Returns
    -------
    Cost
    """
    sizes = multi_head_sizes(n_q, n_k, d_model, n_heads, n_kv_heads, d, batch)
    steps = multi_head_vjp_steps("", "x_q", "x_kv", "d_out", sizes)
    results = {"q d_x", "d_x_kv", "q d_w", "k d_w", "v d_w", "o d_w"}
    return cost_of(steps, results=results, itemsize=itemsize)


def decoding_step_cost(n_cached, d_model, n_heads, n_kv_heads=None, *, d=None, batch=1, itemsize=8):
    """Cost of multi-head attention for one token more, with the others in a `KeyValueCache`.

    Projections of one token, whose key and value join the cache; attention of its query to the
    n_cached + 1 tokens; projection of the result.

    Parameters
    ----------
    n_cached : int
        Tokens before this one.
    d_model, n_heads, n_kv_heads, d, batch, itemsize
        As in `multi_head_attention_cost`.

    Returns
    -------
    Cost
        The cache itself is an input, and so not in bytes_held; see `cache_bytes`.

    References
    ----------
    Shazeer (2019), section 2.4.
    """
    n_keys = checked_size("n_cached", n_cached) + 1
    sizes = multi_head_sizes(1, n_keys, d_model, n_heads, n_kv_heads, d, batch)
    steps = [
        product("q", "x", "w_q", batch, d_model, sizes.wide),
        product("new k", "x", "w_k", batch, d_model, sizes.narrow),
        product("new v", "x", "w_v", batch, d_model, sizes.narrow),
        *attention_steps("", "q", "cached k", "cached v", **sizes.heads),
        product("out", "attended", "w_o", batch, sizes.wide, d_model),
    ]
    return cost_of(steps, results={"out", "new k", "new v"}, itemsize=itemsize)


def cache_bytes(n, n_kv_heads, d, d_v=None, *, n_layers=1, batch=1, itemsize=8):
    """Bytes of the keys and values of n tokens in all layers.

    Parameters
    ----------
    n : int
        Tokens in a sequence.
    n_kv_heads : int
        Heads of keys and values.
    d, d_v : int
        Features of a key and of a value; d_v = d if not given.
    n_layers, batch : int
        Layers and sequences.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    int
    """
    return itemsize * n_layers * batch * n_kv_heads * n * (d + (d if d_v is None else d_v))
