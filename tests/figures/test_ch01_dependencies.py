import numpy as np

from selfattn_course import layout
from selfattn_course.experiments import ch01_dependencies as experiments
from selfattn_course.figures import ch01_dependencies as figures
from selfattn_course.figures import style


def test_sentence_has_an_arc_for_each_link_and_marks_who_asks_and_who_is_meant():
    ax = figures.sentence_arcs().axes[0]
    arcs = [line for line in ax.lines if len(line.get_xdata()) > 1]
    assert len(arcs) == len(experiments.link_distances()) + 1  # and the one of "it"
    marks = {line.get_color(): line.get_ydata()[0] for line in ax.lines if line not in arcs}
    assert marks == {style.QUERY: experiments.IT, style.KEY: experiments.DOG}


def test_first_attention_uses_the_scale_of_all_weights():
    (image,) = figures.first_attention().axes[0].images
    assert image.get_clim() == (0, 1)
    assert image.get_cmap().name == style.WEIGHT_CMAP
    np.testing.assert_allclose(np.asarray(image.get_array()).sum(axis=1), 1)


def test_every_row_and_column_of_the_first_attention_is_named():
    ax = figures.first_attention().axes[0]
    for labels in (ax.get_xticklabels(), ax.get_yticklabels()):
        assert [label.get_text() for label in labels] == experiments.WORDS


def test_numbers_by_hand_are_all_written():
    texts = {text.get_text() for text in figures.information_by_hand().axes[0].texts}
    assert {"1", "3", "0.125", "0.375", "0.250", "0.152", "−0.087", "sum: 0.131 nats"} <= texts


def test_page_tells_the_story_that_is_measured():
    page = (layout.BOOK / "ch01_dependencies.md").read_text()
    assert f"> {' '.join(experiments.STORY.split())} …\n" in page


def test_page_shows_the_annotation_that_is_drawn():
    page = (layout.BOOK / "ch01_dependencies.md").read_text()
    assert f"heads = np.array({list(experiments.HEADS)})" in page
