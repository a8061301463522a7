import numpy as np
import pytest

from selfattn_course.kernels.output_gradient import output_gradient

pytestmark = pytest.mark.filterwarnings("error")


def test_array_of_the_right_shape_is_not_copied():
    d_out = np.ones((2, 3), np.float32)
    assert output_gradient(d_out, (2, 3)) is d_out


def test_integers_count_as_float64():
    assert output_gradient([1, 2], (2,)).dtype == np.float64


@pytest.mark.parametrize("shape", [(), (1, 3), (3,), (3, 2)])
def test_shape_that_would_broadcast_is_refused_too(shape):
    with pytest.raises(ValueError, match=r"d_out has shape .*; expected \(2, 3\), the shape of th"):
        output_gradient(np.ones(shape), (2, 3))
