import numpy as np
import pytest

from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.feature_maps import elu_plus_one, elu_plus_one_vjp


def test_features_by_hand():
    np.testing.assert_allclose(elu_plus_one([-1.0, 0.0, 2.0]), [np.exp(-1), 1, 3], rtol=1e-15)


def test_features_are_positive_and_never_overflow():
    with np.errstate(all="raise", under="ignore"):
        got = elu_plus_one([-1e300, -700.0, 1e300])
    np.testing.assert_array_equal(got, [0, np.exp(-700.0), 1e300])


def test_gradient_agrees_with_the_complex_step():
    x, d_out = np.random.default_rng(0).normal(size=(2, 3, 5))
    exact = complex_step_vjp(elu_plus_one, x, d_out)
    np.testing.assert_allclose(elu_plus_one_vjp(x, d_out), exact, atol=1e-15)
    np.testing.assert_array_equal(elu_plus_one_vjp([800.0, -800.0], [3.0, 3.0]), [3, 0])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    assert elu_plus_one(np.ones(3, dtype)).dtype == dtype
    assert elu_plus_one_vjp(np.ones(3, dtype), np.ones(3, dtype)).dtype == dtype


def test_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match=r"d_out has shape \(4,\); expected \(3,\)"):
        elu_plus_one_vjp(np.ones(3), np.ones(4))
