"""Judging the free designs of chapter 1: twin sequences, and token sequences for the bug hunt."""

from collections import Counter

import numpy as np

from ..compare import as_array
from ..separation import separation

LONGEST = 1000  # symbols in a sequence
LARGEST_ID = 99


def length_of_twins(window):
    """Length of the reference's sequences: from it, `twins` knows the window."""
    return 6 * window + 2


def is_balanced(sequence):
    """Whether 1 opens and 0 closes: never more closed than opened, and none left open."""
    depth = np.cumsum(np.where(sequence == 1, 1, -1))
    return bool(depth.min() >= 0 and depth[-1] == 0)


def twins(expected, value):
    """What two sequences lack to have the same n-grams, but only the first balanced.

    Parameters
    ----------
    expected : list of two lists
        Of the length that `length_of_twins` gives for the window asked for.
    value : object
        What a student's function returned.

    Returns
    -------
    str
        One sentence, or "".
    """
    window = (len(expected[0]) - 2) // 6
    if value is None:
        return "returned None; is a return missing?"
    if not _is_row(value) or len(value) != 2:
        return "expected two sequences, as in return first, second."
    pair = []
    for name, given in zip(("first", "second"), value, strict=True):
        reason = _unfit_bits(given)
        if reason:
            return f"the {name} sequence {reason}"
        pair.append(as_array(given).astype(np.int64))
    return _unlike_twins(*pair, window)


def _unfit_bits(given):
    """Why this is no sequence of 0 and 1, or ""."""
    array = _flat_array(given)
    if array is None:
        return "is no flat sequence of numbers."
    if not 1 <= array.size <= LONGEST:
        return f"has {array.size} symbols; expected 1 to {LONGEST}."
    if not ((array == 0) | (array == 1)).all():
        return "holds something besides 0 and 1."
    return ""


def _flat_array(given):
    """`given` as an array of one axis, or None. A long one is not looked through."""
    if isinstance(given, list | tuple):
        if len(given) > LONGEST:
            return np.zeros(len(given), dtype=bool)
        if any(map(_is_row, given)):
            return None
    array = as_array(given)
    return array if array is not None and array.ndim == 1 else None


def _unlike_twins(first, second, window):
    if len(first) != len(second):
        return f"the sequences have {len(first)} and {len(second)} symbols; expected as many."
    if np.array_equal(first, second):
        return "both sequences are the same."
    for n in range(1, window + 1):
        one, other = _ngrams(first, n), _ngrams(second, n)
        if one != other:
            gram = min(gram for gram in one | other if one[gram] != other[gram])
            counts = f"{one[gram]} against {other[gram]} times"
            return f"the {n}-gram {gram.decode()} comes {counts} in the two sequences."
    if not is_balanced(first):
        return "the first sequence is not balanced."
    return "the second sequence is balanced too." if is_balanced(second) else ""


def _ngrams(sequence, n):
    text = (sequence + ord("0")).astype(np.uint8).tobytes()
    return Counter(text[i : i + n] for i in range(len(text) - n + 1))


def token_separation(right, wrong):
    """As `separation`, for functions that take one sequence of token ids.

    Parameters
    ----------
    right : callable
        Takes an array of ids, 0 to 99, at least three of them.
    wrong : tuple of callable
        Take the same.

    Returns
    -------
    callable
    """
    judge = separation(right, wrong)

    def problem(expected, value):
        if not _is_row(value) or len(value) != len(wrong):
            return judge(expected, value)
        for function, given in zip(wrong, value, strict=True):
            reason = _unfit_tokens(given)
            if reason:
                return f"the input for {function.__name__} {reason}"
        return judge(expected, [as_array(given).astype(np.int64) for given in value])

    return problem


def _unfit_tokens(given):
    """Why this is no sequence of token ids, or ""."""
    array = _flat_array(given)
    if array is None or (array.dtype.kind == "b" and array.size <= LONGEST):
        return "is no flat sequence of numbers."
    if not 3 <= array.size <= LONGEST:
        return f"has {array.size} tokens; expected 3 to {LONGEST}."
    if not ((array >= 0) & (array <= LARGEST_ID) & (array == np.floor(array))).all():
        return f"holds something besides whole numbers from 0 to {LARGEST_ID}."
    return ""


def _is_row(value):
    return isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)
