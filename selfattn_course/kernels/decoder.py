"""The decoder block: self-attention, attention to a memory, and a feed-forward layer."""

from dataclasses import dataclass

from .block import block_trace, block_vjp
from .feed_forward import FeedForwardWeights
from .multihead import MultiHeadWeights
from .residual import LayerNormWeights, attention_step, feed_forward_step


@dataclass(frozen=True)
class DecoderBlockWeights:
    """Weights of `decoder_block`: those of each step, and of the norm around it."""

    self_attention: MultiHeadWeights
    self_attention_norm: LayerNormWeights
    cross_attention: MultiHeadWeights
    cross_attention_norm: LayerNormWeights
    feed_forward: FeedForwardWeights
    feed_forward_norm: LayerNormWeights


def decoder_block(
    x,
    memory,
    weights,
    n_heads,
    mask=None,
    memory_mask=None,
    *,
    norm_first=True,
    activation="relu",
    eps=1e-5,
):
    """Self-attention, attention to the output of an encoder, then a feed-forward layer.

    Parameters
    ----------
    x : array_like, shape (..., n, d)
        One row for each position.
    memory : array_like, shape (..., m, d_memory)
        Output of the encoder.
    weights : DecoderBlockWeights
    n_heads : int
        Number of heads, h, in both attentions.
    mask : array_like of bool, broadcastable to (..., h, n, n), optional
        True where a position may attend to another: usually causal_mask(n).
    memory_mask : array_like of bool, broadcastable to (..., h, n, m), optional
        True where a position may attend to a row of the memory.
    norm_first, activation, eps
        As in `encoder_block`.

    Returns
    -------
    ndarray, shape (..., n, d)

    Raises
    ------
    ValueError
        If shapes disagree.
    TypeError
        If a mask is not boolean.

    References
    ----------
    Vaswani et al. (2017), section 3.1; pre-norm: Xiong et al. (2020).
    """
    options = {"norm_first": norm_first, "activation": activation, "eps": eps}
    return decoder_block_trace(x, memory, weights, n_heads, mask, memory_mask, **options).out


def decoder_block_trace(
    x,
    memory,
    weights,
    n_heads,
    mask=None,
    memory_mask=None,
    *,
    norm_first=True,
    activation="relu",
    eps=1e-5,
):
    """`decoder_block`, with what its backward pass needs.

    Parameters
    ----------
    x, memory, weights, n_heads, mask, memory_mask, norm_first, activation, eps
        As given to `decoder_block`.

    Returns
    -------
    BlockTrace
    """
    steps = _decoder_steps(memory, weights, n_heads, mask, memory_mask, activation)
    return block_trace(x, steps, norm_first=norm_first, eps=eps)


def decoder_block_vjp(
    x,
    memory,
    weights,
    d_out,
    n_heads,
    mask=None,
    memory_mask=None,
    *,
    norm_first=True,
    activation="relu",
    eps=1e-5,
    trace=None,
):
    """Gradients of a loss in x, memory and weights, given its gradient in `decoder_block`.

    Parameters
    ----------
    x, memory, weights, n_heads, mask, memory_mask, norm_first, activation, eps
        As given to `decoder_block`.
    d_out : array_like, shape (..., n, d)
        Gradient of the loss with respect to the output.
    trace : BlockTrace, optional
        From `decoder_block_trace` of the same arguments; computed again if not given.

    Returns
    -------
    d_x, d_memory : ndarray
        Each with the shape of its input.
    d_weights : DecoderBlockWeights

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    steps = _decoder_steps(memory, weights, n_heads, mask, memory_mask, activation)
    trace = block_trace(x, steps, norm_first=norm_first, eps=eps) if trace is None else trace
    d_x, d_steps = block_vjp(trace, steps, d_out, norm_first=norm_first, eps=eps)
    ((d_self,), d_self_norm), ((d_memory, d_cross), d_cross_norm), ((d_feed,), d_feed_norm) = (
        d_steps
    )
    d_weights = DecoderBlockWeights(d_self, d_self_norm, d_cross, d_cross_norm, d_feed, d_feed_norm)
    return d_x, d_memory, d_weights


def _decoder_steps(memory, weights, n_heads, mask, memory_mask, activation):
    cross = attention_step(weights.cross_attention, n_heads, memory_mask, memory=memory)
    return (
        (attention_step(weights.self_attention, n_heads, mask), weights.self_attention_norm),
        (cross, weights.cross_attention_norm),
        (feed_forward_step(weights.feed_forward, activation), weights.feed_forward_norm),
    )
