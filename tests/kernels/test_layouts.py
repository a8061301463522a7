import numpy as np
import pytest

from selfattn_course.kernels.layouts import (
    fixed_layout,
    global_layout,
    layout_mask,
    local_layout,
    random_layout,
    strided_layout,
)


def test_local_layout_by_hand():
    np.testing.assert_array_equal(
        local_layout(4, left=1), [[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]
    )
    np.testing.assert_array_equal(
        local_layout(3, left=0, right=1), [[1, 1, 0], [0, 1, 1], [0, 0, 1]]
    )


def test_global_layout_by_hand():
    np.testing.assert_array_equal(global_layout(3, n_global=1), [[1, 1, 1], [1, 0, 0], [1, 0, 0]])
    assert global_layout(3, n_global=9).all()
    assert not global_layout(3, n_global=0).any()


def test_strided_layout_by_hand():
    np.testing.assert_array_equal(
        strided_layout(4, stride=2), [[1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1]]
    )
    assert strided_layout(3, stride=1).all()


def test_fixed_layout_by_hand():
    np.testing.assert_array_equal(fixed_layout(5, stride=2), [[0, 1, 0, 1, 0]] * 5)


def test_random_layout_lists_as_many_blocks_in_every_row():
    layout = random_layout(11, n_random=3, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(layout.sum(axis=1), 3)
    assert len(np.unique(layout, axis=0)) > 5
    again = random_layout(11, n_random=3, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(layout, again)
    assert random_layout(2, n_random=5, rng=np.random.default_rng(0)).all()


def test_random_layout_prefers_no_block():
    rng = np.random.default_rng(1)
    counts = sum(random_layout(5, n_random=2, rng=rng).astype(int) for _ in range(2000))
    # A binomial count: mean 800, standard deviation 22; six of them either way.
    assert (np.abs(counts - 800) < 132).all()


def test_local_and_strided_reach_every_earlier_block_in_two_steps():
    n, stride = 17, 4
    causal = np.tri(n, dtype=bool)
    local, strided = local_layout(n, left=stride - 1), strided_layout(n, stride=stride) & causal
    np.testing.assert_array_equal((local.astype(int) @ strided) > 0, causal)


def test_layout_mask_by_hand():
    layout = np.array([[True, False], [False, True]])
    np.testing.assert_array_equal(
        layout_mask(layout, 3, 4, block=2), [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]]
    )


def test_empty_layouts():
    assert local_layout(0, left=1).shape == (0, 0)
    assert global_layout(0, n_global=1).shape == (0, 0)
    assert strided_layout(0, stride=2).shape == (0, 0)
    assert fixed_layout(0, stride=2).shape == (0, 0)
    assert random_layout(0, n_random=1, rng=np.random.default_rng(0)).shape == (0, 0)
    assert layout_mask(np.zeros((0, 2), bool), 0, 4, block=2).shape == (0, 4)


def test_layouts_are_boolean():
    rng = np.random.default_rng(0)
    for layout in (
        local_layout(3, left=1),
        global_layout(3, n_global=1),
        strided_layout(3, stride=2),
        fixed_layout(3, stride=2),
        random_layout(3, n_random=1, rng=rng),
        layout_mask(np.ones((2, 2), bool), 3, 4, block=2),
    ):
        assert layout.dtype == bool


def test_bad_sizes_are_explained():
    with pytest.raises(ValueError, match="left is -1; expected 0 or more"):
        local_layout(3, left=-1)
    with pytest.raises(ValueError, match="n_blocks is -3; expected 0 or more"):
        global_layout(-3, n_global=1)
    with pytest.raises(ValueError, match="n_global is -1; expected 0 or more"):
        global_layout(3, n_global=-1)
    with pytest.raises(ValueError, match="stride is 0; expected 1 or more"):
        strided_layout(3, stride=0)
    with pytest.raises(ValueError, match="stride is 0; expected 1 or more"):
        fixed_layout(3, stride=0)
    with pytest.raises(ValueError, match="n_random is -1; expected 0 or more"):
        random_layout(3, n_random=-1, rng=np.random.default_rng(0))


def test_bad_layouts_are_explained():
    with pytest.raises(TypeError, match="layout has dtype int64; expected bool"):
        layout_mask(np.ones((2, 2), np.int64), 4, 4, block=2)
    with pytest.raises(ValueError, match=r"layout has shape \(2, 2\); expected \(3, 2\) for 5 qu"):
        layout_mask(np.ones((2, 2), bool), 5, 4, block=2)
    with pytest.raises(ValueError, match="block is 0; expected 1 or more"):
        layout_mask(np.ones((2, 2), bool), 4, 4, block=0)


def test_negative_numbers_of_queries_are_refused():
    with pytest.raises(ValueError, match="n_q is -1 and n_k is -1; expected 0 or more"):
        layout_mask(np.zeros((0, 0), bool), -1, -1, block=2)
