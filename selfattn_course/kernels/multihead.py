"""Multi-head attention: project, attend in every head, project back."""

from dataclasses import dataclass

import numpy as np

from .attention import attention_weights
from .grouped import grouped_query_attention
from .heads import merge_heads, split_heads
from .linear_map import linear_map, linear_map_vjp
from .tiled import TiledTrace, tiled_attention_trace
from .tiled_vjp import tiled_attention_vjp


@dataclass(frozen=True)
class MultiHeadWeights:
    """Weights of a multi-head layer with h query heads and h_kv heads of keys and values.

    Parameters
    ----------
    w_q : ndarray, shape (d_model, h * d)
        Makes queries.
    w_k : ndarray, shape (d_kv, h_kv * d)
        Makes keys.
    w_v : ndarray, shape (d_kv, h_kv * d_v)
        Makes values.
    w_o : ndarray, shape (h * d_v, d_out)
        Makes the output from the heads side by side.
    b_q, b_k, b_v, b_o : ndarray of one axis, optional
        Added after each product.
    """

    w_q: np.ndarray
    w_k: np.ndarray
    w_v: np.ndarray
    w_o: np.ndarray
    b_q: np.ndarray | None = None
    b_k: np.ndarray | None = None
    b_v: np.ndarray | None = None
    b_o: np.ndarray | None = None


@dataclass(frozen=True)
class MultiHeadTrace:
    """What the backward pass of multi-head attention needs from its forward pass.

    Parameters
    ----------
    q : ndarray, shape (..., h, n_q, d)
        Queries.
    k, v : ndarray, shape (..., h, n_k, d) and (..., h, n_k, d_v)
        Keys and values; shared heads are repeated.
    attention : TiledTrace
        Of the attention in every head.
    out : ndarray, shape (..., n_q, d_out)
        Output.
    """

    q: np.ndarray
    k: np.ndarray
    v: np.ndarray
    attention: TiledTrace
    out: np.ndarray


def multi_head_attention(
    x_q, x_kv, weights, n_heads, mask=None, *, n_kv_heads=None, bias=None, scale=None, softcap=None
):
    """Attention in several heads at once, each in a projection of its own.

    Parameters
    ----------
    x_q : array_like, shape (..., n_q, d_model)
        What asks.
    x_kv : array_like, shape (..., n_k, d_kv)
        What is attended to: x_q again for self-attention.
    weights : MultiHeadWeights
        The projections.
    n_heads : int
        Number of query heads, h.
    mask : array_like of bool, broadcastable to (..., h, n_q, n_k), optional
        True where a query may attend to a key. One mask per sequence needs an axis for the
        heads: mask[:, None].
    n_kv_heads : int, optional
        Heads of keys and values, each shared by h / n_kv_heads query heads; h if not given.
    bias : array_like, broadcastable to (..., h, n_q, n_k), optional
        Added to the scores.
    scale, softcap : float, optional
        As in `attention`.

    Returns
    -------
    ndarray, shape (..., n_q, d_out)
        A query with nothing to attend to gets b_o.

    Raises
    ------
    ValueError
        If shapes disagree, or heads do not divide the projections.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Vaswani et al. (2017), section 3.2.2; shared heads: Ainslie et al. (2023), section 2.2.
    """
    q, k, v = _projections(x_q, x_kv, weights, n_heads, n_kv_heads)
    heads = grouped_query_attention(q, k, v, mask, bias=bias, scale=scale, softcap=softcap)
    return _project(merge_heads(heads), weights, "o")


def multi_head_attention_weights(
    x_q, x_kv, weights, n_heads, mask=None, *, n_kv_heads=None, bias=None, scale=None, softcap=None
):
    """The attention weights of every head of `multi_head_attention`.

    Parameters
    ----------
    x_q, x_kv, weights, n_heads, mask, n_kv_heads, bias, scale, softcap
        As given to `multi_head_attention`.

    Returns
    -------
    ndarray, shape (..., h, n_q, n_k)
        Each row sums to 1, or to 0 where nothing may be attended to.

    References
    ----------
    Vaswani et al. (2017), section 3.2.2.
    """
    q, k, _ = _projections(x_q, x_kv, weights, n_heads, n_kv_heads)
    k = _repeated(k, n_heads)
    return attention_weights(q, k, mask, bias=bias, scale=scale, softcap=softcap)


def multi_head_attention_trace(
    x_q, x_kv, weights, n_heads, mask=None, *, n_kv_heads=None, bias=None, scale=None, softcap=None
):
    """`multi_head_attention`, tile by tile, with what its backward pass needs.

    Parameters
    ----------
    x_q, x_kv, weights, n_heads, mask, n_kv_heads, bias, scale, softcap
        As given to `multi_head_attention`.

    Returns
    -------
    MultiHeadTrace
        Its output is that of `multi_head_attention` up to rounding.

    References
    ----------
    Vaswani et al. (2017), section 3.2.2.
    """
    q, k, v = _projections(x_q, x_kv, weights, n_heads, n_kv_heads)
    k, v = _repeated(k, n_heads), _repeated(v, n_heads)
    attention = tiled_attention_trace(q, k, v, mask, bias=bias, scale=scale, softcap=softcap)
    out = _project(merge_heads(attention.out), weights, "o")
    return MultiHeadTrace(q, k, v, attention, out)


def multi_head_attention_vjp(
    x_q,
    x_kv,
    weights,
    d_out,
    n_heads,
    mask=None,
    *,
    n_kv_heads=None,
    bias=None,
    scale=None,
    softcap=None,
    trace=None,
):
    """Gradients of a loss in the inputs and weights of `multi_head_attention`.

    Parameters
    ----------
    x_q, x_kv, weights, n_heads, mask, n_kv_heads, bias, scale, softcap
        As given to `multi_head_attention`.
    d_out : array_like, shape (..., n_q, d_out)
        Gradient of the loss with respect to the output.
    trace : MultiHeadTrace, optional
        From `multi_head_attention_trace` of the same arguments; computed again if not given.

    Returns
    -------
    d_x_q, d_x_kv : ndarray
        Each with the shape of its input. In self-attention, where one array is both, its
        gradient is their sum.
    d_weights : MultiHeadWeights
        None where the layer has no bias.

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Vaswani et al. (2017), section 3.2.2, differentiated.
    """
    options = {"bias": bias, "scale": scale, "softcap": softcap}
    n_kv_heads = n_heads if n_kv_heads is None else n_kv_heads
    if trace is None:
        trace = multi_head_attention_trace(
            x_q, x_kv, weights, n_heads, mask, n_kv_heads=n_kv_heads, **options
        )
    heads = merge_heads(trace.attention.out)
    d_heads, d_w_o, d_b_o = linear_map_vjp(heads, weights.w_o, weights.b_o, d_out)
    d_heads = split_heads(d_heads, n_heads)
    dq, dk, dv = tiled_attention_vjp(
        trace.q, trace.k, trace.v, d_heads, trace.attention, mask, **options
    )
    dk, dv = _repeated_vjp(dk, n_kv_heads), _repeated_vjp(dv, n_kv_heads)
    d_x_q, d_w_q, d_b_q = linear_map_vjp(x_q, weights.w_q, weights.b_q, merge_heads(dq))
    d_x_k, d_w_k, d_b_k = linear_map_vjp(x_kv, weights.w_k, weights.b_k, merge_heads(dk))
    d_x_v, d_w_v, d_b_v = linear_map_vjp(x_kv, weights.w_v, weights.b_v, merge_heads(dv))
    d_weights = MultiHeadWeights(d_w_q, d_w_k, d_w_v, d_w_o, d_b_q, d_b_k, d_b_v, d_b_o)
    return d_x_q, d_x_k + d_x_v, d_weights


def _projections(x_q, x_kv, weights, n_heads, n_kv_heads):
    """Queries (..., h, n_q, d), keys (..., h_kv, n_k, d), values (..., h_kv, n_k, d_v)."""
    n_kv_heads = n_heads if n_kv_heads is None else n_kv_heads
    q = split_heads(_project(x_q, weights, "q"), n_heads)
    k = split_heads(_project(x_kv, weights, "k"), n_kv_heads)
    v = split_heads(_project(x_kv, weights, "v"), n_kv_heads)
    return q, k, v


def _repeated(x, n_heads):
    """Each shared head as often as query heads use it, in a row."""
    n_shared = x.shape[-3]
    if n_heads % n_shared:
        raise ValueError(
            f"q has {n_heads} heads and k has {n_shared}; expected a number that divides "
            f"{n_heads}. Let each head of keys serve the same number of query heads."
        )
    return x if n_heads == n_shared else np.repeat(x, n_heads // n_shared, axis=-3)


def _repeated_vjp(d_repeated, n_shared):
    *leading, h, n, d = d_repeated.shape
    return d_repeated.reshape(*leading, n_shared, h // n_shared, n, d).sum(axis=-3)


def _project(x, weights, name):
    """linear_map with w_<name> and b_<name>, and their name in what it complains about."""
    try:
        return linear_map(x, getattr(weights, f"w_{name}"), getattr(weights, f"b_{name}"))
    except ValueError as error:
        raise ValueError(f"In the projection with w_{name}: {error}") from None
