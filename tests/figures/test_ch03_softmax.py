import inspect

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from selfattn_course.figures import ch03_softmax as figures
from selfattn_course.figures import style

DRAWN = {
    name: function
    for name, function in inspect.getmembers(figures, inspect.isfunction)
    if function.__module__ == figures.__name__ and not name.startswith("_")
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


def test_matrices_of_weights_share_one_scale_from_0_to_1(drawn):
    for name in ("masked_weights", "empty_rows"):
        images = [image for ax in drawn[name].axes for image in ax.images]
        assert len(images) >= 3
        assert {image.get_clim() for image in images} == {(0, 1)}
        assert {image.get_cmap().name for image in images} == {style.WEIGHT_CMAP}


def test_leaks_are_marked_left_of_the_change_only(drawn):
    (image,) = drawn["leak_probe"].axes[0].images
    kind = np.asarray(image.get_array())
    assert (kind[0, :5] == 0).all()
    assert (kind[1:, :5] == 2).all()
    assert (kind[:, 5:] == 1).all()


def test_figure_needs_no_more_than_the_width_of_the_page(drawn):
    for fig in drawn.values():
        assert fig.get_size_inches()[0] == style.WIDTH_IN
