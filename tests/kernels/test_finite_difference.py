import numpy as np
import pytest

from selfattn_course.kernels import finite_difference_vjp


def test_gradient_of_a_square_is_twice_the_argument():
    x = np.array([[1.0, -2.0, 3.0]])
    np.testing.assert_allclose(finite_difference_vjp(np.square, x, np.ones((1, 3))), 2 * x, 1e-9)


def test_shapes_that_disagree_are_explained():
    with pytest.raises(ValueError, match=r"returns shape \(2,\) and d_out has shape \(3,\)"):
        finite_difference_vjp(np.square, np.ones(2), np.ones(3))


def test_complex_input_is_refused():
    with pytest.raises(TypeError, match="x has dtype complex128; expected real numbers"):
        finite_difference_vjp(lambda x: x, np.array([1j]), np.ones(1))
