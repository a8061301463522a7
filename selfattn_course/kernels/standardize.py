"""Rows of mean 0 and mean square 1: the core of the normalizations."""

import numpy as np

from .inputs import positive_number, wide


def standardized(x, eps, *, centre):
    """Normalized rows, their mean (0 without `centre`), and the factor they were scaled by."""
    x = wide(x)
    eps = positive_number(eps, "eps", x.dtype, "Use 1e-5.")
    with np.errstate(over="ignore", invalid="ignore"):
        rows, mean = _centred(x) if centre else (x, np.zeros((*x.shape[:-1], 1), x.dtype))
        mean_square = row_mean_of_product(rows, rows)
        size = _size_where_not_finite(x, mean_square)
        if size is None:
            factor = 1 / np.sqrt(mean_square + eps)
            return rows * factor, mean, factor
        rows, mean = _centred(x / size) if centre else (x / size, mean)
        tiny = np.finfo(x.dtype).tiny  # avoids 0 / 0 where eps is nothing against the size
        factor = 1 / np.sqrt(row_mean_of_product(rows, rows) + (eps / size / size + tiny))
        return rows * factor, mean * size, factor / size


def _centred(x):
    """Rows less their mean, and the mean; the second round removes the rounding of the first."""
    mean = row_mean(x)
    rows = x - mean
    rest = row_mean(rows)
    return rows - rest, mean + rest


def row_mean(x):
    """Mean along the last axis, kept as an axis of size 1: a product with ones is fast."""
    d = x.shape[-1]
    return x @ np.ones((d, 1), x.dtype) / max(d, 1)


def row_mean_of_product(x, y):
    """Mean of x * y along the last axis, kept as an axis of size 1, without building x * y."""
    return np.einsum("...i,...i->...", x, y)[..., None] / max(x.shape[-1], 1)


def _size_where_not_finite(x, mean_square):
    """The largest entry of each row whose squares overflowed, else 1; None for no such row."""
    finite = np.isfinite(mean_square)
    if finite.all():
        return None
    return np.where(finite, 1, np.abs(x.real).max(axis=-1, keepdims=True))
