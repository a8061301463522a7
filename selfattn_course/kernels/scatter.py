"""Looking up by index, and its backward pass: adding up by index."""

import numpy as np

from .inputs import any_array


def checked_indices(indices, name, size):
    """The indices as an integer array, all of them from 0 to size - 1.

    Parameters
    ----------
    indices : array_like of int
        Which entries to look up.
    name : str
        What to call them in an error message.
    size : int
        How many entries there are.

    Returns
    -------
    ndarray of int64

    Raises
    ------
    TypeError
        If the indices are not integers.
    ValueError
        If one is out of range; a negative one would silently count from the end.
    """
    indices = any_array(indices, name)
    if indices.dtype.kind not in "iu":
        raise TypeError(
            f"{name} has dtype {indices.dtype}; expected integers. "
            f"Convert {name} with np.asarray({name}, dtype=int)."
        )
    if indices.size and (indices.min() < 0 or indices.max() >= size):
        raise ValueError(
            f"{name} runs from {indices.min()} to {indices.max()}; expected 0 to {size - 1}. "
            "Make the table larger, or the sequence shorter."
        )
    return indices.astype(np.int64, copy=False)  # arithmetic on small integers wraps around


def sums_by_index(values, indices, size):
    """Sum of all values that share an index: the backward pass of `table[..., indices]`.

    Parameters
    ----------
    values : ndarray, shape (..., *indices.shape)
        Real numbers to add up; the leading axes stay apart.
    indices : ndarray of int
        Where each value goes, from 0 to size - 1.
    size : int
        Number of sums.

    Returns
    -------
    ndarray, shape (..., size), dtype of values
        Added up in float64. 0 for an index that does not occur.
    """
    leading = values.shape[: values.ndim - indices.ndim]
    n_groups = int(np.prod(leading))
    # One count over all groups: group g owns the numbers from g * size on.
    shifted = indices.ravel() + size * np.arange(n_groups)[:, None]
    sums = np.bincount(shifted.ravel(), values.ravel(), minlength=n_groups * size)
    return sums.reshape(*leading, size).astype(values.dtype, copy=False)
