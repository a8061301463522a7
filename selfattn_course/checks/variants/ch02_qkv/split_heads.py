"""Right but unusual versions of split_heads(x, n_heads)."""

import numpy as np


def stacked_slices(x, n_heads):
    d = x.shape[-1] // n_heads
    return np.stack([x[..., i * d : (i + 1) * d] for i in range(n_heads)], axis=-3)


def with_split(x, n_heads):
    return np.stack(np.split(x, n_heads, axis=-1), axis=-3)


def with_moveaxis(x, n_heads):
    return np.moveaxis(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)


def with_transpose(x, n_heads):
    y = x.reshape(*x.shape[:-1], n_heads, x.shape[-1] // n_heads)
    axes = list(range(y.ndim))
    axes[-2], axes[-3] = axes[-3], axes[-2]
    return y.transpose(axes)


def with_einsum(x, n_heads):
    return np.einsum("...nhd->...hnd", x.reshape(*x.shape[:-1], n_heads, -1))


def features_first(x, n_heads):
    features = np.moveaxis(x, -1, 0).reshape(n_heads, -1, *x.shape[:-1])
    return np.moveaxis(np.moveaxis(features, 1, -1), 0, -3)


def number_by_number(x, n_heads):
    d = x.shape[-1] // n_heads
    out = np.zeros((*x.shape[:-2], n_heads, x.shape[-2], d))
    for *lead, i, f in np.ndindex(x.shape):
        out[(*lead, f // d, i, f % d)] = x[(*lead, i, f)]
    return out


def by_selection_matrices(x, n_heads):
    d = x.shape[-1] // n_heads
    cuts = np.eye(x.shape[-1]).reshape(x.shape[-1], n_heads, d).transpose(1, 0, 2)
    return x[..., None, :, :] @ cuts


def as_list(x, n_heads):
    return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3).tolist()


def in_float32(x, n_heads):
    return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3).astype(np.float32)


def contiguous_copy(x, n_heads):
    return np.ascontiguousarray(np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3))


def recursive_over_the_batch(x, n_heads):
    if x.ndim > 2:
        return np.stack([recursive_over_the_batch(part, n_heads) for part in x])
    return np.array(np.hsplit(x, n_heads))
