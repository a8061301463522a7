"""Wrong versions of mutual_information(joint): axes, batches and marginals."""

import numpy as np


def first_symbol_twice(joint):
    """The shares of the second symbol are the sums of the columns, not of the rows."""
    rows = joint.sum(axis=-1)
    outer = rows[..., :, None] * rows[..., None, :]
    ratio = np.where(joint > 0, joint, 1) / np.where((joint > 0) & (outer > 0), outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def second_symbol_twice(joint):
    """The shares of the first symbol are the sums of the rows, not of the columns."""
    columns = joint.sum(axis=-2)
    outer = columns[..., :, None] * columns[..., None, :]
    ratio = np.where(joint > 0, joint, 1) / np.where((joint > 0) & (outer > 0), outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def marginals_swapped(joint):
    """The sums of the rows belong to the rows. Keep the summed axis: keepdims=True."""
    outer = joint.sum(axis=-2)[..., :, None] * joint.sum(axis=-1)[..., None, :]
    ratio = np.where(joint > 0, joint, 1) / np.where((joint > 0) & (outer > 0), outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def rows_without_keepdims(joint):
    """The sums of the rows lost an axis, so they line up with the columns. Use keepdims=True."""
    outer = joint.sum(axis=-1) * joint.sum(axis=-2)
    ratio = np.where(joint > 0, joint, 1) / np.where((joint > 0) & (outer > 0), outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def columns_without_keepdims(joint):
    """In a batch, the sums of the columns line up with the wrong axis. Use keepdims=True."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2)
    ratio = np.where(joint > 0, joint, 1) / np.where((joint > 0) & (outer > 0), outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def equal_shares(joint):
    """The symbols are taken to be equally frequent. Their shares are the sums of the table."""
    size = joint.shape[-1] * joint.shape[-2]
    return (joint * np.log(np.where(joint > 0, joint * size, 1))).sum(axis=(-2, -1))


def equal_shares_of_the_first(joint):
    """The first symbols are taken to be equally frequent. Their shares are the sums of the rows."""
    outer = joint.sum(axis=-2, keepdims=True) / joint.shape[-2] * np.ones_like(joint)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def summed_over_everything(joint):
    """A batch gives one number here. Sum over the last two axes; `joint[joint > 0]` has one."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum()


def positive_ones_of_everything(joint):
    """A batch gives one number here. Sum over the last two axes; `joint[joint > 0]` has one."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    seen = joint > 0
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


def first_two_axes(joint):
    """Axes 0 and 1 are the table of a single one only. Use the last two: -2 and -1."""
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where((joint > 0) & (outer > 0), outer, 1)
    return (joint * np.log(ratio)).sum(axis=(0, 1))


def marginals_along_first_axes(joint):
    """The shares are summed over axes 0 and 1. Use the last two, -2 and -1, as for the result."""
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where((joint > 0) & (outer > 0), outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def one_axis_left(joint):
    """One number for each row is left. Sum over both of the last two axes."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=-1)


def one_axis_left_of_columns(joint):
    """One number for each column is left. Sum over both of the last two axes."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=-2)


def terms_not_summed(joint):
    """These are the terms. Sum them over the last two axes."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return joint * np.log(ratio)


def axes_kept(joint):
    """The last two axes are still there with size 1. Remove them."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1), keepdims=True)


def batch_averaged(joint):
    """The tables of a batch are averaged. Give a number for each."""
    joint = joint.reshape(-1, *joint.shape[-2:]).mean(axis=0)
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def batch_as_one_table(joint):
    """The tables of a batch are taken for one that sums to 1. Each has sums of its own."""
    joint = joint / joint.sum()
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def first_table_only(joint):
    """Only the first table of a batch is used. Give a number for each."""
    table = joint.reshape(-1, *joint.shape[-2:])[0]
    outer = table.sum(axis=-1, keepdims=True) * table.sum(axis=-2, keepdims=True)
    ratio = np.where(table > 0, table, 1) / np.where(table > 0, outer, 1)
    return np.full(joint.shape[:-2], (table * np.log(ratio)).sum())


def diagonal_only(joint):
    """Only equal symbols are compared. Every pair counts."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return np.einsum(
        "...ii->...", (joint * np.log(ratio))[..., : min(joint.shape[-2:]), : min(joint.shape[-2:])]
    )


def upper_half_only(joint):
    """Only pairs in rising order are compared. Every pair counts."""
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return np.triu(joint * np.log(ratio)).sum(axis=(-2, -1))


def made_symmetric(joint):
    """The table was averaged with its transpose. The order of a pair counts."""
    if joint.shape[-1] == joint.shape[-2]:
        joint = (joint + np.swapaxes(joint, -1, -2)) / 2
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def flat_list(joint):
    """The shape is wrong: (..., m, n) becomes (...)."""
    out = []
    for table in joint.reshape(-1, *joint.shape[-2:]):
        outer = table.sum(axis=1, keepdims=True) * table.sum(axis=0)
        seen = table > 0
        out.append(float((table[seen] * np.log(table[seen] / outer[seen])).sum()))
    return out
