"""Right but unusual versions of gradient_norms(states, w_h, d_last)."""

import numpy as np


def with_linalg_norm(states, w_h, d_last):
    rows = [d_last]
    for state in states[:0:-1]:
        rows.append((rows[-1] * (1 - state**2)) @ w_h.T)
    return np.stack([np.arange(len(rows)), np.linalg.norm(rows, axis=-1)])


def as_pair_of_lists(states, w_h, d_last):
    d_h, norms = d_last, []
    for t in range(len(states) - 1, -1, -1):
        norms.append(float(np.sqrt(d_h @ d_h)))
        d_h = w_h @ (d_h * (1 - states[t] ** 2))
    return list(range(len(norms))), norms


def with_product_of_jacobians(states, w_h, d_last):
    out, whole = np.zeros((2, len(states))), np.eye(states.shape[1])
    for distance in range(len(states)):
        out[:, distance] = distance, np.sqrt(np.square(whole @ d_last).sum())
        whole = w_h @ np.diag(1 - states[-1 - distance] ** 2) @ whole
    return out


def in_float32(states, w_h, d_last):
    states, w_h, d_h = (np.asarray(a, np.float32) for a in (states, w_h, d_last))
    norms = np.empty(len(states), np.float32)
    for distance, state in enumerate(states[::-1]):
        norms[distance] = np.linalg.norm(d_h)
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.stack([np.arange(len(states), dtype=np.float32), norms])


def recursive(states, w_h, d_last):
    here = [[0], [np.linalg.norm(d_last)]]
    if len(states) == 1:
        return here
    rest = np.array(recursive(states[:-1], w_h, (d_last * (1 - states[-1] ** 2)) @ w_h.T))
    return np.hstack([here, rest + [[1], [0]]])


def with_hypot(states, w_h, d_last):
    import math

    d_h, points = [float(value) for value in d_last], []
    for distance, state in enumerate(np.asarray(states, float)[::-1].tolist()):
        points.append((distance, math.hypot(*d_h)))
        before_tanh = [g * (1 - s * s) for g, s in zip(d_h, state, strict=True)]
        d_h = [sum(float(w) * g for w, g in zip(row, before_tanh, strict=True)) for row in w_h]
    return np.array(points).T
