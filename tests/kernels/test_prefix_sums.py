import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels.prefix_sums import weighted_sums


def test_three_positions_by_hand():
    a, b, c = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [1.0], [2.0]]), np.eye(3)
    np.testing.assert_array_equal(weighted_sums(a, b, c), [[1, 1, 2], [2, 2, 4], [3, 3, 6]])
    np.testing.assert_array_equal(
        weighted_sums(a, b, c, causal=True), [[1, 0, 0], [2, 2, 0], [3, 3, 6]]
    )
    np.testing.assert_array_equal(
        weighted_sums(a, b, c, causal=True, backwards=True), [[1, 1, 2], [0, 2, 4], [0, 0, 6]]
    )


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 20), st.integers(1, 7), st.booleans())
def test_chunks_of_any_size_give_the_sums_over_the_triangle(n, chunk, backwards):
    rng = np.random.default_rng(n)
    a, b, c = rng.normal(size=(2, n, 3)), rng.normal(size=(n, 3)), rng.normal(size=(2, n, 5))
    triangle = np.triu if backwards else np.tril
    expected = triangle(a @ b.T) @ c
    got = weighted_sums(a, b, c, causal=True, backwards=backwards, chunk=chunk)
    np.testing.assert_allclose(got, expected, atol=1e-12)


def test_two_lengths_may_differ_without_order():
    rng = np.random.default_rng(0)
    a, b, c = rng.normal(size=(4, 3)), rng.normal(size=(7, 3)), rng.normal(size=(7, 5))
    np.testing.assert_allclose(weighted_sums(a, b, c), (a @ b.T) @ c, atol=1e-13)


@pytest.mark.parametrize("position", [3, 8, 10])
def test_a_huge_later_row_leaves_earlier_sums_as_they_are(position):
    rng = np.random.default_rng(1)
    a, b, c = rng.normal(size=(3, 13, 2))
    before = weighted_sums(a, b, c, causal=True, chunk=4)
    c[position:] *= 1e100
    after = weighted_sums(a, b, c, causal=True, chunk=4)
    np.testing.assert_array_equal(after[:position], before[:position])
