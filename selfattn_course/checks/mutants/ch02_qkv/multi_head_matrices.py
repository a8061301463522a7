"""Wrong versions of multi_head_attention: matrices and inputs."""

import numpy as np


def no_output_projection(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The heads are side by side, but w_o is missing."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1)


def no_output_projection_where_it_is_square(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """w_o is left out where it is square. It always belongs there."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    heads = heads.reshape(*heads.shape[:-2], -1)
    return heads if w_o.shape[0] == w_o.shape[1] else heads @ w_o


def output_matrix_transposed(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """w_o is transposed. It has one row for each feature of the heads."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o.T


def square_matrices_transposed(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Where w_o is square it is transposed. That it fits does not make it right."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ (w_o.T if w_o.shape[0] == w_o.shape[1] else w_o)


def square_w_q_transposed(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Where w_q is square it is transposed. That it fits does not make it right."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = (
        split(x_q @ (w_q.T if w_q.shape[0] == w_q.shape[1] else w_q)),
        split(x_kv @ w_k),
        split(x_kv @ w_v),
    )
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def queries_added(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """x_q is added where the widths agree. Return the projected heads alone."""

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
    return out + x_q if out.shape == x_q.shape else out


def keys_from_w_q(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The keys are made with w_q where it fits. They have a matrix of their own, w_k."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = (
        split(x_q @ w_q),
        split(x_kv @ (w_q if w_q.shape == w_k.shape else w_k)),
        split(x_kv @ w_v),
    )
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def keys_averaged(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The keys are averaged where they fit. Average the values."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ (k if k.shape == v.shape else v), -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def self_attention_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """x_kv is ignored where x_q fits in its place. Keys and values come from x_kv."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    x_kv = x_q if x_q.shape[-1] == x_kv.shape[-1] else x_kv
    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def values_from_x_q(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The values are made from x_q where it fits. They come from x_kv."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = (
        split(x_q @ w_q),
        split(x_kv @ w_k),
        split((x_q if x_q.shape == x_kv.shape else x_kv) @ w_v),
    )
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def batch_of_x_q_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The leading axes of x_kv must fit those of x_q here. Either may have more: let @
    broadcast.
    """

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    x_kv = np.broadcast_to(x_kv, (*x_q.shape[:-2], *x_kv.shape[-2:]))
    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def one_batch_axis_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The axes are fixed at (batch, h, n, d). Count them from the end, for any leading axes."""

    def split(x):
        return x.reshape(len(x), -1, n_heads, x.shape[-1] // n_heads).transpose(0, 2, 1, 3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def no_batch(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The axes are fixed at (h, n, d). Count them from the end, for any leading axes."""

    def split(x):
        return x.reshape(len(x), n_heads, -1).swapaxes(0, 1)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def first_axes_of_the_heads_swapped(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """np.swapaxes(0, 1) after attention fits no batch. Swap -2 and -3."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, 0, 1)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o
