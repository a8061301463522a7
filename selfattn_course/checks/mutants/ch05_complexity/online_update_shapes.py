"""Wrong versions of online_update(top, total, out, scores, v): axes, dtypes and results."""

import numpy as np


def other_axis(top, total, out, scores, v):
    """The keys are the last axis of the scores: take maximum and sum there."""
    new_top = np.maximum(top, scores.max(axis=-2))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-2), out * shrink[..., None] + e @ v


def sum_over_queries(top, total, out, scores, v):
    """total has one number for each query: sum over the keys, the last axis."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-2), out * shrink[..., None] + e @ v


def axis_one(top, total, out, scores, v):
    """Axis 1 is the last one of a matrix only. Use axis=-1."""
    new_top = np.maximum(top, scores.max(axis=1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=1), out * shrink[..., None] + e @ v


def new_axis_in_second_place(top, total, out, scores, v):
    """[:, None] puts the new axis second. [..., None] puts it last, whatever the leading axes."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[:, None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[:, None] + e @ v


def top_lined_up_with_keys(top, total, out, scores, v):
    """The top of a row is subtracted from a column. Write new_top[..., None]."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None, :])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def factor_lined_up_with_features(top, total, out, scores, v):
    """The factor of a row multiplies a column of out. Write shrink[..., None]."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None, :] + e @ v


def axis_kept(top, total, out, scores, v):
    """top and total have one number for each query, without an axis of size 1."""
    new_top = np.maximum(top, scores.max(axis=-1))[..., None]
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top[..., None] - base), np.exp(scores - base)
    new_total = total[..., None] * shrink + e.sum(axis=-1, keepdims=True)
    return new_top, new_total, out * shrink + e @ v


def flattened(top, total, out, scores, v):
    """np.squeeze removes every axis of size 1. Keep the shapes of top, total and out."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_out = out * shrink[..., None] + e @ v
    return new_top, total * shrink + e.sum(axis=-1), np.squeeze(new_out)


def heads_mixed(top, total, out, scores, v):
    """Leading axes stay apart: @ multiplies the last two axes only."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_out = out * shrink[..., None] + np.tensordot(e, v, axes=(-1, -2))
    return new_top, total * shrink + e.sum(axis=-1), new_out


def first_sequence_for_all(top, total, out, scores, v):
    """Each sequence has values of its own. Let @ go over the leading axes."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    while v.ndim > 2:
        v = v[0]
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def einsum_without_batches(top, total, out, scores, v):
    """There may be any number of leading axes. Use @, or ... in np.einsum."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_out = out * shrink[..., None] + np.einsum("qk,kd->qd", e, v)
    return new_top, total * shrink + e.sum(axis=-1), new_out


def einsum_of_one_batch_axis(top, total, out, scores, v):
    """Not every call has exactly one leading axis. Use @, or ... in np.einsum."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_out = out * shrink[..., None] + np.einsum("bqk,bkd->bqd", e, v)
    return new_top, total * shrink + e.sum(axis=-1), new_out


def transposed_exponentials(top, total, out, scores, v):
    """The rows of the exponentials are queries: e @ v, without a transpose."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_out = out * shrink[..., None] + np.swapaxes(e, -1, -2) @ v
    return new_top, total * shrink + e.sum(axis=-1), new_out


def scores_times_values(top, total, out, scores, v):
    """The values are weighted by the exponentials, not by the scores."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    finite = np.where(np.isneginf(scores), 0.0, scores)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + finite @ v


def values_summed_unweighted(top, total, out, scores, v):
    """Each value is weighted by its exponential: e @ v."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_out = out * shrink[..., None] + v.sum(axis=-2)[..., None, :]
    return new_top, total * shrink + e.sum(axis=-1), new_out


def out_comes_first(top, total, out, scores, v):
    """The order is top, total, out."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return out * shrink[..., None] + e @ v, new_top, total * shrink + e.sum(axis=-1)


def total_comes_first(top, total, out, scores, v):
    """The order is top, total, out."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return total * shrink + e.sum(axis=-1), new_top, out * shrink[..., None] + e @ v


def out_only(top, total, out, scores, v):
    """Return all three: top, total, out. The next tile needs them."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return out * shrink[..., None] + e @ v


def as_dictionary(top, total, out, scores, v):
    """Return three arrays in the order top, total, out."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total = total * shrink + e.sum(axis=-1)
    return {"top": new_top, "total": new_total, "out": out * shrink[..., None] + e @ v}


def into_the_dtype_of_out(top, total, out, scores, v):
    """An array made like an integer one drops fractions. Make a new one of floats."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total, new_out = np.empty_like(total), np.empty_like(out)
    new_total[...] = total * shrink + e.sum(axis=-1)
    new_out[...] = out * shrink[..., None] + e @ v
    return new_top, new_total, new_out


def exponentials_in_the_dtype_of_scores(top, total, out, scores, v):
    """np.empty_like(scores) is an array of integers if the scores are. Let np.exp make its own."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e = np.empty_like(scores)
    e[...] = np.exp(scores - base[..., None])
    shrink = np.exp(top - base)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def half_precision(top, total, out, scores, v):
    """float16 keeps three digits. Leave the dtype alone."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None]).astype(np.float16)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def writes_into_out(top, total, out, scores, v):
    """`out *= ...` changes the caller's array. Write out * ..., which makes a new one."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    if out.dtype.kind == "f":
        out *= shrink[..., None]
        out += e @ v
    else:
        out = out * shrink[..., None] + e @ v
    return new_top, total * shrink + e.sum(axis=-1), out


def writes_into_top(top, total, out, scores, v):
    """`out=top` changes the caller's array. Write np.maximum(top, ...) alone."""
    old = top.copy()
    new_top = np.maximum(top, scores.max(axis=-1), out=top)
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(old - base), np.exp(scores - base[..., None])
    return new_top.copy(), total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def state_of_the_first_call(top, total, out, scores, v, _kept={}):  # noqa: B006  it is the point
    """Something is kept between calls. Use only what is given."""
    top, total, out = _kept.setdefault(out.shape, (top, total, out))
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def square_tiles_only(top, total, out, scores, v):
    """A tile need not be square: it has n_q rows and m columns."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    e = e[..., :, : e.shape[-2]]
    v = v[..., : e.shape[-1], :]
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def total_from_values(top, total, out, scores, v):
    """The values are no exponentials: total adds up e alone."""
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + (e @ v).sum(axis=-1), out * shrink[..., None] + e @ v


def one_query_only(top, total, out, scores, v):
    """This is for one query: max(...) compares two numbers. Each row needs a top of its own, by
    np.maximum and scores.max(axis=-1)."""
    new_top = max(top, scores.max())
    shrink, e = np.exp(top - new_top), np.exp(scores - new_top)
    return new_top, shrink * total + e.sum(), shrink * out + e @ v
