"""Right but unusual versions of share_within(distances, window)."""

import numpy as np


def counted(distances, window):
    return np.count_nonzero(distances <= window, axis=-1) / distances.shape[-1]


def one_less_the_rest(distances, window):
    return 1 - (distances > window).mean(axis=-1)


def in_float32(distances, window):
    return (distances <= window).astype(np.float32).mean(axis=-1)


def as_list(distances, window):
    return np.mean(distances <= window, axis=-1).tolist()


def by_search_in_sorted_rows(distances, window):
    rows = np.sort(distances, axis=-1).reshape(-1, distances.shape[-1])
    found = [np.searchsorted(row, window, side="right") for row in rows]
    return np.reshape(found, distances.shape[:-1]) / distances.shape[-1]


def with_einsum(distances, window):
    within = (distances <= window).astype(float)
    return np.einsum("...i->...", within) / within.shape[-1]


def recursively(distances, window):
    if distances.ndim == 1:
        return sum(int(d) <= window for d in distances) / len(distances)
    return [recursively(row, window) for row in distances]


def with_matrix_product(distances, window):
    n = distances.shape[-1]
    return (distances < window + 1) @ np.full(n, 1 / n)


def in_fortran_order(distances, window):
    return np.array((distances <= window).mean(axis=-1), order="F")


def with_moved_axis(distances, window):
    return (np.moveaxis(distances, -1, 0) <= window).mean(axis=0)


def masked_array(distances, window):
    return np.ma.array(distances <= window).mean(axis=-1)
