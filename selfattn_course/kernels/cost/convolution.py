"""Cost of convolutions along a sequence."""

from .record import Cost


def convolution_cost(n, d_in, d_out, width, *, groups=1, itemsize=8):
    """Cost of a convolution over a sequence, padded with zeros to keep its length.

    One step: the weighted sum of `width` neighbours. Products with the padding are counted.

    Parameters
    ----------
    n : int
        Positions, over all sequences.
    d_in, d_out : int
        Features before and after.
    width : int
        Positions under the filter.
    groups : int
        An output sees 1 / groups of the input's features; with groups = d_in = d_out each
        feature is filtered alone ("depthwise").
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost

    Raises
    ------
    ValueError
        If groups does not divide d_in and d_out.
    """
    if groups < 1 or d_in % groups or d_out % groups:
        raise ValueError(
            f"groups is {groups} for d_in = {d_in} and d_out = {d_out}; expected a number that "
            "divides both. Use 1 if every output sees all features."
        )
    weights = width * (d_in // groups) * d_out
    return Cost(
        n * weights, 0, itemsize * (n * d_in + weights), itemsize * n * d_out, itemsize * n * d_out
    )
