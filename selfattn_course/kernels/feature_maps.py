"""Feature maps for linear attention: what stands in for the exponential of a score."""

import numpy as np

from .inputs import float_array


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
    return np.where(positive, x + 1, np.exp(np.where(positive, 0, x)))  # exp never overflows


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
    x, d_out = float_array(x, "x"), float_array(d_out, "d_out")
    if x.shape != d_out.shape:
        raise ValueError(
            f"x has shape {x.shape} and d_out has shape {d_out.shape}; expected equal shapes. "
            "Pass the gradient with respect to every feature."
        )
    return d_out * np.exp(np.minimum(x, 0))
