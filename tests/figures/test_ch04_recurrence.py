import numpy as np
import pytest

from selfattn_course.experiments import marked_symbols, seasonal
from selfattn_course.figures import ch04_recurrence as figures
from selfattn_course.figures import style


def test_weights_of_the_trained_head_are_on_the_scale_of_all_weights():
    (ax,) = figures.recall_weights().axes
    (image,) = ax.images
    assert image.get_clim() == (0, 1)
    assert image.get_cmap().name == style.WEIGHT_CMAP


def test_frames_mark_the_marked_symbols():
    (ax,) = figures.recall_weights().axes
    _, marked = marked_symbols.trained_weights()
    frames = [(patch.get_x() + 0.5, patch.get_y() + 0.5) for patch in ax.patches]
    assert frames == [(column, row) for row, column in enumerate(marked)]


def test_race_shows_every_seed_beside_the_mean():
    (ax,) = figures.recall_race().axes
    race = marked_symbols.recall_race()
    drawn = [line.get_ydata() for line in ax.lines]
    for runs in race.values():
        for wanted in (runs.mean(axis=1), *runs.T):
            assert any(np.array_equal(wanted, line) for line in drawn)


def test_task_marks_one_symbol_and_names_it_as_the_answer():
    (ax,) = figures.recall_task().axes
    texts = [text.get_text() for text in ax.texts]
    assert texts.count("★") == 1
    assert texts[-1] == f"answer: {texts[texts.index('★') - 1]}"


def test_no_forecast_lies_below_the_noise():
    (ax,) = figures.forecasts().axes
    *methods, floor = ax.lines
    assert floor.get_xdata()[0] == pytest.approx(seasonal.NOISE**2)
    assert min(line.get_xdata().min() for line in methods) > seasonal.NOISE**2


def test_gradients_start_at_1_in_the_forget_gate_figure():
    (ax,) = figures.forget_gate().axes
    assert all(line.get_ydata()[0] == pytest.approx(1) for line in ax.lines)
