"""Wrong versions of restore_order(out_of_shuffled, permutation)."""

import numpy as np


def shuffled_again(out_of_shuffled, permutation):
    """This shuffles a second time. Undo the permutation: row permutation[i] gets row i."""
    return out_of_shuffled[..., permutation, :]


def not_restored(out_of_shuffled, permutation):
    """The rows are still in shuffled order."""
    return out_of_shuffled


def reversed_rows(out_of_shuffled, permutation):
    """Reversing the rows undoes only a reversal."""
    return out_of_shuffled[..., ::-1, :]


def rows_sorted_by_value(out_of_shuffled, permutation):
    """The rows are sorted by their first number. Sort by the permutation."""
    order = np.argsort(out_of_shuffled[..., 0], axis=-1)
    return np.take_along_axis(out_of_shuffled, order[..., None], axis=-2)


def every_column_sorted(out_of_shuffled, permutation):
    """Every column is sorted by itself. The order is that of the permutation."""
    return np.sort(out_of_shuffled, axis=-2)


def columns_moved(out_of_shuffled, permutation):
    """The features are moved where they are as many as tokens. Tokens are on axis -2."""
    inverse = np.argsort(permutation)
    if out_of_shuffled.shape[-1] == len(inverse):
        return out_of_shuffled[..., inverse]
    return out_of_shuffled[..., inverse, :]


def first_axis_moved(out_of_shuffled, permutation):
    """Axis 0 is moved. With a batch, the tokens are on axis -2."""
    return out_of_shuffled[np.argsort(permutation)]


def first_axis_moved_where_it_fits(out_of_shuffled, permutation):
    """Axis 0 is moved wherever it is as long as the permutation. The tokens are on axis -2."""
    inverse = np.argsort(permutation)
    if len(out_of_shuffled) == len(inverse):
        return out_of_shuffled[inverse]
    return out_of_shuffled[..., inverse, :]


def permutation_reversed(out_of_shuffled, permutation):
    """A permutation read backwards is not its inverse. Try np.argsort."""
    return out_of_shuffled[..., permutation[::-1], :]


def complement(out_of_shuffled, permutation):
    """n - 1 - permutation is not the inverse. Try np.argsort."""
    return out_of_shuffled[..., len(permutation) - 1 - permutation, :]


def negated(out_of_shuffled, permutation):
    """-permutation is not the inverse. Try np.argsort."""
    return out_of_shuffled[..., -permutation, :]


def transposed(out_of_shuffled, permutation):
    """The result is transposed. It has one row for each token."""
    return np.swapaxes(out_of_shuffled[..., np.argsort(permutation), :], -1, -2)


def order_returned(out_of_shuffled, permutation):
    """This is the inverse permutation. Apply it to the rows."""
    return np.argsort(permutation)


def first_sequence_only(out_of_shuffled, permutation):
    """Only the first sequence is restored. All leading axes stay."""
    return out_of_shuffled.reshape(-1, *out_of_shuffled.shape[-2:])[0][np.argsort(permutation)]


def last_row_left(out_of_shuffled, permutation):
    """The last row stays where it is. It has to move, too."""
    order = np.argsort(permutation)
    order = np.append(order[:-1], len(order) - 1)
    return out_of_shuffled[..., order, :]


def applied_twice(out_of_shuffled, permutation):
    """The inverse is applied twice. Once is enough."""
    inverse = np.argsort(permutation)
    return out_of_shuffled[..., inverse[inverse], :]


def one_step_of_a_cycle(out_of_shuffled, permutation):
    """Swapping pairs undoes the permutation only if it consists of swaps."""
    out = out_of_shuffled.copy()
    for i, j in enumerate(permutation):
        if i < j:
            out[..., [i, j], :] = out[..., [j, i], :]
    return out


def sorts_the_permutation(out_of_shuffled, permutation):
    """`permutation.sort()` changes the caller's array. np.argsort makes a new one."""
    inverse = np.argsort(permutation)
    permutation.sort()
    return out_of_shuffled[..., inverse, :]


def writes_into_the_rows(out_of_shuffled, permutation):
    """The rows are moved within the caller's array. Make a new one."""
    out_of_shuffled[...] = out_of_shuffled[..., np.argsort(permutation), :]
    return out_of_shuffled


def rotated(out_of_shuffled, permutation):
    """Rolling undoes a rotation only. Undo any permutation."""
    return np.roll(out_of_shuffled, int(permutation[0]), axis=-2)


def half_precision(out_of_shuffled, permutation):
    """float16 keeps three digits. Leave the numbers alone."""
    return out_of_shuffled[..., np.argsort(permutation), :].astype(np.float16)


def rounded(out_of_shuffled, permutation):
    """The numbers are rounded. Return all digits."""
    return out_of_shuffled[..., np.argsort(permutation), :].round(4)
