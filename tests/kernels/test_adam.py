import numpy as np
import pytest

from selfattn_course.kernels.adam import AdamState, adam_start, adam_step
from selfattn_course.kernels.feed_forward import FeedForwardWeights, feed_forward, feed_forward_vjp
from selfattn_course.kernels.mean_losses import mean_squared_error, mean_squared_error_vjp
from selfattn_course.kernels.nested import list_arrays
from tests.kernels.gradient_checks import assert_unwritten

pytestmark = pytest.mark.filterwarnings("error")


def number_by_number(w, gradients, rate, beta_1, beta_2, eps, decay):
    """Algorithm 1 for a single weight, in plain Python."""
    m = s = 0.0
    for t, g in enumerate(gradients, start=1):
        m = beta_1 * m + (1 - beta_1) * g
        s = beta_2 * s + (1 - beta_2) * g**2
        m_hat, s_hat = m / (1 - beta_1**t), s / (1 - beta_2**t)
        w = w - rate * decay * w - rate * m_hat / (s_hat**0.5 + eps)
    return w


def test_first_step_has_the_size_of_the_learning_rate():
    w = np.array([1.0, 1.0, 1.0])
    w, state = adam_step(w, np.array([1e-3, -5.0, 0.0]), adam_start(w), learning_rate=0.1)
    np.testing.assert_allclose(w, [0.9, 1.1, 1.0], rtol=1e-5)
    assert state.step == 1
    np.testing.assert_allclose(state.mean, [1e-4, -0.5, 0])
    np.testing.assert_allclose(state.mean_square, [1e-9, 0.025, 0])


def test_decay_shrinks_weights_without_gradient():
    w, _ = adam_step(
        np.array([2.0]), np.zeros(1), adam_start(np.ones(1)), learning_rate=0.1, weight_decay=0.5
    )
    np.testing.assert_allclose(w, [2 * (1 - 0.05)])


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_many_steps_number_by_number(decay):
    gradients = np.random.default_rng(0).normal(size=(17, 5))
    start = w = np.linspace(-1, 1, 5)
    options = {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.97, "eps": 1e-3}
    state = adam_start(w)
    for gradient in gradients:
        w, state = adam_step(w, gradient, state, weight_decay=decay, **options)
    expected = [
        number_by_number(start[i], gradients[:, i], *options.values(), decay) for i in range(5)
    ]
    np.testing.assert_allclose(w, expected, rtol=1e-12)
    assert state.step == 17


def test_size_of_the_gradient_does_not_matter():
    rng = np.random.default_rng(1)
    w, gradient = rng.normal(size=(2, 7))
    small, _ = adam_step(w, gradient, adam_start(w), eps=1e-30)
    large, _ = adam_step(w, 1e6 * gradient, adam_start(w), eps=1e-30)
    np.testing.assert_allclose(small, large, rtol=1e-12)


def test_records_come_back_as_records():
    rng = np.random.default_rng(2)
    w = FeedForwardWeights(
        rng.normal(size=(2, 3)), None, rng.normal(size=(3, 2)), rng.normal(size=2)
    )
    new, state = adam_step({"layer": w}, {"layer": w}, adam_start({"layer": w}))
    assert isinstance(new["layer"], FeedForwardWeights)
    assert isinstance(state.mean["layer"], FeedForwardWeights)
    assert new["layer"].b_in is None


def test_network_learns_the_absolute_value():
    rng = np.random.default_rng(3)
    w = FeedForwardWeights(
        rng.normal(size=(1, 8)), np.zeros(8), rng.normal(size=(8, 1)), np.zeros(1)
    )
    x = np.linspace(-1, 1, 21)[:, None]
    state = adam_start(w)
    for _ in range(300):
        d_out, _ = mean_squared_error_vjp(feed_forward(x, w), np.abs(x), 1.0)
        _, d_w = feed_forward_vjp(x, w, d_out)
        w, state = adam_step(w, d_w, state, learning_rate=0.03)
    assert mean_squared_error(feed_forward(x, w), np.abs(x)) < 1e-3


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept_and_tiny_gradients_give_no_nan(dtype):
    w, gradient = np.ones(3, dtype), np.array([0, 1e-4, 1], dtype)
    state = adam_start(w)
    for _ in range(3):
        w, state = adam_step(w, gradient, state, learning_rate=np.float64(0.01))
    assert w.dtype == dtype
    assert state.mean_square.dtype == np.result_type(dtype, np.float32)
    np.testing.assert_allclose(w, [1, 0.97, 0.97], rtol=3e-3)


def test_inputs_are_not_written_to():
    w, g = np.ones((2, 5))
    _, state = adam_step(w, g, adam_start(w))
    assert_unwritten(
        lambda w, g, m, s: adam_step(w, g, AdamState(1, m, s)), w, g, state.mean, state.mean_square
    )


def test_nothing_to_train():
    assert list_arrays(adam_step((), (), adam_start(()))[0]) == []
    assert adam_step(np.ones((0, 3)), np.ones((0, 3)), adam_start(np.ones((0, 3))))[0].shape == (
        0,
        3,
    )


def test_gradients_of_another_shape_are_refused():
    w = {"w": np.ones(3)}
    with pytest.raises(ValueError, match=r"record\['w'\] has shape \(1,\) .*; expected \(3,\)"):
        adam_step(w, {"w": np.ones(1)}, adam_start(w))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("beta_1", 1.0),
        ("beta_2", -0.1),
        ("eps", 0.0),
        ("learning_rate", -1e-3),
        ("learning_rate", np.nan),
        ("weight_decay", np.inf),
    ],
)
def test_options_out_of_range_are_refused(name, value):
    with pytest.raises(ValueError, match=f"{name} is {value}; expected a"):
        adam_step(np.ones(1), np.ones(1), adam_start(np.ones(1)), **{name: value})


def test_integer_weights_count_as_float64():
    weights, gradients = [np.array([5, -5])], [np.array([1.0, 1.0])]
    (moved,), _ = adam_step(weights, gradients, adam_start(weights), learning_rate=0.25)
    np.testing.assert_allclose(moved, [4.75, -5.25])


def test_state_keeps_its_dtype_whatever_the_gradients_have():
    weights = [np.ones(2, np.float32)]
    _, state = adam_step(weights, [np.ones(2)], adam_start(weights))
    assert [a.dtype for a in list_arrays([state.mean, state.mean_square])] == [np.float32] * 2


def test_tiny_float16_gradients_count():
    weights, gradients = [np.ones(1, np.float16)], [np.float16([6e-8])]
    _, state = adam_step(weights, gradients, adam_start(weights))
    np.testing.assert_allclose(state.mean[0], gradients[0].astype(float) * 0.1, rtol=1e-6)


def test_eps_that_float32_rounds_to_0_is_refused():
    weights = [np.ones(1, np.float32)]
    with pytest.raises(ValueError, match="eps is 1e-60; expected a positive finite number"):
        adam_step(weights, [np.zeros(1, np.float32)], adam_start(weights), eps=1e-60)


def test_gradient_whose_square_overflows_gives_no_warning():
    weights = [np.ones(1, np.float32)]
    with np.errstate(all="raise", under="ignore"):
        (moved,), _ = adam_step(weights, [np.float32([1e30])], adam_start(weights))
    assert moved == 1


def test_what_is_not_numbers_is_refused():
    weights, names = [np.ones(1)], [np.array(["a"])]
    with pytest.raises(TypeError, match="gradients has dtype .*; expected numbers"):
        adam_step(weights, names, adam_start(weights))
    with pytest.raises(TypeError, match="weights has dtype .*; expected numbers"):
        adam_start(names)
