"""Right but unusual versions of softmax(x, axis=-1)."""

import numpy as np


def with_logsumexp(x, axis=-1):
    top = x.max(axis=axis, keepdims=True)
    log_total = top + np.log(np.exp(x - top).sum(axis=axis, keepdims=True))
    return np.exp(x - log_total)


def with_moved_axis(x, axis=-1):
    moved = np.moveaxis(x, axis, 0)
    e = np.exp(moved - moved.max(axis=0))
    return np.moveaxis(e / e.sum(axis=0), 0, axis)


def one_slice_at_a_time(x, axis=-1):
    def slice_softmax(row):
        e = np.exp(row - row.max())
        return e / e.sum()

    return np.apply_along_axis(slice_softmax, axis, x)


def in_float32(x, axis=-1):
    x = np.asarray(x, dtype=np.float32)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def in_long_double(x, axis=-1):
    x = np.asarray(x, dtype=np.longdouble)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def as_list(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return (e / e.sum(axis=axis, keepdims=True)).tolist()


def in_fortran_order(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.asfortranarray(e / e.sum(axis=axis, keepdims=True))


def in_place_on_its_own_copy(x, axis=-1):
    weights = np.array(x, dtype=float)
    weights -= weights.max(axis=axis, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=axis, keepdims=True)
    return weights


def as_view(x, axis=-1):
    store = np.empty((2, *x.shape))
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    store[1] = e / e.sum(axis=axis, keepdims=True)
    return store[1]


def by_differences(x, axis=-1):
    # weight i is 1 / sum_j exp(x_j - x_i); an overflow to infinity gives the right 0
    moved = np.moveaxis(np.asarray(x, dtype=float), axis, -1)
    gaps = moved[..., None, :] - moved[..., :, None]
    return np.moveaxis(1 / np.exp(gaps).sum(axis=-1), -1, axis)


def with_python_floats(x, axis=-1):
    import math

    def row_softmax(row):
        top = max(row)
        e = [math.exp(float(value) - float(top)) for value in row]
        return [value / math.fsum(e) for value in e]

    moved = np.moveaxis(x, axis, -1)
    rows = [row_softmax(row) for row in moved.reshape(-1, moved.shape[-1])]
    return np.moveaxis(np.array(rows).reshape(moved.shape), -1, axis)


def with_tiny_constant(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / (e.sum(axis=axis, keepdims=True) + 1e-9)


def with_reduce_and_einsum(x, axis=-1):
    moved = np.moveaxis(x, axis, -1)
    e = np.exp(moved - np.maximum.reduce(moved, axis=-1)[..., None])
    return np.moveaxis(e / np.einsum("...i->...", e)[..., None], -1, axis)


def with_base_two(x, axis=-1):
    z = (x - x.max(axis=axis, keepdims=True)) * np.log2(np.e)
    e = np.exp2(z)
    return e / e.sum(axis=axis, keepdims=True)


def online(x, axis=-1):
    moved = np.moveaxis(np.asarray(x, dtype=float), axis, 0)
    top, total = np.full(moved.shape[1:], -np.inf), np.zeros(moved.shape[1:])
    for score in moved:
        new_top = np.maximum(top, score)
        total = total * np.exp(top - new_top) + np.exp(score - new_top)
        top = new_top
    return np.moveaxis(np.exp(moved - top) / total, 0, axis)


def with_cache(x, axis=-1, _seen={}):  # noqa: B006  the shared dictionary is the point
    key = (x.tobytes(), x.shape, str(x.dtype), x.flags.f_contiguous, axis)
    if key not in _seen:
        e = np.exp(x - x.max(axis=axis, keepdims=True))
        _seen[key] = e / e.sum(axis=axis, keepdims=True)
    return _seen[key]


def masked_array(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.ma.array(e / e.sum(axis=axis, keepdims=True))


def read_only(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    weights = e / e.sum(axis=axis, keepdims=True)
    weights.flags.writeable = False
    return weights


def into_one_array_per_shape(x, axis=-1, _arrays={}):  # noqa: B006  sharing is the point
    weights = _arrays.setdefault(x.shape, np.empty(x.shape))
    np.exp(x - x.max(axis=axis, keepdims=True), out=weights)
    weights /= weights.sum(axis=axis, keepdims=True)
    return weights
