"""Learned positions: one trained vector for each position, looked up in a table."""

import numpy as np

from .inputs import float_array
from .output_gradient import output_gradient
from .scatter import checked_indices, sums_by_index


def learned_positions(table, positions):
    """The row of the table for each position, to add to the inputs.

    Parameters
    ----------
    table : array_like, shape (n_max, d)
        One row for each position that the model knows.
    positions : array_like of int, shape (...)
        Which rows to take, such as np.arange(n). A position may occur more than once.

    Returns
    -------
    ndarray, shape (..., d)

    Raises
    ------
    ValueError
        If a position is not in the table: a learned position knows nothing beyond training.
    TypeError
        If positions are not integers.

    References
    ----------
    Gehring et al. (2017), section 3.1.
    """
    table = _two_axes(table)
    return table[checked_indices(positions, "positions", table.shape[0])]


def learned_positions_vjp(table, positions, d_out):
    """Gradient of a loss in the table, from its gradient in `learned_positions`.

    Parameters
    ----------
    table, positions
        As given to `learned_positions`; of the table only the shape matters.
    d_out : array_like, shape (..., d)
        Gradient of the loss with respect to the rows that were looked up.

    Returns
    -------
    ndarray, shape (n_max, d)
        Every use of a row adds to its gradient; 0 for a row that was not used.

    Raises
    ------
    ValueError
        If shapes disagree, or a position is not in the table.

    References
    ----------
    Gehring et al. (2017), section 3.1, differentiated.
    """
    table = _two_axes(table)
    positions, d = checked_indices(positions, "positions", table.shape[0]), table.shape[1]
    d_out = output_gradient(d_out, (*positions.shape, d))
    entries = positions[..., None] * d + np.arange(d)  # which entry of the flat table
    return sums_by_index(d_out, entries, table.size).reshape(table.shape)


def _two_axes(table):
    table = float_array(table, "table")
    if table.ndim != 2:
        raise ValueError(
            f"table has shape {table.shape}; expected (n_max, d). Give one row for each position."
        )
    return table
