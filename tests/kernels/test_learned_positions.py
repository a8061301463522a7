import numpy as np
import pytest

from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.learned_positions import learned_positions, learned_positions_vjp


def test_rows_by_hand():
    table = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    np.testing.assert_array_equal(learned_positions(table, [2, 0, 2]), [[5, 6], [1, 2], [5, 6]])


def test_gradients_of_a_repeated_row_add_up_by_hand():
    d_out = np.array([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]])
    got = learned_positions_vjp(np.zeros((4, 2)), [2, 0, 2], d_out)
    np.testing.assert_array_equal(got, [[10, 20], [0, 0], [101, 202], [0, 0]])


@pytest.mark.parametrize("shape", [(), (7,), (2, 3), (0,), (2, 0)])
def test_gradient_agrees_with_the_complex_step(shape):
    rng = np.random.default_rng(0)
    table, positions = rng.normal(size=(5, 3)), rng.integers(0, 5, size=shape)
    d_out = rng.normal(size=(*shape, 3))
    exact = complex_step_vjp(lambda t: learned_positions(t, positions), table, d_out)
    np.testing.assert_allclose(learned_positions_vjp(table, positions, d_out), exact, atol=1e-14)


def test_gradient_agrees_with_adding_one_by_one():
    rng = np.random.default_rng(1)
    positions, d_out = rng.integers(0, 11, size=(4, 53)), rng.normal(size=(4, 53, 7))
    expected = np.zeros((11, 7))
    np.add.at(expected, positions, d_out)
    got = learned_positions_vjp(np.zeros((11, 7)), positions, d_out)
    np.testing.assert_allclose(got, expected, atol=1e-13)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    table = np.ones((5, 3), dtype)
    assert learned_positions(table, [1, 2]).dtype == dtype
    assert learned_positions_vjp(table, [1, 2], np.ones((2, 3), dtype)).dtype == dtype


def test_float32_gradients_are_close_to_float64_ones():
    rng = np.random.default_rng(2)
    positions, d_out = rng.integers(0, 5, size=1000), rng.normal(size=(1000, 3))
    exact = learned_positions_vjp(np.zeros((5, 3)), positions, d_out)
    short = learned_positions_vjp(np.zeros((5, 3)), positions, d_out.astype(np.float32))
    np.testing.assert_allclose(short, exact, rtol=0, atol=1e-5 * np.abs(exact).max())


def test_the_result_is_not_the_table():
    table = np.ones((3, 2))
    rows = learned_positions(table, [0, 1, 2])
    rows += 1
    np.testing.assert_array_equal(table, np.ones((3, 2)))


@pytest.mark.parametrize(("positions", "seen"), [([0, 3], "0 to 3"), ([-1, 2], "-1 to 2")])
def test_positions_outside_the_table_are_refused(positions, seen):
    for function in (learned_positions, lambda t, p: learned_positions_vjp(t, p, np.ones((2, 2)))):
        with pytest.raises(ValueError, match=f"positions runs from {seen}; expected 0 to 2"):
            function(np.ones((3, 2)), positions)


def test_what_does_not_fit_is_named():
    with pytest.raises(TypeError, match="positions has dtype float64; expected integers"):
        learned_positions(np.ones((3, 2)), [0.0, 1.0])
    with pytest.raises(ValueError, match=r"table has shape \(3,\); expected \(n_max, d\)"):
        learned_positions(np.ones(3), [0])
    with pytest.raises(ValueError, match=r"d_out has shape \(2, 3\); expected \(2, 2\)"):
        learned_positions_vjp(np.ones((3, 2)), [0, 1], np.ones((2, 3)))


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint64])
def test_small_or_unsigned_positions_do_not_wrap_around(dtype):
    table, d_out = np.zeros((250, 7)), np.ones((1, 7))
    d_table = learned_positions_vjp(table, np.array([200], dtype), d_out)
    np.testing.assert_array_equal(np.flatnonzero(d_table.any(axis=1)), [200])
