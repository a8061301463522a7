"""Attention that may attend to nothing: one more logit under the softmax, without a value."""

import numpy as np

from .attention import attention, attention_weights, fitting_bias, fitting_mask
from .attention_vjp import attention_bias_vjp, attention_vjp
from .broadcasting import sum_to_shape
from .inputs import float_array, wide
from .null_key import scores_shape, with_last_column, with_last_row


def sink_attention(q, k, v, sink=0.0, mask=None, *, bias=None, scale=None, softcap=None):
    """Attention whose weights may sum to less than 1: the sink takes the rest.

    The sink is a key that no query can miss, with a score of its own and a value of zero. With a
    score of 0 the weights are exp(s_j) / (1 + sum_j exp(s_j)): a softmax "off by one".

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    v : array_like, shape (..., n_k, d_v)
        Values.
    sink : array_like, shape (...)
        Score of the sink, usually one for each head, shape (h,). Minus infinity means no sink.
    mask, bias, scale, softcap
        As in `attention`; they do not act on the sink.

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
        Rows with nothing else to attend to are 0.

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Miller (2023), "Attention is off by one"; learned for each head: OpenAI (2025), gpt-oss model
    card.
    """
    q, k, v, mask, bias = _with_sink(q, k, v, sink, mask, bias)
    return attention(q, k, v, mask, bias=bias, scale=scale, softcap=softcap)


def sink_attention_weights(q, k, sink=0.0, mask=None, *, bias=None, scale=None, softcap=None):
    """The weights of `sink_attention`, without that of the sink.

    Parameters
    ----------
    q, k, sink, mask, bias, scale, softcap
        As given to `sink_attention`.

    Returns
    -------
    ndarray, shape (..., n_q, n_k)
        Each row sums to less than 1.

    References
    ----------
    Miller (2023), "Attention is off by one".
    """
    q, k, _, mask, bias = _with_sink(q, k, k, sink, mask, bias)
    weights = attention_weights(q, k, mask, bias=bias, scale=scale, softcap=softcap)
    return weights[..., :-1]


def sink_attention_vjp(q, k, v, d_out, sink=0.0, mask=None, *, bias=None, scale=None, softcap=None):
    """Gradients of a loss in q, k, v and the sink, from its gradient in `sink_attention`.

    Parameters
    ----------
    q, k, v, sink, mask, bias, scale, softcap
        As given to `sink_attention`.
    d_out : array_like, shape (..., n_q, d_v)
        Gradient of the loss with respect to the output.

    Returns
    -------
    dq, dk, dv, d_sink : ndarray
        Each with the shape of its input.

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Miller (2023), "Attention is off by one", differentiated.
    """
    q, k, v, mask, bias = _with_sink(q, k, v, sink, mask, bias)
    options = {"bias": bias, "scale": scale, "softcap": softcap}
    dq, dk, dv = attention_vjp(q, k, v, d_out, mask, **options)
    d_bias = attention_bias_vjp(wide(q), k, v, d_out, mask, **options)
    d_sink = sum_to_shape(d_bias[..., -1].sum(axis=-1), np.shape(sink)).astype(dq.dtype)
    return dq, dk[..., :-1, :], dv[..., :-1, :], d_sink


def _with_sink(q, k, v, sink, mask, bias):
    """The sink as a key and value of zeros that all see, with its score as their bias."""
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    shape = scores_shape(q, k, v)
    sink = _fitting_sink(sink, q, shape)
    if bias is None:
        bias = np.zeros((1, 1), sink.dtype)
    bias = with_last_column(fitting_bias(bias, shape), sink[..., None, None], shape[-1])
    if mask is not None:
        mask = with_last_column(fitting_mask(mask, shape), np.ones((1, 1), bool), shape[-1])
    k, v = (with_last_row(x, np.zeros(x.shape[-1], x.dtype), "sink") for x in (k, v))
    return q, k, v, mask, bias


def _fitting_sink(sink, q, shape):
    """The sink in the dtype of q, unless it is complex."""
    sink = float_array(sink, "sink")
    try:
        fits = np.broadcast_shapes(sink.shape, shape[:-2]) == shape[:-2]
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"sink has shape {sink.shape} for scores of shape {shape}; expected one that "
            f"broadcasts to {shape[:-2]}. Give one score for each head."
        )
    return sink if sink.dtype.kind == "c" else sink.astype(q.real.dtype, copy=False)
