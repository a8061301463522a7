"""The backward pass of broadcasting."""

import numpy as np


def sum_to_shape(gradient, shape):
    """Sum a gradient over the axes along which its array was broadcast.

    An array that was repeated to fit took part in several results, and their gradients add up.

    Parameters
    ----------
    gradient : ndarray
        Gradient with respect to the broadcast array.
    shape : tuple of int
        Shape of the array before it was broadcast.

    Returns
    -------
    ndarray of that shape
    """
    added = tuple(range(gradient.ndim - len(shape)))
    stretched = tuple(
        len(added) + axis
        for axis, size in enumerate(shape)
        if size == 1 and gradient.shape[len(added) + axis] != 1
    )
    if not added and not stretched:
        return gradient
    return np.reshape(gradient.sum(axis=added + stretched), shape)
