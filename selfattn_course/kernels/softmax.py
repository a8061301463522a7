"""Softmax and its relatives: log-sum-exp and log-softmax."""

import numpy as np

from .inputs import float_array, positive_number, wide


def softmax(x, axis=-1, *, temperature=1.0):
    """Positive weights that sum to 1 along `axis`.

    Parameters
    ----------
    x : array_like, any shape
        Scores. Minus infinity means "excluded".
    axis : int or tuple of int
        The axis (or axes) along which the weights sum to 1.
    temperature : float
        Scores are divided by it. Below 1 the weights sharpen, above 1 they flatten.

    Returns
    -------
    ndarray, same shape and float dtype as x
        A slice that holds only minus infinity, or nothing, has no distribution: its weights are
        all 0. A NaN or plus infinity makes its slice NaN.

    Raises
    ------
    ValueError
        If temperature is not a positive finite number.

    References
    ----------
    Bridle (1990), eq. 8, with the maximum subtracted first (Blanchard et al., 2021).
    """
    x = float_array(x, "x")
    shifted, _ = _shifted(wide(x), axis, temperature)
    exps = np.exp(shifted)
    total = exps.sum(axis=axis, keepdims=True)
    return (exps / np.where(total == 0, 1, total)).astype(x.dtype, copy=False)


def logsumexp(x, axis=-1, *, temperature=1.0):
    """`temperature * log(sum(exp(x / temperature)))` along `axis`: a smooth maximum.

    Parameters
    ----------
    x : array_like, any shape
        Scores.
    axis : int or tuple of int
        The axis (or axes) that the sum removes.
    temperature : float
        As it goes to 0 the result goes to the maximum.

    Returns
    -------
    ndarray, shape of x without `axis`
        Minus infinity where a slice holds only minus infinity, or nothing.

    Raises
    ------
    ValueError
        If temperature is not a positive finite number.

    References
    ----------
    Blanchard, Higham and Higham (2021), eq. 1.3.
    """
    x = float_array(x, "x")
    shifted, top = _shifted(wide(x), axis, temperature)
    total = np.exp(shifted).sum(axis=axis, keepdims=True)
    out = top + float(temperature) * np.log(np.where(total == 0, 1, total))
    out = np.where(total == 0, -np.inf, out).astype(x.dtype, copy=False)
    return np.squeeze(out, axis=axis)


def log_softmax(x, axis=-1, *, temperature=1.0):
    """Logarithm of `softmax(x)`, exact where the softmax itself underflows to 0.

    Parameters
    ----------
    x : array_like, any shape
        Scores.
    axis : int or tuple of int
        The axis (or axes) along which the weights sum to 1.
    temperature : float
        Scores are divided by it.

    Returns
    -------
    ndarray, same shape and float dtype as x
        Minus infinity where the weight is exactly 0, and all along a slice that holds only
        minus infinity.

    Raises
    ------
    ValueError
        If temperature is not a positive finite number.

    References
    ----------
    Blanchard, Higham and Higham (2021), section 4.
    """
    x = float_array(x, "x")
    shifted, _ = _shifted(wide(x), axis, temperature)
    with np.errstate(divide="ignore"):
        log_total = np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    # avoids -inf - -inf; the slice is already -inf
    log_p = shifted - np.where(np.isneginf(log_total.real), 0, log_total)
    with np.errstate(over="ignore"):  # below the range of float16: -inf
        return log_p.astype(x.dtype, copy=False)


def _shifted(x, axis, temperature):
    """(x - maximum) / temperature, at most 0, and the maximum (0 where it is minus infinity)."""
    hint = "Use a small one such as 0.01 to come close to the maximum."
    temperature = positive_number(temperature, "temperature", x.dtype, hint)
    top = np.max(x.real, axis=axis, keepdims=True, initial=-np.inf)
    top = np.where(np.isneginf(top), 0, top).astype(x.dtype)  # avoids -inf - -inf
    # A difference below the smallest finite number becomes -inf, whose exp is the right 0.
    with np.errstate(over="ignore", invalid="ignore"):
        return (x - top) / temperature, top
