"""Walk over the arrays in nested records: weights, their gradients, the state of an optimizer.

A nested record is an array, or a dataclass, dict, list or tuple of nested records. None stands
for an array that is not there (a layer without bias).
"""

from dataclasses import fields, is_dataclass

import numpy as np


def map_arrays(function, record, *others):
    """A record like the first, with `function` applied to the arrays at each place.

    Parameters
    ----------
    function : callable
        Takes one array from each record, returns what goes into the result.
    record : nested record
        Decides the structure and the types of the result.
    *others : nested record
        Same structure as the first; each array has the same shape as its counterpart.

    Returns
    -------
    nested record
        Of the same types as the first. None stays None.

    Raises
    ------
    ValueError
        If the records differ in structure or in the shape of an array.
    TypeError
        If a record holds something else than arrays.
    """
    return _map(function, (record, *others), "record")


def list_arrays(record):
    """All arrays of a nested record, in the order of its fields; None is left out.

    Parameters
    ----------
    record : nested record

    Returns
    -------
    list of ndarray
        The arrays themselves, not copies.

    Raises
    ------
    TypeError
        If the record holds something else than arrays.
    """
    arrays = []
    map_arrays(arrays.append, record)
    return arrays


def _map(function, records, path):
    first = records[0]
    if isinstance(first, (np.ndarray, np.floating)):
        _check_equal(path, "shape", [getattr(r, "shape", None) for r in records])
        return function(*records)
    _check_equal(path, "type", [type(r).__name__ for r in records])
    if first is None:
        return None
    if is_dataclass(first):
        names = [field.name for field in fields(first)]
        return type(first)(
            **{n: _map(function, [getattr(r, n) for r in records], f"{path}.{n}") for n in names}
        )
    if isinstance(first, dict):
        _check_equal(path, "keys", [set(r) for r in records])
        return {k: _map(function, [r[k] for r in records], f"{path}[{k!r}]") for k in first}
    if isinstance(first, (list, tuple)):
        _check_equal(path, "length", [len(r) for r in records])
        parts = [
            _map(function, part, f"{path}[{i}]")
            for i, part in enumerate(zip(*records, strict=True))
        ]
        return type(first)(*parts) if hasattr(first, "_fields") else type(first)(parts)
    raise TypeError(
        f"{path} is a {type(first).__name__}; expected an array, None, or a dataclass, dict, list "
        "or tuple of them. Convert numbers with np.asarray."
    )


def _check_equal(path, what, values):
    for value in values[1:]:
        if value != values[0]:
            raise ValueError(
                f"{path} has {what} {value} in one record; expected {values[0]} as in the first. "
                "Give records that were made alike."
            )
