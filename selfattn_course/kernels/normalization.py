"""Layer normalization and RMS normalization along the last axis."""

import numpy as np

from .broadcasting import sum_to_shape
from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient
from .standardize import row_mean, row_mean_of_product, standardized


def layer_norm(x, gain, bias, *, eps=1e-5):
    """Rows shifted to mean 0 and scaled to variance 1, then times `gain` plus `bias`.

    The mean is taken twice, the second time of what the first left over: a mean that is large
    against the spread costs no digits.

    Parameters
    ----------
    x : array_like, shape (..., d)
        Rows to normalize.
    gain, bias : array_like, broadcastable to the shape of x
        Usually of shape (d,).
    eps : float
        Added to the variance.

    Returns
    -------
    ndarray, same shape and float dtype as x
        A constant row gives the bias. A row with a NaN or an infinity is NaN. With d = 0 there
        is nothing to normalize: the result is empty.

    Raises
    ------
    ValueError
        If gain or bias does not fit x, or eps is not a positive finite number.

    References
    ----------
    Ba, Kiros and Hinton (2016), eq. 4.
    """
    x = _rows(x)
    gain, bias = _parameter(gain, "gain", x), _parameter(bias, "bias", x)
    normalized, _, _ = standardized(x, eps, centre=True)
    return narrowed(normalized * gain + bias, x, gain, bias)


def layer_norm_vjp(x, gain, bias, d_out, *, eps=1e-5):
    """Gradients of a loss in x, gain and bias, from its gradient in the output of `layer_norm`.

    With g = d_out * gain and normalized rows u, dx = (g - mean(g) - u mean(g u)) / std: what
    would shift or stretch the row is taken out, for the normalization undoes it.

    Parameters
    ----------
    x, gain, bias, eps
        As given to `layer_norm`.
    d_out : array_like, same shape as x
        Gradient of the loss with respect to the output.

    Returns
    -------
    d_x, d_gain, d_bias : ndarray
        Each with the shape of its input. Each row of d_x sums to 0.

    Raises
    ------
    ValueError
        If shapes disagree, or eps is not a positive finite number.

    References
    ----------
    Ba, Kiros and Hinton (2016), eq. 4, differentiated.
    """
    x = _rows(x)
    gain, bias = _parameter(gain, "gain", x), _parameter(bias, "bias", x)
    d_out = output_gradient(d_out, x.shape)
    normalized, _, factor = standardized(x, eps, centre=True)
    d_normalized = wide(d_out) * gain
    d_x = d_normalized - row_mean(d_normalized)
    d_x = (d_x - normalized * row_mean_of_product(d_normalized, normalized)) * factor
    d_gain = sum_to_shape(d_out * normalized, gain.shape)
    d_bias = sum_to_shape(wide(d_out), bias.shape).copy()  # never d_out itself
    return tuple(narrowed(a, x, gain, bias, d_out) for a in (d_x, d_gain, d_bias))


def rms_norm(x, gain, *, eps=1e-5):
    """Rows divided by their root mean square, then times `gain`.

    Parameters
    ----------
    x : array_like, shape (..., d)
        Rows to normalize.
    gain : array_like, broadcastable to the shape of x
        Usually of shape (d,).
    eps : float
        Added to the mean square.

    Returns
    -------
    ndarray, same shape and float dtype as x
        A row of zeros stays zero. A row with a NaN or an infinity is NaN. With d = 0 the
        result is empty.

    Raises
    ------
    ValueError
        If gain does not fit x, or eps is not a positive finite number.

    References
    ----------
    Zhang and Sennrich (2019), eq. 4.
    """
    x = _rows(x)
    gain = _parameter(gain, "gain", x)
    normalized, _, _ = standardized(x, eps, centre=False)
    return narrowed(normalized * gain, x, gain)


def rms_norm_vjp(x, gain, d_out, *, eps=1e-5):
    """Gradients of a loss in x and gain, from its gradient in the output of `rms_norm`.

    Parameters
    ----------
    x, gain, eps
        As given to `rms_norm`.
    d_out : array_like, same shape as x
        Gradient of the loss with respect to the output.

    Returns
    -------
    d_x, d_gain : ndarray
        Each with the shape of its input.

    Raises
    ------
    ValueError
        If shapes disagree, or eps is not a positive finite number.

    References
    ----------
    Zhang and Sennrich (2019), eq. 4, differentiated.
    """
    x = _rows(x)
    gain, d_out = _parameter(gain, "gain", x), output_gradient(d_out, x.shape)
    normalized, _, factor = standardized(x, eps, centre=False)
    d_normalized = wide(d_out) * gain
    d_x = d_normalized - normalized * row_mean_of_product(d_normalized, normalized)
    d_gain = sum_to_shape(d_out * normalized, gain.shape)
    return narrowed(d_x * factor, x, gain, d_out), narrowed(d_gain, x, gain, d_out)


def mean_and_inverse_std(x, *, eps=1e-5):
    """Mean of each row, and 1 / sqrt(variance + eps): what `layer_norm` shifts and scales by.

    Parameters
    ----------
    x : array_like, shape (..., d)
        Rows to normalize.
    eps : float
        Added to the variance.

    Returns
    -------
    mean, inverse_std : ndarray, shape (..., 1)
        For d = 0 the mean is 0.

    Raises
    ------
    ValueError
        If eps is not a positive finite number.

    References
    ----------
    Ba, Kiros and Hinton (2016), eq. 3.
    """
    x = _rows(x)
    _, mean, factor = standardized(x, eps, centre=True)
    return narrowed(mean, x), narrowed(factor, x)


def _rows(x):
    x = float_array(x, "x")
    if x.ndim == 0:
        raise ValueError(
            f"x is the single number {x}; expected shape (..., d). Give at least one row."
        )
    return x


def _parameter(parameter, name, x):
    parameter = float_array(parameter, name)
    if parameter.shape == x.shape[-1:]:
        return parameter
    try:
        fits = np.broadcast_shapes(parameter.shape, x.shape) == x.shape
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"{name} has shape {parameter.shape} for x of shape {x.shape}; expected "
            f"{x.shape[-1:]}. Give one number for each feature."
        )
    return parameter
