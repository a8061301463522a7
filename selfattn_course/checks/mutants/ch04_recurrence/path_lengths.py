"""Wrong versions of path_lengths(n, reach)."""

import numpy as np


def distances_from_one(n, reach):
    """Distances start at 1 here. The first column is distance 0: no link at all."""
    distance = np.arange(1, n + 1)
    return np.array([distance, np.ones_like(distance), -(-distance // reach)])


def full_attention_links_to_itself(n, reach):
    """The first column of full attention is 1. A position has itself already: 0 links."""
    distance = np.arange(n)
    return np.array([distance, np.ones_like(distance), -(-distance // reach)])


def rounded_down(n, reach):
    """Links are rounded down, so the last bit of the way is missing. Round up."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), distance // reach])


def one_link_more(n, reach):
    """distance // reach + 1 is one too many where reach divides the distance. Round up."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), distance // reach + (distance > 0)])


def rounded_to_nearest(n, reach):
    """Links are rounded to the nearest number. A part of a link needs a whole one: round up."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), np.round(distance / reach).astype(int)])


def not_rounded(n, reach):
    """There are no parts of links. Round up."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), distance / reach])


def reach_counts_the_token_itself(n, reach):
    """This reaches back reach - 1 tokens. `reach` tokens back are allowed, besides itself."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), -(-distance // max(reach - 1, 1))])


def reach_plus_one(n, reach):
    """This reaches back reach + 1 tokens. A link goes at most `reach` tokens back."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), -(-distance // (reach + 1))])


def window_on_both_sides(n, reach):
    """This reaches half as far. `reach` tokens back are all on one side."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), -(-distance // max(reach // 2, 1))])


def window_never_beyond(n, reach):
    """Beyond its reach a window needs more links, not none: what it saw is passed on."""
    distance = np.arange(n)
    near = np.minimum(distance, 1)
    return np.array([distance, near, np.where(distance <= reach, near, 0)])


def window_reaches_everything(n, reach):
    """The window reaches everything in one link here. A link goes at most `reach` tokens back."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), np.minimum(distance, 1)])


def doubling_each_link(n, reach):
    """Every link goes equally far here: links add up, they do not double their reach."""
    distance = np.arange(n)
    links = np.ceil(np.log2(distance / reach + 1)).astype(int)
    return np.array([distance, np.minimum(distance, 1), links])


def recurrent_in_one_link(n, reach):
    """A recurrent layer passes on from step to step: as many links as steps."""
    distance = np.arange(n)
    return np.array([np.minimum(distance, 1), np.minimum(distance, 1), -(-distance // reach)])


def recurrent_one_more(n, reach):
    """The way into the layer is counted as a link for the first row only. Count no such way."""
    distance = np.arange(n)
    return np.array([distance + 1, np.minimum(distance, 1), -(-distance // reach)])


def farthest_only(n, reach):
    """These are the links for the farthest token only. Return a column for every distance."""
    return np.array([n - 1, min(n - 1, 1), -(-(n - 1) // reach)])


def farthest_first(n, reach):
    """The farthest token comes first. The first column is distance 0."""
    distance = np.arange(n)[::-1]
    return np.array([distance, np.minimum(distance, 1), -(-distance // reach)])


def last_distance_missing(n, reach):
    """One column is missing: distances go from 0 to n - 1."""
    distance = np.arange(n - 1)
    return np.array([distance, np.minimum(distance, 1), -(-distance // reach)])


def one_column_too_many(n, reach):
    """One column too many: the farthest of n tokens is n - 1 away."""
    distance = np.arange(n + 1)
    return np.array([distance, np.minimum(distance, 1), -(-distance // reach)])


def as_columns(n, reach):
    """The three layers are columns here. Make them rows."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), -(-distance // reach)]).T


def rows_exchanged(n, reach):
    """The rows are exchanged. First recurrent, then full attention, then the window."""
    distance = np.arange(n)
    return np.array([distance, -(-distance // reach), np.minimum(distance, 1)])


def never_below_one(n, reach):
    """Distance 0 needs no link, in any row."""
    distance = np.maximum(np.arange(n), 1)
    return np.array([distance, np.minimum(distance, 1), -(-distance // reach)])


def window_of_one_sees_all(n, reach):
    """With reach 1 a window sees the next token only: as many links as in recurrence."""
    distance = np.arange(n)
    near = np.minimum(distance, 1)
    return np.array([distance, near, near if reach == 1 else -(-distance // reach)])


def rounded_after_adding_half(n, reach):
    """Adding almost a half and rounding fails for a far reach. Round up: -(-distance // reach)."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), np.round(distance / reach + 0.499)])


def cut_off_at_nine(n, reach):
    """The links of the window are cut off at 9. Far tokens need more."""
    distance = np.arange(n)
    return np.array([distance, np.minimum(distance, 1), np.minimum(-(-distance // reach), 9)])
