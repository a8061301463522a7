"""What the kernels accept as an array of numbers."""

import numpy as np


def float_array(x, name):
    """`x` as a floating-point array, without a copy where it already is one.

    Parameters
    ----------
    x : array_like
        Booleans and integers become float64; float and complex arrays keep their dtype (complex
        is there for complex-step gradient checks).
    name : str
        What to call `x` in an error message.

    Returns
    -------
    ndarray

    Raises
    ------
    TypeError
        If `x` does not hold numbers.
    """
    x = np.asarray(x)
    if x.dtype.kind in "fc":
        return x
    if x.dtype.kind in "biu":
        return x.astype(np.float64)
    raise TypeError(
        f"{name} has dtype {x.dtype}; expected numbers. "
        f"Build {name} with np.array(..., dtype=float) from rows of equal length."
    )
