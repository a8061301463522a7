"""Right but unusual versions of smallest_window(needs, share=1.0)."""

import numpy as np


def tried_one_by_one(needs, share=1.0):
    distance = needs[:, 0] - needs[:, 1]
    for window in [0, *sorted(set(distance[distance >= 0].tolist()))]:
        if ((distance >= 0) & (distance <= window)).mean() >= share:
            return window
    return -1


def every_window(needs, share=1.0):
    distance = needs[:, 0] - needs[:, 1]
    windows = np.arange(max(int(distance.max()), 0) + 1)
    counts = np.bincount(distance[distance >= 0], minlength=len(windows))
    enough = np.cumsum(counts) >= share * len(needs)
    return windows[enough][0] if enough.any() else -1


def far_away_for_never(needs, share=1.0):
    far = 10**12
    gaps = sorted(a - b if a >= b else far for a, b in needs.tolist())
    found = gaps[-(-int(share * 8 * len(gaps)) // 8) - 1]
    return found if found < far else -1


def inverted_quantile(needs, share=1.0):
    distance = needs[:, 0] - needs[:, 1]
    distance = np.where(distance < 0, np.inf, distance)
    window = np.quantile(distance, share, method="inverted_cdf")
    return float(window) if np.isfinite(window) else -1.0


def bisection(needs, share=1.0):
    def served(window):
        return sum(0 <= a - b <= window for a, b in needs.tolist())

    low, high = 0, int(needs.max())
    if served(high) < share * len(needs):
        return -1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if served(middle) >= share * len(needs) else (middle + 1, high)
    return low


def as_numpy_scalar(needs, share=1.0):
    distance = -np.diff(needs, axis=1)[:, 0]
    kept = np.sort(distance[distance >= 0])
    place = int(-(-share * len(needs) // 1)) - 1
    return kept[place] if place < kept.size else np.int64(-1)


def in_float32(needs, share=1.0):
    distance = (needs @ [1, -1]).astype(np.float32)
    kept = np.sort(distance[distance >= 0])
    place = int(np.ceil(share * len(needs)))
    return kept[place - 1] if place <= kept.size else np.float32(-1)


def array_without_axes(needs, share=1.0):
    distance = needs[:, 0] - needs[:, 1]
    ahead = (distance < 0).sum()
    place = ahead + int(np.ceil(share * len(needs))) - 1
    return np.array(np.sort(distance)[place] if place < len(distance) else -1)


def with_partition(needs, share=1.0):
    distance = (needs[:, 0] - needs[:, 1]).astype(float)
    distance[distance < 0] = np.inf
    k = int(np.ceil(len(needs) * share)) - 1
    found = np.partition(distance, k)[k]
    return -1 if found == np.inf else int(found)
