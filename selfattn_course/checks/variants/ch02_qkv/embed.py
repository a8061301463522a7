"""Right but unusual versions of embed(ids, table)."""

import numpy as np


def with_take(ids, table):
    return np.take(table, ids, axis=0)


def with_one_hot(ids, table):
    one_hot = (ids[..., None] == np.arange(len(table))).astype(float)
    return one_hot @ table


def with_einsum(ids, table):
    return np.einsum("...v,vd->...d", np.eye(len(table))[ids], table)


def token_by_token(ids, table):
    out = np.zeros((*ids.shape, table.shape[1]))
    for place, token in np.ndenumerate(ids):
        out[place] = table[token]
    return out


def nested_lists(ids, table):
    def rows(part):
        return [rows(p) for p in part] if isinstance(part, list) else table[part].tolist()

    return rows(ids.tolist())


def column_by_column(ids, table):
    return np.stack([column[ids] for column in table.T], axis=-1)


def list_of_arrays(ids, table):
    return [table[row] for row in ids]


def flat_and_back(ids, table):
    return table[ids.ravel()].reshape(*ids.shape, -1)


def from_dictionary(ids, table):
    rows = {i: row for i, row in enumerate(table)}
    return np.array([rows[i] for i in ids.ravel().tolist()]).reshape(*ids.shape, table.shape[1])


def in_float32(ids, table):
    return table.astype(np.float32)[ids]


def in_long_double(ids, table):
    return table.astype(np.longdouble)[ids]


def read_only(ids, table):
    out = table[ids]
    out.flags.writeable = False
    return out


def fortran_order(ids, table):
    return np.asfortranarray(table[ids])


def with_choose(ids, table):
    return np.sum([(ids == i)[..., None] * row for i, row in enumerate(table)], axis=0)


def negative_indices(ids, table):
    return table[ids.astype(np.int64) - len(table)]
