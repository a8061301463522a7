"""Right but unusual versions of online_update(top, total, out, scores, v)."""

import numpy as np


def nan_replaced_after_exp(top, total, out, scores, v):
    new_top = np.maximum(top, scores.max(axis=-1))
    shrink = np.nan_to_num(np.exp(top - new_top), nan=0.0)
    e = np.nan_to_num(np.exp(scores - new_top[..., None]), nan=0.0)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def old_state_as_one_more_key(top, total, out, scores, v):
    scores = np.concatenate([top[..., None], scores], axis=-1)
    new_top = scores.max(axis=-1)
    e = np.exp(scores - np.where(np.isneginf(new_top), 0.0, new_top)[..., None])
    old, new = e[..., :1], e[..., 1:]
    return new_top, total * old[..., 0] + new.sum(axis=-1), out * old + new @ v


def key_by_key(top, total, out, scores, v):
    top, total, out = top + 0.0, total + 0.0, out + 0.0
    for j in range(scores.shape[-1]):
        score, value = scores[..., j], v[..., j, :]
        new_top = np.maximum(top, score)
        base = np.where(np.isneginf(new_top), 0.0, new_top)
        shrink, e = np.exp(top - base), np.exp(score - base)
        total = total * shrink + e
        out = out * shrink[..., None] + e[..., None] * value[..., None, :]
        top = new_top
    return top, total, out


def row_by_row(top, total, out, scores, v):
    new_top, new_total, new_out = (np.array(a, dtype=float) for a in (top, total, out))
    v = np.broadcast_to(v, (*scores.shape[:-2], *v.shape[-2:]))
    for row in np.ndindex(*top.shape):
        largest = max(top[row], scores[row].max())
        if largest == -np.inf:
            continue
        e = np.exp(scores[row] - largest)
        new_top[row] = largest
        new_total[row] = total[row] * np.exp(top[row] - largest) + e.sum()
        new_out[row] = out[row] * np.exp(top[row] - largest) + e @ v[row[:-1]]
    return new_top, new_total, new_out


def merge_of_two_states(top, total, out, scores, v):
    tile_top = scores.max(axis=-1)
    e = np.exp(scores - np.where(np.isneginf(tile_top), 0.0, tile_top)[..., None])
    new_top = np.maximum(top, tile_top)
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    a, b = np.exp(top - base), np.exp(tile_top - base)
    new_total = a * total + b * e.sum(axis=-1)
    return new_top, new_total, a[..., None] * out + b[..., None] * (e @ v)


def with_mean_inside(top, total, out, scores, v):
    mean = out / np.where(total == 0, 1, total)[..., None]
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e = np.exp(scores - base[..., None])
    old = total * np.exp(top - base)
    return new_top, old + e.sum(axis=-1), mean * old[..., None] + e @ v


def with_logarithms(top, total, out, scores, v):
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    with np.errstate(divide="ignore"):
        old = np.exp(np.log(total * 1.0) + top - base)
    shrink = np.exp(top - base)
    e = np.exp(scores - base[..., None])
    return new_top, old + e.sum(axis=-1), shrink[..., None] * out + np.matmul(e, v)


def in_two_halves(top, total, out, scores, v):
    def update(state, scores, v):
        top, total, out = state
        new_top = np.maximum(top, scores.max(axis=-1))
        base = np.where(np.isneginf(new_top), 0.0, new_top)
        shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
        return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v

    half = scores.shape[-1] // 2
    state = (top, total, out)
    if half:
        state = update(state, scores[..., :half], v[..., :half, :])
    return update(state, scores[..., half:], v[..., half:, :])


def keys_in_reverse_as_list(top, total, out, scores, v):
    scores, v = scores[..., ::-1], v[..., ::-1, :]
    new_top = np.maximum(top, np.max(scores, axis=-1))
    base = np.maximum(new_top, -1e308)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_out = out * shrink[..., None] + np.einsum("...qk,...kd->...qd", e, v)
    return [new_top, shrink * total + np.einsum("...k->...", e), new_out]


def as_nested_lists(top, total, out, scores, v):
    new_top = np.fmax(top, np.fmax.reduce(scores, axis=-1))
    base = np.where(np.isinf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    new_total = total * shrink + e.sum(axis=-1)
    return new_top.tolist(), new_total.tolist(), (out * shrink[..., None] + e @ v).tolist()


def in_float32(top, total, out, scores, v):
    top, total, out, scores, v = (a.astype(np.float32) for a in (top, total, out, scores, v))
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), np.float32(0), new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def in_long_double(top, total, out, scores, v):
    top, total, out, scores, v = (a.astype(np.longdouble) for a in (top, total, out, scores, v))
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def in_place_on_its_own_copies(top, total, out, scores, v):
    total, out, e = total.astype(float), out.astype(float), scores.astype(float)
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    e -= base[..., None]
    np.exp(e, out=e)
    shrink = np.exp(top - base)
    total *= shrink
    total += e.sum(axis=-1)
    out *= shrink[..., None]
    out += e @ v
    return new_top, total, out


def only_where_something_was_seen(top, total, out, scores, v):
    new_top = np.maximum(top, scores.max(axis=-1))
    seen = new_top > -np.inf
    shrink = np.zeros(new_top.shape)
    np.exp(np.subtract(top, new_top, where=seen, out=np.zeros(seen.shape)), where=seen, out=shrink)
    e = np.where(seen[..., None], np.exp(scores - new_top[..., None]), 0.0)
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def read_only_in_fortran_order(top, total, out, scores, v):
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    results = (new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v)
    results = tuple(np.asfortranarray(result) for result in results)
    for result in results:
        result.flags.writeable = False
    return results


def ones_appended_to_the_values(top, total, out, scores, v):
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    wide = np.concatenate([v, np.ones((*v.shape[:-1], 1))], axis=-1)
    state = np.concatenate([out, total[..., None]], axis=-1) * shrink[..., None] + e @ wide
    return new_top, state[..., -1], state[..., :-1]


def transposed(top, total, out, scores, v):
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), (out.T * shrink.T).T + e @ v


def one_key_and_then_the_others(top, total, out, scores, v):
    new_top = np.maximum(top, scores[..., 0])
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink, e = np.exp(top - base), np.exp(scores[..., 0] - base)
    total = total * shrink + e
    out = out * shrink[..., None] + e[..., None] * v[..., :1, :]
    if scores.shape[-1] == 1:
        return new_top, total, out
    return one_key_and_then_the_others(new_top, total, out, scores[..., 1:], v[..., 1:, :])
