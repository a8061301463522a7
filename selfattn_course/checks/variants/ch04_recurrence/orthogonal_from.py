"""Right but unusual versions of orthogonal_from(a, gain=1.0)."""

import numpy as np


def gram_schmidt(a, gain=1.0):
    columns = []
    for column in a.T:
        rest = column - sum((q * (q @ column) for q in columns), np.zeros(len(a)))
        columns.append(rest / np.linalg.norm(rest))
    return gain * np.stack(columns, axis=1)


def modified_gram_schmidt(a, gain=1.0):
    q = np.array(a, dtype=float)
    for j in range(len(q)):
        q[:, j] /= np.sqrt(q[:, j] @ q[:, j])
        q[:, j + 1 :] -= np.outer(q[:, j], q[:, j] @ q[:, j + 1 :])
    return gain * q


def with_qr(a, gain=1.0):
    return gain * np.linalg.qr(a)[0]


def with_positive_diagonal(a, gain=1.0):
    q, r = np.linalg.qr(a)
    return gain * q * np.sign(np.diag(r))


def all_signs_flipped(a, gain=1.0):
    return -gain * np.linalg.qr(a)[0]


def a_rotation(a, gain=1.0):
    q = np.linalg.qr(a)[0]
    q[:, -1] *= np.sign(np.linalg.det(q))
    return gain * q


def with_cholesky(a, gain=1.0):
    factor = np.linalg.cholesky(a.T @ a)  # a = q @ factor.T
    return gain * np.linalg.solve(factor, a.T).T


def reflections(a, gain=1.0):
    a, n = np.array(a, dtype=float), len(a)
    q = np.eye(n)
    for j in range(n - 1):
        v = a[j:, j].copy()
        v[0] += np.copysign(np.linalg.norm(v), v[0])
        v /= np.linalg.norm(v)
        a[j:] -= 2 * np.outer(v, v @ a[j:])
        q[:, j:] -= 2 * np.outer(q[:, j:] @ v, v)
    return gain * q


def in_float32(a, gain=1.0):
    return np.float32(gain) * np.linalg.qr(np.asarray(a, np.float32))[0]


def nested_lists(a, gain=1.0):
    return (gain * np.linalg.qr(a)[0]).tolist()
