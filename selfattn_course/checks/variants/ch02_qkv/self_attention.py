"""Right but unusual versions of self_attention(x, w_q, w_k, w_v)."""

import numpy as np


def with_einsum(x, w_q, w_k, w_v):
    q = np.einsum("...nm,md->...nd", x, w_q)
    k = np.einsum("...nm,md->...nd", x, w_k)
    v = np.einsum("...nm,md->...nd", x, w_v)
    scores = np.einsum("...qd,...kd->...qk", q, k) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("...qk,...kv->...qv", weights, v)


def matrices_multiplied_first(x, w_q, w_k, w_v):
    both = w_q @ w_k.T / np.sqrt(w_q.shape[1])
    scores = x @ both @ np.swapaxes(x, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ x @ w_v


def projected_after_averaging(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v @ w_v


def divided_at_the_end(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return (e @ v) / e.sum(axis=-1, keepdims=True)


def with_log_softmax(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = (q / q.shape[-1] ** 0.5) @ np.moveaxis(k, -1, -2)
    return np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)) @ v


def by_sigmoids_of_differences(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    with np.errstate(over="ignore"):
        gaps = np.exp(scores[..., None, :] - scores[..., :, None])
    return (1 / gaps.sum(axis=-1)) @ v


def online(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    top, total, out = np.full((*scores.shape[:-1], 1), -1e300), 0.0, 0.0
    for j in range(k.shape[-2]):
        new_top = np.maximum(top, scores[..., j : j + 1])
        fade, e = np.exp(top - new_top), np.exp(scores[..., j : j + 1] - new_top)
        total, out, top = total * fade + e, out * fade + e * v[..., j : j + 1, :], new_top
    return out / total


def in_float32(x, w_q, w_k, w_v):
    f = np.float32
    q, k, v = (x.astype(f) @ w_q.astype(f), *(x.astype(f) @ w.astype(f) for w in (w_k, w_v)))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(f(q.shape[-1]))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def in_float32_with_scaled_queries(x, w_q, w_k, w_v):
    f = np.float32
    q, k, v = (x.astype(f) @ w_q.astype(f), *(x.astype(f) @ w.astype(f) for w in (w_k, w_v)))
    scores = (q / np.sqrt(f(q.shape[-1]))) @ np.swapaxes(k, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return (e @ v) / e.sum(axis=-1, keepdims=True)


def in_long_double(x, w_q, w_k, w_v):
    q, k, v = (a.astype(np.longdouble) for a in (x @ w_q, x @ w_k, x @ w_v))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(np.longdouble(q.shape[-1]))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def as_list(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).tolist()


def in_fortran_order(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.asfortranarray(weights @ v)


def in_place_on_its_own_arrays(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, (x @ w_v).astype(float)
    weights = np.array(q @ np.swapaxes(k, -1, -2), dtype=float)
    weights /= np.sqrt(q.shape[-1])
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v


def token_by_token(x, w_q, w_k, w_v):
    out = np.zeros((*x.shape[:-1], w_v.shape[1]))
    for place in np.ndindex(x.shape[:-1]):
        tokens = x[place[:-1]]
        scores = (tokens @ w_k) @ (x[place] @ w_q) / np.sqrt(w_q.shape[1])
        e = np.exp(scores - scores.max())
        out[place] = (e / e.sum()) @ (tokens @ w_v)
    return out


def recursive_over_the_batch(x, w_q, w_k, w_v):
    if x.ndim > 2:
        return np.stack([recursive_over_the_batch(part, w_q, w_k, w_v) for part in x])
    scores = (x @ w_q) @ (x @ w_k).T / np.sqrt(w_q.shape[1])
    e = np.exp(scores - scores.max(axis=1)[:, None])
    return (e / e.sum(axis=1)[:, None]) @ (x @ w_v)


def with_python_floats(x, w_q, w_k, w_v):
    import math

    if x.ndim > 2:
        return [with_python_floats(part, w_q, w_k, w_v) for part in x]
    q, k, v = ((x @ w).astype(float).tolist() for w in (w_q, w_k, w_v))
    out = []
    for a in q:
        scores = [sum(i * j for i, j in zip(a, b, strict=True)) / math.sqrt(len(a)) for b in k]
        e = [math.exp(s - max(scores)) for s in scores]
        columns = zip(*v, strict=True)
        out.append([sum(p * y for p, y in zip(e, c, strict=True)) / sum(e) for c in columns])
    return out
