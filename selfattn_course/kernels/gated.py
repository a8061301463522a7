"""Gated activations: one half of the features decides how much of the other half passes."""

from .activations import swish, swish_vjp
from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient


def swiglu(gate, value, *, alpha=1.0):
    """`swish(gate) * value`.

    Parameters
    ----------
    gate : array_like, any shape
        Decides how much passes.
    value : array_like, same shape as gate
        What passes.
    alpha : float
        Steepness of the gate, as in `swish`.

    Returns
    -------
    ndarray, same shape as gate

    Raises
    ------
    ValueError
        If gate and value differ in shape.

    References
    ----------
    Shazeer (2020), eq. 5, without the projections.
    """
    gate, value = _same_shape(gate, value)
    return narrowed(swish(wide(gate), alpha=alpha) * value, gate, value)


def swiglu_vjp(gate, value, d_out, *, alpha=1.0):
    """Gradients of a loss in gate and value, from its gradient in the output of `swiglu`.

    Parameters
    ----------
    gate, value, alpha
        As given to `swiglu`.
    d_out : array_like, same shape as gate
        Gradient of the loss with respect to the output.

    Returns
    -------
    d_gate, d_value : ndarray
        Each with the shape of its input.

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    gate, value = _same_shape(gate, value)
    d_out = output_gradient(d_out, gate.shape)
    d_gate = swish_vjp(wide(gate), wide(d_out) * value, alpha=alpha)
    d_value = d_out * swish(wide(gate), alpha=alpha)
    return narrowed(d_gate, gate, value, d_out), narrowed(d_value, gate, value, d_out)


def _same_shape(gate, value):
    gate, value = float_array(gate, "gate"), float_array(value, "value")
    if gate.shape != value.shape:
        raise ValueError(
            f"gate has shape {gate.shape} and value has shape {value.shape}; expected equal "
            "shapes. Project both to the same number of features."
        )
    return gate, value
