"""Right but unusual versions of mutual_information(joint)."""

import numpy as np


def three_entropies(joint):
    def entropy(p, axis):
        return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=axis)

    separate = entropy(joint.sum(axis=-1), -1) + entropy(joint.sum(axis=-2), -1)
    return separate - entropy(joint, (-2, -1))


def what_knowing_saves(joint):
    first, second = joint.sum(axis=-1, keepdims=True), joint.sum(axis=-2)
    given = joint / np.where(first > 0, first, 1)
    before = -(second * np.log(np.where(second > 0, second, 1))).sum(axis=-1)
    return before + (joint * np.log(np.where(given > 0, given, 1))).sum(axis=(-2, -1))


def table_by_table(joint):
    out = []
    for table in joint.reshape(-1, *joint.shape[-2:]):
        outer = np.outer(table.sum(axis=1), table.sum(axis=0))
        seen = table > 0
        out.append((table[seen] * np.log(table[seen] / outer[seen])).sum())
    return np.reshape(out, joint.shape[:-2])


def with_python_floats(joint):
    import math

    if joint.ndim > 2:
        return [with_python_floats(table) for table in joint]
    first = [math.fsum(row) for row in joint.tolist()]
    second = [math.fsum(column) for column in joint.T.tolist()]
    terms = (
        p * (math.log(p) - math.log(first[a]) - math.log(second[b]))
        for a, row in enumerate(joint.tolist())
        for b, p in enumerate(row)
        if p > 0
    )
    return math.fsum(terms)


def in_float32(joint):
    joint = np.asarray(joint, dtype=np.float32)
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def in_long_double(joint):
    joint = np.asarray(joint, dtype=np.longdouble)
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))


def with_nansum(joint):
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return np.nansum(joint * np.log(joint / outer), axis=(-2, -1))


def with_tiny_constant(joint):
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    return (joint * np.log((joint + 1e-12) / (outer + 1e-12))).sum(axis=(-2, -1))


def with_einsum(joint):
    outer = (
        np.einsum("...ab->...a", joint)[..., None] * np.einsum("...ab->...b", joint)[..., None, :]
    )
    logs = np.zeros_like(joint)
    np.log(joint / np.where(outer > 0, outer, 1), out=logs, where=joint > 0)
    return np.einsum("...ab,...ab->...", joint, logs)


def never_negative(joint):
    outer = joint.sum(axis=-1)[..., None] * joint.sum(axis=-2)[..., None, :]
    ratio = np.divide(joint, outer, out=np.ones(joint.shape), where=joint > 0)
    return np.maximum((joint * np.log(ratio)).sum(axis=-1).sum(axis=-1), 0)


def in_bits_and_back(joint):
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return np.log(2) * (joint * np.log2(ratio)).sum(axis=(-2, -1))


def recursively_in_lists(joint):
    if joint.ndim > 2:
        return [recursively_in_lists(table) for table in joint]
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    return float(sum(p * np.log(p / o) for p, o in zip(joint.flat, outer.flat, strict=True) if p))


def transposed_first(joint):
    joint = np.swapaxes(joint, -1, -2)
    outer = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    ratio = np.where(joint > 0, joint, 1) / np.where(joint > 0, outer, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))
