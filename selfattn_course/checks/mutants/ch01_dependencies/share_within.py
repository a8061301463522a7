"""Wrong versions of share_within(distances, window)."""

import numpy as np


def strictly_within(distances, window):
    """A distance equal to the window is within it: use <=."""
    return (distances < window).mean(axis=-1)


def outside(distances, window):
    """This is the share beyond the window. Turn the comparison round."""
    return (distances > window).mean(axis=-1)


def outside_or_equal(distances, window):
    """This is the share beyond the window. Turn the comparison round."""
    return (distances >= window).mean(axis=-1)


def exactly_the_window(distances, window):
    """Only distances equal to the window are counted. Smaller ones are within it too."""
    return (distances == window).mean(axis=-1)


def window_minus_one(distances, window):
    """A distance equal to the window is within it: use <=."""
    return (distances <= window - 1).mean(axis=-1)


def window_plus_one(distances, window):
    """The window is one too wide: a distance above it is not within."""
    return (distances <= window + 1).mean(axis=-1)


def zero_not_counted(distances, window):
    """A distance of 0 is within every window: count it."""
    return ((distances > 0) & (distances <= window)).mean(axis=-1)


def share_of_positive_ones(distances, window):
    """A distance of 0 is within every window: count it, and divide by all distances."""
    positive = distances > 0
    return (positive & (distances <= window)).sum(axis=-1) / np.maximum(positive.sum(axis=-1), 1)


def number_within(distances, window):
    """This is how many. Divide by the number of distances."""
    return (distances <= window).sum(axis=-1)


def in_per_cent(distances, window):
    """This is in per cent. A share lies between 0 and 1."""
    return 100 * (distances <= window).mean(axis=-1)


def whole_numbers_only(distances, window):
    """`//` rounds down to 0 or 1. Divide with `/`."""
    return (distances <= window).sum(axis=-1) // distances.shape[-1]


def rounded(distances, window):
    """The share is rounded. Return it as it is."""
    return np.round((distances <= window).mean(axis=-1), 2)


def over_everything(distances, window):
    """There is one share for all rows here. Take the mean along the last axis only."""
    return (distances <= window).mean()


def along_first_axis(distances, window):
    """The mean runs over axis 0. Take it along the last axis."""
    return (distances <= window).mean(axis=0)


def along_next_to_last_axis(distances, window):
    """The mean runs over the axis next to the last. Take it along the last axis."""
    axis = -2 if distances.ndim > 1 else -1
    return (distances <= window).mean(axis=axis)


def along_second_axis(distances, window):
    """Axis 1 is the last one of a matrix only. Use axis=-1."""
    return (distances <= window).mean(axis=1 if distances.ndim > 1 else 0)


def divided_by_length(distances, window):
    """len(distances) is the size of the first axis. Divide by that of the last one."""
    return (distances <= window).sum(axis=-1) / len(distances)


def divided_by_size(distances, window):
    """distances.size counts all rows. Divide by the size of the last axis."""
    return (distances <= window).sum(axis=-1) / distances.size


def divided_by_one_less(distances, window):
    """Divide by the number of distances, not by one less."""
    return (distances <= window).sum(axis=-1) / max(distances.shape[-1] - 1, 1)


def divided_by_one_more(distances, window):
    """Divide by the number of distances, not by one more."""
    return (distances <= window).sum(axis=-1) / (distances.shape[-1] + 1)


def divided_by_window(distances, window):
    """The number within is divided by the window. Divide by the number of distances."""
    return (distances <= window).sum(axis=-1) / max(window, 1)


def axis_kept(distances, window):
    """The last axis is still there with size 1. Remove it."""
    return (distances <= window).mean(axis=-1, keepdims=True)


def each_distance_once(distances, window):
    """Equal distances were merged. Each of them counts."""
    rows = distances.reshape(-1, distances.shape[-1])
    shares = [(np.unique(row) <= window).mean() for row in rows]
    return np.reshape(shares, distances.shape[:-1])


def weighted_by_distance(distances, window):
    """Long distances count for more here. Each counts once."""
    total = np.maximum(distances.sum(axis=-1), 1)
    return np.where(distances <= window, distances, 0).sum(axis=-1) / total


def any_within(distances, window):
    """This says whether any distance is within. Which share of them is?"""
    return (distances <= window).any(axis=-1)


def true_or_false(distances, window):
    """This says which distances are within. Take the mean along the last axis."""
    return distances <= window


def mean_distance(distances, window):
    """This is the mean distance. Compare with the window first, then take the mean."""
    return distances.mean(axis=-1) * 1.0


def mean_against_window(distances, window):
    """The mean was taken before the comparison. Compare first: what is the share of True?"""
    return (distances.mean(axis=-1) <= window) * 1.0


def window_ignored(distances, window):
    """The window is always 5 here. Use `window`."""
    return (distances <= 5).mean(axis=-1)


def first_row_only(distances, window):
    """Only the first row is looked at. Give a share for each."""
    row = distances.reshape(-1, distances.shape[-1])[0]
    return (row <= window).mean()


def half_at_the_edge(distances, window):
    """A distance equal to the window is within it, and counts fully."""
    return ((distances < window) + 0.5 * (distances == window)).mean(axis=-1)


def half_precision(distances, window):
    """float16 keeps three digits. Leave the dtype alone."""
    return (distances <= window).mean(axis=-1).astype(np.float16)


def sorts_in_place(distances, window):
    """`distances.sort()` changes the caller's array, and sorting is not needed."""
    distances.sort(axis=-1)
    return (distances <= window).mean(axis=-1)


def flat_list_of_all(distances, window):
    """The shape is wrong: (..., m) becomes (...)."""
    rows = distances.reshape(-1, distances.shape[-1])
    return [float((row <= window).mean()) for row in rows]
