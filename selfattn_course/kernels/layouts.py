"""Block layouts: boolean arrays, True where a block of queries sees a block of keys.

A layout is a mask of blocks, so `window_mask` and `causal_mask` make layouts too, and layouts are
combined with `|` and `&`.
"""

import operator

import numpy as np

from .inputs import any_array
from .masks import window_mask


def local_layout(n_blocks, *, left, right=0):
    """Each block sees its neighbours, from `left` blocks before to `right` blocks after.

    Parameters
    ----------
    n_blocks : int
        Blocks of queries, and of keys.
    left, right : int
        How many blocks to each side.

    Returns
    -------
    ndarray of bool, shape (n_blocks, n_blocks)

    Raises
    ------
    ValueError
        If a size is negative.

    References
    ----------
    Zaheer et al. (2020), section 2: the window.
    """
    return window_mask(n_blocks, left=left, right=right)


def global_layout(n_blocks, *, n_global):
    """The first blocks see all others, and all others see them.

    Parameters
    ----------
    n_blocks : int
        Blocks of queries, and of keys.
    n_global : int
        How many blocks, from the start, are global.

    Returns
    -------
    ndarray of bool, shape (n_blocks, n_blocks)

    Raises
    ------
    ValueError
        If n_blocks or n_global is negative.

    References
    ----------
    Beltagy, Peters and Cohan (2020), section 3.1: global attention.
    """
    is_global = np.arange(_size("n_blocks", n_blocks)) < _size("n_global", n_global)
    return is_global[:, None] | is_global


def strided_layout(n_blocks, *, stride):
    """Each block sees those at a distance that `stride` divides, itself included.

    Parameters
    ----------
    n_blocks : int
        Blocks of queries, and of keys.
    stride : int
        Every so many blocks, one is seen.

    Returns
    -------
    ndarray of bool, shape (n_blocks, n_blocks)

    Raises
    ------
    ValueError
        If n_blocks is negative or stride is not positive.

    References
    ----------
    Child et al. (2019), section 4.3: the second head of strided attention.
    """
    index = np.arange(_size("n_blocks", n_blocks))
    return (index[:, None] - index) % _size("stride", stride, least=1) == 0


def fixed_layout(n_blocks, *, stride):
    """Each block sees the last block of every group of `stride` blocks.

    Parameters
    ----------
    n_blocks : int
        Blocks of queries, and of keys.
    stride : int
        Blocks in a group.

    Returns
    -------
    ndarray of bool, shape (n_blocks, n_blocks)
        All rows are equal: they see the same summaries.

    Raises
    ------
    ValueError
        If n_blocks is negative or stride is not positive.

    References
    ----------
    Child et al. (2019), section 4.3: the second head of fixed attention.
    """
    stride = _size("stride", stride, least=1)
    summary = np.arange(_size("n_blocks", n_blocks)) % stride == stride - 1
    return np.repeat(summary[None], n_blocks, axis=0)


def random_layout(n_blocks, *, n_random, rng):
    """Each block sees some blocks drawn at random, without repetition.

    Parameters
    ----------
    n_blocks : int
        Blocks of queries, and of keys.
    n_random : int
        How many each block sees; all where there are fewer.
    rng : numpy.random.Generator
        Draws the blocks.

    Returns
    -------
    ndarray of bool, shape (n_blocks, n_blocks)

    Raises
    ------
    ValueError
        If n_blocks or n_random is negative.

    References
    ----------
    Zaheer et al. (2020), section 2: random attention.
    """
    n_blocks = _size("n_blocks", n_blocks)
    ranks = rng.permuted(np.tile(np.arange(n_blocks), (n_blocks, 1)), axis=1)
    return ranks < _size("n_random", n_random)


def layout_mask(layout, n_q, n_k, *, block):
    """The mask of single queries and keys that a layout of blocks stands for.

    Parameters
    ----------
    layout : array_like of bool, shape (ceil(n_q / block), ceil(n_k / block))
        True where the block of queries sees the block of keys.
    n_q, n_k : int
        Numbers of queries and keys.
    block : int
        Rows in a block.

    Returns
    -------
    ndarray of bool, shape (n_q, n_k)

    Raises
    ------
    ValueError
        If the layout does not fit, or a number is negative.
    TypeError
        If the layout is not boolean.
    """
    layout = checked_layout(layout, n_q, n_k, block)
    return layout[np.arange(n_q)[:, None] // block, np.arange(n_k) // block]


def checked_layout(layout, n_q, n_k, block):
    """The layout as a boolean array with one entry for each pair of blocks, or an error."""
    layout, block = any_array(layout, "layout"), _size("block", block, least=1)
    if layout.dtype != np.bool_:
        raise TypeError(
            f"layout has dtype {layout.dtype}; expected bool, True where a block of queries "
            "sees a block of keys. Compare first, for example layout == 1."
        )
    if n_q < 0 or n_k < 0:
        raise ValueError(
            f"n_q is {n_q} and n_k is {n_k}; expected 0 or more. Pass the numbers of queries and "
            "keys."
        )
    expected = (-(-n_q // block), -(-n_k // block))
    if layout.shape != expected:
        raise ValueError(
            f"layout has shape {layout.shape}; expected {expected} for {n_q} queries and {n_k} "
            f"keys in blocks of {block}. Give one entry for each pair of blocks."
        )
    return layout


def _size(name, size, least=0):
    size = operator.index(size)
    if size < least:
        raise ValueError(f"{name} is {size}; expected {least} or more. Count in whole blocks.")
    return size
