import numpy as np

from selfattn_course.figures import style
from selfattn_course.figures.ch03_softmax import empty_rows, leak_probe, masked_weights


def test_matrices_of_weights_share_one_scale_from_0_to_1():
    for draw in (masked_weights, empty_rows):
        images = [image for ax in draw().axes for image in ax.images]
        assert len(images) >= 3
        assert {image.get_clim() for image in images} == {(0, 1)}
        assert {image.get_cmap().name for image in images} == {style.WEIGHT_CMAP}


def test_leaks_are_marked_left_of_the_change_only():
    (image,) = leak_probe().axes[0].images
    kind = np.asarray(image.get_array())
    assert (kind[0, :5] == 0).all()
    assert (kind[1:, :5] == 2).all()
    assert (kind[:, 5:] == 1).all()
