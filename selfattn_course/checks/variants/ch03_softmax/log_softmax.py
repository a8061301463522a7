"""Right but unusual versions of log_softmax(x, axis=-1)."""

import numpy as np


def with_logaddexp(x, axis=-1):
    return x - np.logaddexp.reduce(np.asarray(x, dtype=float), axis=axis, keepdims=True)


def by_differences(x, axis=-1):
    moved = np.moveaxis(np.asarray(x, dtype=float), axis, -1)
    gaps = moved[..., None, :] - moved[..., :, None]
    return np.moveaxis(-np.logaddexp.reduce(gaps, axis=-1), -1, axis)


def in_float32(x, axis=-1):
    z = np.asarray(x, dtype=np.float32)
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def one_slice_at_a_time(x, axis=-1):
    def slice_log_softmax(row):
        z = row - row.max()
        return z - np.log(np.exp(z).sum())

    return np.apply_along_axis(slice_log_softmax, axis, x)


def recursive(x, axis=-1):
    if x.ndim > 1:
        rows = np.moveaxis(x, axis, -1)
        return np.moveaxis(np.array([recursive(row) for row in rows]), -1, axis)
    z = x - max(x)
    return z - np.log(sum(np.exp(z)))


def as_list(x, axis=-1):
    z = x - x.max(axis=axis, keepdims=True)
    return (z - np.log(np.exp(z).sum(axis=axis, keepdims=True))).tolist()


def as_transposed_view(x, axis=-1):
    z = x - x.max(axis=axis, keepdims=True)
    flipped = np.array((z - np.log(np.exp(z).sum(axis=axis, keepdims=True))).T)
    return flipped.T


def in_place_on_its_own_copy(x, axis=-1):
    z = np.array(x, dtype=float)
    z -= z.max(axis=axis, keepdims=True)
    z -= np.log(np.exp(z).sum(axis=axis, keepdims=True))
    return z
