"""Wrong versions of causal_mask(n)."""

import numpy as np


def strictly_lower(n):
    """No token may see itself here, and the first may see nothing. Keep the diagonal."""
    return np.tri(n, k=-1, dtype=bool)


def upper(n):
    """Queries may only look ahead here. Row i is query i: it may see keys 0 to i."""
    return np.triu(np.ones((n, n), dtype=bool))


def strictly_upper(n):
    """This marks what is forbidden. True has to mean "may attend"."""
    return np.triu(np.ones((n, n), dtype=bool), k=1)


def one_ahead(n):
    """Every query may see one key ahead. Stop at the diagonal."""
    return np.tri(n, k=1, dtype=bool)


def as_floats(n):
    """The mask holds numbers. It has to be boolean: pass dtype=bool."""
    return np.tri(n)


def as_integers(n):
    """The mask holds numbers. It has to be boolean: pass dtype=bool."""
    return np.tri(n, dtype=int)


def additive(n):
    """This is a mask to add to scores. Here a mask is boolean, True where a query may attend."""
    return np.where(np.tri(n, dtype=bool), 0.0, -np.inf)


def all_true(n):
    """Every query may see every key. Key j is allowed for query i if j <= i."""
    return np.ones((n, n), dtype=bool)


def all_false(n):
    """No query may see anything. Key j is allowed for query i if j <= i."""
    return np.zeros((n, n), dtype=bool)


def diagonal_only(n):
    """Every query sees itself only. It may also see all keys before it."""
    return np.eye(n, dtype=bool)


def previous_only(n):
    """Every query sees itself and one key before. It may see all keys before it."""
    return np.tri(n, dtype=bool) & ~np.tri(n, k=-2, dtype=bool)


def reversed_rows(n):
    """The rows are in reverse order. Row 0 is query 0, which may see key 0 only."""
    return np.tri(n, dtype=bool)[::-1]


def reversed_columns(n):
    """The columns are in reverse order. Column 0 is key 0, which every query may see."""
    return np.tri(n, dtype=bool)[:, ::-1]


def one_too_many(n):
    """The mask has n + 1 rows. There are n queries and n keys."""
    return np.tri(n + 1, dtype=bool)


def one_too_few(n):
    """The mask has n - 1 rows. There are n queries and n keys."""
    return np.tri(n - 1, dtype=bool)


def first_row_missing(n):
    """The first query may see nothing. It may see itself."""
    mask = np.tri(n, dtype=bool)
    mask[0] = False
    return mask


def fixed_size(n):
    """The size is always 3. Use n."""
    return np.tri(3, dtype=bool)


def lengths_only(n):
    """These are the numbers of keys that each query sees. Return the n by n mask itself."""
    return np.arange(1, n + 1)


def with_leading_axis(n):
    """The mask has three axes. Two are enough; leading axes broadcast."""
    return np.tri(n, dtype=bool)[None]


def at_most_eight_keys(n):
    """The mask stops at 8 keys. It has n columns."""
    return np.tri(n, min(n, 8), dtype=bool)


def window(n):
    """Every query sees 32 keys at most. It may see all keys before it, however many."""
    return np.tri(n, dtype=bool) & ~np.tri(n, k=-32, dtype=bool)


def cut_from_a_table(n):
    """The mask is cut from a table of 30 rows, so it never has more. It has n."""
    return np.tri(30, dtype=bool)[:n, :n]
