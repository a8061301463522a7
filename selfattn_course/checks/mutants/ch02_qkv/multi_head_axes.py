"""Wrong versions of multi_head_attention: axes and dtypes."""

import numpy as np


def all_axes_reversed(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """k.T reverses all axes. Swap only the last two: np.swapaxes(k, -1, -2)."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ k.T / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def first_sequence_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Only the first sequence is computed. All leading axes stay."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    x_q, x_kv = (x.reshape(-1, *x.shape[-2:])[0] for x in (x_q, x_kv))
    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def dot_instead_of_matmul(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """np.dot pairs every head with every other. Use @, which goes head by head."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(np.dot(weights, v), -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def transposed_result(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The result is transposed. It has one row for each query."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return np.swapaxes(heads.reshape(*heads.shape[:-2], -1) @ w_o, -1, -2)


def weights_with_it(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Return the output alone, not the weights with it."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o, weights


def in_dtype_of_x_q(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The numbers lose their digits: they get the dtype of x_q. Let NumPy choose it."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    out = heads.reshape(*heads.shape[:-2], -1) @ w_o
    return out.astype(x_q.dtype)


def heads_in_dtype_of_v(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Integer values make the heads integers. Let NumPy choose the dtype."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes((weights @ v).astype(v.dtype), -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def half_precision(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """float16 keeps three digits. Leave the dtype alone."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    out = heads.reshape(*heads.shape[:-2], -1) @ w_o
    return out.astype(np.float16)


def rounded_weights(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The weights are rounded. Keep all digits."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights.round(3) @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def writes_into_x_q(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """x_q is changed. Make a new array."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    x_q *= 2
    q, k, v = split(x_q @ w_q / 2), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def writes_into_w_q(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scale is written into w_q: `w_q /= ...` changes the caller's array."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    w_q *= 2
    q, k, v = split(x_q @ w_q / 2), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o
