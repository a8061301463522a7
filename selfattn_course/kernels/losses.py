"""Losses of single predictions: negative log-likelihood and cross-entropy."""

import numpy as np

from .inputs import float_array, narrowed, wide
from .output_gradient import output_gradient
from .softmax import log_softmax, softmax
from .targets import counted_targets, weights_of_targets


def negative_log_likelihood(log_p, targets, *, class_weights=None, ignore_index=None):
    """Minus the log-probability of each target.

    Parameters
    ----------
    log_p : array_like, shape (..., n_classes)
        Log-probabilities, for example from `log_softmax`.
    targets : array_like of int, shape (...)
        The right class of each row.
    class_weights : array_like, shape (n_classes,), optional
        The loss of a target of class c is multiplied by entry c.
    ignore_index : int, optional
        Targets of this value, which need not be a class, have loss 0.

    Returns
    -------
    ndarray, shape (...)
        Infinite where a target of positive weight has probability 0.

    Raises
    ------
    ValueError
        If shapes disagree, or a target is not a class.
    TypeError
        If targets are not integers.
    """
    log_p = _scores(log_p, "log_p")
    targets, _, weights = _targets(log_p, targets, class_weights, ignore_index)
    picked = wide(np.take_along_axis(log_p, targets[..., None], axis=-1)[..., 0])
    return narrowed(weights * np.where(weights == 0, 0, -picked), log_p)  # avoids 0 * inf


def negative_log_likelihood_vjp(log_p, targets, d_out, *, class_weights=None, ignore_index=None):
    """Gradient of a loss in log_p, from its gradient in `negative_log_likelihood`.

    Parameters
    ----------
    log_p, targets, class_weights, ignore_index
        As given to `negative_log_likelihood`.
    d_out : array_like, shape (...)
        Gradient of the loss with respect to each single loss.

    Returns
    -------
    ndarray, same shape as log_p
        0 except at the targets.

    Raises
    ------
    ValueError
        If shapes disagree, or a target is not a class.
    TypeError
        If targets are not integers.
    """
    log_p = _scores(log_p, "log_p")
    targets, _, weights = _targets(log_p, targets, class_weights, ignore_index)
    d_out = output_gradient(d_out, targets.shape)
    d_log_p = np.zeros(log_p.shape, np.result_type(wide(log_p), d_out))
    _subtract_at(d_log_p, targets, weights * wide(d_out))
    return narrowed(d_log_p, log_p, d_out)


def cross_entropy(logits, targets, *, class_weights=None, ignore_index=None, label_smoothing=0.0):
    """Minus the log-probability that `softmax(logits)` gives to each target.

    Parameters
    ----------
    logits : array_like, shape (..., n_classes)
        Scores. Minus infinity excludes a class (not together with label smoothing).
    targets : array_like of int, shape (...)
        The right class of each row.
    class_weights : array_like, shape (n_classes,), optional
        The loss of a target of class c is multiplied by entry c.
    ignore_index : int, optional
        Targets of this value, which need not be a class, have loss 0.
    label_smoothing : float
        This share of each target is spread evenly over all classes.

    Returns
    -------
    ndarray, shape (...)

    Raises
    ------
    ValueError
        If shapes disagree, a target is not a class, or label_smoothing is not a share.
    TypeError
        If targets are not integers.

    References
    ----------
    Label smoothing: Szegedy et al. (2016), section 7.
    """
    logits = _scores(logits, "logits")
    log_p = log_softmax(wide(logits))
    options = {"class_weights": class_weights, "ignore_index": ignore_index}
    losses = negative_log_likelihood(log_p, targets, **options)
    spread = _spread(label_smoothing, class_weights, log_p)
    if spread is not None:
        _, counted, _ = _targets(log_p, targets, **options)
        losses = losses * (1 - float(label_smoothing)) - np.where(counted, log_p @ spread, 0)
    return narrowed(losses, logits)


def cross_entropy_vjp(
    logits, targets, d_out, *, class_weights=None, ignore_index=None, label_smoothing=0.0
):
    """Gradient of a loss in the logits, from its gradient in `cross_entropy`.

    Where all targets have weight 1 this is d_out * (softmax(logits) - one_hot(targets)).

    Parameters
    ----------
    logits, targets, class_weights, ignore_index, label_smoothing
        As given to `cross_entropy`.
    d_out : array_like, shape (...)
        Gradient of the loss with respect to each single loss.

    Returns
    -------
    ndarray, same shape as logits
        Each row sums to 0; it is 0 where the target is ignored, unless its logits are NaN.

    Raises
    ------
    ValueError
        If shapes disagree, a target is not a class, or label_smoothing is not a share.
    TypeError
        If targets are not integers.
    """
    logits = _scores(logits, "logits")
    targets, counted, weights = _targets(logits, targets, class_weights, ignore_index)
    d_out = output_gradient(d_out, targets.shape)
    at_target = (1 - float(label_smoothing)) * weights * wide(d_out)
    spread = _spread(label_smoothing, class_weights, logits)
    if spread is None:
        d_logits = softmax(wide(logits)) * at_target[..., None]
    else:
        at_all = np.where(counted, wide(d_out), 0)[..., None]
        total = at_target[..., None] + at_all * spread.sum()
        d_logits = softmax(wide(logits)) * total - at_all * spread
    _subtract_at(d_logits, targets, at_target)
    return narrowed(d_logits, logits, d_out)


def _scores(x, name):
    x = float_array(x, name)
    if x.ndim == 0 or x.shape[-1] == 0:
        raise ValueError(
            f"{name} has shape {x.shape}; expected (..., n_classes) with at least one class. "
            "Put the classes on the last axis."
        )
    return x


def _targets(scores, targets, class_weights, ignore_index):
    n_classes = scores.shape[-1]
    targets, counted = counted_targets(targets, scores.shape[:-1], n_classes, ignore_index)
    weights = weights_of_targets(targets, counted, n_classes, class_weights, _real_dtype(scores))
    return targets, counted, weights


def _real_dtype(scores):
    """Of the weights: that of the scores, single precision at least."""
    return wide(scores[..., :0]).real.dtype


def _spread(label_smoothing, class_weights, scores):
    """What label smoothing adds to every class, shape (n_classes,); None without smoothing."""
    if not 0 <= label_smoothing <= 1:
        raise ValueError(
            f"label_smoothing is {label_smoothing}; expected a share from 0 to 1. Use 0.1."
        )
    if label_smoothing == 0:
        return None
    n_classes = scores.shape[-1]
    share = float(label_smoothing) / n_classes
    if class_weights is None:
        return np.full(n_classes, share, _real_dtype(scores))
    return float_array(class_weights, "class_weights").astype(_real_dtype(scores)) * share


def _subtract_at(array, targets, amounts):
    """Subtract from the entry of each row that its target names, in place."""
    index = targets[..., None]
    rest = np.take_along_axis(array, index, axis=-1) - amounts[..., None]
    np.put_along_axis(array, index, rest, axis=-1)
