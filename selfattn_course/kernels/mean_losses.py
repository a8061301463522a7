"""Losses as one number: means over targets or entries."""

import numpy as np

from .inputs import float_array, narrowed, wide
from .losses import cross_entropy, cross_entropy_vjp
from .targets import counted_targets, weights_of_targets


def mean_loss(losses, targets, *, class_weights=None, ignore_index=None):
    """Sum of the losses, divided by the summed weights of their targets.

    Parameters
    ----------
    losses : array_like, any shape
        Losses that have been multiplied by the weights of their targets, as `cross_entropy` and
        `negative_log_likelihood` do.
    targets : array_like of int, same shape as losses
        The right classes.
    class_weights : array_like, shape (n_classes,), optional
        Weight of each class.
    ignore_index : int, optional
        Targets of this value do not count.

    Returns
    -------
    floating-point scalar of the dtype of losses
        0 where no target counts.

    Raises
    ------
    ValueError
        If shapes disagree, or a target has no class weight.
    TypeError
        If targets are not integers.
    """
    losses = float_array(losses, "losses")
    total = _total_weight(losses, targets, class_weights, ignore_index)
    return (wide(losses).sum() / total).astype(losses.dtype)


def mean_loss_vjp(losses, targets, d_out, *, class_weights=None, ignore_index=None):
    """Gradient of a loss in the losses, from its gradient in `mean_loss`.

    Parameters
    ----------
    losses, targets, class_weights, ignore_index
        As given to `mean_loss`.
    d_out : float
        Gradient with respect to the mean; 1 if the mean itself is minimized.

    Returns
    -------
    ndarray, same shape as losses
        The same everywhere, also where a target does not count: its loss is constant.
    """
    losses = float_array(losses, "losses")
    total = _total_weight(losses, targets, class_weights, ignore_index)
    return np.full(losses.shape, float(d_out) / total, losses.dtype)


def mean_cross_entropy(
    logits, targets, *, class_weights=None, ignore_index=None, label_smoothing=0.0
):
    """Mean of `cross_entropy` over the targets that count, weighted by their class weights.

    Parameters
    ----------
    logits : array_like, shape (..., n_classes)
        Scores.
    targets, class_weights, ignore_index, label_smoothing
        As given to `cross_entropy`.

    Returns
    -------
    floating-point scalar of the dtype of logits
        0 where no target counts.

    Raises
    ------
    ValueError
        If shapes disagree, a target is not a class, or label_smoothing is not a share.
    TypeError
        If targets are not integers.
    """
    options = {"class_weights": class_weights, "ignore_index": ignore_index}
    logits = float_array(logits, "logits")
    losses = cross_entropy(wide(logits), targets, label_smoothing=label_smoothing, **options)
    return narrowed(mean_loss(losses, targets, **options), logits)


def mean_cross_entropy_vjp(
    logits, targets, d_out, *, class_weights=None, ignore_index=None, label_smoothing=0.0
):
    """Gradient of a loss in the logits, from its gradient in `mean_cross_entropy`.

    Parameters
    ----------
    logits, targets, class_weights, ignore_index, label_smoothing
        As given to `mean_cross_entropy`.
    d_out : float
        Gradient with respect to the mean; 1 if the mean itself is minimized.

    Returns
    -------
    ndarray, same shape as logits
        0 where no target counts.
    """
    logits = float_array(logits, "logits")
    options = {"class_weights": class_weights, "ignore_index": ignore_index}
    single = wide(np.zeros(logits.shape[:-1], logits.dtype))  # only shape and dtype matter
    d_losses = mean_loss_vjp(single, targets, d_out, **options)
    d_logits = cross_entropy_vjp(
        wide(logits), targets, d_losses, label_smoothing=label_smoothing, **options
    )
    return narrowed(d_logits, logits)


def mean_squared_error(prediction, target):
    """Mean of `(prediction - target)**2` over all entries.

    Parameters
    ----------
    prediction, target : array_like, equal shapes

    Returns
    -------
    floating-point scalar
        0 for empty arrays.

    Raises
    ------
    ValueError
        If the shapes differ: broadcasting here is nearly always a mistake.
    """
    error, dtype = _error(prediction, target)
    return (np.square(error).sum() / max(error.size, 1)).astype(dtype)


def mean_squared_error_vjp(prediction, target, d_out):
    """Gradients of a loss in prediction and target, from its gradient in `mean_squared_error`.

    Parameters
    ----------
    prediction, target
        As given to `mean_squared_error`.
    d_out : float
        Gradient with respect to the mean; 1 if the mean itself is minimized.

    Returns
    -------
    d_prediction, d_target : ndarray
        Each with the shape of its input.
    """
    error, dtype = _error(prediction, target)
    d_prediction = (error * (2 * float(d_out) / max(error.size, 1))).astype(dtype)
    return d_prediction, -d_prediction


def _total_weight(losses, targets, class_weights, ignore_index):
    """Summed weights of the targets; 1 instead of 0, so that a mean over nothing is 0."""
    n_classes = np.inf if class_weights is None else np.size(class_weights)
    targets, counted = counted_targets(targets, losses.shape, n_classes, ignore_index)
    weights = weights_of_targets(targets, counted, n_classes, class_weights, np.float64)
    return float(weights.sum()) or 1.0


def _error(prediction, target):
    """The differences in single precision at least, and the dtype of the result."""
    prediction, target = float_array(prediction, "prediction"), float_array(target, "target")
    if prediction.shape != target.shape:
        raise ValueError(
            f"prediction has shape {prediction.shape} and target has shape {target.shape}; "
            "expected equal shapes. Reshape one of them."
        )
    return wide(prediction) - wide(target), np.result_type(prediction, target)
