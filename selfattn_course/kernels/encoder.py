"""The encoder block: self-attention and a feed-forward layer."""

from dataclasses import dataclass

from .block import block_trace, block_vjp
from .feed_forward import FeedForwardWeights
from .multihead import MultiHeadWeights
from .residual import LayerNormWeights, attention_step, feed_forward_step


@dataclass(frozen=True)
class EncoderBlockWeights:
    """Weights of `encoder_block`: those of each step, and of the norm around it."""

    attention: MultiHeadWeights
    attention_norm: LayerNormWeights
    feed_forward: FeedForwardWeights
    feed_forward_norm: LayerNormWeights


def encoder_block(x, weights, n_heads, mask=None, *, norm_first=True, activation="relu", eps=1e-5):
    """Self-attention, then a feed-forward layer; with a causal mask the block of a GPT.

    Parameters
    ----------
    x : array_like, shape (..., n, d)
        One row for each position.
    weights : EncoderBlockWeights
    n_heads : int
        Number of heads, h.
    mask : array_like of bool, broadcastable to (..., h, n, n), optional
        True where a position may attend to another.
    norm_first : bool
        True: x + step(norm(x)), pre-norm. False: norm(x + step(x)), post-norm as in the paper.
    activation : {"relu", "gelu", "gelu_tanh", "swish"}
        Of the feed-forward layer.
    eps : float
        Of the normalizations.

    Returns
    -------
    ndarray, shape (..., n, d)

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If the mask is not boolean.

    References
    ----------
    Vaswani et al. (2017), section 3.1; pre-norm: Xiong et al. (2020).
    """
    options = {"norm_first": norm_first, "activation": activation, "eps": eps}
    return encoder_block_trace(x, weights, n_heads, mask, **options).out


def encoder_block_trace(
    x, weights, n_heads, mask=None, *, norm_first=True, activation="relu", eps=1e-5
):
    """`encoder_block`, with what its backward pass needs.

    Parameters
    ----------
    x, weights, n_heads, mask, norm_first, activation, eps
        As given to `encoder_block`.

    Returns
    -------
    BlockTrace
    """
    steps = _encoder_steps(weights, n_heads, mask, activation)
    return block_trace(x, steps, norm_first=norm_first, eps=eps)


def encoder_block_vjp(
    x,
    weights,
    d_out,
    n_heads,
    mask=None,
    *,
    norm_first=True,
    activation="relu",
    eps=1e-5,
    trace=None,
):
    """Gradients of a loss in x and weights, from its gradient in the output of `encoder_block`.

    Parameters
    ----------
    x, weights, n_heads, mask, norm_first, activation, eps
        As given to `encoder_block`.
    d_out : array_like, shape (..., n, d)
        Gradient of the loss with respect to the output.
    trace : BlockTrace, optional
        From `encoder_block_trace` of the same arguments; computed again if not given.

    Returns
    -------
    d_x : ndarray, same shape as x
    d_weights : EncoderBlockWeights

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    steps = _encoder_steps(weights, n_heads, mask, activation)
    trace = block_trace(x, steps, norm_first=norm_first, eps=eps) if trace is None else trace
    d_x, d_steps = block_vjp(trace, steps, d_out, norm_first=norm_first, eps=eps)
    ((d_attention,), d_attention_norm), ((d_feed,), d_feed_norm) = d_steps
    return d_x, EncoderBlockWeights(d_attention, d_attention_norm, d_feed, d_feed_norm)


def _encoder_steps(weights, n_heads, mask, activation):
    return (
        (attention_step(weights.attention, n_heads, mask), weights.attention_norm),
        (feed_forward_step(weights.feed_forward, activation), weights.feed_forward_norm),
    )
