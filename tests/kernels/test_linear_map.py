import numpy as np
import pytest

from selfattn_course.kernels.linear_map import linear_map, linear_map_vjp
from tests.kernels.gradient_checks import (
    assert_gradients_exact,
    assert_single_precision_gradients,
    assert_unwritten,
)

pytestmark = pytest.mark.filterwarnings("error")


def problem(seed=0, leading=(2, 5)):
    rng = np.random.default_rng(seed)
    shapes = ((*leading, 3), (3, 7), 7, (*leading, 7))
    return tuple(rng.normal(size=s) for s in shapes)


def test_one_row_by_hand():
    np.testing.assert_array_equal(
        linear_map([1.0, 2.0], [[1.0, 0.0, 3.0], [0.0, 1.0, 4.0]], [10.0, 20.0, 30.0]), [11, 22, 41]
    )


@pytest.mark.parametrize("leading", [(), (5,), (2, 5), (2, 3, 5)])
def test_entry_by_entry(leading):
    x, w, b, _ = problem(leading=leading)
    expected = np.einsum("...i,ij->...j", x, w) + b
    np.testing.assert_allclose(linear_map(x, w, b), expected, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(linear_map(x, w), expected - b, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("leading", [(), (5,), (2, 5)])
def test_gradients_are_exact(leading):
    x, w, b, d_out = problem(1, leading)
    assert_gradients_exact(linear_map, (x, w, b), d_out, linear_map_vjp(x, w, b, d_out))
    assert_gradients_exact(linear_map, (x, w, None), d_out, linear_map_vjp(x, w, None, d_out))


def test_array_that_is_not_contiguous_is_mapped_alike():
    x, w, b, _ = problem(2)
    strided = np.swapaxes(np.swapaxes(x, 0, 1).copy(), 0, 1)
    np.testing.assert_array_equal(linear_map(strided, w, b), linear_map(x, w, b))


def test_single_precision_gradients():
    *inputs, d_out = problem(3)
    assert_single_precision_gradients(linear_map_vjp, tuple(inputs), d_out)


@pytest.mark.parametrize(("n", "d_in", "d_out"), [(0, 3, 7), (5, 0, 7), (5, 3, 0)])
def test_empty_axes(n, d_in, d_out):
    x, w, b = np.ones((2, n, d_in)), np.ones((d_in, d_out)), np.arange(d_out) + 0.5
    out = linear_map(x, w, b)
    np.testing.assert_array_equal(out, np.broadcast_to(b + d_in, (2, n, d_out)))
    d_x, d_w, d_b = linear_map_vjp(x, w, b, out)
    assert (d_x.shape, d_w.shape, d_b.shape) == (x.shape, w.shape, b.shape)


def test_inputs_are_not_written_to():
    assert_unwritten(linear_map, *problem()[:3])
    assert_unwritten(linear_map_vjp, *problem())


def test_shapes_that_disagree_are_refused():
    x, w, b, d_out = problem()
    with pytest.raises(ValueError, match=r"x has shape \(2, 5, 3\) and w has shape \(7, 3\); exp"):
        linear_map(x, w.T)
    with pytest.raises(ValueError, match=r"b has shape \(3,\) and w has shape \(3, 7\)"):
        linear_map(x, w, b[:3])
    with pytest.raises(ValueError, match=r"d_out has shape \(5, 7\); expected \(2, 5, 7\)"):
        linear_map_vjp(x, w, b, d_out[0])


def test_backward_pass_checks_b():
    x, w, d_out = np.ones((2, 3)), np.ones((3, 4)), np.ones((2, 4))
    with pytest.raises(ValueError, match=r"b has shape \(9,\) .*; expected b of shape \(4,\)"):
        linear_map_vjp(x, w, np.ones(9), d_out)
