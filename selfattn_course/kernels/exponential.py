"""Which exponential function NumPy computes fastest on this machine."""

import functools
import math

import numpy as np


@functools.cache
def fast_exponential(dtype):
    """A function f and a unit u, so that f(u * x) is exp(x).

    NumPy has vector code for exp of real numbers on most processors, and for exp2, which is
    twice as fast, only on some. Below about 2**-126 (float32) exp2 is slow again: use it on
    numbers that are known to be larger.

    Parameters
    ----------
    dtype : dtype
        A real floating-point dtype.

    Returns
    -------
    function : callable
        `numpy.exp2` where it is vectorised as well as exp is, else `numpy.exp`.
    unit : float
        log2(e) or 1.
    """
    code = {
        name: signature["current"]
        for name, signatures in np.lib.introspect.opt_func_info(
            func_name="^exp2?$", signature=np.dtype(dtype).name
        ).items()
        for signature in signatures.values()
    }
    if "exp2" in code and code["exp2"] == code.get("exp"):
        return np.exp2, math.log2(math.e)
    return np.exp, 1.0
