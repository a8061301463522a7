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


def wide(x):
    """float16 as float32, everything else as it is.

    float16 is for storage: sums of 70,000 ones, scores above 65,504 and divisions by 1e-9 do not
    fit into it. Kernels compute in float32 and round once, at the end.

    Parameters
    ----------
    x : ndarray
        A floating-point or complex array.

    Returns
    -------
    ndarray
    """
    return x.astype(np.promote_types(x.dtype, np.float32), copy=False)
