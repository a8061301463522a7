"""Writing new tokens into a cache of fixed size, as a function without side effects."""

import numpy as np

from .attention import broadcast_shape


def updated_cache(cache, new, start=0, *, circular=False):
    """A copy of the cache in which new tokens replace those from `start` on.

    Parameters
    ----------
    cache : array_like, shape (..., size, d)
        Keys or values.
    new : array_like, shape (..., n, d)
        Tokens to write, at most `size`.
    start : int or array_like of int, broadcastable to (...)
        Where the first new token goes; may differ between the leading axes.
    circular : bool
        If True, position p is kept at p modulo size: the newest tokens replace the oldest ones.

    Returns
    -------
    ndarray, shape and dtype of cache

    Raises
    ------
    ValueError
        If the new tokens do not fit, or other axes disagree.
    TypeError
        If start is not an integer, or the dtype of the cache cannot hold the new tokens.

    References
    ----------
    ONNX TensorScatter-24.
    """
    cache, new, start = np.asarray(cache), np.asarray(new), np.asarray(start)
    fits = cache.ndim >= 2 and cache.ndim == new.ndim and cache.shape[:-2] == new.shape[:-2]
    if not fits or cache.shape[-1] != new.shape[-1] or new.shape[-2] > cache.shape[-2]:
        raise ValueError(
            f"cache has shape {cache.shape} and new has shape {new.shape}; expected (..., size, d) "
            "and (..., n, d) with n at most size. Make the cache larger."
        )
    kinds = {cache.dtype.kind, new.dtype.kind}
    if not kinds <= set("biufc") or not np.can_cast(new.dtype, cache.dtype, "same_kind"):
        raise TypeError(
            f"new has dtype {new.dtype} and the cache holds {cache.dtype}; expected numbers of the "
            "same kind. Convert the new tokens first."
        )
    if start.dtype.kind not in "iu":
        raise TypeError(
            f"start has dtype {start.dtype}; expected integers. Pass the position of the first "
            "new token."
        )
    leading = cache.shape[:-2]
    if broadcast_shape(start.shape, leading) != (leading or (1,)):
        raise ValueError(
            f"start has shape {start.shape} and the cache {cache.shape}; expected one that "
            f"broadcasts to {leading}. Give one position for each sequence, or for all."
        )
    size, n = cache.shape[-2], new.shape[-2]
    positions = start.astype(np.int64)[..., None] + np.arange(n)
    if circular:
        positions = positions % size
    elif positions.size and (positions.min() < 0 or positions.max() >= size):
        raise ValueError(
            f"new tokens would go to positions {positions.min()} to {positions.max()} of a cache "
            f"of {size}; expected 0 to {size - 1}. Make the cache larger, or let it be circular."
        )
    out = cache.copy()
    np.put_along_axis(out, np.broadcast_to(positions[..., None], new.shape), new, axis=-2)
    return out
