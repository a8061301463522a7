"""Wrong versions of attention_weights(q, k, mask=None): mistakes in the scores."""

import numpy as np


def no_scale(q, k, mask=None):
    """The scores are not scaled. Divide them by sqrt(d), d = q.shape[-1]."""
    scores = q @ np.swapaxes(k, -1, -2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def divides_by_d(q, k, mask=None):
    """The scores are divided by d. Their standard deviation is sqrt(d): divide by that."""
    scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1]
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def multiplies_by_root_d(q, k, mask=None):
    """The scores are multiplied by sqrt(d). Divide."""
    scores = q @ np.swapaxes(k, -1, -2) * np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def root_of_n_q(q, k, mask=None):
    """The scores are divided by the root of the number of queries. Use q.shape[-1], which is d."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-2])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def root_of_n_k(q, k, mask=None):
    """The scores are divided by the root of the number of keys. Use k.shape[-1], which is d."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-2])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def root_of_first_axis(q, k, mask=None):
    """q.shape[0] is d for no array here. Use q.shape[-1]."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[0])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def root_of_twice_d(q, k, mask=None):
    """The variance of a score is d, not 2 d: each product of two unit numbers has variance 1."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(2 * q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def integer_root(q, k, mask=None):
    """The root of d is rounded down. Leave out int()."""
    scores = q @ np.swapaxes(k, -1, -2) / int(np.sqrt(q.shape[-1]))
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def fixed_scale(q, k, mask=None):
    """8 is the root of d = 64 only. Use np.sqrt(q.shape[-1])."""
    scores = q @ np.swapaxes(k, -1, -2) / 8
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def fourth_root(q, k, mask=None):
    """The fourth root of d belongs on q and on k. Divide the scores by sqrt(d)."""
    scores = q @ np.swapaxes(k, -1, -2) / q.shape[-1] ** 0.25
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def log_of_d(q, k, mask=None):
    """The scores are divided by log(d). Divide by sqrt(d)."""
    scores = q @ np.swapaxes(k, -1, -2) / np.log(max(q.shape[-1], 2))
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def rows_standardised(q, k, mask=None):
    """Each row is brought to standard deviation 1. Divide by sqrt(d), whatever the scores."""
    scores = q @ np.swapaxes(k, -1, -2)
    scores = scores / (scores.std(axis=-1, keepdims=True) + 1e-12)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def swapped(q, k, mask=None):
    """Queries and keys are swapped: rows have to be queries. Compute q @ swapaxes(k, -1, -2)."""
    scores = k @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def reshaped_keys(q, k, mask=None):
    """reshape does not transpose. Use np.swapaxes(k, -1, -2)."""
    turned = k.reshape(*k.shape[:-2], k.shape[-1], k.shape[-2])
    scores = q @ turned / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def all_axes_reversed(q, k, mask=None):
    """k.T reverses the leading axes too. Swap the last two: np.swapaxes(k, -1, -2)."""
    scores = q @ k.T / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def first_sequence_only(q, k, mask=None):
    """Only the first sequence is used. Let the leading axes broadcast."""
    q, k = (a.reshape(-1, *a.shape[-2:])[0] for a in (q, k))
    scores = q @ k.T / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def two_axes_only(q, k, mask=None):
    """einsum with two axes cannot take a batch. Write ... in front: '...qd,...kd->...qk'."""
    scores = np.einsum("qd,kd->qk", q, k) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def equal_leading_axes_only(q, k, mask=None):
    """zip pairs only as many sequences as both have. Let the leading axes broadcast with @."""
    if q.ndim == 2:
        scores = q @ k.T / np.sqrt(q.shape[-1])
    else:
        scores = np.array([a @ np.swapaxes(b, -1, -2) for a, b in zip(q, k, strict=False)])
        scores = scores / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def squared_scores(q, k, mask=None):
    """The scores are squared, so opposite vectors attract. Leave the sign."""
    scores = np.square(q @ np.swapaxes(k, -1, -2)) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def absolute_scores(q, k, mask=None):
    """The absolute value makes opposite vectors attract. Leave the sign."""
    scores = np.abs(q @ np.swapaxes(k, -1, -2)) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def negated_scores(q, k, mask=None):
    """The sign is flipped: a key like the query has to get the largest weight."""
    scores = -q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def cosine_similarity(q, k, mask=None):
    """Queries and keys are brought to length 1. Use the plain dot product over sqrt(d)."""
    q, k = (a / (np.linalg.norm(a, axis=-1, keepdims=True) + 1e-12) for a in (q, k))
    scores = q @ np.swapaxes(k, -1, -2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def distances(q, k, mask=None):
    """These are distances between q and k. Use dot products."""
    gaps = q[..., :, None, :] - k[..., None, :, :]
    scores = -np.square(gaps).sum(axis=-1) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def sum_of_q_and_k(q, k, mask=None):
    """The score is a dot product: multiply entry by entry, then sum."""
    total = q[..., :, None, :] + k[..., None, :, :]
    scores = total.sum(axis=-1) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def queries_with_themselves(q, k, mask=None):
    """The keys are not used. Compute q @ swapaxes(k, -1, -2)."""
    scores = q @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def keys_with_themselves(q, k, mask=None):
    """The queries are not used. Compute q @ swapaxes(k, -1, -2)."""
    scores = k @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def self_excluded(q, k, mask=None):
    """The diagonal is left out. A query may attend to itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if scores.shape[-1] == scores.shape[-2]:
        scores = np.where(np.eye(scores.shape[-1], dtype=bool), -1e30, scores)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def always_causal(q, k, mask=None):
    """A causal mask is applied that nobody asked for. Use `mask` only."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = np.where(np.tri(*scores.shape[-2:], dtype=bool), scores, -1e30)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def clipped_scores(q, k, mask=None):
    """Clipping makes different large scores equal. Subtract the maximum instead."""
    scores = np.clip(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]), -50, 50)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def scores_in_half_precision(q, k, mask=None):
    """float16 keeps three digits and ends at 65504. Leave the dtype alone."""
    scores = (q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])).astype(np.float16).astype(float)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def scores_in_dtype_of_q(q, k, mask=None):
    """Writing scores into an array of q's dtype truncates them for integers."""
    scores = np.zeros(
        np.broadcast_shapes(q.shape[:-1] + (1,), k.shape[:-2] + (1, k.shape[-2])), q.dtype
    )
    scores[...] = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def writes_into_q(q, k, mask=None):
    """`q /= ...` changes the caller's array. Write `q = q / ...`, which makes a new one."""
    if q.dtype.kind == "f":
        q /= np.sqrt(q.shape[-1])
    else:
        q = q / np.sqrt(q.shape[-1])
    scores = q @ np.swapaxes(k, -1, -2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def writes_into_k(q, k, mask=None):
    """`k *= ...` changes the caller's array. Write `k = k * ...`, which makes a new one."""
    k *= 1 if k.dtype.kind == "i" else 0.5
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores * (1 if k.dtype.kind == "i" else 2)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def self_excluded_if_keys_are_queries(q, k, mask=None):
    """The diagonal is left out when the keys are the queries. A token may attend to itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if np.array_equal(q, k):
        scores = np.where(np.eye(scores.shape[-1], dtype=bool), -1e30, scores)
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)
