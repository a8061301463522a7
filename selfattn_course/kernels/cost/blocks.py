"""Cost of encoder and decoder blocks."""

from .feed_forward import feed_forward_steps
from .matrix import layer_norm_step
from .multihead_steps import multi_head_sizes, multi_head_steps
from .schedule import cost_of, elementwise


def encoder_block_cost(
    n, d_model, n_heads, d_hidden, *, batch=1, norm_first=True, activation="relu", itemsize=8
):
    """Cost of `encoder_block`: self-attention and a feed-forward layer.

    Each of the two comes with a normalization and the sum with its input.

    Parameters
    ----------
    n : int
        Positions.
    d_model, n_heads, d_hidden : int
        Features, heads, and features inside the feed-forward layer.
    batch : int
        Sequences.
    norm_first : bool
        Normalize before each step, or after its sum. Changes only what is held.
    activation : {"relu", "gelu", "gelu_tanh", "swish"}
        Of the feed-forward layer.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost

    Raises
    ------
    ValueError
        If the heads do not divide d_model.
    """
    sizes = multi_head_sizes(n, n, d_model, n_heads, None, None, batch)
    rows = batch * n

    def attend(prefix, x):
        return multi_head_steps(prefix, x, x, sizes), "mixed"

    def feed(prefix, x):
        return feed_forward_steps(prefix, x, rows, d_model, d_hidden, activation), "fed"

    return _block_cost([attend, feed], rows, d_model, norm_first, itemsize)


def decoder_block_cost(
    n,
    n_memory,
    d_model,
    n_heads,
    d_hidden,
    *,
    batch=1,
    norm_first=True,
    activation="relu",
    itemsize=8,
):
    """Cost of `decoder_block`: self-attention, attention to a memory, a feed-forward layer.

    Parameters
    ----------
    n : int
        Positions.
    n_memory : int
        Rows of the memory, each of d_model features.
    d_model, n_heads, d_hidden, batch, norm_first, activation, itemsize
        As in `encoder_block_cost`.

    Returns
    -------
    Cost

    Raises
    ------
    ValueError
        If the heads do not divide d_model.
    """
    inner = multi_head_sizes(n, n, d_model, n_heads, None, None, batch)
    outer = multi_head_sizes(n, n_memory, d_model, n_heads, None, None, batch)
    rows = batch * n

    def attend(prefix, x):
        return multi_head_steps(prefix, x, x, inner), "mixed"

    def cross(prefix, x):
        return multi_head_steps(prefix, x, "memory", outer), "mixed"

    def feed(prefix, x):
        return feed_forward_steps(prefix, x, rows, d_model, d_hidden, activation), "fed"

    return _block_cost([attend, cross, feed], rows, d_model, norm_first, itemsize)


def _block_cost(parts, rows, d, norm_first, itemsize):
    """Each part: a function from a prefix and the name of its input to steps and its result."""
    x, steps, size = "x", [], rows * d
    for index, part in enumerate(parts):
        prefix, total = f"{index} ", f"{index} sum"
        if norm_first:
            steps.append(layer_norm_step(prefix + "normed", x, rows, d))
            inside, result = part(prefix, prefix + "normed")
        else:
            inside, result = part(prefix, x)
        steps += [*inside, elementwise(total, size, {x: size, prefix + result: size})]
        x = total
        if not norm_first:
            steps.append(layer_norm_step(prefix + "normed", total, rows, d))
            x = prefix + "normed"
    return cost_of(steps, results={x}, itemsize=itemsize)
