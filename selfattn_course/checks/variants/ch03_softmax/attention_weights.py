"""Right but unusual versions of attention_weights(q, k, mask=None)."""

import numpy as np


def with_einsum(q, k, mask=None):
    scores = np.einsum("...qd,...kd->...qk", q, k) / np.sqrt(q.shape[-1])
    keep = np.ones(scores.shape, dtype=bool) if mask is None else mask
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True, initial=-1e30, where=keep))
    e = np.where(keep, e, 0)
    total = np.einsum("...k->...", e)[..., None]
    return np.divide(e, total, out=np.zeros_like(e), where=total > 0)


def with_minus_infinity_and_nan_to_num(q, k, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.nan_to_num(e / e.sum(axis=-1, keepdims=True))


def with_added_minus_infinity(q, k, mask=None):
    bias = 0.0 if mask is None else np.where(mask, 0.0, -np.inf)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]) + bias
    top = scores.max(axis=-1, keepdims=True)
    e = np.exp(scores - np.where(np.isinf(top), 0, top))
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1, total)


def with_huge_negative_and_product(q, k, mask=None):
    scores = np.matmul(q, k.swapaxes(-1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(-1, keepdims=True))
    weights = e / e.sum(-1, keepdims=True)
    return weights if mask is None else weights * mask


def with_minus_1e9_and_row_test(q, k, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is None:
        mask = np.ones(scores.shape, dtype=bool)
    scores = np.where(mask, scores, -1e9)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.where(mask.any(axis=-1, keepdims=True), e / e.sum(axis=-1, keepdims=True), 0.0)


def with_masked_arrays(q, k, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    hidden = np.zeros(scores.shape, bool) if mask is None else np.broadcast_to(~mask, scores.shape)
    scores = np.ma.array(scores, mask=hidden)
    e = np.ma.exp(scores - scores.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).filled(0.0)


def with_where_arguments(q, k, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    keep = np.broadcast_to(True if mask is None else mask, scores.shape)
    top = scores.max(axis=-1, keepdims=True, initial=-np.inf, where=keep)
    e = np.exp(scores - np.where(top == -np.inf, 0, top), where=keep, out=np.zeros(scores.shape))
    total = e.sum(axis=-1, keepdims=True, where=keep)
    return np.divide(e, total, out=e, where=total != 0)


def query_by_query(q, k, mask=None):
    lead = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    out = np.zeros((*lead, q.shape[-2], k.shape[-2]))
    qs = np.broadcast_to(q, (*lead, *q.shape[-2:]))
    ks = np.broadcast_to(k, (*lead, *k.shape[-2:]))
    keep = np.broadcast_to(True if mask is None else mask, out.shape)
    for place in np.ndindex(out.shape[:-1]):
        allowed = keep[place]
        if allowed.any():
            scores = ks[place[:-1]][allowed] @ qs[place] / np.sqrt(q.shape[-1])
            e = np.exp(scores - scores.max())
            out[place][allowed] = e / e.sum()
    return out


def with_python_floats(q, k, mask=None):
    import math

    lead = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    qs = np.broadcast_to(q, (*lead, *q.shape[-2:])).astype(float)
    ks = np.broadcast_to(k, (*lead, *k.shape[-2:])).astype(float)
    out = np.zeros((*lead, q.shape[-2], k.shape[-2]))
    keep = np.broadcast_to(True if mask is None else mask, out.shape)
    for place in np.ndindex(out.shape[:-1]):
        scores = {}
        for j in np.flatnonzero(keep[place]):
            pairs = zip(qs[place].tolist(), ks[place[:-1]][j].tolist(), strict=True)
            scores[j] = sum(a * b for a, b in pairs) / math.sqrt(q.shape[-1])
        top = max(scores.values(), default=0.0)
        total = sum(math.exp(s - top) for s in scores.values())
        for j, s in scores.items():
            out[(*place, j)] = math.exp(s - top) / total
    return out


def recursive_over_leading_axes(q, k, mask=None):
    lead = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    if lead:
        qs = np.broadcast_to(q, (*lead, *q.shape[-2:]))
        ks = np.broadcast_to(k, (*lead, *k.shape[-2:]))
        shape = (*lead, q.shape[-2], k.shape[-2])
        masks = [None] * lead[0] if mask is None else np.broadcast_to(mask, shape)
        each = zip(qs, ks, masks, strict=True)
        return np.stack([recursive_over_leading_axes(a, b, m) for a, b, m in each])
    scores = q @ k.T / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) * (1 if mask is None else mask)


def with_scale_split(q, k, mask=None):
    root = q.shape[-1] ** 0.25
    scores = (q / root) @ np.swapaxes(k / root, -1, -2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def with_scale_on_keys(q, k, mask=None):
    scores = q @ np.swapaxes(k * q.shape[-1] ** -0.5, -1, -2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / (e.sum(axis=-1, keepdims=True) + (~np.asarray(mask)).all(axis=-1, keepdims=True))


def with_log_softmax(q, k, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -1e30)
    z = scores - scores.max(axis=-1, keepdims=True)
    log_weights = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    return np.exp(log_weights) * (1 if mask is None else mask)


def with_logsumexp(q, k, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    log_total = np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return np.exp(scores - np.where(np.isinf(log_total), 0, log_total))


def in_float32(q, k, mask=None):
    q, k = np.asarray(q, np.float32), np.asarray(k, np.float32)
    scores = q @ np.swapaxes(k, -1, -2) / np.float32(np.sqrt(q.shape[-1]))
    mask = True if mask is None else mask
    scores = np.where(mask, scores, np.float32(-1e30))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), np.float32(1e-30))


def in_float32_with_scaled_queries(q, k, mask=None):
    q, k = np.asarray(q, np.float32), np.asarray(k, np.float32)
    scores = (q / np.sqrt(np.float32(q.shape[-1]))) @ np.swapaxes(k, -1, -2)
    scores = scores if mask is None else np.where(mask, scores, np.finfo(np.float32).min)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) * (1 if mask is None else mask)


def in_long_double(q, k, mask=None):
    q, k = np.asarray(q, np.longdouble), np.asarray(k, np.longdouble)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(np.longdouble(q.shape[-1]))
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def as_list(q, k, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return (e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)).tolist()


def as_transposed_view(q, k, mask=None):
    scores = k @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])
    mask = np.asarray(True) if mask is None else np.swapaxes(np.atleast_2d(mask), -1, -2)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-2, keepdims=True)) * mask
    return np.swapaxes(e / np.maximum(e.sum(axis=-2, keepdims=True), 1e-30), -1, -2)


def key_by_key_online(q, k, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    top, total = np.full(scores.shape[:-1], -1e300), np.zeros(scores.shape[:-1])
    for j in range(scores.shape[-1]):
        new_top = np.maximum(top, scores[..., j])
        total = total * np.exp(top - new_top) + np.exp(scores[..., j] - new_top)
        top = new_top
    return np.exp(scores - top[..., None]) / np.where(total == 0, 1, total)[..., None]


def in_place_on_its_own_copy(q, k, mask=None):
    weights = np.array(q @ np.swapaxes(k, -1, -2), dtype=float)
    weights /= np.sqrt(q.shape[-1])
    keep = True if mask is None else mask
    np.copyto(weights, -1e30, where=np.logical_not(keep))
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights *= keep
    weights /= np.maximum(weights.sum(axis=-1, keepdims=True), 1e-30)
    return weights


def with_key_distances(q, k, mask=None):
    # q . k = (|q|^2 + |k|^2 - |q - k|^2) / 2
    gaps = np.square(q[..., :, None, :] - k[..., None, :, :]).sum(axis=-1)
    squares = np.square(q).sum(axis=-1)[..., :, None] + np.square(k).sum(axis=-1)[..., None, :]
    scores = (squares - gaps) / 2 / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
