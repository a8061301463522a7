"""Wrong versions of attention(q, k, v, mask=None): mistakes with the mask."""

import numpy as np


def mask_ignored(q, k, v, mask=None):
    """The mask is not used. Pass it to attention_weights."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def mask_inverted(q, k, v, mask=None):
    """The mask is used the wrong way round: True means that the query may attend."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else ~mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def always_causal(q, k, v, mask=None):
    """A causal mask is applied that nobody asked for. Use `mask` only."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    causal = np.tri(*scores.shape[-2:], dtype=bool)
    mask = causal if mask is None else mask & causal
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def mask_on_values(q, k, v, mask=None):
    """The mask hides values, but forbidden keys keep their weight. Mask the scores."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights if mask is None else weights * mask) @ v


def forbidden_scores_zero(q, k, v, mask=None):
    """A forbidden score of 0 still gets the weight exp(0). Use your own attention_weights."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, 0)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def forbidden_scores_minus_10(q, k, v, mask=None):
    """exp(-10) is not 0, and a huge value shows through. Use your own attention_weights."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -10)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def mean_for_empty_row(q, k, v, mask=None):
    """A query that may attend to nothing gets the mean value. Its result has to be 0."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -1e9)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def nan_for_empty_row(q, k, v, mask=None):
    """A query that may attend to nothing gets NaN. Its result has to be 0."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def query_for_empty_row(q, k, v, mask=None):
    """A query that may attend to nothing returns itself, or ones. Its result has to be 0."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    out = weights @ v
    empty = e.sum(axis=-1, keepdims=True) == 0
    return np.where(empty, q if q.shape == out.shape else 1.0, out)
