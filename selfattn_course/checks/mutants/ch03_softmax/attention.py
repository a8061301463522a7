"""Wrong versions of attention(q, k, v, mask=None)."""

import numpy as np


def no_scale(q, k, v, mask=None):
    """The scores are not scaled by 1 / sqrt(d). Use your own attention_weights."""
    scores = q @ np.swapaxes(k, -1, -2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def divides_by_d(q, k, v, mask=None):
    """The scores are divided by d, not sqrt(d). Use your own attention_weights."""
    scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1]
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def root_of_d_v(q, k, v, mask=None):
    """The scores are divided by the root of d_v, the width of the values. Use d = q.shape[-1]."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(v.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def root_of_n_k(q, k, v, mask=None):
    """The scores are divided by the root of the number of keys. Use d = q.shape[-1]."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-2])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def queries_and_keys_swapped(q, k, v, mask=None):
    """Queries and keys are swapped: the result has one row for each query."""
    scores = k @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def values_used_as_keys(q, k, v, mask=None):
    """The scores come from q and v. Compare queries with keys, then average values."""
    scores = q @ np.swapaxes(v, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def keys_averaged(q, k, v, mask=None):
    """The keys are averaged. The weights come from the keys, the average is of the values."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ k


def weights_transposed(q, k, v, mask=None):
    """The weights are transposed. Row i of weights @ v is the result of query i."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return np.swapaxes(weights, -1, -2) @ v


def weights_returned(q, k, v, mask=None):
    """These are the weights. Multiply them by the values: weights @ v."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights


def plain_mean(q, k, v, mask=None):
    """The values are averaged with equal weights. Use weights @ v."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return (weights > -1) / v.shape[-2] @ v


def value_of_best_key(q, k, v, mask=None):
    """Each query takes the value of its best key. Average all values by weight."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    best = scores == scores.max(axis=-1, keepdims=True)
    best = best * mask / best.sum(axis=-1, keepdims=True)
    return best @ v


def result_transposed(q, k, v, mask=None):
    """The result is transposed. It has one row for each query."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return np.swapaxes(weights @ v, -1, -2)


def summed_over_queries(q, k, v, mask=None):
    """The results of all queries are added up. Keep one row for each."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return (weights @ v).sum(axis=-2)


def result_scaled(q, k, v, mask=None):
    """The result is divided by sqrt(d) once more. Only the scores are scaled."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v / np.sqrt(q.shape[-1])


def queries_added(q, k, v, mask=None):
    """The queries are added to the result where the widths agree. Return weights @ v alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    out = weights @ v
    return out + q if out.shape == q.shape else out


def values_normalised(q, k, v, mask=None):
    """The values are brought to length 1. Average them as they are."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ (v / (np.linalg.norm(v, axis=-1, keepdims=True) + 1e-12))


def values_centred(q, k, v, mask=None):
    """The mean is taken out of the values. Average them as they are."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ (v - v.mean(axis=-2, keepdims=True))


def first_value_only(q, k, v, mask=None):
    """Only the first value column is used."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v[..., :1]


def values_of_first_sequence(q, k, v, mask=None):
    """The values of the first sequence are used for all. Let the leading axes broadcast."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v.reshape(-1, *v.shape[-2:])[0]


def entry_by_entry(q, k, v, mask=None):
    """`*` multiplies entry by entry. Use the matrix product @."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights * v


def two_axes_only(q, k, v, mask=None):
    """einsum with two axes cannot take a batch. Use @, or write ... in front."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return np.einsum("qk,kd->qd", weights, v)


def dot_instead_of_matmul(q, k, v, mask=None):
    """np.dot pairs every sequence with every other. Use @, which goes sequence by sequence."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return np.dot(weights, v)


def half_precision(q, k, v, mask=None):
    """float16 keeps three digits. Leave the dtype alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return (weights @ v).astype(np.float16)


def in_dtype_of_v(q, k, v, mask=None):
    """Integer values make something an integer array here. Let NumPy choose the dtype."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return (weights @ v).astype(v.dtype)


def weights_in_dtype_of_v(q, k, v, mask=None):
    """Integer values make something an integer array here. Let NumPy choose the dtype."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights.astype(v.dtype) @ v


def writes_into_v(q, k, v, mask=None):
    """`v *= ...` changes the caller's values. Return weights @ v, and leave v alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    v *= 2
    return weights @ v / 2


def result_in_q(q, k, v, mask=None):
    """The result is written into q where it fits. Return a new array."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    out = weights @ v
    if out.shape == q.shape and q.dtype.kind == "f":
        q[...] = out
    return out


def weights_and_result(q, k, v, mask=None):
    """Return the result alone, not the weights with it."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v, weights


def softmax_over_queries(q, k, v, mask=None):
    """The weights sum to 1 over the queries. Softmax along the last axis."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-2, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-2, keepdims=True), 1e-30)
    return weights @ v


def not_normalised(q, k, v, mask=None):
    """The weights do not sum to 1. Use your own attention_weights."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return weights @ v


def without_maximum(q, k, v, mask=None):
    """exp overflows above 709. Use your own attention_weights."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def global_maximum(q, k, v, mask=None):
    """One maximum for all rows makes low rows vanish. Use your own attention_weights."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max()) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v


def linear(q, k, v, mask=None):
    """There is no softmax: the scores themselves weigh the values."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else scores * mask
    return scores @ v


def axes_of_size_one_dropped(q, k, v, mask=None):
    """np.squeeze drops every axis of size 1. Return weights @ v as it is."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return np.squeeze(weights @ v)


def values_transposed(q, k, v, mask=None):
    """The values are transposed. Row j of v belongs to key j: weights @ v."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return weights @ v.T


def factors_reversed(q, k, v, mask=None):
    """The order is reversed: weights @ v."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
    return v @ weights
