"""Wrong versions of smallest_window(needs, share=1.0)."""

import numpy as np


def share_ignored(needs, share=1.0):
    """`share` is not used. A window that serves only a part of the needs can be smaller."""
    distance = needs[:, 0] - needs[:, 1]
    return -1 if distance.min() < 0 else int(distance.max())


def itself_counted(needs, share=1.0):
    """A window of w reaches w positions back, so distance w needs a window of w, not w + 1."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) + 1 if served <= len(distance) else -1


def one_too_small(needs, share=1.0):
    """A window of w reaches w positions back, so distance w needs a window of w, not w - 1."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) - 1 if served <= len(distance) else -1


def at_least_one(needs, share=1.0):
    """A token that needs only itself is served by a window of 0."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return max(int(distance[served - 1]), 1) if served <= len(distance) else -1


def looks_ahead_too(needs, share=1.0):
    """A source that comes later is out of reach for every window, however near it is."""
    distance = np.sort(np.abs(needs[:, 0] - needs[:, 1]))
    return int(distance[int(np.ceil(share * len(needs))) - 1])


def later_sources_count_as_served(needs, share=1.0):
    """A source that comes later is not served. Its distance is negative, and that is not small."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    return max(int(distance[int(np.ceil(share * len(needs))) - 1]), 0)


def later_sources_negative_window(needs, share=1.0):
    """A source that comes later is not served. Its distance is negative, and that is not small."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    return int(distance[int(np.ceil(share * len(needs))) - 1])


def later_sources_left_out(needs, share=1.0):
    """Needs that no window serves are still needs: the share is one of all of them."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    if not len(distance):
        return -1
    return int(distance[int(np.ceil(share * len(distance))) - 1])


def minus_one_as_soon_as_one_is_later(needs, share=1.0):
    """One source that comes later does no harm if the share can be reached without it."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    if distance[0] < 0:
        return -1
    return int(distance[int(np.ceil(share * len(needs))) - 1])


def zero_if_none_will_do(needs, share=1.0):
    """If no window serves the share, the answer is -1, not 0."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else 0


def widest_if_none_will_do(needs, share=1.0):
    """If no window serves the share, the answer is -1, not the widest window."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[:served][-1]) if len(distance) else -1


def none_if_none_will_do(needs, share=1.0):
    """If no window serves the share, the answer is -1, not None."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else None


def infinite_if_none_will_do(needs, share=1.0):
    """If no window serves the share, the answer is -1, not infinity."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else np.inf


def columns_swapped(needs, share=1.0):
    """The columns are swapped: the asker comes first, the source second."""
    distance = np.sort(needs[:, 1] - needs[:, 0])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else -1


def rows_for_columns(needs, share=1.0):
    """needs[0] is the first need, not the column of askers. Use needs[:, 0] and needs[:, 1]."""
    distance = np.sort(needs[0] - needs[1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else -1


def share_rounded_down(needs, share=1.0):
    """Half of five needs is three, not two: at least the share has to be served. Round up."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = max(int(share * len(needs)), 1)
    return int(distance[served - 1]) if served <= len(distance) else -1


def share_rounded(needs, share=1.0):
    """Part of a need does not exist: at least the share has to be served. Round up."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = max(round(share * len(needs)), 1)
    return int(distance[served - 1]) if served <= len(distance) else -1


def one_need_too_many(needs, share=1.0):
    """One need too many is served. The k-th smallest distance stands at place k - 1."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    served = int(np.ceil(share * len(needs)))
    if served > (distance >= 0).sum():
        return -1
    distance = distance[distance >= 0]
    return int(distance[min(served, len(distance) - 1)])


def more_than_the_share(needs, share=1.0):
    """Exactly the share is enough: at least, not more than."""
    distance = needs[:, 0] - needs[:, 1]
    for window in np.sort(distance[distance >= 0]):
        if ((distance >= 0) & (distance <= window)).mean() > min(share, 1 - 1e-9):
            return int(window)
    return -1


def interpolated(needs, share=1.0):
    """np.quantile interpolates between distances. Take one that occurs."""
    distance = needs[:, 0] - needs[:, 1]
    distance = np.where(distance < 0, 10**9, distance)
    window = np.quantile(distance, share)
    return int(np.ceil(window)) if window < 10**8 else -1


def mean_distance(needs, share=1.0):
    """The mean distance serves some needs only. How many does a window serve?"""
    distance = needs[:, 0] - needs[:, 1]
    return int(np.ceil(share * distance.mean()))


def share_of_the_largest(needs, share=1.0):
    """This is a share of the largest distance. Serve a share of the needs."""
    distance = needs[:, 0] - needs[:, 1]
    return -1 if distance.min() < 0 else int(np.ceil(share * distance.max()))


def smallest_distance(needs, share=1.0):
    """The smallest distance serves one need. Serve the share."""
    distance = needs[:, 0] - needs[:, 1]
    distance = distance[distance >= 0]
    return int(distance.min()) if share <= len(distance) / len(needs) else -1


def number_of_needs(needs, share=1.0):
    """This is how many needs have to be served. Which window serves so many?"""
    return int(np.ceil(share * len(needs)))


def share_served(needs, share=1.0):
    """This is the share that some window serves. Return the window."""
    distance = needs[:, 0] - needs[:, 1]
    return float((distance >= 0).mean())


def first_need_only(needs, share=1.0):
    """Only the first need is looked at. Look at all."""
    return int(needs[0, 0] - needs[0, 1])


def not_sorted(needs, share=1.0):
    """The distances are in the order of the needs. Sort them before you take one by its place."""
    distance = needs[:, 0] - needs[:, 1]
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else -1


def equal_distances_merged(needs, share=1.0):
    """Equal distances were merged. Each need counts."""
    distance = needs[:, 0] - needs[:, 1]
    different = np.unique(distance[distance >= 0])
    if np.ceil(share * len(needs)) > (distance >= 0).sum():
        return -1
    return int(different[int(np.ceil(share * len(different))) - 1])


def askers_merged(needs, share=1.0):
    """An asker may have several needs. Each row counts."""
    distance = needs[:, 0] - needs[:, 1]
    farthest = {}
    for asker, gap in zip(needs[:, 0].tolist(), distance.tolist(), strict=True):
        farthest[asker] = min(farthest.get(asker, gap), gap)
    gaps = sorted(gap for gap in farthest.values() if gap >= 0)
    served = int(np.ceil(share * len(farthest)))
    return gaps[served - 1] if served <= len(gaps) else -1


def searched_up_to_thousand(needs, share=1.0):
    """The search stops at 1000. Needs may be farther apart."""
    distance = needs[:, 0] - needs[:, 1]
    for window in range(1000):
        if ((distance >= 0) & (distance <= window)).mean() >= share:
            return window
    return -1


def searched_from_one(needs, share=1.0):
    """A token that needs only itself is served by a window of 0."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return max(int(distance[served - 1]), 1) if served <= len(distance) else -1


def half_by_default(needs, share=0.5):
    """The default of share is 1.0: all needs."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else -1


def share_required(needs, share):
    """share needs its default, so that smallest_window(needs) works: share=1.0."""
    distance = np.sort(needs[:, 0] - needs[:, 1])
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else -1


def source_position(needs, share=1.0):
    """This is a position. How far from its asker does a source lie?"""
    return int(np.sort(needs[:, 1])[int(np.ceil(share * len(needs))) - 1])


def share_that_fails(needs, share=1.0):
    """This leaves the share unserved. Serve it: begin with the smallest distances."""
    distance = np.sort(needs[:, 0] - needs[:, 1])[::-1]
    distance = distance[distance >= 0]
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else -1


def one_window_for_each(needs, share=1.0):
    """There is one number for each need. One window has to serve the share."""
    return needs[:, 0] - needs[:, 1]


def sorts_in_place(needs, share=1.0):
    """`needs.sort()` changes the caller's array. Sort the distances instead."""
    distance = needs[:, 0] - needs[:, 1]
    needs.sort(axis=0)
    distance = np.sort(distance[distance >= 0])
    served = int(np.ceil(share * len(needs)))
    return int(distance[served - 1]) if served <= len(distance) else -1


def one_need_on_either_side(needs, share=1.0):
    """A single need whose source comes later is not served by any window: -1."""
    distance = needs[:, 0] - needs[:, 1]
    if len(distance) == 1:
        return abs(int(distance[0]))
    kept = np.sort(distance[distance >= 0])
    served = int(np.ceil(share * len(needs)))
    return int(kept[served - 1]) if served <= len(kept) else -1


def needs_of_themselves_taken_off(needs, share=1.0):
    """Where enough tokens need only themselves, a window of 0 will do."""
    distance = needs[:, 0] - needs[:, 1]
    kept = np.sort(distance[distance > 0])
    served = int(np.ceil(share * len(needs))) - int((distance == 0).sum())
    if not len(kept) and served <= 0:
        return 0
    return int(kept[served - 1]) if 0 < served <= len(kept) else -1


def share_a_little_lower(needs, share=1.0):
    """A share of 1 means all: even of a thousand needs none may stay unserved."""
    distance = needs[:, 0] - needs[:, 1]
    kept = np.sort(distance[distance >= 0])
    served = int(np.ceil((share - 1e-3) * len(needs)))
    return int(kept[served - 1]) if served <= len(kept) else -1
