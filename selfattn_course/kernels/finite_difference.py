"""Derivatives from function values alone, to check those that were derived by hand."""

import numpy as np

from .inputs import float_array, real_array


def finite_difference_vjp(function, x, d_out, *, step=6e-6):
    """Gradient of `sum(function(x) * d_out)` in x, by central differences.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of x, returns an array of the shape of d_out.
    x : array_like, any shape
        Where to differentiate; computed in float64.
    d_out : array_like
        Gradient of the loss with respect to the output of `function`.
    step : float
        Half the distance between the two evaluations. The default, the cube root of the float64
        spacing at 1, balances truncation against rounding for x of size 1.

    Returns
    -------
    ndarray of float64, shape of x
        Relative error near 1e-10 for a smooth function of values of size 1.

    Raises
    ------
    ValueError
        If the output of `function` and d_out differ in shape.

    References
    ----------
    Nocedal and Wright (2006), section 8.1, eq. 8.7.
    """
    x = real_array(x, "x")
    d_out = float_array(d_out, "d_out")
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        shift = np.zeros_like(x)
        shift[index] = step
        change = np.asarray(function(x + shift)) - np.asarray(function(x - shift))
        if change.shape != d_out.shape:
            raise ValueError(
                f"the function returns shape {change.shape} and d_out has shape {d_out.shape}; "
                "expected equal shapes. Pass the gradient with respect to every output."
            )
        gradient[index] = (change * d_out).sum() / (2 * step)
    return gradient
