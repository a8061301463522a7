"""What was worked out before is not worked out again from data that are the same to the bit.

Most right answers of a class come from a few formulas, and so do most wrong ones.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

MOST_BYTES = 1 << 16
_ENTRIES = 2048  # 128 MiB at worst
_ATOMS = (type(None), bool, int, float, str)


def once(key, compute):
    """What `compute` returns, or returned when the same was asked before.

    Parameters
    ----------
    key : tuple
        All that the result follows from, such as `bits_of` data; None in it asks for the result
        to be worked out now and not to be remembered.
    compute : callable
        Takes nothing; nobody may change what it returns.

    Returns
    -------
    object
    """
    return compute() if None in key else _remembered(_Computation(key, compute))


def bits_of(values):
    """What tells data apart, to the bit.

    Parameters
    ----------
    values : sequence
        Arrays, numbers, texts and None.

    Returns
    -------
    bytes or None
        None if they hold anything else, or more than MOST_BYTES.
    """
    kinds, contents = [], []
    for value in values:
        if type(value) is np.ndarray and value.dtype.kind in "biuf":
            kinds.append((value.dtype.str, value.shape))
            contents.append(value)
        elif type(value) in _ATOMS:
            kinds.append(value)
        else:
            return None
    text = repr(kinds).encode("utf-8", "backslashreplace")
    if len(text) + sum(array.nbytes for array in contents) > MOST_BYTES:
        return None
    return hashlib.sha256(b"".join((text, *(array.tobytes() for array in contents)))).digest()


@dataclass(frozen=True)
class _Computation:
    key: tuple
    compute: Callable = field(compare=False)


@lru_cache(_ENTRIES)
def _remembered(computation):
    return computation.compute()
