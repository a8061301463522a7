"""Class targets: which of them count, and how much."""

import numpy as np

from .inputs import any_array, float_array


def counted_targets(targets, shape, n_classes, ignore_index):
    """Targets that index safely, and where they count.

    Parameters
    ----------
    targets : array_like of int
        Classes, 0 to n_classes - 1; also `ignore_index`.
    shape : tuple of int
        Expected shape of targets.
    n_classes : int
        How many classes there are.
    ignore_index : int or None
        The target that does not count; it need not be a class.

    Returns
    -------
    targets : ndarray of int
        With 0 in place of `ignore_index`.
    counted : ndarray of bool, same shape
        False where the target is `ignore_index`.

    Raises
    ------
    ValueError
        If the shape is another, or a target is not a class.
    TypeError
        If targets are not integers.
    """
    targets = any_array(targets, "targets")
    if targets.dtype.kind not in "iu":
        raise TypeError(
            f"targets have dtype {targets.dtype}; expected integers, one class for each row. "
            "Turn one-hot rows into classes with targets.argmax(axis=-1)."
        )
    if targets.shape != shape:
        raise ValueError(
            f"targets have shape {targets.shape}; expected {shape}, one class for each row. "
            "Put the classes on the last axis of the scores."
        )
    counted = np.ones(shape, bool) if ignore_index is None else targets != ignore_index
    targets = np.where(counted, targets, 0)
    if targets.size and not 0 <= targets.min() <= targets.max() < n_classes:
        raise ValueError(
            f"targets go from {targets.min()} to {targets.max()}; expected at least 0 and less "
            f"than {n_classes}, the number of classes. Mark targets that do not count with "
            "ignore_index."
        )
    return targets, counted


def weights_of_targets(targets, counted, n_classes, class_weights, dtype):
    """How much each target counts.

    Parameters
    ----------
    targets, counted : ndarray
        From `counted_targets`.
    n_classes : int
        How many classes there are.
    class_weights : array_like, shape (n_classes,), or None
        Weight of each class; all 1 if None.
    dtype : dtype
        Of the result: class_weights do not make it wider.

    Returns
    -------
    ndarray, shape of targets
        0 where a target does not count.

    Raises
    ------
    ValueError
        If class_weights has another shape.
    """
    if class_weights is None:
        return counted.astype(dtype)
    class_weights = float_array(class_weights, "class_weights")
    if class_weights.shape != (n_classes,):
        raise ValueError(
            f"class_weights have shape {class_weights.shape}; expected ({n_classes},). "
            "Give one weight for each class."
        )
    return np.where(counted, class_weights.astype(dtype)[targets], 0)
