"""Right but unusual versions of dot_scores(q, k)."""

import numpy as np


def with_einsum(q, k):
    return np.einsum("...qd,...kd->...qk", q, k) / np.sqrt(q.shape[-1])


def by_broadcasting(q, k):
    return (q[..., :, None, :] * k[..., None, :, :]).sum(axis=-1) * q.shape[-1] ** -0.5


def scaled_queries(q, k):
    return (q / np.sqrt(q.shape[-1])) @ np.moveaxis(k, -1, -2)


def scale_split(q, k):
    root = q.shape[-1] ** 0.25
    return (q / root) @ np.swapaxes(k / root, -1, -2)


def as_transposed_view(q, k):
    return np.swapaxes(k @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1]), -1, -2)


def feature_by_feature(q, k):
    total = 0.0
    for i in range(q.shape[-1]):
        total = total + q[..., :, None, i] * k[..., None, :, i]
    return total / np.sqrt(q.shape[-1])


def pair_by_pair(q, k):
    lead = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    qs = np.broadcast_to(q, (*lead, *q.shape[-2:]))
    ks = np.broadcast_to(k, (*lead, *k.shape[-2:]))
    out = np.zeros((*lead, q.shape[-2], k.shape[-2]))
    for *place, i, j in np.ndindex(out.shape):
        out[(*place, i, j)] = np.dot(qs[(*place, i)], ks[(*place, j)]) / q.shape[-1] ** 0.5
    return out


def as_list(q, k):
    return (q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])).tolist()


def in_float32(q, k):
    q, k = np.asarray(q, np.float32), np.asarray(k, np.float32)
    return q @ np.swapaxes(k, -1, -2) / np.float32(np.sqrt(q.shape[-1]))


def in_float32_with_scaled_keys(q, k):
    q, k = np.asarray(q, np.float32), np.asarray(k, np.float32)
    return q @ np.swapaxes(k / np.sqrt(np.float32(q.shape[-1])), -1, -2)


def in_long_double(q, k):
    q = q.astype(np.longdouble)
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(np.longdouble(q.shape[-1]))


def recursive_over_leading_axes(q, k):
    lead = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    if not lead:
        return np.inner(q, k) / np.sqrt(q.shape[-1])
    qs = np.broadcast_to(q, (*lead, *q.shape[-2:]))
    ks = np.broadcast_to(k, (*lead, *k.shape[-2:]))
    return np.stack([recursive_over_leading_axes(a, b) for a, b in zip(qs, ks, strict=True)])


def from_distances(q, k):
    gaps = np.square(q[..., :, None, :] - k[..., None, :, :]).sum(axis=-1)
    squares = np.square(q).sum(axis=-1)[..., :, None] + np.square(k).sum(axis=-1)[..., None, :]
    return (squares - gaps) / 2 / np.sqrt(q.shape[-1])


def read_only(q, k):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores.flags.writeable = False
    return scores


def as_masked_array(q, k):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    return np.ma.array(scores)


def in_place_on_its_own_copy(q, k):
    scores = np.array(q @ np.swapaxes(k, -1, -2), dtype=float)
    scores /= q.shape[-1] ** 0.5
    return scores
