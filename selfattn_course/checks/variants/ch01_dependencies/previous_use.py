"""Right but unusual versions of previous_use(ids)."""

import numpy as np


def search_backwards(ids):
    out = np.zeros(len(ids), dtype=int)
    for i in range(len(ids)):
        for j in range(i - 1, -1, -1):
            if ids[j] == ids[i]:
                out[i] = i - j
                break
    return out


def with_sorting(ids):
    order = np.argsort(ids, kind="stable")
    gaps = np.diff(order)
    same = np.diff(ids[order]) == 0
    out = np.zeros(len(ids), dtype=int)
    out[order[1:][same]] = gaps[same]
    return out


def with_table(ids):
    last = np.full(50_000, -1)
    out = []
    for i, name in enumerate(ids):
        out.append(i - last[name] if last[name] >= 0 else 0)
        last[name] = i
    return out


def id_by_id(ids):
    out = np.zeros(len(ids))
    for name in np.unique(ids):
        places = np.flatnonzero(ids == name)
        out[places[1:]] = np.diff(places)
    return out


def with_comparison_matrix(ids):
    n = len(ids)
    place = np.arange(n)
    earlier = (ids[:, None] == ids) & (place[:, None] > place)
    last = np.where(earlier, place, -1).max(axis=1)
    return np.where(last >= 0, place - last, 0)


def as_tuple_of_integers(ids):
    names = ids.tolist()
    return tuple(
        names[:i][::-1].index(name) + 1 if name in names[:i] else 0 for i, name in enumerate(names)
    )


def in_float32(ids):
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last.get(name, i))
        last[name] = i
    return np.array(out, dtype=np.float32)


def looking_ahead(ids):
    names = ids.tolist()
    out = [0] * len(names)
    for i, name in enumerate(names):
        for j in range(i + 1, len(names)):
            if names[j] == name:
                out[j] = j - i
                break
    return out


def with_default_dictionary(ids):
    from collections import defaultdict

    places = defaultdict(list)
    out = []
    for i, name in enumerate(ids):
        out.append(i - places[name][-1] if places[name] else 0)
        places[name].append(i)
    return np.array(out, dtype=np.int32)


def of_object_dtype_by_steps(ids):
    out = np.zeros(len(ids), dtype=np.int16)
    open_places = np.ones(len(ids), dtype=bool)
    for gap in range(1, len(ids)):
        hit = np.zeros(len(ids), dtype=bool)
        hit[gap:] = (ids[gap:] == ids[:-gap]) & open_places[gap:]
        out[hit] = gap
        open_places &= ~hit
    return out
