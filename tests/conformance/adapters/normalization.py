"""Layer, RMS and group normalization.

The standard normalizes all axes from `axis` on; our kernels normalize the last one. So the axes
from `axis` on become one, and the parameters are broadcast to the same shape.
"""

import math

import numpy as np

from selfattn_course.kernels.normalization import layer_norm, mean_and_inverse_std, rms_norm


def _layer_normalization(case):
    x, gain, *rest = case.inputs
    bias = rest[0] if rest and rest[0] is not None else np.zeros(1, x.dtype)
    eps, axis = case.attributes.get("epsilon", 1e-5), case.attributes.get("axis", -1)
    rows = _flat_from(x, axis)
    out = layer_norm(rows, *(_flat_from(_fitted(p, x), axis) for p in (gain, bias)), eps=eps)
    shape = (*x.shape[: axis % x.ndim], *(1 for _ in x.shape[axis % x.ndim :]))
    mean, inverse_std = (s.reshape(shape) for s in mean_and_inverse_std(rows, eps=eps))
    return out.reshape(x.shape), mean, inverse_std


def _rms_normalization(case):
    x, gain = case.inputs
    eps, axis = case.attributes.get("epsilon", 1e-5), case.attributes.get("axis", -1)
    out = rms_norm(_flat_from(x, axis), _flat_from(_fitted(gain, x), axis), eps=eps)
    return (out.reshape(x.shape),)


def _group_normalization(case):
    """Each group of channels, with all its positions, is one row."""
    x, gain, bias = case.inputs
    per_channel = (len(gain), *(1 for _ in x.shape[2:]))
    groups = (len(x), case.attributes["num_groups"], -1)
    gain, bias = (_fitted(p.reshape(per_channel), x).reshape(groups) for p in (gain, bias))
    eps = case.attributes.get("epsilon", 1e-5)
    return (layer_norm(x.reshape(groups), gain, bias, eps=eps).reshape(x.shape),)


def _flat_from(x, axis):
    axis = axis % x.ndim
    return x.reshape(*x.shape[:axis], math.prod(x.shape[axis:]))


def _fitted(parameter, x):
    return np.broadcast_to(parameter, x.shape)


OPERATORS = {
    "LayerNormalization": _layer_normalization,
    "RMSNormalization": _rms_normalization,
    "GroupNormalization": _group_normalization,
}

LEFT_OUT = {
    "BatchNormalization": "it normalizes over the batch, which no layer of a transformer here does",
    "InstanceNormalization": "for images; group normalization with one channel per group covers it",
    "MeanVarianceNormalization": "for images; it is a layer normalization over other axes",
    "LpNormalization": "the course divides by no other norm than the root mean square",
    "LRN": "local response normalization belongs to old convolutional networks",
}
