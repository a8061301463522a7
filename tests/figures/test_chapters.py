import importlib
import inspect

import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from selfattn_course import layout
from selfattn_course.figures import style

MODULES = [
    importlib.import_module(f"selfattn_course.figures.{slug}")
    for slug in layout.slugs(layout.PACKAGE / "figures", ".py")
]
DRAWN = {
    f"{module.__name__.rpartition('.')[2]}.{name}": function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
}
PALETTE = {c.lower() for c in vars(style).values() if isinstance(c, str) and c.startswith("#")}


@pytest.fixture(scope="module")
def drawn():
    return {name: function() for name, function in DRAWN.items()}


@pytest.mark.parametrize("name", DRAWN)
def test_figure_has_labelled_axes(drawn, name):
    fig = drawn[name]
    assert isinstance(fig, Figure)
    framed = [ax for ax in fig.axes if ax.axison]
    if framed:
        assert any(ax.get_xlabel() for ax in framed)
        assert any(ax.get_ylabel() for ax in framed)
    else:
        assert any(ax.texts for ax in fig.axes)


@pytest.mark.parametrize("name", DRAWN)
def test_colours_come_from_the_style_or_are_grey(drawn, name):
    for ax in drawn[name].axes:
        bars = [patch for patch in ax.patches if patch.get_fill()]
        colours = [line.get_color() for line in ax.lines] + [bar.get_facecolor() for bar in bars]
        for colour in colours:
            red, green, blue = to_rgb(colour)
            assert red == green == blue or to_hex(colour) in PALETTE


def test_figure_needs_no_more_than_the_width_of_the_page(drawn):
    for fig in drawn.values():
        assert fig.get_size_inches()[0] == style.WIDTH_IN
