import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels.losses import (
    cross_entropy,
    cross_entropy_vjp,
    negative_log_likelihood,
    negative_log_likelihood_vjp,
)
from selfattn_course.kernels.softmax import log_softmax, softmax
from tests.kernels.gradient_checks import (
    assert_gradients_exact,
    assert_single_precision_gradients,
    assert_unwritten,
)

pytestmark = pytest.mark.filterwarnings("error")

TARGETS = np.array([[0, 4, 2], [-1, 1, 4]])
WEIGHTS = np.array([0.5, 0.0, 2.0, 3.0, 1.0])
OPTIONS = {
    "plain": {"ignore_index": -1},
    "class weights": {"ignore_index": -1, "class_weights": WEIGHTS},
    "ignored class": {"ignore_index": 4, "class_weights": WEIGHTS},
    "smoothed": {"ignore_index": -1, "label_smoothing": 0.3},
    "all": {"ignore_index": -1, "label_smoothing": 0.3, "class_weights": WEIGHTS},
}
each = pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)


def problem(options, seed=0):
    rng = np.random.default_rng(seed)
    targets = np.abs(TARGETS) if options.get("ignore_index") == 4 else TARGETS
    return rng.normal(size=(2, 3, 5)), targets, rng.normal(size=(2, 3))


def loss_by_loss(logits, targets, class_weights=None, ignore_index=None, label_smoothing=0.0):
    """Against the smoothed target distribution, class by class."""
    n_classes = logits.shape[-1]
    losses = np.zeros(targets.shape)
    for index, target in np.ndenumerate(targets):
        log_p = logits[index] - np.log(np.exp(logits[index]).sum())
        for c in range(n_classes):
            share = label_smoothing / n_classes + (1 - label_smoothing) * (c == target)
            weight = 1 if class_weights is None else class_weights[c]
            losses[index] -= weight * share * log_p[c] * (target != ignore_index)
    return losses


def test_likelihood_by_hand():
    log_p = np.log([[0.25, 0.75], [0.5, 0.5]])
    np.testing.assert_allclose(negative_log_likelihood(log_p, [0, 1]), np.log([4, 2]))
    weighted = negative_log_likelihood(log_p, [0, 1], class_weights=[3.0, 10.0])
    np.testing.assert_allclose(weighted, [3 * np.log(4), 10 * np.log(2)])


def test_gradient_of_cross_entropy_by_hand():
    # softmax (0.25, 0.75) less the target (1, 0)
    np.testing.assert_allclose(
        cross_entropy_vjp(np.log([[1.0, 3.0]]), [0], [2.0]), [[-1.5, 1.5]], rtol=1e-14
    )


def test_equal_scores_cost_the_logarithm_of_the_number_of_classes():
    np.testing.assert_allclose(cross_entropy(np.zeros((3, 7)), [0, 3, 6]), np.log(7))


@each
def test_loss_by_loss(options):
    logits, targets, _ = problem(options)
    np.testing.assert_allclose(
        cross_entropy(logits, targets, **options),
        loss_by_loss(logits, targets, **options),
        rtol=1e-13,
        atol=1e-15,
    )


@each
def test_cross_entropy_gradient_is_exact(options):
    logits, targets, d_out = problem(options, seed=1)
    assert_gradients_exact(
        lambda x: cross_entropy(x, targets, **options),
        (logits,),
        d_out,
        (cross_entropy_vjp(logits, targets, d_out, **options),),
    )


@pytest.mark.parametrize("name", ["plain", "class weights", "ignored class"])
def test_likelihood_gradient_is_exact(name):
    options = OPTIONS[name]
    log_p, targets, d_out = problem(options, seed=2)
    assert_gradients_exact(
        lambda x: negative_log_likelihood(x, targets, **options),
        (log_p,),
        d_out,
        (negative_log_likelihood_vjp(log_p, targets, d_out, **options),),
    )


@each
def test_single_precision_gradients(options):
    logits, targets, d_out = problem(options, seed=3)
    if "class_weights" in options:
        options = {**options, "class_weights": WEIGHTS.astype(np.float32)}
    assert_single_precision_gradients(
        lambda x, d: cross_entropy_vjp(x, targets, d, **options), (logits,), d_out
    )


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    logits, d_out = np.zeros((2, 3), dtype), np.ones(2, dtype)
    options = {"label_smoothing": np.float64(0.1), "class_weights": np.ones(3, dtype)}
    for smoothing in ({}, options):
        assert cross_entropy(logits, [0, 2], **smoothing).dtype == dtype
        assert cross_entropy_vjp(logits, [0, 2], d_out, **smoothing).dtype == dtype


@given(st.integers(0, 999))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_gradient_rows_sum_to_zero(seed):
    for options in OPTIONS.values():
        gradient = cross_entropy_vjp(*problem(options, seed), **options)
        np.testing.assert_allclose(gradient.sum(axis=-1), 0, atol=1e-14)


def test_shift_of_the_logits_changes_nothing():
    logits, targets, _ = problem({})
    options = OPTIONS["all"]
    np.testing.assert_allclose(
        cross_entropy(logits + 100, targets, **options),
        cross_entropy(logits, targets, **options),
        rtol=1e-12,
    )


def test_cross_entropy_is_the_likelihood_of_the_softmax():
    logits, targets, _ = problem({})
    np.testing.assert_array_equal(
        cross_entropy(logits, targets, ignore_index=-1),
        negative_log_likelihood(log_softmax(logits), targets, ignore_index=-1),
    )


def test_huge_logits_do_not_overflow():
    logits = np.array([[1e4, -1e4], [1e4, -1e4]], np.float32)
    np.testing.assert_array_equal(cross_entropy(logits, [0, 1]), [0, 2e4])
    gradient = cross_entropy_vjp(logits, [0, 1], np.ones(2, np.float32))
    np.testing.assert_array_equal(gradient, [[0, 0], [1, -1]])


def test_excluded_class_costs_nothing_unless_it_is_the_target():
    logits = np.array([[0.0, 0.0, -np.inf]] * 2)
    np.testing.assert_allclose(cross_entropy(logits, [0, 2]), [np.log(2), np.inf])
    weights = np.array([1.0, 1.0, 0.0])
    np.testing.assert_allclose(cross_entropy(logits, [0, 2], class_weights=weights), [np.log(2), 0])
    np.testing.assert_array_equal(
        cross_entropy_vjp(logits, [0, 2], np.ones(2)), softmax(logits) - np.eye(3)[[0, 2]]
    )


@pytest.mark.parametrize("ignored", [-100, 1, 255])
def test_ignored_target_has_no_loss_and_no_gradient(ignored):
    logits = np.random.default_rng(4).normal(size=(2, 3))
    options = {"ignore_index": ignored, "label_smoothing": 0.1}
    assert cross_entropy(logits, [ignored, 0], **options)[0] == 0
    assert (cross_entropy_vjp(logits, [ignored, 0], np.ones(2), **options)[0] == 0).all()


def test_unsigned_targets_are_classes_too():
    logits = np.random.default_rng(5).normal(size=(3, 7))
    unsigned = cross_entropy(logits, np.array([6, 0, 3], np.uint8), ignore_index=-100)
    np.testing.assert_array_equal(unsigned, cross_entropy(logits, [6, 0, 3]))


def test_one_row_and_no_rows():
    assert cross_entropy(np.zeros(3), 1).shape == ()
    assert cross_entropy_vjp(np.zeros(3), 1, 1.0).shape == (3,)
    no_targets = np.zeros((2, 0), int)
    assert cross_entropy(np.zeros((2, 0, 3)), no_targets).shape == (2, 0)
    assert cross_entropy_vjp(np.zeros((2, 0, 3)), no_targets, no_targets).shape == (2, 0, 3)


def test_inputs_are_not_written_to():
    logits, targets, d_out = problem({})
    for options in OPTIONS.values():
        assert_unwritten(
            lambda x, t, d, o=options: cross_entropy_vjp(x, t, d, **o), logits, abs(targets), d_out
        )
    assert_unwritten(cross_entropy, logits, abs(targets))


def test_bad_targets_are_refused():
    logits = np.zeros((2, 3))
    with pytest.raises(TypeError, match="targets have dtype float64; expected integers"):
        cross_entropy(logits, [0.0, 1.0])
    with pytest.raises(ValueError, match=r"targets have shape \(3,\); expected \(2,\), one class"):
        cross_entropy(logits, [0, 1, 2])
    with pytest.raises(ValueError, match="targets go from -1 to 1; .* less than 3, the number of"):
        cross_entropy(logits, [-1, 1])
    with pytest.raises(ValueError, match="targets go from 0 to 3; expected at least 0 and less"):
        negative_log_likelihood(logits, [0, 3])


def test_bad_options_are_refused():
    logits = np.zeros((2, 3))
    with pytest.raises(ValueError, match=r"class_weights have shape \(2,\); expected \(3,\)"):
        cross_entropy(logits, [0, 1], class_weights=np.ones(2))
    for share in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="label_smoothing is .*; expected a share from 0"):
            cross_entropy(logits, [0, 1], label_smoothing=share)
        with pytest.raises(ValueError, match="label_smoothing is .*; expected a share from 0"):
            cross_entropy_vjp(logits, [0, 1], np.ones(2), label_smoothing=share)
    with pytest.raises(ValueError, match=r"logits has shape \(2, 0\); .* at least one class"):
        cross_entropy(np.zeros((2, 0)), [0, 0])
    with pytest.raises(ValueError, match=r"d_out has shape \(1,\); expected \(2,\), the shape of"):
        cross_entropy_vjp(logits, [0, 1], np.ones(1))
