"""Wrong versions of attention_weights(q, k, mask=None): mistakes in the softmax."""

import numpy as np


def softmax_over_queries(q, k, mask=None):
    """The weights sum to 1 over the queries. Each row has to: softmax along the last axis."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-2, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-2, keepdims=True), 1e-30)


def softmax_over_axis_one(q, k, mask=None):
    """Axis 1 holds the keys only without a batch. Softmax along axis -1."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=1, keepdims=True), 1e-30)


def softmax_over_axis_zero(q, k, mask=None):
    """Axis 0 is the batch or the queries. Softmax along axis -1."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=0, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=0, keepdims=True), 1e-30)


def softmax_over_everything(q, k, mask=None):
    """All the weights together sum to 1. Each row has to: softmax along the last axis."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max()) * mask
    return e / np.maximum(e.sum(), 1e-30)


def sum_over_everything(q, k, mask=None):
    """The total runs over all weights. Sum along the last axis, with keepdims=True."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(), 1e-30)


def weights_transposed(q, k, mask=None):
    """The weights are transposed: row i has to hold the weights of query i."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return np.swapaxes(weights, -1, -2)


def sum_without_keepdims(q, k, mask=None):
    """The sums lost an axis, so they line up with the wrong one. Use keepdims=True in sum."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1), 1e-30)


def without_maximum(q, k, mask=None):
    """exp overflows above 709. Use your own softmax, which subtracts the maximum."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def global_maximum(q, k, mask=None):
    """One maximum for all rows makes low rows vanish. Use your own softmax, along the last axis."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max()) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def maximum_of_each_column(q, k, mask=None):
    """The maximum is taken over the queries. Take it along the last axis."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-2, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def not_normalised(q, k, mask=None):
    """The rows do not sum to 1 yet. Divide by their sum."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e


def scores_returned(q, k, mask=None):
    """These are the scores. Apply softmax to them."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    return scores * mask


def without_exp(q, k, mask=None):
    """The scores are divided by their sum, which can be 0 or negative. Use softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    return scores * mask / (scores * mask).sum(axis=-1, keepdims=True)


def hard_maximum(q, k, mask=None):
    """All the weight goes to the best key. Softmax gives every allowed key a share."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = (scores == scores.max(axis=-1, keepdims=True)) * mask * 1.0
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def uniform(q, k, mask=None):
    """All weights are equal. They have to follow the scores: use softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.ones(scores.shape) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def sigmoid_shares(q, k, mask=None):
    """Shares of the sigmoid do not grow like exp. Use softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = mask / (1 + np.exp(-scores))
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def sigmoid(q, k, mask=None):
    """A sigmoid looks at each score alone, and rows do not sum to 1. Use softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    return mask / (1 + np.exp(-scores))


def rectified(q, k, mask=None):
    """Negative scores get weight 0 here. Use softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = (np.maximum(scores, 0) + 1e-9) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def base_two(q, k, mask=None):
    """Powers of 2 give flatter weights. Use np.exp, not np.exp2."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp2(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def logarithm(q, k, mask=None):
    """These are logs of the weights. Return the weights."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    z = scores - scores.max(axis=-1, keepdims=True)
    return (z - np.log(np.exp(z).sum(axis=-1, keepdims=True))) * mask


def twice(q, k, mask=None):
    """This is the softmax of a softmax. Apply it once."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    e = np.exp(e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def scale_after_softmax(q, k, mask=None):
    """The weights are divided by sqrt(d). Scale the scores, before the softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp((scores - scores.max(axis=-1, keepdims=True)) * np.sqrt(q.shape[-1])) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights / np.sqrt(q.shape[-1])


def one_in_the_sum(q, k, mask=None):
    """The 1 in the sum is one more key with score 0. Divide by the sum of exp alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / (e.sum(axis=-1, keepdims=True) + 1)


def constant_in_the_sum(q, k, mask=None):
    """A constant added to the sum changes the weights. Treat a row of zeros by itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / (e.sum(axis=-1, keepdims=True) + 1e-5)


def half_precision(q, k, mask=None):
    """float16 keeps three digits. Leave the dtype alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return (e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)).astype(np.float16)


def in_dtype_of_q(q, k, mask=None):
    """The weights have the dtype of q, so integers turn them into 0. Let NumPy choose the dtype."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return (e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)).astype(q.dtype)


def rounded(q, k, mask=None):
    """The weights are rounded. Return them as they are."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return np.round(e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30), 4)


def small_weights_dropped(q, k, mask=None):
    """Small weights are set to 0. Softmax keeps them."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    e = np.where(e < 1e-3, 0, e)
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def averaged_over_batch(q, k, mask=None):
    """The weights are averaged over the leading axes. Every sequence has its own."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights.mean(axis=tuple(range(weights.ndim - 2)), keepdims=True) + 0 * weights


def symmetric(q, k, mask=None):
    """The weights are made symmetric. Query i to key j and j to i have weights of their own."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    if weights.shape[-1] != weights.shape[-2]:
        return weights
    return (weights + np.swapaxes(weights, -1, -2)) / 2
