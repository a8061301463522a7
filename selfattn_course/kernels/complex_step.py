"""Derivatives exact to rounding, from one evaluation at a complex point."""

import numpy as np

from .inputs import float_array, real_array


def complex_step_vjp(function, x, d_out, *, step=1e-30):
    """Gradient of `sum(function(x) * d_out)` in x, without subtraction and so without its error.

    The imaginary part of f(x + i h) is h f'(x) up to h**3: with h = 1e-30 nothing is left of the
    truncation. The function must be analytic where it is evaluated (no absolute value, no
    conjugate) and must let complex numbers through, as all kernels of this package do.

    Parameters
    ----------
    function : callable
        Takes a complex array of the shape of x, returns an array of the shape of d_out.
    x : array_like, any shape
        Where to differentiate; computed in float64.
    d_out : array_like
        Gradient of the loss with respect to the output of `function`.
    step : float
        Size of the imaginary shift.

    Returns
    -------
    ndarray of float64, shape of x
        Relative error near 1e-15.

    Raises
    ------
    ValueError
        If the output of `function` and d_out differ in shape.
    TypeError
        If `function` drops the imaginary part: its output is not complex.

    References
    ----------
    Squire and Trapp (1998), eq. 3.
    """
    x = real_array(x, "x")
    d_out = float_array(d_out, "d_out")
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        shifted = x.astype(np.complex128)
        shifted[index] += 1j * step
        out = np.asarray(function(shifted))
        if out.shape != d_out.shape:
            raise ValueError(
                f"the function returns shape {out.shape} and d_out has shape {d_out.shape}; "
                "expected equal shapes. Pass the gradient with respect to every output."
            )
        if out.dtype.kind != "c":
            raise TypeError(
                f"the function returns {out.dtype} for complex input; expected a complex array. "
                "Keep the dtype of the input all the way through."
            )
        gradient[index] = (out.imag * d_out).sum() / step
    return gradient
