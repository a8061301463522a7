"""Right but unusual versions of merge_heads(x)."""

import numpy as np


def concatenated(x):
    return np.concatenate(list(np.moveaxis(x, -3, 0)), axis=-1)


def with_einsum(x):
    y = np.einsum("...hnd->...nhd", x)
    return y.reshape(*y.shape[:-2], -1)


def written_slice_by_slice(x):
    *lead, h, n, d = x.shape
    out = np.empty((*lead, n, h * d))
    for i in range(h):
        out[..., i * d : (i + 1) * d] = x[..., i, :, :]
    return out


def number_by_number(x):
    *lead, h, n, d = x.shape
    out = np.zeros((*lead, n, h * d))
    for *place, i, t, f in np.ndindex(x.shape):
        out[(*place, t, i * d + f)] = x[(*place, i, t, f)]
    return out


def by_selection_matrices(x):
    *_, h, n, d = x.shape
    cuts = np.eye(h * d).reshape(h, d, h * d)
    return (x @ cuts).sum(axis=-3)


def as_list(x):
    y = np.swapaxes(x, -2, -3)
    return y.reshape(*y.shape[:-2], -1).tolist()


def in_float32(x):
    y = np.swapaxes(x, -2, -3).astype(np.float32)
    return y.reshape(*y.shape[:-2], -1)


def features_first(x):
    y = np.moveaxis(x, -1, -2)
    y = y.reshape(*y.shape[:-3], -1, y.shape[-1])
    return np.swapaxes(y, -1, -2)


def recursive_over_the_batch(x):
    if x.ndim > 3:
        return np.stack([recursive_over_the_batch(part) for part in x])
    return np.hstack(list(x))
