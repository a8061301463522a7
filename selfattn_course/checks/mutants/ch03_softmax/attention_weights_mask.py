"""Wrong versions of attention_weights(q, k, mask=None): mistakes with the mask."""

import numpy as np


def mask_ignored(q, k, mask=None):
    """The mask is not used. Forbidden keys have to get weight 0."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def mask_inverted(q, k, mask=None):
    """The mask is used the wrong way round: True means that the query may attend."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else ~mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def mask_transposed(q, k, mask=None):
    """The mask is transposed: its rows are queries, its columns keys."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else np.swapaxes(mask, -1, -2)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def masked_scores_zero(q, k, mask=None):
    """A forbidden score of 0 still gets the weight exp(0). Use -np.inf, or -1e30."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, 0)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def masked_scores_minus_10(q, k, mask=None):
    """exp(-10) is not 0, and other scores may be lower. Use -np.inf, or -1e30."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -10.0)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def masked_scores_minus_100(q, k, mask=None):
    """A score of -100 wins where the allowed ones are lower still. Use -np.inf, or -1e30."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -100.0)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def masked_scores_minus_10000(q, k, mask=None):
    """A score of -10000 wins where the allowed ones are lower still. Use -np.inf, or -1e30."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -1e4)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def masked_scores_minus_10000_and_zero_row(q, k, mask=None):
    """A score that low still wins where the allowed ones are lower. Use -np.inf, or -1e30."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask
    scores = np.where(mask, scores, -1e4)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def masked_scores_just_below(q, k, mask=None):
    """A forbidden key keeps a tiny weight, and huge values show through. Make it exactly 0."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    low = scores.min(axis=-1, keepdims=True) - 20
    scores = scores if mask is None else np.where(mask, scores, low)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    empty = False if mask is None else ~mask.any(axis=-1, keepdims=True)
    return np.where(empty, 0, e / e.sum(axis=-1, keepdims=True))


def huge_negative_without_zero_row(q, k, mask=None):
    """A query that may attend to nothing gets equal weights. Multiply the weights by the mask."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -1e9)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def huge_negative_added_without_zero_row(q, k, mask=None):
    """A query that may attend to nothing ignores its mask. Multiply the weights by the mask."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else scores + np.where(mask, 0.0, -1e9)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def minus_infinity_without_zero_row(q, k, mask=None):
    """A row of minus infinities gives NaN. Use -1e30, then multiply the weights by the mask."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def small_negative_added(q, k, mask=None):
    """Adding a number does not beat a forbidden score that is larger. Replace forbidden scores."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else scores + np.where(mask, 0.0, -1e4)
    mask = True if mask is None else mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def zero_times_infinity(q, k, mask=None):
    """0 * inf is NaN. Choose with np.where(mask, scores, -1e30)."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else scores + (1.0 - mask) * -np.inf
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def after_softmax(q, k, mask=None):
    """Masked after the softmax, rows do not sum to 1. Mask the scores, before the softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) * (1 if mask is None else mask)


def after_softmax_renormalised(q, k, mask=None):
    """A forbidden key with a huge score takes all the weight. Mask before the softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True) * (1 if mask is None else mask)
    total = weights.sum(axis=-1, keepdims=True)
    return weights / np.where(total == 0, 1, total)


def after_softmax_renormalised_with_nan(q, k, mask=None):
    """A row sum of 0 gives NaN. Mask the scores, and multiply the weights by the mask."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True) * (1 if mask is None else mask)
    return weights / weights.sum(axis=-1, keepdims=True)


def maximum_over_forbidden_keys(q, k, mask=None):
    """A forbidden key with a huge score takes all the weight. Mask before the softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * (1 if mask is None else mask)
    return e / (e.sum(axis=-1, keepdims=True) + 1e-12)


def mask_added(q, k, mask=None):
    """Adding True adds 1 to the allowed scores. Replace the forbidden ones by -1e30."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else scores + mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def mask_multiplied_into_weights_only_once(q, k, mask=None):
    """The sum counts forbidden keys. Mask the scores, before the softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    total = np.exp(scores - scores.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True)
    scores = scores if mask is None else np.where(mask, scores, 0)
    return np.exp(scores - scores.max(axis=-1, keepdims=True)) / total


def keys_forbidden_to_any_query(q, k, mask=None):
    """A key that one query may not see is hidden from all. Use the mask entry by entry."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask.all(axis=-2, keepdims=True)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def keys_allowed_to_any_query(q, k, mask=None):
    """A key that one query may see is shown to all. Use the mask entry by entry."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask.any(axis=-2, keepdims=True)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def always_the_causal_mask(q, k, mask=None):
    """The mask given is replaced by a causal one. Use the mask itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else np.tri(*scores.shape[-2:], dtype=bool)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def causal_mask_added(q, k, mask=None):
    """Besides the mask, keys after the query are forbidden. Use the mask alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask & np.tri(*scores.shape[-2:], dtype=bool)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def diagonal_forbidden(q, k, mask=None):
    """The mask is applied and the diagonal left out. A query may attend to itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask & ~np.eye(*scores.shape[-2:], dtype=bool)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def diagonal_allowed(q, k, mask=None):
    """The diagonal is allowed whatever the mask says. Use the mask alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask | np.eye(*scores.shape[-2:], dtype=bool)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def mask_of_first_sequence(q, k, mask=None):
    """The mask of the first sequence is used for all. Let the leading axes broadcast."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask.reshape(-1, *mask.shape[-2:])[0]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def mask_of_first_query(q, k, mask=None):
    """The mask of the first query is used for all. Use it row by row."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask[..., :1, :]
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def first_key_for_empty_row(q, k, mask=None):
    """A query that may attend to nothing gets the first key. Its weights have to be 0."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = np.ones(scores.shape, bool) if mask is None else mask & np.ones(scores.shape, bool)
    mask[..., 0] |= ~mask.any(axis=-1)
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def mask_needs_all_axes(q, k, mask=None):
    """This needs a mask of the full shape. Use np.where, which broadcasts."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.copy()
        scores[~mask] = -1e30
    mask = True if mask is None else mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def writes_into_mask(q, k, mask=None):
    """`mask ^= True` changes the caller's mask. Write `~mask`, which makes a new one."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        mask ^= True
        scores = np.where(mask, -1e30, scores)
    allowed = True if mask is None else ~mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * allowed
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def nothing_masked_if_any_row_empty(q, k, mask=None):
    """One empty row switches the mask off for all. Treat each row by itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None or not mask.any(axis=-1).all() else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def all_zero_if_any_row_empty(q, k, mask=None):
    """One empty row sets all weights to 0. Treat each row by itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None else mask & mask.any(axis=-1).all()
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def zero_scores_taken_for_masked(q, k, mask=None):
    """A score that happens to be 0 is taken for a forbidden one. Use the mask itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else scores * mask
    mask = True if mask is None else scores != 0
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def mask_of_other_shape_ignored(q, k, mask=None):
    """A mask of another shape than the scores is not used. It has to broadcast."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    mask = True if mask is None or mask.shape != scores.shape else mask
    scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def zeros_only_if_all_empty(q, k, mask=None):
    """Zeros come out only if the whole mask is False. Treat each row by itself."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None and not mask.any():
        return np.zeros(scores.shape)
    scores = scores if mask is None else np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def empty_rows_of_first_sequence_only(q, k, mask=None):
    """Only the first sequence gets zeros where nothing is allowed. Treat all rows alike."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    if mask is not None:
        first = weights if weights.ndim == 2 else weights[0]
        first *= np.broadcast_to(mask, weights.shape)[(0,) * (weights.ndim > 2)]
    return weights


def half_precision_minimum_added(q, k, mask=None):
    """Adding a number does not beat a forbidden score that is larger. Replace forbidden scores."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else scores + np.where(mask, 0.0, -65504.0)
    mask = True if mask is None else mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1e-30)


def where_swapped(q, k, mask=None):
    """np.where takes the value for True first: np.where(mask, scores, -1e30)."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else np.where(mask, -1e30, scores)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) * (True if mask is None else mask)
