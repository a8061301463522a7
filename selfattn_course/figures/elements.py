"""Pieces that several figures draw."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from .style import INK, MUTED, WEIGHT_CMAP


def weight_matrix(ax, weights, *, digits=2, label="weight"):
    """A matrix of weights, coloured from 0 to 1, each cell with its number.

    Rows are queries, columns are keys. A weight of exactly 0 shows as a dot, a NaN as hatching.

    Parameters
    ----------
    ax : Axes
    weights : ndarray, shape (n_q, n_k)
    digits : int
        Decimals in the cells; 0 leaves the cells empty.
    label : str
        Name of the image, for tests and tools.
    """
    ax.imshow(weights, cmap=WEIGHT_CMAP, vmin=0, vmax=1, label=label)
    for (i, j), weight in np.ndenumerate(weights):
        if np.isnan(weight):
            cell = Rectangle((j - 0.5, i - 0.5), 1, 1, fill=False, hatch="////", ec=MUTED, lw=0)
            ax.add_patch(cell)
        elif weight == 0:
            ax.text(j, i, "·", ha="center", va="center", color=MUTED)
        elif digits:
            text = f"{weight:.{digits}f}".removeprefix("0")
            ink = "white" if weight > 0.6 else INK
            ax.text(j, i, text, ha="center", va="center", color=ink, fontsize=9)
    queries_by_keys(ax, *weights.shape)


def queries_by_keys(ax, n_q, n_k):
    """Ticks, labels and cell borders of a matrix with queries as rows.

    Parameters
    ----------
    ax : Axes
    n_q, n_k : int
        Number of queries and keys.
    """
    ax.set(xticks=range(n_k), yticks=range(n_q), xlabel="key", ylabel="query")
    ax.set_xticks(np.arange(n_k + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(n_q + 1) - 0.5, minor=True)
    ax.grid(which="minor", color=MUTED, linewidth=0.4)
    ax.tick_params(which="both", length=0)
    ax.spines[:].set_visible(False)


def number_block(ax, values, corner, title, *, color, digits=1):
    """A matrix of numbers as a block of cells, somewhere in an axis that points down.

    Parameters
    ----------
    ax : Axes
    values : ndarray, shape (n, m)
    corner : tuple of float
        Left and top end of the block; a cell is 1.2 wide and 1 high.
    title : str
        Stands above the block.
    color : str
        Of the block's frame and, faintly, of its cells.
    digits : int
        Decimals of the numbers.
    """
    (left, top), width = corner, 1.2
    for (i, j), value in np.ndenumerate(values):
        x, y = left + width * j, top + i
        ax.add_patch(Rectangle((x, y), width, 1, fc=to_rgba(color, 0.15), ec=color, lw=0.8))
        text = f"{value:.{digits}f}".replace("-", "−")
        ax.text(x + width / 2, y + 0.5, text, ha="center", va="center", fontsize=9.5)
    ax.text(left, top - 0.25, title, va="bottom")


def end_label(ax, line, text, *, dy=0.0):
    """Name a line at its right end, in its colour.

    Parameters
    ----------
    ax : Axes
    line : Line2D
    text : str
    dy : float
        Shift in points, to keep neighbours apart.
    """
    x, y = line.get_xydata()[-1]
    ax.annotate(
        text,
        (x, y),
        xytext=(6, dy),
        textcoords="offset points",
        va="center",
        color=line.get_color(),
        annotation_clip=False,
    )


def powers_of_two_axis(ax, values, label):
    """A logarithmic horizontal axis that names powers of two.

    Parameters
    ----------
    ax : Axes
    values : sequence of int
        Every second one gets a tick.
    label : str
    """
    ax.set_xscale("log", base=2)
    ax.set(xticks=values[::2], xticklabels=[str(v) for v in values[::2]], xlabel=label)
