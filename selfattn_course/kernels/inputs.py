"""What the kernels accept as an array of numbers."""

import numpy as np


def any_array(x, name):
    """`x` as an array of whatever dtype, or ValueError for rows of unequal length."""
    try:
        return np.asarray(x)
    except ValueError:
        raise ValueError(
            f"{name} has rows of unequal length; expected an array. "
            "Fill short rows up, and hide what was added with a mask."
        ) from None


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
    ValueError
        If `x` is made of rows of unequal length.
    """
    x = any_array(x, name)
    if x.dtype.kind in "fc":
        return x
    if x.dtype.kind in "biu":
        return x.astype(np.float64)
    raise TypeError(
        f"{name} has dtype {x.dtype}; expected numbers. "
        f"Build {name} with np.array(..., dtype=float) from rows of equal length."
    )


def real_array(x, name):
    """`x` in float64, for what is defined for real numbers only.

    Parameters
    ----------
    x : array_like
    name : str
        What to call `x` in an error message.

    Returns
    -------
    ndarray of float64

    Raises
    ------
    TypeError
        If `x` does not hold numbers, or complex ones.
    """
    x = float_array(x, name)
    if x.dtype.kind == "c":
        raise TypeError(f"{name} has dtype {x.dtype}; expected real numbers. Pass {name}.real.")
    return x.astype(np.float64, copy=False)


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


def narrowed(out, *given):
    """`out` in the dtype of the inputs together: back to half precision where all of them are.

    Parameters
    ----------
    out : ndarray
        What was computed from wide inputs.
    *given : ndarray
        The inputs as they were given.

    Returns
    -------
    ndarray
    """
    return out.astype(np.result_type(*given), copy=False)


def positive_number(value, name, dtype, hint):
    """`value` as a Python float that arrays of this dtype can be divided by.

    Parameters
    ----------
    value : float
        An option such as a temperature. Where the dtype rounds it to 0, 0 / 0 would be NaN.
    name : str
        What to call it in an error message.
    dtype : dtype
        Of the arrays.
    hint : str
        What to pass instead.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is not a positive finite number in the range of the dtype.
    """
    limits, number = np.finfo(dtype), float(value)
    if not float(limits.tiny) <= number <= float(limits.max):
        raise ValueError(
            f"{name} is {value}; expected a positive finite number, from {limits.tiny:.1e} to "
            f"{limits.max:.1e} for {limits.dtype}. {hint}"
        )
    return number
