"""Feature maps for linear attention: what stands in for the exponential of a score."""

import numpy as np

from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient


def elu_plus_one(x):
    """Positive features: x + 1 above 0, exp(x) below.

    Parameters
    ----------
    x : array_like, any shape
        Queries or keys.

    Returns
    -------
    ndarray, same shape and float dtype as x
        Smooth at 0, where value and slope are 1. Underflows to 0 far below.

    References
    ----------
    Katharopoulos et al. (2020), eq. 7.
    """
    x = float_array(x, "x")
    positive = x.real > 0
    below = np.exp(wide(np.where(positive, 0, x)))  # never overflows
    return narrowed(np.where(positive, wide(x) + 1, below), x)


def elu_plus_one_vjp(x, d_out):
    """Gradient of a loss in x, from its gradient in `elu_plus_one(x)`.

    Parameters
    ----------
    x : array_like, any shape
        As given to `elu_plus_one`.
    d_out : array_like, same shape as x
        Gradient of the loss with respect to the features.

    Returns
    -------
    ndarray, same shape as x

    Raises
    ------
    ValueError
        If x and d_out differ in shape.

    References
    ----------
    Katharopoulos et al. (2020), eq. 7, differentiated.
    """
    x = float_array(x, "x")
    d_out = output_gradient(d_out, x.shape)
    return narrowed(d_out * np.exp(np.minimum(wide(x), 0)), x, d_out)
