"""Wrong versions of clip_by_norm(gradients, limit)."""

import numpy as np


def entries_clipped(gradients, limit):
    """Each entry is cut off by itself, which turns the direction. Shrink all by one factor."""
    return np.clip(gradients, -limit, limit)


def always_scaled(gradients, limit):
    """Short gradients are made longer. Leave them as they are."""
    norm = np.sqrt((gradients**2.0).sum())
    return gradients * limit / norm if norm else gradients * 1.0


def unchanged(gradients, limit):
    """Nothing is clipped. Shrink what is longer than the limit."""
    return gradients * 1.0


def row_by_row(gradients, limit):
    """Each row is clipped by itself. The norm is that of all entries together."""
    norm = np.sqrt((gradients**2.0).sum(axis=-1, keepdims=True))
    return gradients * np.minimum(1, limit / np.maximum(norm, 1e-300))


def column_by_column(gradients, limit):
    """Each column is clipped by itself. The norm is that of all entries together."""
    norm = np.sqrt((gradients**2.0).sum(axis=0, keepdims=True))
    return gradients * np.minimum(1, limit / np.maximum(norm, 1e-300))


def matrix_by_matrix(gradients, limit):
    """Each matrix is clipped by itself. The norm is that of all entries together."""
    axes = tuple(range(max(gradients.ndim - 2, 0), gradients.ndim))
    norm = np.sqrt((gradients**2.0).sum(axis=axes, keepdims=True))
    return gradients * np.minimum(1, limit / np.maximum(norm, 1e-300))


def spectral_norm(gradients, limit):
    """For a matrix, np.linalg.norm(g, 2) is the largest stretch. Leave out the 2."""
    order = 2 if gradients.ndim <= 2 else None
    norm = np.linalg.norm(gradients, order)
    return gradients * min(1.0, limit / max(norm, 1e-300))


def largest_entry(gradients, limit):
    """The largest entry is compared with the limit. Compare the root of the sum of squares."""
    return gradients * min(1.0, limit / max(np.abs(gradients).max(), 1e-300))


def sum_of_sizes(gradients, limit):
    """The sum of |g| is compared with the limit. Compare the root of the sum of squares."""
    return gradients * min(1.0, limit / max(np.abs(gradients).sum(), 1e-300))


def square_of_norm(gradients, limit):
    """The root is missing in the norm. Take np.sqrt of the sum of squares."""
    return gradients * min(1.0, limit / max((gradients**2.0).sum(), 1e-300))


def root_mean_square(gradients, limit):
    """This is the root of the mean square. Take the sum of squares."""
    return gradients * min(1.0, limit / max(np.sqrt((gradients**2.0).mean()), 1e-300))


def standard_deviation(gradients, limit):
    """The mean is taken out of this norm. Take the root of the sum of squares."""
    return gradients * min(1.0, limit / max(gradients.std() * gradients.size**0.5, 1e-300))


def unit_length(gradients, limit):
    """What is too long becomes 1 long. It has to become as long as the limit."""
    norm = np.sqrt((gradients**2.0).sum())
    return gradients / norm if norm > limit else gradients * 1.0


def set_to_zero(gradients, limit):
    """What is too long becomes 0. Shrink it to the limit; its direction is worth keeping."""
    return gradients * float(np.sqrt((gradients**2.0).sum()) <= limit)


def smooth(gradients, limit):
    """Short gradients shrink, too. Leave them as they are."""
    return gradients * limit / (limit + np.sqrt((gradients**2.0).sum()))


def larger_of_both(gradients, limit):
    """Short gradients grow and long ones stay. Take the smaller of 1 and limit / norm."""
    norm = np.sqrt((gradients**2.0).sum())
    return gradients * max(1.0, limit / max(norm, 1e-300))


def zero_over_zero(gradients, limit):
    """A gradient of 0 becomes NaN: its norm is 0. Divide only if the norm is above the limit."""
    norm = np.sqrt((gradients**2.0).sum())
    unit = gradients / norm
    return unit * np.minimum(norm, limit)


def limit_ignored(gradients, limit):
    """The limit is taken to be 1. Use `limit`."""
    return gradients * min(1.0, 1 / max(np.sqrt((gradients**2.0).sum()), 1e-300))


def constant_in_norm(gradients, limit):
    """A constant added to the norm makes the result too short. Divide by the norm alone."""
    return gradients * min(1.0, limit / (np.sqrt((gradients**2.0).sum()) + 1e-3))


def flattened(gradients, limit):
    """The shape is lost. Shrink the array as it is."""
    norm = np.sqrt((gradients**2.0).sum())
    return gradients.ravel() * min(1.0, limit / max(norm, 1e-300))


def sign_flipped(gradients, limit):
    """The sign is flipped. Clipping keeps the direction; the descent comes later."""
    return -gradients * min(1.0, limit / max(np.sqrt((gradients**2.0).sum()), 1e-300))


def truncated_for_integers(gradients, limit):
    """The result has the integer dtype of the gradient. Let NumPy choose the dtype."""
    factor = min(1.0, limit / max(np.sqrt((gradients**2.0).sum()), 1e-300))
    return (gradients * factor).astype(gradients.dtype)


def squares_in_half_precision(gradients, limit):
    """float16 keeps three digits and overflows above 65504. Leave the dtype alone."""
    norm = np.sqrt((gradients.astype(np.float16) ** 2).sum())
    return gradients * min(1.0, limit / max(float(norm), 1e-300))


def writes_into_gradients(gradients, limit):
    """`g *= ...` changes the caller's array. Write `g * factor`, which makes a new one."""
    factor = min(1.0, limit / max(np.sqrt((gradients**2.0).sum()), 1e-300))
    if factor < 1 and gradients.dtype.kind == "f":
        gradients *= factor
        return gradients
    return gradients * factor


def factor_only(gradients, limit):
    """This is the factor. Return the gradients multiplied by it."""
    return min(1.0, limit / max(np.sqrt((gradients**2.0).sum()), 1e-300))


def norm_returned_as_well(gradients, limit):
    """The norm comes back, too. Return the gradients alone."""
    norm = np.sqrt((gradients**2.0).sum())
    return gradients * min(1.0, limit / max(norm, 1e-300)), norm
