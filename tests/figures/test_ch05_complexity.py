import numpy as np
import pytest

from selfattn_course.figures import ch05_complexity as figures


def test_frames_of_the_example_surround_what_makes_one_number():
    (ax,) = figures.count_by_hand().axes
    frames = [p for p in ax.patches if not p.get_fill()]
    assert len(frames) == 6
    texts = [text.get_text() for text in ax.texts]
    assert sum("= 18" in text for text in texts) == 2


def test_crossovers_lie_on_the_line_of_equal_cost():
    (ax,) = figures.crossovers().axes
    curves = {line.get_linestyle(): line for line in ax.lines if line.get_marker() in "sD^"}
    for style, at in ((":", 1), ("--", 2)):  # GRU and LSTM
        x, y = curves[style].get_xydata().T
        assert np.interp(at, x, y) == pytest.approx(1, rel=0.02)
    assert curves["-"].get_ydata().min() > 2  # RNN


def test_one_tile_is_dark_and_all_scores_are():
    whole, tiled = figures.tiles().axes
    dark = [sum(p.get_facecolor()[3] == 0.75 for p in ax.patches) for ax in (whole, tiled)]
    assert dark == [64, 4]


def test_every_point_of_the_roofline_has_its_name():
    (ax,) = figures.roofline().axes
    texts = {text.get_text() for text in ax.texts}
    assert {"softmax", "one query", "scores", "projection"} <= texts
