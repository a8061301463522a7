"""Right but unusual versions of context_vectors(weights, v)."""

import numpy as np


def with_einsum(weights, v):
    return np.einsum("...qk,...kd->...qd", weights, v)


def by_broadcasting(weights, v):
    return (weights[..., None] * v[..., None, :, :]).sum(axis=-2)


def key_by_key(weights, v):
    total = 0.0
    for j in range(v.shape[-2]):
        total = total + weights[..., j : j + 1] * v[..., j : j + 1, :]
    return total


def transposed_twice(weights, v):
    return np.swapaxes(np.swapaxes(v, -1, -2) @ np.swapaxes(weights, -1, -2), -1, -2)


def query_by_query(weights, v):
    lead = np.broadcast_shapes(weights.shape[:-2], v.shape[:-2])
    ps = np.broadcast_to(weights, (*lead, *weights.shape[-2:]))
    vs = np.broadcast_to(v, (*lead, *v.shape[-2:]))
    out = np.zeros((*lead, weights.shape[-2], v.shape[-1]))
    for place in np.ndindex(out.shape[:-1]):
        out[place] = ps[place] @ vs[place[:-1]]
    return out


def as_list(weights, v):
    return (weights @ v).tolist()


def in_float32(weights, v):
    return np.asarray(weights, np.float32) @ np.asarray(v, np.float32)


def in_long_double(weights, v):
    return weights.astype(np.longdouble) @ v


def recursive_over_leading_axes(weights, v):
    lead = np.broadcast_shapes(weights.shape[:-2], v.shape[:-2])
    if not lead:
        return weights.dot(v)
    ps = np.broadcast_to(weights, (*lead, *weights.shape[-2:]))
    vs = np.broadcast_to(v, (*lead, *v.shape[-2:]))
    return np.stack([recursive_over_leading_axes(p, x) for p, x in zip(ps, vs, strict=True)])


def read_only_in_fortran_order(weights, v):
    out = np.asfortranarray(weights @ v)
    out.flags.writeable = False
    return out


def around_the_last_value(weights, v):
    last = v[..., -1:, :]
    return weights @ (v - last) + weights.sum(axis=-1, keepdims=True) * last


def in_float64_from_the_start(weights, v):
    return np.matmul(weights.astype(float), v.astype(float))
