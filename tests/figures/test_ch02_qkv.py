import numpy as np
import pytest

from selfattn_course.experiments import ch02_qkv as experiments
from selfattn_course.figures import ch02_qkv as figures
from selfattn_course.figures import style

MATRICES = ("cat_weights", "questions", "without_the_diagonal", "previous_token", "induction")


@pytest.mark.parametrize("name", MATRICES)
def test_matrices_of_weights_share_one_scale_from_0_to_1(name):
    images = [image for ax in getattr(figures, name)().axes for image in ax.images]
    assert images
    assert {image.get_clim() for image in images} == {(0, 1)}
    assert {image.get_cmap().name for image in images} == {style.WEIGHT_CMAP}


def test_words_name_rows_and_columns():
    (ax,) = figures.questions().axes
    assert [label.get_text() for label in ax.get_yticklabels()] == ["who", "where"]
    assert [label.get_text() for label in ax.get_xticklabels()] == [*experiments.CAT_SENTENCE]


def test_bars_are_the_weights_of_it():
    for ax, reading in zip(
        figures.it_readings().axes, experiments.it_readings().values(), strict=True
    ):
        np.testing.assert_allclose([bar.get_width() for bar in ax.patches], reading["weights"])


def test_projections_have_the_colours_of_their_parts():
    (ax,) = figures.projections().axes
    frames = {patch.get_edgecolor()[:3] for patch in ax.patches}
    wanted = (style.INK, style.QUERY, style.KEY, style.VALUE)
    assert frames == {style.matplotlib.colors.to_rgb(colour) for colour in wanted}


def test_outputs_that_cannot_move_are_white():
    causal = np.asarray(figures.reach().axes[1].images[0].get_array())
    np.testing.assert_array_equal(causal, np.tri(8))
