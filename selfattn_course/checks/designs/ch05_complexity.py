"""Judging tiles, and pairs of sizes that give wrong counts away. Answers are never trusted."""

import numpy as np

from ..compare import as_array, describe

LARGEST_SIZE = 10**6


def one_of_the_largest(expected, value):
    """What is wrong with a tile, of which several may be the largest.

    Parameters
    ----------
    expected : ndarray of int, shape (m, 2)
        All tiles that fit and have the most scores: queries and keys of each.
    value : object
        What a student's function returned: one of these tiles.

    Returns
    -------
    str
        One sentence, or "".
    """
    array = as_array(value)
    if array is None:
        return describe(value, "two whole numbers")
    if array.dtype.kind == "b" or array.shape not in ((2,), expected.shape):
        return f"returned {_kind(array)}; expected two whole numbers, rows and columns."
    tiles = array.reshape(-1, 2)
    odd = tiles[~_whole(tiles)]
    if odd.size:
        return f"{odd.flat[0]:.6g} is no whole number of 1 or more."
    allowed = {(int(rows), int(columns)) for rows, columns in expected}
    wrong = [tile for tile in ((int(r), int(c)) for r, c in tiles) if tile not in allowed]
    return _why_not(*wrong[0], expected) if wrong else ""


def separates_counts(right, wrong):
    """A comparison for exercises that ask for sizes on which each wrong count is wrong.

    Parameters
    ----------
    right : callable
        Takes n and d; the right count.
    wrong : tuple of callable
        Take the same.

    Returns
    -------
    callable
        Takes the reference's answer, which is not needed, and a student's: one pair (n, d) for
        each of `wrong`, whole numbers from 1 to a million. Returns one sentence, or "".
    """

    def problem(_, value):
        if value is None:
            return "returned None; is a return missing?"
        if not isinstance(value, list | tuple) and not (
            isinstance(value, np.ndarray) and value.ndim
        ):
            return "the answer is no list of pairs."
        if len(value) != len(wrong):
            return f"returned {len(value)} entries; expected {len(wrong)}, one for each function."
        pairs = [_pair(given) for given in value]
        for function, pair in zip(wrong, pairs, strict=True):
            if pair is None:
                return (
                    f"the entry for {function.__name__} is no pair of whole numbers "
                    f"from 1 to {LARGEST_SIZE}."
                )
        missed = [f.__name__ for f, p in zip(wrong, pairs, strict=True) if f(*p) == right(*p)]
        return f"right on the pair for {', '.join(missed)}." if missed else ""

    return problem


def _why_not(rows, columns, expected):
    """Fewer scores than the largest tiles have, or else too many bytes."""
    most = int(np.prod(expected[0]))
    if max(rows, columns) > 10**9:  # a long double may be too large even to print
        return "a tile with a side above 10^9 does not fit into the budget."
    shown = f"a tile of {rows} x {columns}"
    if rows * columns < most:
        return f"{shown} has {rows * columns} scores; one with {most} fits."
    return f"{shown} does not fit into the budget."


def _pair(given):
    """Two sizes as Python integers, or None."""
    array = as_array(given)
    if array is None or array.shape != (2,) or array.dtype.kind == "b":
        return None
    if not (_whole(array).all() and (array <= LARGEST_SIZE).all()):
        return None
    return int(array[0]), int(array[1])


def _whole(array):
    with np.errstate(all="ignore"):
        return np.isfinite(array) & (array == np.floor(array)) & (array >= 1)


def _kind(array):
    if array.dtype.kind == "b":
        return "True or False"
    return "one number" if array.ndim == 0 else f"shape {str(array.shape)[:40]}"
