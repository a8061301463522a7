"""Heads as an axis of their own: from packed features to (..., h, n, d) and back."""

import numpy as np

from .inputs import float_array


def split_heads(x, n_heads):
    """Cut the features into heads, and put the heads before the sequence.

    Parameters
    ----------
    x : array_like, shape (..., n, h * d)
        The features of head 0 come first, then those of head 1, and so on.
    n_heads : int
        How many heads, h.

    Returns
    -------
    ndarray, shape (..., h, n, d)
        A view: nothing is copied.

    Raises
    ------
    ValueError
        If x has fewer than two axes, or n_heads does not divide the features.

    References
    ----------
    Vaswani et al. (2017), section 3.2.2.
    """
    x = float_array(x, "x")
    if x.ndim < 2:
        raise ValueError(
            f"x has shape {x.shape}; expected (..., n, h * d). "
            "Write a single vector as one row: x[None, :]."
        )
    width = x.shape[-1]
    if n_heads < 1 or width % n_heads:
        raise ValueError(
            f"n_heads is {n_heads} for {width} features; expected a positive number that divides "
            f"{width}. Choose another number of heads, or project to n_heads * d features."
        )
    return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, width // n_heads), -2, -3)


def merge_heads(x):
    """Put the heads of each position side by side again: the inverse of `split_heads`.

    Parameters
    ----------
    x : array_like, shape (..., h, n, d)
        One array of features for each head.

    Returns
    -------
    ndarray, shape (..., n, h * d)
        A copy, unless there is one head or one position only: then it is a view.

    Raises
    ------
    ValueError
        If x has fewer than three axes.

    References
    ----------
    Vaswani et al. (2017), section 3.2.2: the concatenation of heads.
    """
    x = float_array(x, "x")
    if x.ndim < 3:
        raise ValueError(
            f"x has shape {x.shape}; expected (..., h, n, d). Write a single head as x[None]."
        )
    *leading, h, n, d = x.shape
    return np.swapaxes(x, -2, -3).reshape(*leading, n, h * d)
