"""Right but unusual versions of temperature_softmax(x, temperature)."""

import numpy as np


def shifted_then_divided(x, temperature):
    e = np.exp((x - x.max(axis=-1, keepdims=True)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


def power_of_exponentials_in_log_space(x, temperature):
    z = x - x.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    log_p = log_p / temperature
    return np.exp(log_p - np.logaddexp.reduce(log_p, axis=-1, keepdims=True))


def with_inverse_temperature(x, temperature):
    beta = 1.0 / temperature
    z = np.multiply(beta, x)
    e = np.exp(z - np.amax(z, axis=-1)[..., np.newaxis])
    return e / np.sum(e, axis=-1)[..., np.newaxis]


def in_float32(x, temperature):
    z = np.asarray(x, dtype=np.float32) / np.float32(temperature)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def by_differences(x, temperature):
    gaps = (x[..., None, :] - x[..., :, None]) / temperature
    return 1 / np.exp(gaps).sum(axis=-1)


def as_list(x, temperature):
    e = np.exp((x - x.max(axis=-1, keepdims=True)) / temperature)
    return (e / e.sum(axis=-1, keepdims=True)).tolist()
