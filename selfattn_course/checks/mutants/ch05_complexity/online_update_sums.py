"""Wrong versions of online_update(top, total, out, scores, v): maxima, factors and sums."""

import numpy as np


def total_not_rescaled(top, total, out, scores, v):
    """The old total refers to the old top. Multiply it by exp(old top - new top)."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e = np.exp(scores - base[..., None])
    shrink = np.exp(top - base)[..., None]
    return new_top, total + e.sum(axis=-1), out * shrink + e @ v


def out_not_rescaled(top, total, out, scores, v):
    """The old out refers to the old top. Multiply it by exp(old top - new top)."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e = np.exp(scores - base[..., None])
    return new_top, total * np.exp(top - base) + e.sum(axis=-1), out + e @ v


def nothing_rescaled(top, total, out, scores, v):
    """Old total and out refer to the old top, so keep it until both are multiplied by
    exp(old top - new top)."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e = np.exp(scores - base[..., None])
    return new_top, total + e.sum(axis=-1), out + e @ v


def factor_inverted(top, total, out, scores, v):
    """The factor is exp(old top - new top), 1 or below, not its inverse."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e = np.exp(scores - base[..., None])
    grow = np.where(np.isneginf(top), 0.0, np.exp(base - top))
    return new_top, total * grow + e.sum(axis=-1), out * grow[..., None] + e @ v


def factor_squared(top, total, out, scores, v):
    """out is rescaled twice. Multiply it by exp(old top - new top) once."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] ** 2 + e @ v


def everything_rescaled(top, total, out, scores, v):
    """The tile's part refers to the new top already. Rescale only what was there before."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total = (total + e.sum(axis=-1)) * shrink
    return new_top, new_total, (out + e @ v) * shrink[..., None]


def tile_relative_to_its_own_top(top, total, out, scores, v):
    """The tile's exponentials refer to the tile's maximum. Subtract the new top instead."""
    tile_top = scores.max(axis=-1)
    new_top = np.maximum(top, tile_top)
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    tile_base = np.where(np.isneginf(tile_top), 0.0, tile_top)
    shrink, e = np.exp(top - base), np.exp(scores - tile_base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def top_of_the_tile(top, total, out, scores, v):
    """The old top may be larger than the tile's. Take the maximum of both."""
    new_top = scores.max(axis=-1)
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def top_never_moves(top, total, out, scores, v):
    """The top stays where it was. Raise it to the tile's maximum where that is larger."""
    base = np.where(np.isneginf(top), 0.0, top)
    e = np.exp(scores - base[..., None])
    return top, total + e.sum(axis=-1), out + e @ v


def old_top_returned(top, total, out, scores, v):
    """The first result is the old top. Return the new one, which both sums refer to."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def nothing_subtracted(top, total, out, scores, v):
    """exp(scores) overflows above 709, and total would not refer to the top. Subtract it."""
    e = np.exp(scores)
    return np.maximum(top, scores.max(axis=-1)), total + e.sum(axis=-1), out + e @ v


def by_plain_exponentials(top, total, out, scores, v):
    """exp(top) overflows above 709. Only differences from the new top are safe."""
    new_top = np.maximum(top, scores.max(axis=-1))
    e, scale = np.exp(scores), np.exp(new_top)
    scale = np.where(scale == 0, 1.0, scale)
    new_total = (total * np.exp(top) + e.sum(axis=-1)) / scale
    return new_top, new_total, (out * np.exp(top)[..., None] + e @ v) / scale[..., None]


def smallest_score(top, total, out, scores, v):
    """The top is the largest score so far, not the smallest."""
    new_top = np.minimum(top, scores.min(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def mean_score(top, total, out, scores, v):
    """The top is the largest score so far, not their mean."""
    new_top = np.maximum(top, scores.mean(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def first_score(top, total, out, scores, v):
    """The largest score of the tile need not come first."""
    new_top = np.maximum(top, scores[..., 0])
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def last_score(top, total, out, scores, v):
    """The largest score of the tile need not come last."""
    new_top = np.maximum(top, scores[..., -1])
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def largest_in_size(top, total, out, scores, v):
    """-5 is larger in size than 1 but is no maximum. Leave the signs alone."""
    new_top = np.maximum(top, np.abs(np.where(np.isneginf(scores), 0.0, scores)).max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def old_total_forgotten(top, total, out, scores, v):
    """The old total is lost. Add the tile's sum to it, after rescaling."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, e.sum(axis=-1), out * shrink[..., None] + e @ v


def old_out_forgotten(top, total, out, scores, v):
    """The old out is lost. Add the tile's weighted values to it, after rescaling."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), e @ v


def old_lost_when_the_top_moves(top, total, out, scores, v):
    """What was gathered is thrown away where the top moves. It only shrinks."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    same, e = (new_top == top).astype(float), np.exp(scores - base[..., None])
    return new_top, total * same + e.sum(axis=-1), out * same[..., None] + e @ v


def only_rows_that_rise(top, total, out, scores, v):
    """A tile whose scores lie below the top counts too, with small exponentials."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    e = e * (scores.max(axis=-1) >= top)[..., None]
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def largest_key_only(top, total, out, scores, v):
    """Every key of the tile counts, not only those with the largest score."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink = np.exp(top - base)
    e = np.exp(scores - base[..., None]) * (scores == scores.max(axis=-1, keepdims=True))
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def out_normalized(top, total, out, scores, v):
    """out is the weighted sum. It is divided by total only once, after the last tile."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total = total * shrink + e.sum(axis=-1)
    gathered = out * shrink[..., None] + e @ v
    return new_top, new_total, gathered / np.where(new_total == 0, 1, new_total)[..., None]


def old_out_taken_for_a_mean(top, total, out, scores, v):
    """out is a sum already, not a mean. Do not multiply it by total."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    old = out * (total * shrink)[..., None]
    return new_top, total * shrink + e.sum(axis=-1), old + e @ v


def tile_normalized(top, total, out, scores, v):
    """The tile's weights are divided by their own sum. Add exponentials, not weights."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    size = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(size == 0, 1, size)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + weights @ v


def mean_of_exponentials(top, total, out, scores, v):
    """total grows by the sum of the exponentials, not by their mean."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.mean(axis=-1), out * shrink[..., None] + e @ v


def logarithm_of_total(top, total, out, scores, v):
    """total is the sum itself, not its logarithm."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total = np.log(total * shrink + e.sum(axis=-1))
    return new_top, new_total, out * shrink[..., None] + e @ v


def counts_keys(top, total, out, scores, v):
    """total is a sum of exponentials, not a number of keys."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + scores.shape[-1], out * shrink[..., None] + e @ v


def base_two(top, total, out, scores, v):
    """The softmax has base e. Use np.exp, not powers of 2."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp2(top - base), np.exp2(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def scaled_again(top, total, out, scores, v):
    """The scores are scaled already. Do not divide them again."""
    scores = scores / np.sqrt(v.shape[-1] + 1)
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def weighted_mean_of_old_and_new(top, total, out, scores, v):
    """Old and new sums add up. Do not average them."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, (total * shrink + e.sum(axis=-1)) / 2, (out * shrink[..., None] + e @ v) / 2


def small_constant(top, total, out, scores, v):
    """A constant in the total adds up with every tile. Leave it out."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1) + 3e-5, out * shrink[..., None] + e @ v


def clipped(top, total, out, scores, v):
    """Scores beyond some bound keep their meaning. Subtract the new top instead of clipping."""
    scores = np.clip(scores, -700, 700)
    new_top = np.maximum(top, scores.max(axis=-1))
    shrink, e = np.exp(top - new_top), np.exp(scores - new_top[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def log_of_all(top, total, out, scores, v):
    """The first result is the largest score so far, not the logarithm of the whole sum."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total = total * shrink + e.sum(axis=-1)
    return new_top + np.log(new_total), new_total, out * shrink[..., None] + e @ v
