"""Activation functions and their derivatives, element by element.

Every `<name>_vjp(x, d_out)` returns the gradient of a loss in x, from its gradient in the output.
Where a function levels off, its argument is clipped first: nothing changes, nothing overflows.
"""

import numpy as np

from .erf import clipped
from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient


def relu(x):
    """The larger of x and 0.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, same shape and float dtype as x
        NaN gives NaN.

    References
    ----------
    Nair and Hinton (2010).
    """
    x = float_array(x, "x")
    return np.where(x.real <= 0, 0, x) if x.dtype.kind == "c" else np.maximum(x, 0)


def relu_vjp(x, d_out):
    """Gradient of a loss in x, from its gradient in the output of `relu`.

    Parameters
    ----------
    x : array_like, any shape
        As given to `relu`.
    d_out : array_like, same shape as x
        Gradient of the loss with respect to the output.

    Returns
    -------
    ndarray, same shape as x
        0 where x is 0 or less.

    Raises
    ------
    ValueError
        If x and d_out differ in shape.
    """
    x = float_array(x, "x")
    d_out = output_gradient(d_out, x.shape)
    return d_out * (x.real > 0)


def sigmoid(x):
    """`1 / (1 + exp(-x))`, accurate also where it is close to 0.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, same shape and float dtype as x
        Between 0 and 1; minus infinity gives 0, infinity 1.
    """
    x = float_array(x, "x")
    above, below = _odds(wide(x))
    return narrowed(above / (above + below), x)


def sigmoid_vjp(x, d_out):
    """Gradient of a loss in x, from its gradient in the output of `sigmoid`.

    Parameters
    ----------
    x : array_like, any shape
        As given to `sigmoid`.
    d_out : array_like, same shape as x
        Gradient of the loss with respect to the output.

    Returns
    -------
    ndarray, same shape as x

    Raises
    ------
    ValueError
        If x and d_out differ in shape.
    """
    x = float_array(x, "x")
    d_out = output_gradient(d_out, x.shape)
    above, below = _odds(wide(x))
    return narrowed(d_out * (above * below) / np.square(above + below), x, d_out)


def swish(x, *, alpha=1.0):
    """`x * sigmoid(alpha * x)`; with alpha = 1 also called SiLU.

    Parameters
    ----------
    x : array_like, any shape
    alpha : float
        0 gives x / 2; towards infinity it becomes `relu`.

    Returns
    -------
    ndarray, same shape and float dtype as x
        Minus infinity gives NaN, as do all functions here that multiply it by a weight of 0.

    Raises
    ------
    ValueError
        If alpha is not a finite number.

    References
    ----------
    Ramachandran et al. (2017); SiLU: Hendrycks and Gimpel (2016).
    """
    x = float_array(x, "x")
    return narrowed(x * sigmoid(_scaled(wide(x), alpha)), x)


def swish_vjp(x, d_out, *, alpha=1.0):
    """Gradient of a loss in x, from its gradient in the output of `swish`.

    Parameters
    ----------
    x, alpha
        As given to `swish`.
    d_out : array_like, same shape as x
        Gradient of the loss with respect to the output.

    Returns
    -------
    ndarray, same shape as x

    Raises
    ------
    ValueError
        If x and d_out differ in shape, or alpha is not a finite number.
    """
    x = float_array(x, "x")
    d_out = output_gradient(d_out, x.shape)
    scaled = _scaled(wide(x), alpha)
    above, below = _odds(scaled)
    total = above + below
    slope = (above / total) * (1 + clipped(scaled, 1e4) * (below / total))
    return narrowed(d_out * slope, x, d_out)


def mish(x):
    """`x * tanh(log(1 + exp(x)))`.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, same shape and float dtype as x
        Minus infinity gives NaN.

    References
    ----------
    Misra (2020), eq. 1.
    """
    x = float_array(x, "x")
    return narrowed(x * _tanh_of_softplus(wide(x)), x)


def mish_vjp(x, d_out):
    """Gradient of a loss in x, from its gradient in the output of `mish`.

    Parameters
    ----------
    x : array_like, any shape
        As given to `mish`.
    d_out : array_like, same shape as x
        Gradient of the loss with respect to the output.

    Returns
    -------
    ndarray, same shape as x

    Raises
    ------
    ValueError
        If x and d_out differ in shape.
    """
    x = float_array(x, "x")
    d_out = output_gradient(d_out, x.shape)
    wide_x = wide(x)
    tanh = _tanh_of_softplus(wide_x)
    slope = tanh + clipped(wide_x, 1e4) * (1 - tanh * tanh) * sigmoid(wide_x)
    return narrowed(d_out * slope, x, d_out)


def _scaled(x, alpha):
    if alpha == 1:
        return x
    if not abs(float(alpha)) <= float(np.finfo(x.dtype).max):
        raise ValueError(
            f"alpha is {alpha}; expected a finite number in {x.dtype}. "
            "Use relu for what an infinite alpha stands for."
        )
    with np.errstate(over="ignore"):  # the sigmoid of an infinity is right
        return x * float(alpha)


def _odds(x):
    """Two numbers in the ratio e^x, the larger one 1: neither overflows. (NumPy's minimum of
    complex numbers is the one with the smaller real part.)"""
    return np.exp(np.minimum(x, 0)), np.exp(np.minimum(-x, 0))


def _tanh_of_softplus(x):
    """((1 + e^x)^2 - 1) / ((1 + e^x)^2 + 1), with e^x = a / b and both sides times b^2."""
    a, b = _odds(x)
    rise = a * (a + 2 * b)
    return rise / (rise + 2 * b * b)
