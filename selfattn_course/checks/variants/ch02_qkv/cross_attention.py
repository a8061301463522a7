"""Right but unusual versions of cross_attention(x_q, x_kv, w_q, w_k, w_v)."""

import numpy as np


def with_einsum(x_q, x_kv, w_q, w_k, w_v):
    q = np.einsum("...nm,md->...nd", x_q, w_q)
    k = np.einsum("...nm,md->...nd", x_kv, w_k)
    v = np.einsum("...nm,md->...nd", x_kv, w_v)
    scores = np.einsum("...qd,...kd->...qk", q, k) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("...qk,...kv->...qv", weights, v)


def matrices_multiplied_first(x_q, x_kv, w_q, w_k, w_v):
    both = w_q @ w_k.T / np.sqrt(w_q.shape[1])
    scores = x_q @ both @ np.swapaxes(x_kv, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ x_kv @ w_v


def projected_after_averaging(x_q, x_kv, w_q, w_k, w_v):
    q, k = x_q @ w_q, x_kv @ w_k
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ x_kv @ w_v


def divided_at_the_end(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return (e @ v) / e.sum(axis=-1, keepdims=True)


def with_log_softmax(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = (q / q.shape[-1] ** 0.5) @ np.moveaxis(k, -1, -2)
    return np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)) @ v


def by_sigmoids_of_differences(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    with np.errstate(over="ignore"):
        gaps = np.exp(scores[..., None, :] - scores[..., :, None])
    return (1 / gaps.sum(axis=-1)) @ v


def online(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    top, total, out = np.full((*scores.shape[:-1], 1), -1e300), 0.0, 0.0
    for j in range(k.shape[-2]):
        new_top = np.maximum(top, scores[..., j : j + 1])
        fade, e = np.exp(top - new_top), np.exp(scores[..., j : j + 1] - new_top)
        total, out, top = total * fade + e, out * fade + e * v[..., j : j + 1, :], new_top
    return out / total


def in_float32(x_q, x_kv, w_q, w_k, w_v):
    f = np.float32
    q, k, v = (x_q.astype(f) @ w_q.astype(f), *(x_kv.astype(f) @ w.astype(f) for w in (w_k, w_v)))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(f(q.shape[-1]))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def in_float32_with_scaled_queries(x_q, x_kv, w_q, w_k, w_v):
    f = np.float32
    q, k, v = (x_q.astype(f) @ w_q.astype(f), *(x_kv.astype(f) @ w.astype(f) for w in (w_k, w_v)))
    scores = (q / np.sqrt(f(q.shape[-1]))) @ np.swapaxes(k, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return (e @ v) / e.sum(axis=-1, keepdims=True)


def in_long_double(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = (a.astype(np.longdouble) for a in (x_q @ w_q, x_kv @ w_k, x_kv @ w_v))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(np.longdouble(q.shape[-1]))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def as_list(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).tolist()


def in_fortran_order(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.asfortranarray(weights @ v)


def in_place_on_its_own_arrays(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = x_q @ w_q, x_kv @ w_k, (x_kv @ w_v).astype(float)
    weights = np.array(q @ np.swapaxes(k, -1, -2), dtype=float)
    weights /= np.sqrt(q.shape[-1])
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v


def query_by_query(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    lead = np.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    q, k, v = (np.broadcast_to(a, (*lead, *a.shape[-2:])) for a in (q, k, v))
    out = np.zeros((*q.shape[:-1], v.shape[-1]))
    for place in np.ndindex(out.shape[:-1]):
        scores = k[place[:-1]] @ q[place] / q.shape[-1] ** 0.5
        e = np.exp(scores - scores.max())
        out[place] = (e / e.sum()) @ v[place[:-1]]
    return out


def recursive_over_leading_axes(x_q, x_kv, w_q, w_k, w_v):
    lead = np.broadcast_shapes(x_q.shape[:-2], x_kv.shape[:-2])
    if lead:
        a = np.broadcast_to(x_q, (*lead, *x_q.shape[-2:]))
        b = np.broadcast_to(x_kv, (*lead, *x_kv.shape[-2:]))
        pairs = zip(a, b, strict=True)
        return np.stack([recursive_over_leading_axes(y, z, w_q, w_k, w_v) for y, z in pairs])
    scores = (x_q @ w_q) @ (x_kv @ w_k).T / np.sqrt(w_q.shape[1])
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) @ (x_kv @ w_v)
