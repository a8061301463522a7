"""Right but unusual versions of dependency_distances(heads)."""

import numpy as np


def with_a_loop(heads):
    return [abs(i - head) for i, head in enumerate(heads.tolist()) if head != i]


def as_floats(heads):
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0].astype(float)


def in_float32(heads):
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0].astype(np.float32)


def roots_deleted(heads):
    distances = np.abs(heads - np.arange(len(heads)))
    return np.delete(distances, np.flatnonzero(distances == 0))


def as_tuple(heads):
    return tuple(max(i, h) - min(i, h) for i, h in enumerate(heads) if h - i)


def with_masked_array(heads):
    return np.ma.masked_equal(np.abs(np.arange(heads.size) - heads), 0).compressed()


def recursively(heads):
    def rest(i):
        if i == len(heads):
            return []
        return ([abs(i - int(heads[i]))] if heads[i] != i else []) + rest(i + 1)

    return rest(0)


def with_nonzero_and_take(heads):
    (words,) = np.nonzero(heads - np.arange(len(heads)))
    return np.subtract(np.maximum(words, heads[words]), np.minimum(words, heads[words]))


def unsigned(heads):
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances != 0].astype(np.uint16)


def read_only(heads):
    distances = np.abs(np.arange(len(heads)) - heads)
    distances = distances[distances > 0]
    distances.flags.writeable = False
    return distances


def with_square_root(heads):
    gaps = np.arange(len(heads)) - heads
    return np.sqrt(gaps[gaps != 0].astype(float) ** 2)


def without_zeros_in_a_set_of_pairs(heads):
    gaps = {i: abs(i - h) for i, h in enumerate(heads.tolist())}
    return [gaps[i] for i in sorted(gaps) if gaps[i]]
