"""Wrong versions of orthogonal_from(a, gain=1.0)."""

import numpy as np


def unchanged(a, gain=1.0):
    """Nothing is made orthogonal. Take away from each column what lies along those before it."""
    return gain * a


def columns_scaled_only(a, gain=1.0):
    """The columns have length 1, but are not orthogonal. Take away what earlier ones share."""
    return gain * a / np.linalg.norm(a, axis=0)


def rows_scaled_only(a, gain=1.0):
    """The rows have length 1. Columns are asked for, and they have to be orthogonal."""
    return gain * a / np.linalg.norm(a, axis=1, keepdims=True)


def not_scaled(a, gain=1.0):
    """The columns are orthogonal, but not of length 1. Divide each by its length."""
    q = a.astype(float).copy()
    for j in range(q.shape[1]):
        for i in range(j):
            q[:, j] -= (q[:, i] @ q[:, j]) / (q[:, i] @ q[:, i]) * q[:, i]
    return gain * q


def scaled_at_the_end(a, gain=1.0):
    """Lengths become 1 only at the end, so too much or too little is taken away. Scale at once."""
    q = a.astype(float).copy()
    for j in range(q.shape[1]):
        for i in range(j):
            q[:, j] -= (q[:, i] @ q[:, j]) * q[:, i]
    return gain * q / (np.linalg.norm(q, axis=0) + 1e-300)


def only_the_column_before(a, gain=1.0):
    """Each column is made orthogonal to the one before it only. Take all earlier ones."""
    q = a.astype(float).copy()
    for j in range(q.shape[1]):
        if j:
            q[:, j] -= (q[:, j - 1] @ q[:, j]) * q[:, j - 1]
        q[:, j] /= np.linalg.norm(q[:, j])
    return gain * q


def only_the_first_column(a, gain=1.0):
    """Each column is made orthogonal to the first only. Take all earlier ones."""
    q = a.astype(float).copy()
    for j in range(q.shape[1]):
        if j:
            q[:, j] -= (q[:, 0] @ q[:, j]) * q[:, 0]
        q[:, j] /= np.linalg.norm(q[:, j])
    return gain * q


def last_column_forgotten(a, gain=1.0):
    """The last column is only scaled. It has to be orthogonal to the others as well."""
    q = a.astype(float).copy()
    for j in range(q.shape[1]):
        for i in range(j if j < q.shape[1] - 1 else 0):
            q[:, j] -= (q[:, i] @ q[:, j]) * q[:, i]
        q[:, j] /= np.linalg.norm(q[:, j])
    return gain * q


def added(a, gain=1.0):
    """The shared part is added. Take it away."""
    q = a.astype(float).copy()
    for j in range(q.shape[1]):
        for i in range(j):
            q[:, j] += (q[:, i] @ q[:, j]) * q[:, i]
        q[:, j] /= np.linalg.norm(q[:, j])
    return gain * q


def rows_made_orthogonal(a, gain=1.0):
    """The rows were gone through. Column 0 of the result has to lie along column 0 of a."""
    return gain * np.linalg.qr(a.T)[0].T


def transposed(a, gain=1.0):
    """The result is transposed. Its columns have to span what the columns of a span."""
    return gain * np.linalg.qr(a)[0].T


def last_column_first(a, gain=1.0):
    """The columns are taken from the last one on. Begin with column 0."""
    return gain * np.linalg.qr(a[:, ::-1])[0][:, ::-1]


def columns_reversed(a, gain=1.0):
    """The columns of the result are reversed. Column 0 lies along column 0 of a."""
    return gain * np.linalg.qr(a)[0][:, ::-1]


def identity(a, gain=1.0):
    """The identity is orthogonal, but has nothing to do with a. Use the columns of a."""
    return gain * np.eye(len(a))


def random_rotation(a, gain=1.0):
    """This is orthogonal, but has nothing to do with a. Use the columns of a."""
    return gain * np.linalg.qr(np.random.default_rng(0).standard_normal(a.shape))[0]


def nearest_orthogonal(a, gain=1.0):
    """This is the orthogonal matrix nearest to a. Column 0 has to lie along column 0 of a."""
    u, _, vt = np.linalg.svd(a)
    return gain * u @ vt


def left_singular_vectors(a, gain=1.0):
    """These are singular vectors. Column 0 has to lie along column 0 of a."""
    return gain * np.linalg.svd(a)[0]


def eigenvectors(a, gain=1.0):
    """These are eigenvectors of a symmetric matrix. Column 0 has to lie along column 0 of a."""
    return gain * np.linalg.eigh((a + a.T) / 2)[1]


def triangle_returned(a, gain=1.0):
    """This is the triangle R of a = QR. Return Q."""
    return gain * np.linalg.qr(a)[1]


def pair_returned(a, gain=1.0):
    """np.linalg.qr returns two matrices. Return the first, times the gain."""
    q, r = np.linalg.qr(a)
    return gain * q, r


def gain_ignored(a, gain=1.0):
    """The gain has no effect: scaling undoes it. Multiply the orthogonal matrix by it."""
    return np.linalg.qr(a)[0]


def gain_before(a, gain=1.0):
    """The gain has no effect: scaling undoes it. Multiply the orthogonal matrix by it."""
    return np.linalg.qr(gain * a)[0]


def gain_squared(a, gain=1.0):
    """Lengths are the square of the gain. Multiply by it once."""
    return gain * gain * np.linalg.qr(a)[0]


def divided_by_gain(a, gain=1.0):
    """The result is divided by the gain. Multiply by it."""
    return np.linalg.qr(a)[0] / gain


def spectral_radius_set(a, gain=1.0):
    """Only the largest eigenvalue is set. Every direction has to keep its length: orthogonalise."""
    return gain * a / np.abs(np.linalg.eigvals(a)).max()


def rounded(a, gain=1.0):
    """The result is rounded, so lengths change. Return it as it is."""
    return np.round(gain * np.linalg.qr(a)[0], 2)


def writes_into_a(a, gain=1.0):
    """The columns of the caller's a are overwritten. Work on a copy."""
    q = a if a.dtype.kind == "f" else a.astype(float)
    for j in range(q.shape[1]):
        for i in range(j):
            q[:, j] -= (q[:, i] @ q[:, j]) * q[:, i]
        q[:, j] /= np.linalg.norm(q[:, j])
    return gain * q


def truncated_for_integers(a, gain=1.0):
    """The result has the integer dtype of a. Begin with a.astype(float)."""
    return (gain * np.linalg.qr(a)[0]).astype(a.dtype)
