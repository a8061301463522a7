"""Right but unusual versions of scores_for_weights(p)."""

import numpy as np


def over_geometric_mean(p):
    n = p.shape[-1]
    roots = p ** (1 / n)
    return np.log(p / roots.prod(axis=-1, keepdims=True))


def centring_matrix(p):
    n = p.shape[-1]
    return np.log(p) @ (np.eye(n) - np.ones((n, n)) / n)


def mean_difference_of_logs(p):
    s = np.log(p)
    return (s[..., :, None] - s[..., None, :]).mean(axis=-1)


def shifted_first(p):
    s = np.log(p) - np.log(p).max(axis=-1, keepdims=True) + 3.0
    return s - np.sum(s, axis=-1)[..., None] / s.shape[-1]


def in_float32(p):
    s = np.log(np.asarray(p, dtype=np.float32))
    return s - s.mean(axis=-1, keepdims=True)


def with_python_floats(p):
    import math

    rows = []
    for row in p.reshape(-1, p.shape[-1]):
        s = [math.log(value) for value in row]
        rows.append([value - math.fsum(s) / len(s) for value in s])
    return np.array(rows).reshape(p.shape).tolist()
