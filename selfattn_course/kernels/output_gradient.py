"""What every backward pass accepts as the gradient with respect to the output."""

from .inputs import float_array


def output_gradient(d_out, shape):
    """`d_out` as an array of numbers, of the shape of the output and no other.

    A gradient that broadcasts would count some outputs twice without a word.

    Parameters
    ----------
    d_out : array_like
        Gradient of a loss with respect to the output.
    shape : tuple of int
        Shape of the output.

    Returns
    -------
    ndarray of that shape

    Raises
    ------
    ValueError
        If d_out has another shape.
    TypeError
        If d_out does not hold numbers.
    """
    d_out = float_array(d_out, "d_out")
    if d_out.shape != shape:
        raise ValueError(
            f"d_out has shape {d_out.shape}; expected {shape}, the shape of the output. "
            "Pass the gradient with respect to every output."
        )
    return d_out
