"""Wrong versions of multi_head_attention: the axes of the mask."""

import numpy as np


def mask_of_first_head_for_all(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All heads use the mask of head 0. A mask may differ from head to head."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else np.broadcast_to(mask, scores.shape)[..., :1, :, :]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def mask_of_last_head_for_all(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All heads use the mask of the last head. A mask may differ from head to head."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else np.broadcast_to(mask, scores.shape)[..., -1:, :, :]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def mask_of_first_sequence_for_all(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All sequences use the mask of the first. A mask may differ from sequence to sequence."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else np.broadcast_to(mask, scores.shape)
    if mask is not True and mask.ndim > 3:
        mask = mask.reshape(-1, *mask.shape[-3:])[0]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def mask_of_first_query_for_all(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """All queries use the mask of query 0. A mask may differ from query to query."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else np.broadcast_to(mask, scores.shape)[..., :1, :]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def axis_for_heads_always_added(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """An axis for the heads is put into every mask. It broadcasts to (..., h, n_q,
    n_k) as it is.
    """

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask[..., None, :, :]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def axis_for_heads_added_to_three(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """A mask of three axes gets one more. It has the heads on its first already."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = np.array(True) if mask is None else mask
    mask = mask[:, None] if mask.ndim == 3 else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def mask_of_two_axes_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """A mask is used only if it has two axes. It may be any that broadcasts."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None or mask.ndim != 2 else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def mask_transposed(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """The mask is transposed where it is square. Rows are queries, columns are keys."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = np.array(True) if mask is None else mask
    if mask.ndim > 1 and mask.shape[-1] == mask.shape[-2]:
        mask = np.swapaxes(mask, -1, -2)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def mask_in_first_head_only(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Only head 0 is masked. The mask holds for all heads."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = np.broadcast_to(True if mask is None else mask, scores.shape).copy()
    mask[..., 1:, :, :] = True
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def causal_whenever_masked(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """A causal mask is used whatever the mask says. Use the mask given."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else np.tri(*scores.shape[-2:], dtype=bool)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def always_causal(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Later keys are hidden even without a mask. Only the mask hides keys."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = np.tri(*scores.shape[-2:], dtype=bool) & (True if mask is None else mask)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o


def no_mask_raises(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """mask can be None, and None cannot be used like an array."""

    def split(x):
        return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)

    q, k, v = split(x_q @ w_q), split(x_kv @ w_k), split(x_kv @ w_v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = mask.astype(bool)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    heads = np.swapaxes(weights @ v, -2, -3)
    return heads.reshape(*heads.shape[:-2], -1) @ w_o
