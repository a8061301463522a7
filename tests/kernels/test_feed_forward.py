import numpy as np
import pytest

from selfattn_course.kernels.activations import relu, swish
from selfattn_course.kernels.feed_forward import (
    ACTIVATIONS,
    FeedForwardWeights,
    GatedFeedForwardWeights,
    feed_forward,
    feed_forward_vjp,
    gated_feed_forward,
    gated_feed_forward_vjp,
)
from tests.kernels.gradient_checks import (
    assert_gradients_exact,
    assert_single_precision_gradients,
    assert_unwritten,
)

pytestmark = pytest.mark.filterwarnings("error")


def problem(seed=0):
    rng = np.random.default_rng(seed)
    weights = FeedForwardWeights(*(rng.normal(size=s) for s in ((3, 11), 11, (11, 5), 5)))
    return rng.normal(size=(2, 7, 3)), weights, rng.normal(size=(2, 7, 5))


def gated_problem(seed=0):
    rng = np.random.default_rng(seed)
    weights = GatedFeedForwardWeights(*(rng.normal(size=s) for s in ((3, 11), (3, 11), (11, 5))))
    return rng.normal(size=(2, 7, 3)), weights, rng.normal(size=(2, 7, 5))


def test_absolute_value_from_two_hidden_features():
    weights = FeedForwardWeights(np.array([[1.0, -1.0]]), None, np.array([[1.0], [1.0]]), None)
    np.testing.assert_array_equal(feed_forward([[-3.0], [2.0]], weights), [[3], [2]])


def test_position_by_position():
    x, w, _ = problem()
    for index in np.ndindex(2, 7):
        expected = relu(x[index] @ w.w_in + w.b_in) @ w.w_out + w.b_out
        np.testing.assert_allclose(feed_forward(x, w)[index], expected, rtol=1e-12)


def test_gated_position_by_position():
    x, w, _ = gated_problem()
    expected = (swish(x @ w.w_gate, alpha=0.5) * (x @ w.w_value)) @ w.w_out
    np.testing.assert_allclose(gated_feed_forward(x, w, alpha=0.5), expected, rtol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_are_exact(activation):
    x, w, d_out = problem(1)
    gradients = feed_forward_vjp(x, w, d_out, activation=activation)
    assert isinstance(gradients[1], FeedForwardWeights)
    assert_gradients_exact(
        lambda x, w: feed_forward(x, w, activation=activation), (x, w), d_out, gradients
    )


def test_gradients_without_biases_are_exact():
    x, w, d_out = problem(2)
    w = FeedForwardWeights(w.w_in, None, w.w_out, None)
    gradients = feed_forward_vjp(x, w, d_out)
    assert gradients[1].b_in is None
    assert gradients[1].b_out is None
    assert_gradients_exact(feed_forward, (x, w), d_out, gradients)


@pytest.mark.parametrize("alpha", [1.0, 1.7])
def test_gated_gradients_are_exact(alpha):
    x, w, d_out = gated_problem(3)
    gradients = gated_feed_forward_vjp(x, w, d_out, alpha=alpha)
    assert isinstance(gradients[1], GatedFeedForwardWeights)
    assert_gradients_exact(
        lambda x, w: gated_feed_forward(x, w, alpha=alpha), (x, w), d_out, gradients
    )


def test_single_precision_gradients():
    *inputs, d_out = problem(4)
    assert_single_precision_gradients(feed_forward_vjp, tuple(inputs), d_out)
    *inputs, d_out = gated_problem(4)
    assert_single_precision_gradients(gated_feed_forward_vjp, tuple(inputs), d_out)


def test_inputs_are_not_written_to():
    assert_unwritten(feed_forward, *problem()[:2])
    assert_unwritten(feed_forward_vjp, *problem())
    assert_unwritten(gated_feed_forward_vjp, *gated_problem())


def test_no_positions_give_no_output_and_zero_gradients():
    _, w, _ = problem()
    out = feed_forward(np.zeros((0, 3)), w)
    assert out.shape == (0, 5)
    d_x, d_weights = feed_forward_vjp(np.zeros((0, 3)), w, out)
    assert d_x.shape == (0, 3)
    np.testing.assert_array_equal(d_weights.w_in, np.zeros((3, 11)))


def test_unknown_activation_is_refused():
    x, w, _ = problem()
    with pytest.raises(ValueError, match="activation is 'tanh'; expected one of relu, gelu"):
        feed_forward(x, w, activation="tanh")


def test_weights_that_do_not_fit_are_refused():
    x, w, _ = problem()
    with pytest.raises(ValueError, match=r"x has shape \(2, 7, 1\) and w has shape \(3, 11\)"):
        feed_forward(x[..., :1], w)
