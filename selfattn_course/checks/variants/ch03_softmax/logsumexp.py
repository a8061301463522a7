"""Right but unusual versions of logsumexp(x, axis=-1)."""

import numpy as np


def with_logaddexp(x, axis=-1):
    return np.logaddexp.reduce(np.asarray(x, dtype=float), axis=axis)


def with_squeeze(x, axis=-1):
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top + np.log(np.exp(x - top).sum(axis=axis, keepdims=True)), axis=axis)


def with_log1p(x, axis=-1):
    ordered = np.sort(x, axis=axis)
    top = np.take(ordered, -1, axis=axis)
    rest = np.take(ordered, range(x.shape[axis] - 1), axis=axis)
    return top + np.log1p(np.exp(rest - np.expand_dims(top, axis)).sum(axis=axis))


def in_float32(x, axis=-1):
    x = np.asarray(x, dtype=np.float32)
    top = x.max(axis=axis)
    return top + np.log(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis))


def through_softmax(x, axis=-1):
    # the largest weight is exp(top - result), and never underflows
    top = x.max(axis=axis, keepdims=True)
    e = np.exp(x - top)
    largest = (e / e.sum(axis=axis, keepdims=True)).max(axis=axis)
    return np.squeeze(top, axis) - np.log(largest)


def with_python_floats(x, axis=-1):
    import math

    moved = np.moveaxis(x, axis, -1)
    totals = []
    for row in moved.reshape(-1, moved.shape[-1]):
        top = float(max(row))
        totals.append(top + math.log(math.fsum(math.exp(float(value) - top) for value in row)))
    return np.array(totals).reshape(moved.shape[:-1])


def online(x, axis=-1):
    total = None
    for score in np.moveaxis(np.asarray(x, dtype=float), axis, 0):
        total = score if total is None else np.logaddexp(total, score)
    return total


def as_list(x, axis=-1):
    return np.logaddexp.reduce(np.asarray(x, dtype=float), axis=axis).tolist()
