"""Wrong versions of attention_weights(q, k, mask=None): kinds of mask not thought of."""

import numpy as np


def truth_of_mask(q, k, mask=None):
    """An array has no single truth value. Ask `mask is not None`; invert with `~mask`."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask:
        scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def product_with_none(q, k, mask=None):
    """mask can be None, and None cannot be multiplied. Treat that case first."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) * mask


def two_axes_of_mask(q, k, mask=None):
    """A mask of one axis is meant for all queries. np.where(mask, scores, -1e30) broadcasts it."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask[..., :, :]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def mask_key_by_key(q, k, mask=None):
    """A mask of one column is meant for all keys. np.where(mask, scores, -1e30) broadcasts it."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        for j in range(k.shape[-2]):
            scores[..., j] = np.where(mask[..., j], scores[..., j], -1e30)
    mask = True if mask is None else mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def mask_of_three_axes_for_sequences(q, k, mask=None):
    """A mask broadcasts from the right: its third axis from the end belongs to the last of the
    leading axes. Add no axis to it.
    """
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    if q.ndim == 4 and np.ndim(mask) == 3:
        mask = mask[:, None]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def mask_of_first_head(q, k, mask=None):
    """The mask of the first head serves all. Each head may have one of its own."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    if np.ndim(mask) == 4:
        mask = mask[:, :1]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def square_keys_turned(q, k, mask=None):
    """With as many keys as features, the keys stay as they are. Turn them whatever the sizes."""
    turned = k if k.shape[-1] == k.shape[-2] else np.swapaxes(k, -1, -2)
    scores = q @ turned / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
