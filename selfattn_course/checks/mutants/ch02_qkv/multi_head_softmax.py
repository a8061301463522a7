"""Wrong versions of multi_head_attention: scores and softmax."""

import numpy as np


def softmax_over_queries(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The weights sum to 1 over the queries. Softmax along the last axis."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-2, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-2, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def softmax_over_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The weights sum to 1 over the heads. Softmax along the last axis."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-3, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-3, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def softmax_over_heads_and_keys(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The heads share one softmax. Each head has rows that sum to 1."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=(-1, -3), keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=(-1, -3), keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def softmax_over_the_matrix(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All weights of a head sum to 1. Each row has to."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=(-1, -2), keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=(-1, -2), keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def softmax_over_axis_2(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The softmax runs along axis 2: keys without a batch, queries with one. Take axis=-1."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=2, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=2, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def without_maximum(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """exp overflows above 709. Subtract the maximum of each row: use the softmax given."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def global_maximum(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """One maximum for all rows makes low rows vanish. Subtract the maximum of each row."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max()) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def maximum_of_each_head(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """One maximum for a whole head makes its low rows vanish. Subtract that of each row."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=(-2, -1), keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def maximum_of_all_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """One maximum for a query in all heads makes low heads vanish. Every head has its own."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=(-3, -1), keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def no_softmax(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores weigh the values. Take the softmax first."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = scores * mask
    weights = e
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def not_normalised(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The weights do not sum to 1. Divide by the sum of each row."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def cosine(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The lengths of queries and keys are divided out. A score keeps them."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    q, k = (a / (np.linalg.norm(a, axis=-1, keepdims=True) + 1e-30) for a in (q, k))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def maximum_before_the_mask(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """A huge forbidden score takes part in the maximum, and all others vanish. Mask first."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def hardmax(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Each query takes the value of its best key. Average all values by weight."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.where(scores == scores.max(axis=-1, keepdims=True), 1.0, 0.0) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scores_averaged_over_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All heads use the mean of their scores. Each head has scores of its own."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = np.broadcast_to(scores.mean(axis=-3, keepdims=True), scores.shape)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def one_small_number_for_all_rows(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The small number under the sum changes the weights. Only a row of zeros needs it."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / (e.sum(axis=-1, keepdims=True) + 1e-3)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o
