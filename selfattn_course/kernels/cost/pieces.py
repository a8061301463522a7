"""Cost of attention in pieces: tiles, sliding windows, block layouts."""

from ..block_sparse import layout_slices
from ..tiles import COLUMNS, block_rows, blocks
from ..window import BLOCK, window_slices
from .attention import attention_cost, attention_vjp_cost
from .record import Cost, checked_size


def tiled_attention_cost(
    n_q, n_k, d, d_v=None, *, rows=None, columns=COLUMNS, causal=False, offset=0, itemsize=8
):
    """Cost of `tiled_attention`: each block of queries meets all tiles of keys, in fast memory.

    Scores never reach memory. A block of queries is read and its output written once; keys and
    values are read again for every block of queries.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys.
    d, d_v : int
        Features of a key and of a value; d_v = d if not given.
    rows, columns : int, optional
        Queries and keys in a tile; as `tiled_attention` takes them if not given.
    causal : bool
        Keys that lie beyond every query of a block are skipped.
    offset : int
        Position of query 0 among the keys.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost
        Held are the output and the scores of one tile. Exponentials that move the reference of
        a softmax are not counted: they depend on the numbers.

    References
    ----------
    Loops in the order of Dao (2023), algorithm 1.
    """
    d_v = d if d_v is None else d_v
    rows = block_rows(n_q, causal) if rows is None else rows
    seen = [
        (block.stop - block.start, min(n_k, max(block.stop + offset, 0)) if causal else n_k)
        for block in blocks(checked_size("n_q", n_q), rows)
    ]
    pairs, keys = sum(height * width for height, width in seen), sum(width for _, width in seen)
    out, tile = n_q * d_v, min(rows, n_q) * min(columns, n_k)
    return Cost(
        pairs * (d + d_v),
        pairs,
        itemsize * (n_q * d + keys * (d + d_v)),
        itemsize * out,
        itemsize * (out + tile),
    )


def tiled_attention_vjp_cost(
    n_q, n_k, d, d_v=None, *, rows=None, columns=COLUMNS, causal=False, offset=0, itemsize=8
):
    """Cost of `tiled_attention_vjp`: each tile of keys meets all blocks of queries.

    First the row sums of d_out * out. Then a tile of keys and values is read, and its gradients
    are written, once; each block of queries comes with its d_out, and with its part of dq, which
    is read, added to and written back.

    Parameters
    ----------
    n_q, n_k, d, d_v, rows, columns, causal, offset, itemsize
        As in `tiled_attention_cost`.

    Returns
    -------
    Cost
        Held are the gradients, and two tiles: weights and gradients of scores. That the kernel
        adds normalizers and row sums as one more column of a product is not counted.

    References
    ----------
    Dao et al. (2022), algorithm 4.
    """
    d_v = d if d_v is None else d_v
    rows = block_rows(n_q, causal) if rows is None else rows
    pairs = queries = 0
    for tile in blocks(checked_size("n_k", n_k), columns):
        first = max(tile.start - offset, 0) // rows * rows if causal else 0
        pairs += max(n_q - first, 0) * (tile.stop - tile.start)
        queries += max(n_q - first, 0)
    gradients, tile = n_q * d + n_k * (d + d_v), min(rows, n_q) * min(columns, n_k)
    return Cost(
        pairs * (3 * d + 2 * d_v),
        pairs,
        itemsize * (2 * n_q * d_v + n_k * (d + d_v) + queries * (2 * d + d_v)),
        itemsize * (n_k * (d + d_v) + queries * d),
        itemsize * (gradients + 2 * tile),
    )


def window_attention_cost(n_q, n_k, d, d_v=None, *, left, right, offset=0, block=BLOCK, itemsize=8):
    """Cost of `window_attention`: the steps of `attention_cost` for each block of queries.

    Parameters
    ----------
    n_q, n_k, d, d_v, itemsize
        As in `attention_cost`.
    left, right, offset, block
        As in `window_attention`.

    Returns
    -------
    Cost
        Held are the output and the scores of one block.
    """
    slices = window_slices(n_q, n_k, left=left, right=right, offset=offset, block=block)
    sizes = [(rows.stop - rows.start, keys.stop - keys.start) for rows, keys in slices]
    return _in_pieces(sizes, n_q, d, d if d_v is None else d_v, itemsize)


def window_attention_vjp_cost(
    n_q, n_k, d, d_v=None, *, left, right, offset=0, block=BLOCK, itemsize=8
):
    """Cost of `window_attention_vjp`: the steps of `attention_vjp_cost` for each block of queries.

    The gradients in the keys and values of a block are then added to those of its neighbours.

    Parameters
    ----------
    n_q, n_k, d, d_v, left, right, offset, block, itemsize
        As in `window_attention_cost`.

    Returns
    -------
    Cost
        Held are the three gradients and what one block needs.
    """
    slices = window_slices(n_q, n_k, left=left, right=right, offset=offset, block=block)
    sizes = [(rows.stop - rows.start, keys.stop - keys.start) for rows, keys in slices]
    return _vjp_in_pieces(sizes, n_q, n_k, d, d if d_v is None else d_v, itemsize)


def block_sparse_attention_cost(
    n_q, n_k, d, d_v=None, *, layout, block, causal=False, offset=0, itemsize=8
):
    """Cost of `block_sparse_attention`: the steps of `attention_cost` for each row of blocks.

    Parameters
    ----------
    n_q, n_k, d, d_v, itemsize
        As in `attention_cost`.
    layout, block, causal, offset
        As in `block_sparse_attention`.

    Returns
    -------
    Cost
        Held are the output and the scores of one row of blocks.
    """
    slices = layout_slices(layout, n_q, n_k, block=block, causal=causal, offset=offset)
    sizes = [(rows.stop - rows.start, len(keys)) for rows, keys in slices]
    return _in_pieces(sizes, n_q, d, d if d_v is None else d_v, itemsize)


def block_sparse_attention_vjp_cost(
    n_q, n_k, d, d_v=None, *, layout, block, causal=False, offset=0, itemsize=8
):
    """Cost of `block_sparse_attention_vjp`, as that of `window_attention_vjp`.

    Parameters
    ----------
    n_q, n_k, d, d_v, layout, block, causal, offset, itemsize
        As in `block_sparse_attention_cost`.

    Returns
    -------
    Cost
        Held are the three gradients and what one row of blocks needs.
    """
    slices = layout_slices(layout, n_q, n_k, block=block, causal=causal, offset=offset)
    sizes = [(rows.stop - rows.start, len(keys)) for rows, keys in slices]
    return _vjp_in_pieces(sizes, n_q, n_k, d, d if d_v is None else d_v, itemsize)


def _in_pieces(sizes, n_q, d, d_v, itemsize):
    total = sum((attention_cost(*size, d, d_v, itemsize=itemsize) for size in sizes), Cost())
    scores = max((rows * keys for rows, keys in sizes), default=0)
    return total.with_held(itemsize * (n_q * d_v + scores))


def _vjp_in_pieces(sizes, n_q, n_k, d, d_v, itemsize):
    """dq goes to its place; dk and dv of a piece are added to what is there."""
    total, held = Cost(), 0
    for rows, keys in sizes:
        piece = attention_vjp_cost(rows, keys, d, d_v, itemsize=itemsize)
        added = itemsize * keys * (d + d_v)
        total += piece + Cost(bytes_read=2 * added, bytes_written=added)
        held = max(held, piece.bytes_held)
    return total.with_held(held + itemsize * (n_q * d + n_k * (d + d_v)))
