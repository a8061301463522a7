import numpy as np
import pytest

from selfattn_course.kernels.residual import LayerNormWeights, Step, residual_trace, residual_vjp
from tests.kernels.gradient_checks import assert_gradients_exact

pytestmark = pytest.mark.filterwarnings("error")

DOUBLE = Step(lambda x: 2 * x, lambda x, d_out: (2 * d_out, ()))
SQUARE = Step(lambda x: x * x, lambda x, d_out: (2 * x * d_out, ()))


def test_both_orders_by_hand():
    x = np.array([[-3.0, 3.0]])  # normalized: -1 and 1
    norm = LayerNormWeights(np.ones(2), np.array([0.0, 5.0]))
    pre = residual_trace(x, DOUBLE, norm, norm_first=True, eps=1e-30)
    np.testing.assert_allclose(pre.out, [[-3 - 2, 3 + 12]])
    assert pre.before_norm is x
    post = residual_trace(x, DOUBLE, norm, norm_first=False, eps=1e-30)
    np.testing.assert_allclose(post.out, [[-1, 6]])
    np.testing.assert_allclose(post.before_norm, [[-9, 9]])


@pytest.mark.parametrize("norm_first", [True, False])
def test_gradients_are_exact(norm_first):
    rng = np.random.default_rng(0)
    x, d_out = rng.normal(size=(2, 3, 5, 7))
    norm = LayerNormWeights(rng.normal(size=7), rng.normal(size=7))
    options = {"norm_first": norm_first, "eps": 0.1}
    d_x, (d_step, d_norm) = residual_vjp(
        residual_trace(x, SQUARE, norm, **options), SQUARE, norm, d_out, **options
    )
    assert d_step == ()
    assert_gradients_exact(
        lambda x, norm: residual_trace(x, SQUARE, norm, **options).out,
        (x, norm),
        d_out,
        (d_x, d_norm),
    )
