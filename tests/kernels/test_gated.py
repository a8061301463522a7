import math

import numpy as np
import pytest

from selfattn_course.kernels.gated import swiglu, swiglu_vjp
from tests.kernels.gradient_checks import (
    assert_gradients_exact,
    assert_single_precision_gradients,
    assert_unwritten,
)

pytestmark = pytest.mark.filterwarnings("error")


def test_gate_by_hand():
    # swish(log 3) = 0.75 log 3
    np.testing.assert_allclose(swiglu([0.0, math.log(3)], [5.0, 4.0]), [0, 3 * math.log(3)])


def test_value_passes_linearly():
    rng = np.random.default_rng(0)
    gate, value = rng.normal(size=(2, 3, 5))
    np.testing.assert_allclose(swiglu(gate, -2 * value), -2 * swiglu(gate, value))


@pytest.mark.parametrize("alpha", [1.0, 0.3, -2.0])
def test_gradients_are_exact(alpha):
    rng = np.random.default_rng(1)
    gate, value, d_out = rng.normal(size=(3, 2, 5))
    assert_gradients_exact(
        lambda g, v: swiglu(g, v, alpha=alpha),
        (gate, value),
        d_out,
        swiglu_vjp(gate, value, d_out, alpha=alpha),
    )


def test_single_precision_gradients():
    rng = np.random.default_rng(2)
    gate, value, d_out = rng.normal(size=(3, 5, 7))
    assert_single_precision_gradients(swiglu_vjp, (gate, value), d_out)


def test_inputs_are_not_written_to():
    assert_unwritten(swiglu_vjp, *np.random.default_rng(3).normal(size=(3, 5)))


def test_empty_arrays_stay_empty():
    assert swiglu(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0, 3)


def test_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match=r"gate has shape \(3,\) and value has shape \(1,\)"):
        swiglu(np.ones(3), np.ones(1))
    with pytest.raises(ValueError, match=r"d_out has shape \(1,\)"):
        swiglu_vjp(np.ones(3), np.ones(3), np.ones(1))
