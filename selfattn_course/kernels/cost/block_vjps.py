"""Cost of the backward passes of encoder and decoder blocks."""

from .feed_forward import feed_forward_vjp_steps
from .matrix import layer_norm_step, layer_norm_vjp_step
from .multihead_steps import attended_steps, multi_head_sizes, multi_head_vjp_steps
from .schedule import cost_of, elementwise


def encoder_block_vjp_cost(
    n, d_model, n_heads, d_hidden, *, batch=1, norm_first=True, activation="relu", itemsize=8
):
    """Cost of `encoder_block_vjp`, given the trace: each part of the block backwards.

    The trace holds what each normalization and each part was applied to. What is inside a part is
    computed again, but for its last product, which nothing backwards needs.

    Parameters
    ----------
    n, d_model, n_heads, d_hidden, batch, norm_first, activation, itemsize
        As in `encoder_block_cost`.

    Returns
    -------
    Cost
        Held are the gradients in all weights so far, and what one part needs.

    Raises
    ------
    ValueError
        If the heads do not divide d_model.
    """
    sizes = multi_head_sizes(n, n, d_model, n_heads, None, None, batch)
    rows = batch * n
    parts = [_attention(sizes), _feed_forward(rows, d_model, d_hidden, activation)]
    return _block_vjp_cost(parts, rows, d_model, norm_first, itemsize)


def decoder_block_vjp_cost(
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
    """Cost of `decoder_block_vjp`, given the trace, as that of `encoder_block_vjp`.

    Parameters
    ----------
    n, n_memory, d_model, n_heads, d_hidden, batch, norm_first, activation, itemsize
        As in `decoder_block_cost`.

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
    parts = [
        _attention(inner),
        _attention(outer, to_memory=True),
        _feed_forward(rows, d_model, d_hidden, activation),
    ]
    return _block_vjp_cost(parts, rows, d_model, norm_first, itemsize)


def _attention(sizes, *, to_memory=False):
    def part(prefix, x, d_out):
        other, weights = "memory" if to_memory else x, {f"{prefix}{name} d_w" for name in "qkvo"}
        steps = [
            *attended_steps(prefix, x, other, sizes),
            *multi_head_vjp_steps(prefix, x, other, d_out, sizes),
        ]
        if to_memory:
            return steps, prefix + "q d_x", weights | {prefix + "d_x_kv"}
        size = sizes.rows_q * sizes.d_model
        both = {prefix + "q d_x": size, prefix + "d_x_kv": size}
        return [*steps, elementwise(prefix + "d_x", size, both)], prefix + "d_x", weights

    return part


def _feed_forward(rows, d, d_hidden, activation):
    def part(prefix, x, d_out):
        steps = feed_forward_vjp_steps(prefix, x, d_out, rows, d, d_hidden, activation)
        return steps, prefix + "d_x", {prefix + "d_w", prefix + "out d_w"}

    return part


def _block_vjp_cost(parts, rows, d, norm_first, itemsize):
    """Each part: from a prefix, its input and d_out to steps, its d_x, and other results."""
    d_out, steps, results, size = "d_out", [], set(), rows * d
    for index, part in reversed(list(enumerate(parts))):
        prefix = f"{index} "
        x, normed, d_normed = prefix + "x", prefix + "normed", prefix + "d_normed"
        if norm_first:
            inside, d_given, kept = part(prefix, normed, d_out)
            steps += [layer_norm_step(normed, x, rows, d), *inside]
            steps.append(layer_norm_vjp_step(d_normed, x, d_given, rows, d))
            both = {d_out: size, d_normed: size}
        else:
            inside, d_given, kept = part(prefix, x, d_normed)
            steps.append(layer_norm_vjp_step(d_normed, prefix + "sum", d_out, rows, d))
            steps += inside
            both = {d_normed: size, d_given: size}
        d_out = prefix + "d_out"
        steps.append(elementwise(d_out, size, both))
        results |= kept | {d_normed + " norm"}
    return cost_of(steps, results=results | {d_out}, itemsize=itemsize)
