"""Negative log-likelihood and cross-entropy; the standard keeps the classes on axis 1."""

import numpy as np

from selfattn_course.kernels import log_softmax, logsumexp
from selfattn_course.kernels.losses import cross_entropy, negative_log_likelihood
from selfattn_course.kernels.mean_losses import mean_loss


def _loss(single_losses, case):
    scores, targets, *weights = case.inputs
    options = {
        "class_weights": weights[0] if weights else None,
        "ignore_index": case.attributes.get("ignore_index"),
    }
    losses = single_losses(np.moveaxis(scores, 1, -1), targets, **options)
    reduction = case.attributes.get("reduction", "mean")
    if reduction == "mean":
        return mean_loss(losses, targets, **options)
    return losses.sum() if reduction == "sum" else losses


def _cross_entropy(case):
    return _loss(cross_entropy, case), log_softmax(case.inputs[0], axis=1)


def _reduce_logsumexp(case):
    x, axes = case.inputs
    axes = tuple(int(axis) for axis in axes) or tuple(range(x.ndim))  # no axes means all axes
    out = logsumexp(x, axis=axes)
    return (np.expand_dims(out, axes) if case.attributes.get("keepdims", 1) else out,)


OPERATORS = {
    "NegativeLogLikelihoodLoss": lambda case: (_loss(negative_log_likelihood, case),),
    "ReduceLogSumExp": _reduce_logsumexp,
    "SoftmaxCrossEntropyLoss": _cross_entropy,
}

LEFT_OUT = {
    "ReduceLogSum": "the logarithm of a sum, without exp: NumPy's own functions",
    "OneHot": "our losses index with the class instead of building one-hot rows",
}
