"""Grouped-query attention: several query heads share one head of keys and values."""

import numpy as np

from .attention import attention, broadcast_shape, fitting_bias, fitting_mask
from .attention_vjp import attention_vjp, check_d_out
from .inputs import float_array


def grouped_query_attention(q, k, v, mask=None, *, bias=None, scale=None, softcap=None):
    """Attention where h query heads share h_kv heads of keys and values, in order.

    Query heads 0 to h / h_kv - 1 use the first head of keys, the next ones the second, and so on.
    With h_kv = 1 this is multi-query attention, with h_kv = h ordinary multi-head attention.

    Parameters
    ----------
    q : array_like, shape (..., h, n_q, d)
        Queries.
    k : array_like, shape (..., h_kv, n_k, d)
        Keys; h_kv divides h.
    v : array_like, shape (..., h_kv, n_k, d_v)
        Values.
    mask, bias : array_like, broadcastable to (..., h, n_q, n_k), optional
        As in `attention`.
    scale, softcap : float, optional
        As in `attention`.

    Returns
    -------
    ndarray, shape (..., h, n_q, d_v)

    Raises
    ------
    ValueError
        If h_kv does not divide h, or other shapes disagree.

    References
    ----------
    Ainslie et al. (2023), section 2.2.
    """
    grouped, terms = _grouped(q, k, v, mask, bias)
    out = attention(*grouped, terms["mask"], bias=terms["bias"], scale=scale, softcap=softcap)
    return _ungrouped(out)


def grouped_query_attention_vjp(q, k, v, d_out, mask=None, *, bias=None, scale=None, softcap=None):
    """Gradients of a loss in q, k and v, from its gradient in `grouped_query_attention`.

    Parameters
    ----------
    q, k, v, mask, bias, scale, softcap
        As given to `grouped_query_attention`.
    d_out : array_like, shape (..., h, n_q, d_v)
        Gradient of the loss with respect to the output.

    Returns
    -------
    dq, dk, dv : ndarray
        Each with the shape of its input: a shared head adds up over its group.

    Raises
    ------
    ValueError
        If h_kv does not divide h, or other shapes disagree.

    References
    ----------
    Ainslie et al. (2023), section 2.2, differentiated.
    """
    grouped, terms = _grouped(q, k, v, mask, bias)
    weights_shape, v_shape = _ungrouped_shapes(grouped, terms)
    check_d_out(d_out, weights_shape, v_shape)
    d_out = _split(float_array(d_out, "d_out"), grouped[1].shape[-4])
    dq, dk, dv = attention_vjp(
        *grouped, d_out, terms["mask"], bias=terms["bias"], scale=scale, softcap=softcap
    )
    return _ungrouped(dq), dk[..., 0, :, :], dv[..., 0, :, :]


def _grouped(q, k, v, mask, bias):
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    if min(q.ndim, k.ndim, v.ndim) < 3 or k.shape[-3] != v.shape[-3]:
        raise ValueError(
            f"q, k, v have shapes {q.shape}, {k.shape}, {v.shape}; expected (..., h, n, d) with "
            "as many heads of values as of keys. Put the heads on the third axis from the end."
        )
    if not broadcast_shape(q.shape[:-3], k.shape[:-3], v.shape[:-3]):
        raise ValueError(
            f"q, k, v have shapes {q.shape}, {k.shape}, {v.shape}; expected axes before the heads "
            "that broadcast, equal or 1. Give every sequence its keys and values, or one for all."
        )
    h, h_kv = q.shape[-3], k.shape[-3]
    if h_kv < 1 or h % h_kv:
        raise ValueError(
            f"q has {h} heads and k has {h_kv}; expected a number that divides {h}. "
            "Let each head of keys serve the same number of query heads."
        )
    shape = (*np.broadcast_shapes(q.shape[:-3], k.shape[:-3]), h, q.shape[-2], k.shape[-2])
    arrays = _split(q, h_kv), k[..., None, :, :], v[..., None, :, :]
    mask = None if mask is None else _split_term(fitting_mask(mask, shape), "mask", h, h_kv)
    bias = None if bias is None else _split_term(fitting_bias(bias, shape), "bias", h, h_kv)
    return arrays, {"mask": mask, "bias": bias}


def _split_term(term, name, h, h_kv):
    if term.ndim > 2 and term.shape[-3] not in (1, h):
        raise ValueError(
            f"{name} has shape {term.shape} for {h} query heads; expected {h} or 1 on "
            "the third axis from the end. Give every query head its own, or one for all."
        )
    return _split(term, h_kv) if term.ndim > 2 else term


def _split(x, h_kv):
    """The axis of heads as (shared heads, heads that share each); one head stays broadcastable."""
    if x.shape[-3] == 1:
        return x[..., None, :, :]
    return x.reshape(*x.shape[:-3], h_kv, x.shape[-3] // h_kv, *x.shape[-2:])


def _ungrouped(x):
    return x.reshape(*x.shape[:-4], x.shape[-4] * x.shape[-3], *x.shape[-2:])


def _ungrouped_shapes(grouped, terms):
    """Shapes of weights and values as if every query head had its own."""
    q, k, v = grouped
    terms = [np.shape(term)[:-2] for term in terms.values() if term is not None]
    *leading, h_kv, share = np.broadcast_shapes(q.shape[:-2], k.shape[:-2], v.shape[:-2], *terms)
    return (*leading, h_kv * share, q.shape[-2], k.shape[-2]), v.shape[-2:]
