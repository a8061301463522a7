"""Right but unusual versions of multi_head_attention."""

import numpy as np


def head_by_head(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    d, d_v = w_q.shape[1] // n_heads, w_v.shape[1] // n_heads
    heads = []
    for i in range(n_heads):
        cut, cut_v = slice(i * d, (i + 1) * d), slice(i * d_v, (i + 1) * d_v)
        q, k, v = x_q @ w_q[:, cut], x_kv @ w_k[:, cut], x_kv @ w_v[:, cut_v]
        scores = q @ np.swapaxes(k, -1, -2) / d**0.5
        keep = np.broadcast_to(True, scores.shape)
        if mask is not None:
            axes = np.broadcast_shapes(mask.shape, (n_heads, 1, 1))
            keep = np.broadcast_to(mask, axes)[..., i, :, :]
        scores = np.where(keep, scores, -1e30)
        e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * keep
        heads.append(e @ v / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30))
    return np.concatenate(heads, axis=-1) @ w_o


def sum_over_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = weights @ v
    return (heads @ w_o.reshape(n_heads, -1, w_o.shape[1])).sum(axis=-3)


def values_projected_to_the_output(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    v = v @ w_o.reshape(n_heads, -1, w_o.shape[1])
    return (weights @ v).sum(axis=-3)


def with_einsum(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    d_model, d_kv = len(w_q), len(w_k)
    q = np.einsum("...nm,mhd->...hnd", x_q, w_q.reshape(d_model, n_heads, -1))
    k = np.einsum("...nm,mhd->...hnd", x_kv, w_k.reshape(d_kv, n_heads, -1))
    v = np.einsum("...nm,mhd->...hnd", x_kv, w_v.reshape(d_kv, n_heads, -1))
    scores = np.einsum("...qd,...kd->...qk", q, k) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.einsum("...qk,...kd->...qd", weights, v)
    return np.einsum("...hqd,hdo->...qo", heads, w_o.reshape(n_heads, -1, w_o.shape[1]))


def minus_infinity_and_nan_to_num(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    weights = np.nan_to_num(weights)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def minus_a_billion_and_row_test(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = np.ones(scores.shape, bool) if mask is None else mask
    scores = np.where(mask, scores, -1e9)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    weights = np.where(mask.any(axis=-1, keepdims=True), weights, 0.0)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def with_masked_arrays(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    hidden = ~np.broadcast_to(True if mask is None else mask, scores.shape)
    scores = np.ma.array(scores, mask=hidden)
    e = np.ma.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = (e / e.sum(axis=-1, keepdims=True)).filled(0.0)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def query_by_query_over_allowed_keys(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    lead = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    q, k, v = (np.broadcast_to(a, (*lead, *a.shape[-2:])) for a in (q, k, v))
    keep = np.broadcast_to(True if mask is None else mask, (*lead, q.shape[-2], k.shape[-2]))
    heads = np.zeros((*q.shape[:-1], v.shape[-1]))
    for place in np.ndindex(heads.shape[:-1]):
        allowed = keep[place]
        if allowed.any():
            scores = k[place[:-1]][allowed] @ q[place] / np.sqrt(q.shape[-1])
            e = np.exp(scores - scores.max())
            heads[place] = (e / e.sum()) @ v[place[:-1]][allowed]
    heads = np.swapaxes(heads, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def recursive_over_the_batch(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    lead = np.broadcast_shapes(x_q.shape[:-2], x_kv.shape[:-2])
    if lead:
        a = np.broadcast_to(x_q, (*lead, *x_q.shape[-2:]))
        b = np.broadcast_to(x_kv, (*lead, *x_kv.shape[-2:]))
        masks = [None] * lead[0]
        if mask is not None:
            shape = (*lead, n_heads, x_q.shape[-2], x_kv.shape[-2])
            masks = np.broadcast_to(mask, shape)
        parts = zip(a, b, masks, strict=True)
        w = (w_q, w_k, w_v, w_o)
        return np.stack([recursive_over_the_batch(y, z, *w, n_heads, c) for y, z, c in parts])
    q, k, v = (
        np.array(np.hsplit(x @ w, n_heads)) for x, w in ((x_q, w_q), (x_kv, w_k), (x_kv, w_v))
    )
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    mask = np.ones(scores.shape, bool) if mask is None else mask
    e = np.exp(
        scores - np.where(mask, scores, -1e30).max(axis=-1, keepdims=True),
        where=mask,
        out=0 * scores,
    )
    total = e.sum(axis=-1, keepdims=True)
    return np.hstack(list(e @ v / (total + (total == 0)))) @ w_o


def divided_at_the_end(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    total = np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(e @ v / total, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scale_in_the_queries(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = (q * q.shape[-1] ** -0.5) @ np.moveaxis(k, -1, -2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def bias_of_minus_infinity(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    bias = 0.0 if mask is None else np.where(mask, 0.0, -np.inf)
    scores = scores + bias
    top = scores.max(axis=-1, keepdims=True)
    e = np.exp(scores - np.where(np.isinf(top), 0, top))
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def with_logaddexp(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    log_total = np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    weights = np.exp(scores - np.where(np.isinf(log_total), 0, log_total))
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def in_float32(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    f = np.float32
    x_q, x_kv, w_q, w_k, w_v, w_o = (a.astype(f) for a in (x_q, x_kv, w_q, w_k, w_v, w_o))

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(f(q.shape[-1]))
    mask = True if mask is None else mask
    scores = np.where(mask, scores, f(-1e30))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), f(1e-30))
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def in_float32_head_by_head(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    f = np.float32
    x_q, x_kv, w_q, w_k, w_v, w_o = (a.astype(f) for a in (x_q, x_kv, w_q, w_k, w_v, w_o))
    out = f(0)
    for i in range(n_heads):
        cut = [np.split(w, n_heads, axis=1)[i] for w in (w_q, w_k, w_v)]
        q, k, v = x_q @ cut[0], x_kv @ cut[1], x_kv @ cut[2]
        scores = (q / np.sqrt(f(q.shape[-1]))) @ np.swapaxes(k, -1, -2)
        keep = np.broadcast_to(True, scores.shape)
        if mask is not None:
            keep = np.broadcast_to(mask, np.broadcast_shapes(mask.shape, (n_heads, 1, 1)))[
                ..., i, :, :
            ]
        scores = np.where(keep, scores, f(-1e30))
        e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * keep
        weights = e / np.maximum(e.sum(axis=-1, keepdims=True), f(1e-30))
        out = out + weights @ v @ np.split(w_o, n_heads)[i]
    return out


def in_long_double(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    q = q.astype(np.longdouble)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def as_list(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return (heads.reshape(*heads.shape[:-2], -1) @ w_o).tolist()


def fortran_order_and_read_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    out = np.asfortranarray(heads.reshape(*heads.shape[:-2], -1) @ w_o)
    out.flags.writeable = False
    return out


def online(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    top, total, out = np.full((*scores.shape[:-1], 1), -1e300), 0.0, 0.0
    for j in range(scores.shape[-1]):
        new_top = np.maximum(top, scores[..., j : j + 1])
        fade, e = np.exp(top - new_top), np.exp(scores[..., j : j + 1] - new_top)
        total, out, top = total * fade + e, out * fade + e * v[..., j : j + 1, :], new_top
    heads = np.swapaxes(out / np.where(total == 0, 1, total), -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def bilinear_forms(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    d = w_q.shape[1] // n_heads
    forms = [
        a @ b.T / d**0.5
        for a, b in zip(np.hsplit(w_q, n_heads), np.hsplit(w_k, n_heads), strict=True)
    ]
    scores = x_q[..., None, :, :] @ np.stack(forms) @ np.swapaxes(x_kv, -1, -2)[..., None, :, :]
    mask = True if mask is None else mask
    e = (
        np.exp(np.where(mask, scores, -1e30) - np.where(mask, scores, -1e30).max(-1, keepdims=True))
        * mask
    )
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    maps = [a @ b for a, b in zip(np.hsplit(w_v, n_heads), np.vsplit(w_o, n_heads), strict=True)]
    return (weights @ x_kv[..., None, :, :] @ np.stack(maps)).sum(axis=-3)
