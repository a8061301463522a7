"""The error function, which NumPy lacks."""

import math

import numpy as np

from .inputs import float_array, narrowed, wide

_LIMIT = 6  # 1 - erf(6) is 2e-17: from here on the result rounds to 1
_STEPS = 64  # nodes per unit
_AT_NODES = np.array([math.erf(j / _STEPS) for j in range(-_LIMIT * _STEPS, _LIMIT * _STEPS + 1)])


def erf(x):
    """Error function `2 / sqrt(pi)` times the integral of `exp(-s**2)` for s from 0 to x.

    A table gives the value at the nearest node. The rest of the integral, over an interval of at
    most 1/128, is its length times the integrand in its middle m, with the next two terms of the
    Taylor series there: 1 + t^2 (2 m^2 - 1) / 12 + t^4 (4 m^4 - 12 m^2 + 3) / 480 for length t.

    Parameters
    ----------
    x : array_like, any shape
        Where to evaluate.

    Returns
    -------
    ndarray, same shape and float dtype as x
        In float64 within 2e-16, and for small x relatively within 4e-16. Infinities give -1 and
        1, NaN gives NaN. Complex numbers are right near the real axis (imaginary part below
        1e-3), which is what complex-step derivatives need.

    References
    ----------
    Abramowitz and Stegun (1964), eq. 7.1.1.
    """
    given = float_array(x, "x")
    x = clipped(wide(given), _LIMIT)
    node = np.rint(x.real * _STEPS)
    index = np.fmax(node, -_LIMIT * _STEPS).astype(np.int32)  # fmax: NaN has no index
    out = _AT_NODES.astype(x.dtype).take(index + _LIMIT * _STEPS)
    node /= _STEPS
    t, m = x - node, (x + node) / 2
    t_2, m_2 = t * t, m * m
    series = 1 + t_2 * ((m_2 / 6 - 1 / 12) + t_2 * ((m_2 / 120 - 1 / 40) * m_2 + 1 / 160))
    out += (2 / math.sqrt(math.pi)) * t * np.exp(-m_2) * series
    return narrowed(out, given)


def clipped(x, limit):
    """`x` with its real part brought into [-limit, limit]; an imaginary part stays."""
    if x.dtype.kind == "c":
        return (np.clip(x.real, -limit, limit) + 1j * x.imag).astype(x.dtype)
    return np.clip(x, -limit, limit)
