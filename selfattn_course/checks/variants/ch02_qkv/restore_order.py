"""Right but unusual versions of restore_order(out_of_shuffled, permutation)."""

import numpy as np


def assigned(out_of_shuffled, permutation):
    out = np.empty_like(out_of_shuffled)
    out[..., permutation, :] = out_of_shuffled
    return out


def with_a_permutation_matrix(out_of_shuffled, permutation):
    return np.eye(len(permutation))[permutation].T @ out_of_shuffled


def with_take(out_of_shuffled, permutation):
    return np.take(out_of_shuffled, np.argsort(permutation), axis=-2)


def row_by_row(out_of_shuffled, permutation):
    rows = [out_of_shuffled[..., list(permutation).index(i), :] for i in range(len(permutation))]
    return np.stack(rows, axis=-2)


def with_powers_of_the_permutation(out_of_shuffled, permutation):
    inverse, power = np.arange(len(permutation)), permutation
    while (power != np.arange(len(permutation))).any():
        inverse, power = power, power[permutation]
    return out_of_shuffled[..., inverse, :]


def with_sorted_pairs(out_of_shuffled, permutation):
    rows = np.moveaxis(out_of_shuffled, -2, 0)
    pairs = sorted(zip(permutation.tolist(), range(len(rows)), strict=True))
    return np.moveaxis(np.array([rows[i] for _, i in pairs]), 0, -2)


def as_list(out_of_shuffled, permutation):
    return out_of_shuffled[..., np.argsort(permutation), :].tolist()


def in_float32(out_of_shuffled, permutation):
    return out_of_shuffled.astype(np.float32)[..., np.argsort(permutation), :]


def with_nonzero(out_of_shuffled, permutation):
    return out_of_shuffled[
        ..., np.nonzero(np.arange(len(permutation))[:, None] == permutation)[1], :
    ]
