import numpy as np
import pytest

from selfattn_course.kernels.losses import cross_entropy
from selfattn_course.kernels.mean_losses import (
    mean_cross_entropy,
    mean_cross_entropy_vjp,
    mean_loss,
    mean_loss_vjp,
    mean_squared_error,
    mean_squared_error_vjp,
)
from tests.kernels.gradient_checks import (
    assert_gradients_exact,
    assert_single_precision_gradients,
    assert_unwritten,
)
from tests.kernels.test_losses import OPTIONS, each, problem

pytestmark = pytest.mark.filterwarnings("error")


def test_mean_by_hand():
    assert mean_loss([1.0, 5.0, 7.0], [0, 1, 9], ignore_index=9) == 13 / 2  # 7 is summed as given
    assert mean_loss([1.0, 6.0], [0, 1], class_weights=[1.0, 3.0]) == 7 / 4


def test_mean_counts_ignored_targets_neither_above_nor_below():
    logits = np.random.default_rng(0).normal(size=(3, 5))
    of_two = cross_entropy(logits[:2], [4, 0]).mean()
    np.testing.assert_allclose(mean_cross_entropy(logits, [4, 0, -100], ignore_index=-100), of_two)


def test_class_weights_divide_what_they_multiply():
    logits = np.random.default_rng(1).normal(size=(2, 3))
    losses = cross_entropy(logits, [0, 2])
    mean = mean_cross_entropy(logits, [0, 2], class_weights=[1.0, 9.0, 3.0])
    np.testing.assert_allclose(mean, (losses[0] + 3 * losses[1]) / 4)


@each
def test_gradient_of_the_mean_is_exact(options):
    logits, targets, _ = problem(options, seed=2)
    assert_gradients_exact(
        lambda x: mean_cross_entropy(x, targets, **options),
        (logits,),
        np.array(0.7),
        (mean_cross_entropy_vjp(logits, targets, 0.7, **options),),
    )


@each
def test_gradient_in_the_losses_is_exact(options):
    options = {k: v for k, v in options.items() if k != "label_smoothing"}
    _, targets, losses = problem(options, seed=3)
    assert_gradients_exact(
        lambda x: mean_loss(x, targets, **options),
        (losses,),
        np.array(1.3),
        (mean_loss_vjp(losses, targets, 1.3, **options),),
    )


def test_mean_over_nothing_is_zero_with_zero_gradients():
    logits = np.ones((2, 3))
    assert mean_cross_entropy(logits, [1, 1], ignore_index=1) == 0
    assert (mean_cross_entropy_vjp(logits, [1, 1], 1.0, ignore_index=1) == 0).all()
    assert mean_cross_entropy(np.ones((0, 3)), np.zeros(0, int)) == 0
    assert mean_squared_error(np.ones((0, 3)), np.ones((0, 3))) == 0
    assert mean_squared_error_vjp(np.ones((0, 3)), np.ones((0, 3)), 1.0)[0].shape == (0, 3)


def test_squared_error_by_hand():
    assert mean_squared_error([[1.0, 2.0]], [[4.0, 6.0]]) == 12.5
    d_prediction, d_target = mean_squared_error_vjp([[1.0, 2.0]], [[4.0, 6.0]], 1.0)
    np.testing.assert_array_equal(d_prediction, [[-3, -4]])
    np.testing.assert_array_equal(d_target, [[3, 4]])


def test_squared_error_gradients_are_exact():
    prediction, target = np.random.default_rng(4).normal(size=(2, 3, 5))
    gradients = mean_squared_error_vjp(prediction, target, 0.7)
    assert_gradients_exact(mean_squared_error, (prediction, target), np.array(0.7), gradients)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    logits, one = np.zeros((2, 3), dtype), np.float64(1)
    assert mean_cross_entropy(logits, [0, 2]).dtype == dtype
    assert mean_cross_entropy_vjp(logits, [0, 2], one).dtype == dtype
    assert mean_squared_error(logits, logits).dtype == dtype
    assert {g.dtype for g in mean_squared_error_vjp(logits, logits, one)} == {np.dtype(dtype)}


def test_half_precision_counts_beyond_its_largest_number():
    losses, targets = np.full(70_000, 3, np.float16), np.zeros(70_000, int)
    assert mean_loss(losses, targets) == 3
    assert mean_squared_error(losses, np.zeros_like(losses)) == 9


def test_single_precision_gradients():
    logits, targets, _ = problem({}, seed=5)
    assert_single_precision_gradients(
        lambda x, d: mean_cross_entropy_vjp(x, targets, d, **OPTIONS["smoothed"]),
        (logits,),
        np.array(1.0),
    )


def test_inputs_are_not_written_to():
    logits, targets, losses = problem({})
    assert_unwritten(mean_cross_entropy, logits, abs(targets))
    assert_unwritten(lambda x, t: mean_cross_entropy_vjp(x, t, 1.0), logits, abs(targets))
    assert_unwritten(lambda x, y: mean_squared_error_vjp(x, y, 1.0), losses, losses + 1)


def test_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match=r"prediction has shape \(3, 1\) and target has shape \(3"):
        mean_squared_error(np.ones((3, 1)), np.ones(3))
    with pytest.raises(ValueError, match=r"targets have shape \(1,\); expected \(2,\)"):
        mean_loss([1.0, 2.0], [0])
    with pytest.raises(ValueError, match="targets go from -100 to 0; expected at least 0"):
        mean_loss([1.0, 2.0], [-100, 0])


def test_class_weights_do_not_make_the_loss_wider():
    logits, weights = np.ones((2, 3), np.float32), np.array([1.0, 2.0, 3.0])
    for smoothing in (0.0, 0.1):
        options = {"class_weights": weights, "label_smoothing": smoothing}
        assert mean_cross_entropy(logits, [0, 1], **options).dtype == np.float32
        assert mean_cross_entropy_vjp(logits, [0, 1], 1.0, **options).dtype == np.float32


def test_gradient_in_the_mean_is_one_number():
    with pytest.raises(TypeError):
        mean_loss_vjp(np.ones(3), [0, 1, 2], np.array([1.0, 2.0, 3.0]))


def test_squares_beyond_float16():
    with np.errstate(all="raise", under="ignore"):
        got = mean_squared_error(np.float16([300, 0, 0, 0]), np.zeros(4, np.float16))
    assert got == 22_500


def test_tiny_class_weights_do_not_overflow_float16():
    logits = np.float16([[1, 2], [3, 1]])
    half, targets = np.float16([6e-8, 1.2e-7]), [0, 1]
    with np.errstate(all="raise", under="ignore"):
        got = mean_cross_entropy_vjp(logits, targets, 1.0, class_weights=half)
    exact = mean_cross_entropy_vjp(logits.astype(float), targets, 1.0, class_weights=half)
    np.testing.assert_allclose(got, exact, rtol=1e-3)
