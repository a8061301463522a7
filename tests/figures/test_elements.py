import numpy as np
import pytest

from selfattn_course.figures import elements, style


@pytest.fixture
def ax():
    return style.new_figure(2.0)[1]


def test_weight_matrix_has_fixed_limits_and_marks_zero_and_nan(ax):
    elements.weight_matrix(ax, np.array([[0.25, 0.75, 0.0], [np.nan, 0.5, 0.5]]))
    (image,) = ax.images
    assert image.get_clim() == (0, 1)
    assert image.get_cmap().name == style.WEIGHT_CMAP
    assert [text.get_text() for text in ax.texts] == [".25", ".75", "·", ".50", ".50"]
    assert [patch.get_hatch() for patch in ax.patches] == ["////"]
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("query", "key")
    assert (len(ax.get_yticks()), len(ax.get_xticks())) == (2, 3)


def test_number_block_writes_every_number_in_its_cell(ax):
    elements.number_block(ax, np.array([[1.0, -2.0], [3.5, 0.0]]), (6, 5), "q", color=style.QUERY)
    texts = {text.get_text(): text.get_position() for text in ax.texts}
    assert set(texts) == {"1.0", "−2.0", "3.5", "0.0", "q"}
    assert texts["3.5"] == pytest.approx((6.6, 6.5))


def test_end_label_takes_the_colour_of_its_line(ax):
    (line,) = ax.plot([0, 1], [2, 3], color=style.KEY)
    elements.end_label(ax, line, "keys")
    assert ax.texts[0].get_color() == style.KEY
    assert ax.texts[0].xy == (1, 3)


def test_powers_of_two_axis_names_every_second_power(ax):
    elements.powers_of_two_axis(ax, (4, 8, 16, 32), "size d")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["4", "16"]
    assert ax.get_xlabel() == "size d"
