"""Wrong versions of multi_head_attention: the cutting into heads."""

import numpy as np


def straight_reshape(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """reshape alone cuts across the tokens. Split the last axis in two, then swap axes."""

    def split(x):
        return x.reshape(*x.shape[:-2], n_heads, x.shape[-2], -1)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def interleaved_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Head 0 takes every h-th feature. It takes the first d, head 1 the next d."""

    def split(x):
        return np.moveaxis(x.reshape(*x.shape[:-1], -1, n_heads), -1, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.moveaxis(weights @ v, -3, -1)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def interleaved_queries_and_keys(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Queries and keys of head 0 take every h-th feature. They take the first d."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k = (
        np.moveaxis(x.reshape(*x.shape[:-1], -1, n_heads), -1, -3) for x in (x_q @ w_q, x_kv @ w_k)
    )
    v = split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def interleaved_when_merged(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Side by side means: all features of head 0, then all of head 1."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.moveaxis(weights @ v, -3, -1)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def merged_straight(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The heads are merged without swapping axes: tokens get mixed."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = weights @ v
    return heads.reshape(*heads.shape[:-3], heads.shape[-2], -1) @ w_o


def heads_merged_in_reverse(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The last head comes first when they are merged. Head 0 does."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes((weights @ v)[..., ::-1, :, :], -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def heads_of_queries_reversed(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The heads of the queries are in reverse order. Head 0 takes the first features."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    q = q[..., ::-1, :, :]
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def heads_rolled(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Each head takes the values of its neighbour. Head i uses its own."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ np.roll(v, 1, axis=-3), -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def n_heads_is_the_size(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """n_heads is taken for the size of a head. It is their number."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], -1, min(n_heads, x.shape[-1])), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def one_head_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """n_heads is ignored: one wide head."""

    def split(x):
        return x[..., None, :, :]

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def always_two_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The 2 in the code is right for one case only. Use n_heads."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], 2, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def embedding_cut_into_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The embedding is cut into heads. Every head sees all of it; the projection is cut."""

    def split(x, w):
        d, m = w.shape[1] // n_heads, -(-x.shape[-1] // n_heads)
        parts = []
        for i in range(n_heads):
            rows = slice(i * m, (i + 1) * m)
            parts.append(x[..., rows] @ w[rows, i * d : (i + 1) * d])
        return np.stack(parts, axis=-3)

    q, k, v = split(x_q, w_q), split(x_kv, w_k), split(x_kv, w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def heads_summed(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The heads are added up before w_o. Put them side by side."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = (weights @ v).sum(axis=-3)
    return np.concatenate([heads] * n_heads, axis=-1) @ w_o


def heads_averaged(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The heads are averaged before w_o. Put them side by side."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = (weights @ v).mean(axis=-3)
    return np.concatenate([heads] * n_heads, axis=-1) @ w_o


def first_head_for_all(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All heads do what head 0 does."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(np.broadcast_to((weights @ v)[..., :1, :, :], (weights @ v).shape), -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def first_head_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Only head 0 counts. Each has its rows of w_o."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = (weights @ v)[..., 0, :, :]
    return heads @ w_o[: heads.shape[-1]]


def last_head_lost(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The last head is left out where there are several."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = weights @ v
    heads[..., -1, :, :] *= n_heads == 1
    heads = np.swapaxes(heads, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def output_divided_by_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The output is divided by the number of heads. The heads add up through w_o."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o / n_heads


def keys_of_first_head(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All heads use the keys of head 0. Each has keys of its own."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k[..., :1, :, :], -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def values_of_first_head(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All heads use the values of head 0. Each has values of its own."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v[..., :1, :, :], -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o
