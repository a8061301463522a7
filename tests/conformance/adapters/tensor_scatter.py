"""Writing new tokens into a cache of fixed size."""

import numpy as np

from selfattn_course.kernels.cache_update import updated_cache


def tensor_scatter(case):
    """The standard counts a start for each sequence, and may have time on another axis."""
    cache, new, start = (*case.inputs, None)[:3]
    axis = case.attributes.get("axis", -2)
    cache, new = np.moveaxis(cache, axis, -2), np.moveaxis(new, axis, -2)
    start = np.zeros(cache.shape[0], int) if start is None else start
    start = start.reshape(-1, *[1] * (cache.ndim - 3))
    circular = case.attributes.get("mode", "linear") == "circular"
    return (np.moveaxis(updated_cache(cache, new, start, circular=circular), -2, axis),)


OPERATORS = {"TensorScatter": tensor_scatter}
