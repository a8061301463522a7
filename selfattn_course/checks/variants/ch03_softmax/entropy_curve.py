"""Right but unusual versions of entropy_curve(scores, temperatures)."""

import numpy as np


def by_log_sum_exp(scores, temperatures):
    z = scores / temperatures[:, None]
    z = z - z.max(axis=-1, keepdims=True)
    log_total = np.log(np.exp(z).sum(axis=-1, keepdims=True))
    p = np.exp(z - log_total)
    return (log_total - (p * z).sum(axis=-1, keepdims=True))[:, 0]


def one_temperature_at_a_time(scores, temperatures):
    entropies = []
    for temperature in temperatures:
        e = np.exp((scores - scores.max()) / temperature)
        p = e / e.sum()
        p = p[p > 0]
        entropies.append(-np.sum(p * np.log(p)))
    return entropies


def with_python_floats(scores, temperatures):
    import math

    def entropy(temperature):
        z = [float(score) / float(temperature) for score in scores]
        e = [math.exp(value - max(z)) for value in z]
        p = [value / math.fsum(e) for value in e]
        return -math.fsum(share * math.log(share) for share in p if share > 0)

    return [entropy(temperature) for temperature in temperatures]


def with_nan_to_num(scores, temperatures):
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -np.nan_to_num(p * np.log(p), nan=0.0).sum(axis=-1)


def with_tiny_constant(scores, temperatures):
    z = scores / temperatures[:, None]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(p + 1e-12)).sum(axis=-1)


def in_float32(scores, temperatures):
    z = (scores - scores.max()).astype(np.float32) / temperatures[:, None].astype(np.float32)
    e = np.exp(z)
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log(np.where(p > 0, p, np.float32(1)))).sum(axis=-1)


def scores_in_rows(scores, temperatures):
    z = scores[:, None] / temperatures
    e = np.exp(z - z.max(axis=0))
    p = e / e.sum(axis=0)
    return -np.einsum("nm,nm->m", p, np.log(np.where(p > 0, p, 1.0)))
