"""Wrong versions of multi_head_attention: the scale of the scores."""

import numpy as np


def scaled_by_all_heads_together(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by the root of h * d. Each head divides by the root of its own d."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(w_q.shape[1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scaled_by_model_width(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by the root of d_model. Each head divides by the root of
    its own d.
    """

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(x_q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scaled_by_width_of_x_kv(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by the root of the width of x_kv. Take d of a head: q.shape[-1]."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(x_kv.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scaled_by_d_v(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by the root of d_v. Take d of a head: q.shape[-1]."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(v.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scaled_by_n_heads(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by the root of the number of heads. Take d of a head: q.shape[-1]."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(n_heads)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scaled_by_n_k(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by the root of the number of keys. Take d of a head: q.shape[-1]."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-2])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scaled_by_n_q(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by the root of the number of queries. Take d of a head:
    q.shape[-1].
    """

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-2])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def scaled_by_output_width(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by the root of the width of the output. Take d of a head."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(w_o.shape[1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def no_scale(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are not scaled by 1 / sqrt(d)."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def divided_by_d(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The scores are divided by d. Divide by its root."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1]
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def multiplied_by_root(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Divide by sqrt(d), do not multiply."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) * np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o
