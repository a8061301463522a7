"""How every figure of the course looks."""

import io

import matplotlib
from matplotlib.figure import Figure

QUERY = "#0072B2"
KEY = "#E69F00"
VALUE = "#009E73"
INK = "#222222"
MUTED = "#6E6E6E"
WRONG = "#D55E00"  # what fails
OTHER = "#CC79A7"  # a third choice beside INK and WRONG
WEIGHT_CMAP = "Purples"  # weights, always from 0 to 1
SIGNED_CMAP = "PuOr"  # derivatives, always with 0 in the middle

WIDTH_IN = 4.8  # so that a phone shrinks the text by a quarter at most

RC = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same on every machine
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.labelsize": 11,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 10,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.minor.bottom": False,
    "ytick.minor.left": False,
    "lines.linewidth": 2,
    "lines.markersize": 6,
    "figure.constrained_layout.use": True,
    "svg.hashsalt": "selfattn",  # else element ids differ from build to build
    "svg.fonttype": "path",
}

styled = matplotlib.rc_context(RC)  # decorates each function that draws


def new_figure(height, **grid):
    """An empty figure of the width of the page, free of pyplot's global state.

    Parameters
    ----------
    height : float
        In inches.
    **grid
        As for `Figure.subplots`: nrows, ncols, sharex, ...

    Returns
    -------
    fig : Figure
    axes : Axes or ndarray of Axes
    """
    fig = Figure(figsize=(WIDTH_IN, height))
    return fig, fig.subplots(**grid)


@styled
def svg(fig):
    """A figure as SVG text, the same bytes every time.

    Parameters
    ----------
    fig : Figure

    Returns
    -------
    str
        Transparent, so that the page shows through.
    """
    text = io.StringIO()
    fig.savefig(text, format="svg", transparent=True, metadata={"Date": None})
    return text.getvalue()
