"""What a page's hidden cells call: figures shown as SVG, numbers handed to the prose."""

from IPython import get_ipython
from matplotlib.figure import Figure
from myst_nb import glue

from .style import svg


def show_figures_as_svg():
    """Let the running page show figures as SVG. Its first cell calls this."""
    get_ipython().display_formatter.formatters["image/svg+xml"].for_type(Figure, svg)


def tell(**numbers):
    """Hand numbers to the prose, which shows them by name.

    Parameters
    ----------
    **numbers : str or number
        `tell(spread=2.0)` makes `{glue:text}`spread:.1f`` read 2.0.
    """
    for name, number in numbers.items():
        plain = number if isinstance(number, str | int) else float(number)
        glue(name, plain, display=False)


def power_of_ten(x):
    """A small or large number the way a text writes it.

    Parameters
    ----------
    x : float
        Positive, or 0.

    Returns
    -------
    str
        For example `2 × 10⁻¹⁶`, rounded to one digit, in one piece at the end of a line.
    """
    if x == 0:
        return "0"
    digit, exponent = f"{x:.0e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digit}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10{raised}"
