"""GELU, exact and approximated, and their derivatives."""

import math

import numpy as np

from .activations import sigmoid
from .erf import clipped, erf
from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient

_CUBIC = 0.044715  # makes tanh fit the normal distribution (Hendrycks and Gimpel, 2016)


def gelu(x):
    """x times the probability that a standard normal number is below x.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, same shape and float dtype as x
        Absolute error below 1e-15 * max(|x|, 1) in float64. Minus infinity gives NaN.

    References
    ----------
    Hendrycks and Gimpel (2016), section 2.
    """
    x = float_array(x, "x")
    return narrowed(x * _normal_probability(wide(x)), x)


def gelu_vjp(x, d_out):
    """Gradient of a loss in x, from its gradient in the output of `gelu`.

    Parameters
    ----------
    x : array_like, any shape
        As given to `gelu`.
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
    bounded = clipped(wide_x, 50)
    density = np.exp(-bounded * bounded / 2) * (1 / math.sqrt(2 * math.pi))
    return narrowed(d_out * (_normal_probability(wide_x) + bounded * density), x, d_out)


def gelu_tanh(x):
    """The approximation of `gelu` by a hyperbolic tangent, used by GPT-2.

    Parameters
    ----------
    x : array_like, any shape

    Returns
    -------
    ndarray, same shape and float dtype as x
        Within 5e-4 of `gelu`. Minus infinity gives NaN.

    References
    ----------
    Hendrycks and Gimpel (2016), section 2.
    """
    x = float_array(x, "x")
    return narrowed(x * sigmoid(_twice_cubic(clipped(wide(x), 30))), x)


def gelu_tanh_vjp(x, d_out):
    """Gradient of a loss in x, from its gradient in the output of `gelu_tanh`.

    Parameters
    ----------
    x : array_like, any shape
        As given to `gelu_tanh`.
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
    bounded = clipped(wide(x), 30)
    argument = _twice_cubic(bounded)
    slope = math.sqrt(8 / math.pi) * (1 + 3 * _CUBIC * (bounded * bounded))
    d_x = d_out * sigmoid(argument) * (1 + bounded * slope * sigmoid(-argument))
    return narrowed(d_x, x, d_out)


def _normal_probability(x):
    return 0.5 + 0.5 * erf(x * math.sqrt(0.5))


def _twice_cubic(x):
    """2 u, where the paper has (1 + tanh(u)) / 2: sigmoid(2 u) keeps more digits of it."""
    return math.sqrt(8 / math.pi) * (x + _CUBIC * (x * x * x))
