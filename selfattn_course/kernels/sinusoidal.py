"""Positions as sines and cosines of many wavelengths, to add to the inputs."""

import numpy as np

from .inputs import real_array


def sinusoidal_positions(positions, d, *, base=10000.0, dtype=np.float64):
    """One vector for each position: sines in the even features, cosines in the odd ones.

    Feature pair i turns by `base ** (-2 i / d)` radians per position. The vector of position
    p + k is that of p with every pair rotated by an angle that depends on k only.

    Parameters
    ----------
    positions : array_like, shape (...)
        Positions, such as np.arange(n); fractions and negative numbers are allowed.
    d : int
        Number of features, even.
    base : float
        The longest wavelength is close to 2 pi times this.
    dtype : dtype
        Of the result. The angles are computed in float64 in any case.

    Returns
    -------
    ndarray of that dtype, shape (..., d)

    Raises
    ------
    ValueError
        If d is odd or negative, or base is not a positive finite number.
    TypeError
        If positions are complex, or dtype is not a floating-point one.

    References
    ----------
    Vaswani et al. (2017), section 3.5.
    """
    if np.dtype(dtype).kind not in "fc":
        raise TypeError(
            f"dtype is {np.dtype(dtype)}; expected a floating-point one. Use np.float32."
        )
    angles = position_angles(positions, d, base=base)
    pairs = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return pairs.reshape(*angles.shape[:-1], d).astype(dtype, copy=False)


def position_angles(positions, d, *, base=10000.0):
    """The angle by which each pair of features has turned at each position.

    Parameters
    ----------
    positions : array_like, shape (...)
        Positions.
    d : int
        Number of features, even: two for each angle.
    base : float
        Ratio between the fastest turn, 1 radian per position, and the slowest, but for one step.

    Returns
    -------
    ndarray of float64, shape (..., d / 2)
        Position times base ** (-2 i / d).

    Raises
    ------
    ValueError
        If d is odd or negative, or base is not a positive finite number.
    TypeError
        If positions are complex.

    References
    ----------
    Vaswani et al. (2017), section 3.5; Su et al. (2021), section 3.2.2.
    """
    if d < 0 or d % 2:
        raise ValueError(
            f"d is {d}; expected an even number, 0 or more: two features for each angle. "
            f"Use {max(d + d % 2, 0)}."
        )
    if not 0 < base < np.inf:
        raise ValueError(
            f"base is {base}; expected a positive finite number. Use 10000.0 as the paper does."
        )
    # In float32 the angle at position 100000 would already be off by several thousandths.
    positions = real_array(positions, "positions")
    frequencies = float(base) ** (-np.arange(0, d, 2) / d)
    return positions[..., None] * frequencies
