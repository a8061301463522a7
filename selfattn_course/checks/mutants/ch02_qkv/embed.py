"""Wrong versions of embed(ids, table)."""

import numpy as np


def columns(ids, table):
    """This picks columns. The embedding of token i is row i of the table."""
    return np.moveaxis(table[:, np.minimum(ids, table.shape[1] - 1)], 0, -1)


def columns_unmoved(ids, table):
    """`table[:, ids]` picks columns. The embedding of token i is row i of the table."""
    return table[:, ids % table.shape[1]]


def counted_from_one(ids, table):
    """Ids count from 0: token 0 has row 0."""
    return table[ids - 1]


def next_row(ids, table):
    """Every id is one too high. Token i has row i."""
    return table[(ids + 1) % len(table)]


def rows_of_positions(ids, table):
    """These are the rows of the positions 0, 1, 2. Take the rows of the ids."""
    places = np.broadcast_to(np.arange(ids.shape[-1]), ids.shape)
    return table[places % len(table)]


def sorted_ids(ids, table):
    """The order of the tokens is lost: the ids are sorted."""
    return table[np.sort(ids, axis=-1)]


def each_token_once(ids, table):
    """A token that comes twice needs its row twice."""
    return table[np.unique(ids)]


def reversed_tokens(ids, table):
    """The tokens come out in reverse order."""
    return table[ids[..., ::-1]]


def one_hot_only(ids, table):
    """These are one-hot rows. Multiply them by the table."""
    return np.eye(len(table))[ids]


def table_transposed(ids, table):
    """The one-hot rows meet the transposed table. Row i of the table belongs to id i."""
    one_hot = np.eye(len(table))[ids]
    return one_hot @ table.T


def one_hot_too_narrow(ids, table):
    """The one-hot rows need one column for each row of the table, not for each id up
    to the largest.
    """
    one_hot = np.eye(int(ids.max()) + 1)[ids]
    return one_hot @ table


def ids_times_table(ids, table):
    """An id is a name, not an amount: it must not multiply anything."""
    return ids[..., None] * table[0]


def summed(ids, table):
    """The rows are added up. Return one row for each token."""
    return table[ids].sum(axis=-2)


def averaged(ids, table):
    """The rows are averaged. Return one row for each token."""
    return table[ids].mean(axis=-2)


def flat_batch(ids, table):
    """All sequences end up in one long list. Keep the axes of ids."""
    return table[ids.ravel()]


def first_sequence_only(ids, table):
    """Only the first sequence is looked up. Keep all axes of ids."""
    return table[ids if ids.ndim == 1 else ids.reshape(-1, ids.shape[-1])[0]]


def take_without_axis(ids, table):
    """np.take counts through all entries. Give it axis=0, so that it takes rows."""
    return np.take(table, ids)


def entries_not_rows(ids, table):
    """This picks one number for each token. Take the whole row."""
    return table[ids, ids % table.shape[1]]


def transposed(ids, table):
    """Features come before tokens. The result has shape (..., n, d)."""
    return np.swapaxes(table[ids], -1, -2)


def unit_length(ids, table):
    """The rows are brought to length 1. Return them as they are."""
    rows = table[ids]
    return rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-12)


def scaled_by_root_d(ids, table):
    """The rows are multiplied by sqrt(d). Return them as they are."""
    return table[ids] * np.sqrt(table.shape[1])


def in_dtype_of_ids(ids, table):
    """The numbers lose their digits: the result has the dtype of the ids."""
    return table[ids].astype(ids.dtype)


def half_precision(ids, table):
    """float16 keeps three digits. Leave the dtype alone."""
    return table[ids].astype(np.float16)


def last_row_clipped(ids, table):
    """The last token of the vocabulary gets the row before it."""
    return table[np.minimum(ids, max(len(table) - 2, 0))]


def first_row_for_padding(ids, table):
    """Id 0 gets zeros. Here it is a token like any other."""
    return table[ids] * (ids > 0)[..., None]


def positions_added(ids, table):
    """The positions are added to the embeddings. Return the rows alone."""
    return table[ids] + np.arange(ids.shape[-1])[:, None] / 8


def centred_table(ids, table):
    """The mean of the table is taken out. Return the rows as they are."""
    return (table - table.mean(axis=0))[ids]


def writes_into_table(ids, table):
    """The table itself is changed. Leave the caller's array alone."""
    table += 1
    return table[ids] - 1


def rounded(ids, table):
    """The rows are rounded. Return all digits."""
    return table[ids].round(4)
