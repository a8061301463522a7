"""Wrong versions of online_update(top, total, out, scores, v): rows without a key, and masks."""

import numpy as np


def plain_formula(top, total, out, scores, v):
    """-inf - -inf is NaN. Where a row has seen no key yet, subtract 0 instead of its top."""
    new_top = np.maximum(top, scores.max(axis=-1))
    shrink, e = np.exp(top - new_top), np.exp(scores - new_top[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def infinities_replaced_in_the_result(top, total, out, scores, v):
    """A row without a key keeps the top -inf: a later score far below 0 has to win over it."""
    new_top = np.maximum(top, scores.max(axis=-1))
    new_top = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - new_top), np.exp(scores - new_top[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def large_number_for_infinity(top, total, out, scores, v):
    """-1e30 in place of -inf is a score like others: exp(-1e30 + 1e30) = 1 lets masked keys in."""
    top, scores = np.maximum(top, -1e30), np.maximum(scores, -1e30)
    new_top = np.maximum(top, scores.max(axis=-1))
    shrink, e = np.exp(top - new_top), np.exp(scores - new_top[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def masked_scores_as_zero(top, total, out, scores, v):
    """A masked key has the score -inf and the weight 0. A score of 0 is not nothing."""
    scores = np.where(np.isneginf(scores), 0.0, scores)
    new_top = np.maximum(top, scores.max(axis=-1))
    shrink, e = np.exp(top - new_top), np.exp(scores - new_top[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def first_tile_starts_from_zero(top, total, out, scores, v):
    """A row that has seen no key has no top yet. With 0 in its place, low scores underflow."""
    old = np.where(np.isneginf(top), 0.0, top)
    new_top = np.maximum(old, scores.max(axis=-1))
    shrink, e = np.exp(old - new_top), np.exp(scores - new_top[..., None])
    new_total = total * shrink + e.sum(axis=-1)
    return new_top, new_total, out * shrink[..., None] + e @ v


def nan_to_zero_in_exponents(top, total, out, scores, v):
    """NaN replaced before exp becomes exp(0) = 1: a masked key then counts fully."""
    new_top = np.maximum(top, scores.max(axis=-1))
    shrink = np.exp(np.nan_to_num(top - new_top, nan=0.0, neginf=-np.inf))
    e = np.exp(np.nan_to_num(scores - new_top[..., None], nan=0.0, neginf=-np.inf))
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def masked_rows_reset(top, total, out, scores, v):
    """A tile that is masked for a query changes nothing: keep what it has gathered."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    seen = ~np.isneginf(scores.max(axis=-1))
    return (
        np.where(seen, new_top, -np.inf),
        np.where(seen, total * shrink + e.sum(axis=-1), 0.0),
        np.where(seen[..., None], out * shrink[..., None] + e @ v, 0.0),
    )


def any_masked_row_stops_all(top, total, out, scores, v):
    """One query that may see nothing must not stop the others."""
    if np.isneginf(scores.max(axis=-1)).any():
        return top, total, out
    new_top = np.maximum(top, scores.max(axis=-1))
    shrink, e = np.exp(top - new_top), np.exp(scores - new_top[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def only_whole_masked_tiles(top, total, out, scores, v):
    """-inf - -inf is NaN in single rows too, not only where the whole tile is masked."""
    if np.isneginf(scores).all():
        return top, total, out
    new_top = np.maximum(top, scores.max(axis=-1))
    shrink, e = np.exp(top - new_top), np.exp(scores - new_top[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def first_tile_for_all_rows_at_once(top, total, out, scores, v):
    """Some rows may have seen keys while others have not. Decide row by row."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e = np.exp(scores - base[..., None])
    if np.isneginf(top).any():
        return new_top, e.sum(axis=-1), e @ v
    shrink = np.exp(top - base)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def total_at_least_one(top, total, out, scores, v):
    """A row without a key has the total 0. Guard the division at the very end instead."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total = np.maximum(total * shrink + e.sum(axis=-1), 1.0)
    return new_top, new_total, out * shrink[..., None] + e @ v


def one_top_for_all_rows(top, total, out, scores, v):
    """Each row has a top of its own: take the maximum along the last axis only."""
    new_top = np.full_like(top, max(top.max(), scores.max()), dtype=float)
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def one_reference_for_all_rows(top, total, out, scores, v):
    """The sums refer to one maximum for all rows. Refer each row to its own new top."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = new_top.max() if np.isfinite(new_top.max()) else 0.0
    shrink, e = np.exp(top - base), np.exp(scores - base)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def one_factor_for_all_rows(top, total, out, scores, v):
    """Each row shrinks by a factor of its own."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base).max(), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink + e @ v


def top_of_the_first_row(top, total, out, scores, v):
    """Each row has a top of its own, not that of the first."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e = np.exp(scores - base[..., :1, None])
    shrink = np.exp(top - base)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def one_top_for_the_batch(top, total, out, scores, v):
    """Sequences of a batch have nothing in common: take the maximum along the last axis only."""
    new_top = np.maximum(top, scores.max(axis=-1))
    if scores.ndim > 2:
        new_top = np.broadcast_to(new_top.max(axis=0), new_top.shape)
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def last_query_dropped(top, total, out, scores, v):
    """The last row is left as it was."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total, new_out = total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v
    new_total[..., -1], new_out[..., -1, :] = total[..., -1], out[..., -1, :]
    return new_top, new_total, new_out


def last_key_dropped(top, total, out, scores, v):
    """The last key of the tile is left out of the sums."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    e[..., -1] = 0
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def causal(top, total, out, scores, v):
    """Nothing is masked beyond the scores of -inf: every row sees every key of the tile."""
    scores = np.where(np.tri(*scores.shape[-2:], dtype=bool), scores, -np.inf)
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def far_rises_lose_the_rest(top, total, out, scores, v):
    """A rise of the top by 8 leaves exp(-8) of the old sums, which still counts."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    shrink = np.where(base - top > 1, 0.0, shrink)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v
