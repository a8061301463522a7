"""Wrong versions of cross_attention(x_q, x_kv, w_q, w_k, w_v): scores and softmax."""

import numpy as np


def no_scale(x_q, x_kv, w_q, w_k, w_v):
    """The scores are not scaled by 1 / sqrt(d). Use your own dot_scores."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def divided_by_d(x_q, x_kv, w_q, w_k, w_v):
    """The scores are divided by d. Divide by its root."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1]
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def root_of_model_width(x_q, x_kv, w_q, w_k, w_v):
    """d is the size of a query, q.shape[-1], not the width of the embeddings."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(x_q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def root_of_d_v(x_q, x_kv, w_q, w_k, w_v):
    """The scores are divided by the root of the width of the values. Use d = q.shape[-1]."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(v.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def root_of_n_k(x_q, x_kv, w_q, w_k, w_v):
    """d is the size of a query, q.shape[-1], not the number of keys."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-2])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def root_of_second_axis(x_q, x_kv, w_q, w_k, w_v):
    """With a batch, q.shape[1] is the number of queries. The size d is q.shape[-1]."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def scaled_after_the_softmax(x_q, x_kv, w_q, w_k, w_v):
    """The weights are divided by sqrt(d). The scores have to be, before the softmax."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights / np.sqrt(q.shape[-1]) @ v


def softmax_over_queries(x_q, x_kv, w_q, w_k, w_v):
    """The weights sum to 1 over the queries. Softmax along the last axis."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-2, keepdims=True))
    weights = e / e.sum(axis=-2, keepdims=True)
    return weights @ v


def softmax_over_first_axis(x_q, x_kv, w_q, w_k, w_v):
    """The softmax runs along axis 0. Keys are on the last axis."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=0, keepdims=True))
    weights = e / e.sum(axis=0, keepdims=True)
    return weights @ v


def softmax_over_axis_1(x_q, x_kv, w_q, w_k, w_v):
    """The softmax runs along axis 1, which is the queries of a batch. Keys are on the
    last axis.
    """
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = e / e.sum(axis=1, keepdims=True)
    return weights @ v


def softmax_over_all(x_q, x_kv, w_q, w_k, w_v):
    """All weights of a sequence sum to 1. Each row has to."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=(-2, -1), keepdims=True))
    weights = e / e.sum(axis=(-2, -1), keepdims=True)
    return weights @ v


def no_softmax(x_q, x_kv, w_q, w_k, w_v):
    """The scores weigh the values. Take the softmax first."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    return scores @ v


def not_normalised(x_q, x_kv, w_q, w_k, w_v):
    """The weights do not sum to 1. Divide by the sum of each row."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e
    return weights @ v


def divided_by_sum_of_scores(x_q, x_kv, w_q, w_k, w_v):
    """Scores divided by their sum are no softmax. Apply exp first."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = scores
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def without_maximum(x_q, x_kv, w_q, w_k, w_v):
    """exp overflows above 709. Subtract the maximum of each row: use the softmax given."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores)
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def global_maximum(x_q, x_kv, w_q, w_k, w_v):
    """One maximum for all rows makes low rows vanish. Subtract the maximum of each row."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max())
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def maximum_of_size(x_q, x_kv, w_q, w_k, w_v):
    """The maximum of |score| is subtracted. Negative scores vanish; take the maximum itself."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - np.abs(scores).max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def scores_clipped(x_q, x_kv, w_q, w_k, w_v):
    """Large scores are cut off. Subtract the maximum instead: use the softmax given."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(np.clip(scores, -50, 50))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def a_single_value_column_dropped(x_q, x_kv, w_q, w_k, w_v):
    """Values of size 1 lose their axis. The result has shape (..., n_q, d_v) for d_v = 1 too."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    out = e / e.sum(axis=-1, keepdims=True) @ v
    return out[..., 0] if out.shape[-1] == 1 else out
