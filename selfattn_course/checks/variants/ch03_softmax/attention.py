"""Right but unusual versions of attention(q, k, v, mask=None)."""

import numpy as np


def with_einsum(q, k, v, mask=None):
    scores = np.einsum("...qd,...kd->...qk", q, k) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return np.einsum("...qk,...kv->...qv", weights, v)


def divided_at_the_end(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return (e @ v) / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def with_nan_to_num(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.nan_to_num(e / e.sum(axis=-1, keepdims=True) @ v)


def query_by_query(q, k, v, mask=None):
    lead = np.broadcast_shapes(q.shape[:-2], k.shape[:-2], v.shape[:-2])
    qs, ks, vs = (np.broadcast_to(a, (*lead, *a.shape[-2:])) for a in (q, k, v))
    out = np.zeros((*lead, q.shape[-2], v.shape[-1]))
    shape = (*lead, q.shape[-2], k.shape[-2])
    keep = np.broadcast_to(True if mask is None else mask, shape)
    for place in np.ndindex(shape[:-1]):
        allowed = keep[place]
        if allowed.any():
            scores = ks[place[:-1]][allowed] @ qs[place] / np.sqrt(q.shape[-1])
            e = np.exp(scores - scores.max())
            out[place] = (e / e.sum()) @ vs[place[:-1]][allowed]
    return out


def online(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    top, total, out = np.full((*scores.shape[:-1], 1), -1e300), 0.0, 0.0
    for j in range(k.shape[-2]):
        new_top = np.maximum(top, scores[..., j : j + 1])
        fade, e = np.exp(top - new_top), np.exp(scores[..., j : j + 1] - new_top)
        total, out, top = total * fade + e, out * fade + e * v[..., j : j + 1, :], new_top
    return out / np.where(total == 0, 1, total)


def in_float32(q, k, v, mask=None):
    q, k, v = (np.asarray(a, np.float32) for a in (q, k, v))
    scores = q @ np.swapaxes(k, -1, -2) / np.float32(np.sqrt(q.shape[-1]))
    mask = True if mask is None else mask
    scores = np.where(mask, scores, np.float32(-1e30))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), np.float32(1e-30)) @ v


def broadcast_sum(q, k, v, mask=None):
    scores = (q[..., :, None, :] * k[..., None, :, :]).sum(axis=-1) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return (weights[..., None] * v[..., None, :, :]).sum(axis=-2)


def with_column_of_ones(q, k, v, mask=None):
    # one more value column of ones collects the sum of the weights
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * (1 if mask is None else mask)
    both = e @ np.concatenate([v, np.ones((*v.shape[:-1], 1))], axis=-1)
    return both[..., :-1] / np.maximum(both[..., -1:], 1e-30)


def as_list(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return (e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30) @ v).tolist()


def as_view_of_wider_array(q, k, v, mask=None):
    wide = np.concatenate([v, v], axis=-1)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return (weights @ wide)[..., : v.shape[-1]]
