import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.rotary import rotary_embedding, rotary_embedding_vjp, rotate_pairs

LAYOUTS = [True, False]


def test_a_quarter_turn_by_hand():
    x = [[1.0, 2.0, 3.0, 4.0]]
    cos, sin = [[0.0, 1.0]], [[1.0, 0.0]]  # the first pair turns by 90 degrees, the second not
    np.testing.assert_array_equal(rotate_pairs(x, cos, sin, interleaved=True), [[-2, 1, 3, 4]])
    np.testing.assert_array_equal(rotate_pairs(x, cos, sin, interleaved=False), [[-3, 2, 1, 4]])


def test_position_zero_changes_nothing():
    x = np.random.default_rng(0).normal(size=(3, 4))
    np.testing.assert_array_equal(rotary_embedding(x, np.zeros(3)), x)


def test_interleaved_pairs_are_complex_numbers_times_a_phase():
    x = np.random.default_rng(1).normal(size=(2, 5, 6))
    got = rotary_embedding(x, np.arange(5), base=100.0, interleaved=True)
    phase = np.exp(1j * np.arange(5)[:, None] * 100.0 ** (-np.arange(3) / 3))
    turned = (x[..., ::2] + 1j * x[..., 1::2]) * phase
    np.testing.assert_allclose(got[..., ::2] + 1j * got[..., 1::2], turned, atol=1e-14)


def test_the_layouts_differ_by_an_order_of_features():
    x = np.random.default_rng(2).normal(size=(5, 6))
    order = [0, 2, 4, 1, 3, 5]
    got = rotary_embedding(x[:, order], np.arange(5), interleaved=False)
    np.testing.assert_array_equal(
        got, rotary_embedding(x, np.arange(5), interleaved=True)[:, order]
    )


@pytest.mark.parametrize("interleaved", LAYOUTS)
def test_equals_a_loop_with_rotation_matrices(interleaved):
    x = np.random.default_rng(3).normal(size=(3, 10))
    positions = [7, 0, 2]
    expected = x.copy()
    for row, position in enumerate(positions):
        for i in range(3):  # 6 of the 10 features turn
            a, b = (2 * i, 2 * i + 1) if interleaved else (i, i + 3)
            angle = position * 10000 ** (-2 * i / 6)
            turn = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
            expected[row, [a, b]] = turn @ x[row, [a, b]]
    got = rotary_embedding(x, positions, n_rotated=6, interleaved=interleaved)
    np.testing.assert_allclose(got, expected, atol=1e-15)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.integers(-500, 500), st.integers(1, 4), st.booleans(), st.integers(0, 10**6))
def test_scores_depend_on_the_distance_only(shift, pairs, interleaved, seed):
    q, k = np.random.default_rng(seed).normal(size=(2, 5, 2 * pairs))

    def scores(start):
        turned = (
            rotary_embedding(x, start + np.arange(5), interleaved=interleaved) for x in (q, k)
        )
        q_turned, k_turned = turned
        return q_turned @ k_turned.T

    np.testing.assert_allclose(scores(shift), scores(0), atol=1e-11)


@pytest.mark.parametrize("interleaved", LAYOUTS)
def test_lengths_are_kept(interleaved):
    x = np.random.default_rng(4).normal(size=(5, 6))
    got = rotary_embedding(x, np.arange(5), interleaved=interleaved)
    np.testing.assert_allclose(np.linalg.norm(got, axis=-1), np.linalg.norm(x, axis=-1), rtol=1e-14)


@pytest.mark.parametrize("interleaved", LAYOUTS)
@pytest.mark.parametrize("n_rotated", [None, 4, 0])
@pytest.mark.parametrize("positions", [[3, 1, 4], [[[3, 1, 4]], [[1, 5, 9]]]])
def test_gradient_agrees_with_the_complex_step(interleaved, n_rotated, positions):
    rng = np.random.default_rng(5)
    options = {"n_rotated": n_rotated, "interleaved": interleaved, "base": 50.0}
    x = rng.normal(size=(5, 3, 6))
    d_out = rng.normal(size=rotary_embedding(x, positions, **options).shape)
    exact = complex_step_vjp(lambda x: rotary_embedding(x, positions, **options), x, d_out)
    got = rotary_embedding_vjp(x, positions, d_out, **options)
    np.testing.assert_allclose(got, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


def test_turning_back_undoes_turning():
    x = np.random.default_rng(6).normal(size=(5, 6))
    turned = rotary_embedding(x, np.arange(5))
    np.testing.assert_allclose(rotary_embedding_vjp(x, np.arange(5), turned), x, atol=1e-15)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept_and_far_positions_stay_exact(dtype):
    x = np.random.default_rng(7).normal(size=(2, 6)).astype(dtype)
    positions = np.array([100_000, 1_000_003])
    got = rotary_embedding(x, positions)
    assert got.dtype == dtype
    assert rotary_embedding_vjp(x, positions, x).dtype == dtype
    exact = rotary_embedding(x.astype(np.float64), positions)
    np.testing.assert_allclose(got, exact, atol=8 * np.finfo(dtype).eps)


def test_empty_axes_stay_empty():
    assert rotary_embedding(np.ones((0, 4)), []).shape == (0, 4)
    assert rotary_embedding(np.ones((3, 0)), [1, 2, 3]).shape == (3, 0)


def test_inputs_are_not_written_to():
    x, positions = np.ones((3, 4)), np.arange(3)
    out = rotary_embedding(x, positions, n_rotated=2)
    rotary_embedding_vjp(x, positions, x)
    np.testing.assert_array_equal(x, np.ones((3, 4)))
    np.testing.assert_array_equal(positions, [0, 1, 2])
    assert not np.shares_memory(out, x)


def test_what_does_not_fit_is_named():
    x = np.ones((3, 4))
    with pytest.raises(ValueError, match="d is 3; expected an even number"):
        rotary_embedding(x, np.arange(3), n_rotated=3)
    with pytest.raises(ValueError, match=r"x has shape \(3, 4\), cos \(3, 3\) .* 2 m at most d"):
        rotary_embedding(x, np.arange(3), n_rotated=6)
    with pytest.raises(ValueError, match=r"cos \(3, 2\) and sin \(3, 1\); expected"):
        rotate_pairs(x, np.ones((3, 2)), np.ones((3, 1)))
    with pytest.raises(ValueError, match="expected 3 rows of angles"):
        rotary_embedding(x, np.arange(2))
    with pytest.raises(ValueError, match="expected 1 rows of angles"):
        rotary_embedding(x[:1], np.arange(3))
    with pytest.raises(ValueError, match=r"x has shape \(4,\); expected \(..., n, d\)"):
        rotary_embedding(np.ones(4), [0])
    with pytest.raises(ValueError, match=r"d_out has shape \(4, 3\); expected \(3, 4\)"):
        rotary_embedding_vjp(x, np.arange(3), x.T)


def test_forward_and_backward_refuse_the_same_positions():
    x = np.ones((2, 5, 4))
    for positions in (np.arange(6), np.zeros((3, 5))):
        with pytest.raises(ValueError, match="Give one position for each row of x"):
            rotary_embedding(x, positions)
        with pytest.raises(ValueError, match="Give one position for each row of x"):
            rotary_embedding_vjp(x, positions, x)
