"""Wrong versions of previous_use(ids)."""

import numpy as np


def to_the_first_use(ids):
    """This is the distance to the first use. Ask for the last one before each position."""
    first, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - first.get(name, i))
        first.setdefault(name, i)
    return np.array(out)


def to_the_next_use(ids):
    """This looks ahead to the next use. Look back to the previous one."""
    names = ids.tolist()
    return [
        names.index(name, i + 1) - i if name in names[i + 1 :] else 0
        for i, name in enumerate(names)
    ]


def minus_one_for_none(ids):
    """Where there is no earlier use the answer is 0, not -1."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last[name] if name in last else -1)
        last[name] = i
    return np.array(out)


def length_for_none(ids):
    """Where there is no earlier use the answer is 0, not the length."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last[name] if name in last else len(ids))
        last[name] = i
    return np.array(out)


def before_the_start_for_none(ids):
    """Where there is no earlier use the answer is 0, not the way to a place before the start."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last.get(name, -1))
        last[name] = i
    return np.array(out)


def start_for_none(ids):
    """A token without an earlier use gets 0, not its distance from the start."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last.get(name, 0))
        last[name] = i
    return np.array(out)


def position_zero_is_false(ids):
    """A use at position 0 is lost. Ask `in`, since 0 is false; and search down to 0."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last[name] if last.get(name) else 0)
        last[name] = i
    return np.array(out)


def id_zero_is_nothing(ids):
    """Id 0 is a token like any other: do not skip it."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last[name] if name and name in last else 0)
        last[name] = i
    return np.array(out)


def tokens_between(ids):
    """These are the tokens in between. Neighbours have distance 1, not 0."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last[name] - 1 if name in last else 0)
        last[name] = i
    return np.array(out)


def both_ends_counted(ids):
    """Both ends are counted. Neighbours have distance 1, not 2."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last[name] + 1 if name in last else 0)
        last[name] = i
    return np.array(out)


def position_of_the_use(ids):
    """This is where the earlier use stands. How far back is it?"""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(last.get(name, 0))
        last[name] = i
    return np.array(out)


def negative_distance(ids):
    """The distances are negative. Subtract the earlier position from the later one."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(last.get(name, i) - i)
        last[name] = i
    return np.array(out)


def stored_before_asked(ids):
    """Every token finds itself. Look up the earlier use before you store the new one."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        last[name] = i
        out.append(i - last[name])
    return np.array(out)


def first_repetition_only(ids):
    """A token that comes a third time is forgotten. Store every use."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last.pop(name) if name in last else 0)
        if out[-1] == 0:
            last[name] = i
    return np.array(out)


def number_of_uses(ids):
    """This is how often the token came before. How far back was the last time?"""
    seen, out = {}, []
    for name in ids.tolist():
        out.append(seen.get(name, 0))
        seen[name] = out[-1] + 1
    return np.array(out)


def yes_or_no(ids):
    """This says whether there is an earlier use. How far back is it?"""
    names = ids.tolist()
    return [int(name in names[:i]) for i, name in enumerate(names)]


def neighbours_only(ids):
    """Only the token just before is looked at. The earlier use may be anywhere before."""
    out = np.zeros(len(ids), dtype=int)
    out[1:] = ids[1:] == ids[:-1]
    return out


def ten_tokens_back(ids):
    """The search stops after 10 tokens. The earlier use may be anywhere before."""
    names = ids.tolist()
    return [
        next((k for k in range(1, min(i, 10) + 1) if names[i - k] == names[i]), 0)
        for i in range(len(names))
    ]


def hundred_tokens_back(ids):
    """The search stops after 100 tokens. The earlier use may be anywhere before."""
    names = ids.tolist()
    return [
        next((k for k in range(1, min(i, 100) + 1) if names[i - k] == names[i]), 0)
        for i in range(len(names))
    ]


def position_zero_out_of_reach(ids):
    """A use at position 0 is lost. Ask `in`, since 0 is false; and search down to 0."""
    names = ids.tolist()
    return [
        next((i - j for j in range(i - 1, 0, -1) if names[j] == names[i]), 0)
        for i in range(len(names))
    ]


def last_token_missing(ids):
    """There is one answer too few. Give one for each token."""
    last, out = {}, []
    for i, name in enumerate(ids[:-1].tolist()):
        out.append(i - last.get(name, i))
        last[name] = i
    return np.array(out)


def first_token_missing(ids):
    """There is one answer too few. The first token has one too: 0."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last.get(name, i))
        last[name] = i
    return np.array(out[1:])


def found_ones_only(ids):
    """Tokens without an earlier use are left out. Give 0 for them."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        if name in last:
            out.append(i - last[name])
        last[name] = i
    return np.array(out, dtype=int)


def table_of_hundred(ids):
    """The table has 100 places. Ids go up to 49999: use a dictionary."""
    last, out = np.full(100, -1), []
    for i, name in enumerate(ids):
        out.append(i - last[name] if last[name] >= 0 else 0)
        last[name] = i
    return np.array(out)


def by_remainder(ids):
    """Ids that leave the same remainder are taken for one. Compare the ids themselves."""
    last, out = {}, []
    for i, name in enumerate((ids % 1000).tolist()):
        out.append(i - last.get(name, i))
        last[name] = i
    return np.array(out)


def in_one_byte(ids):
    """One byte holds numbers up to 127 only. Leave the dtype alone."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last.get(name, i))
        last[name] = i
    return np.array(out).astype(np.int8)


def by_distinct_tokens(ids):
    """Only different tokens in between are counted. Count positions."""
    names, out = ids.tolist(), []
    for i, name in enumerate(names):
        back = names[:i][::-1]
        out.append(len(set(back[: back.index(name) + 1])) if name in back else 0)
    return np.array(out)


def none_for_none(ids):
    """Where there is no earlier use the answer is 0, not None."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last[name] if name in last else None)
        last[name] = i
    return out


def from_the_end(ids):
    """The answers come in reverse order. Begin with the first token."""
    last, out = {}, []
    for i, name in enumerate(ids.tolist()):
        out.append(i - last.get(name, i))
        last[name] = i
    return np.array(out[::-1])


def nearest_use_on_either_side(ids):
    """A use that comes later is none yet: look back only."""
    names, out = ids.tolist(), []
    for i, name in enumerate(names):
        gaps = [abs(i - j) for j in range(len(names)) if j != i and names[j] == name]
        out.append(min(gaps, default=0))
    return np.array(out)


def writes_into_ids(ids):
    """`ids[i] = ...` changes the caller's array. Fill a new one."""
    last = {}
    for i, name in enumerate(ids.tolist()):
        ids[i] = i - last.get(name, i)
        last[name] = i
    return ids


def in_half_precision(ids):
    """float16 holds whole numbers up to 2048 only, so large ids fall together. Keep integers."""
    last, out = {}, []
    for i, name in enumerate(ids.astype(np.float16).tolist()):
        out.append(i - last.get(name, i))
        last[name] = i
    return np.array(out)
