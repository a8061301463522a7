import numpy as np
import pytest

from selfattn_course.kernels import causal_mask, padding_mask, window_mask


def test_causal_mask_by_hand():
    np.testing.assert_array_equal(causal_mask(3), [[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    assert causal_mask(2).dtype == bool


@pytest.mark.parametrize(
    ("offset", "rows"),
    [
        (0, [[1, 0, 0], [1, 1, 0]]),
        (1, [[1, 1, 0], [1, 1, 1]]),
        (9, [[1, 1, 1], [1, 1, 1]]),
        (-1, [[0, 0, 0], [1, 0, 0]]),
        (-9, [[0, 0, 0], [0, 0, 0]]),
    ],
)
def test_offset_moves_the_triangle_to_the_right(offset, rows):
    np.testing.assert_array_equal(causal_mask(2, 3, offset=offset), rows)


def test_offset_for_each_sequence():
    offsets = np.array([[0], [2]])
    masks = causal_mask(2, 5, offset=offsets)
    assert masks.shape == (2, 1, 2, 5)
    for index in np.ndindex(2, 1):
        np.testing.assert_array_equal(masks[index], causal_mask(2, 5, offset=offsets[index]))


def test_unsigned_offset_does_not_wrap_around():
    np.testing.assert_array_equal(causal_mask(3, offset=np.uint8(0)), causal_mask(3))
    assert not window_mask(2, 3, left=0, right=0, offset=np.array(200, np.uint8)).any()


def test_window_mask_by_hand():
    np.testing.assert_array_equal(
        window_mask(3, 5, left=1, right=2), [[1, 1, 1, 0, 0], [1, 1, 1, 1, 0], [0, 1, 1, 1, 1]]
    )
    np.testing.assert_array_equal(window_mask(3, left=0, right=0), np.eye(3))
    np.testing.assert_array_equal(
        window_mask(2, 5, left=1, right=0, offset=3), [[0, 0, 1, 1, 0], [0, 0, 0, 1, 1]]
    )


def test_window_agrees_with_the_definition():
    for left, right, offset in [(2, 1, 0), (None, 1, -2), (3, None, 4), (None, None, 1)]:
        mask = window_mask(5, 7, left=left, right=right, offset=offset)
        for i, j in np.ndindex(5, 7):
            p = i + offset
            seen = (left is None or p - left <= j) and (right is None or j <= p + right)
            assert mask[i, j] == seen


def test_window_without_limits_on_the_left_is_causal():
    np.testing.assert_array_equal(window_mask(4, 6, right=0, offset=1), causal_mask(4, 6, offset=1))


def test_padding_mask_by_hand():
    np.testing.assert_array_equal(
        padding_mask([0, 2, 3], 3), [[[0, 0, 0]], [[1, 1, 0]], [[1, 1, 1]]]
    )
    assert padding_mask(2, 3).shape == (1, 3)
    assert padding_mask([[1, 2]], 3).shape == (1, 2, 1, 3)


def test_no_queries_or_no_keys():
    assert causal_mask(0).shape == (0, 0)
    assert causal_mask(0, 3).shape == (0, 3)
    assert causal_mask(3, 0).shape == (3, 0)
    assert padding_mask([0, 0], 0).shape == (2, 1, 0)


def test_sizes_that_make_no_sense_are_explained():
    with pytest.raises(ValueError, match="n_q is -1; expected 0 or more"):
        causal_mask(-1)
    with pytest.raises(ValueError, match="n_k is -2; expected 0 or more"):
        window_mask(3, -2)
    with pytest.raises(ValueError, match="left is -1; expected 0 or more"):
        window_mask(3, left=-1)
    with pytest.raises(ValueError, match="right is -3; expected 0 or more"):
        window_mask(3, right=-3)
    with pytest.raises(TypeError, match="float"):
        causal_mask(2.5)
    with pytest.raises(TypeError, match="offset has dtype float64; expected integers"):
        causal_mask(3, offset=0.5)


def test_lengths_that_make_no_sense_are_explained():
    with pytest.raises(ValueError, match=r"lengths are \[4\]; expected integers from 0 to n_k = 3"):
        padding_mask([4], 3)
    with pytest.raises(ValueError, match=r"lengths are \[-1\]; expected integers"):
        padding_mask([-1], 3)
    with pytest.raises(ValueError, match="expected integers"):
        padding_mask([1.5], 3)


def test_padding_mask_checks_the_number_of_keys():
    with pytest.raises(ValueError, match="n_k is -1; expected 0 or more"):
        padding_mask(np.zeros(0, int), -1)
    with pytest.raises(TypeError, match="integer"):
        padding_mask([1, 2], 2.5)
