"""Right but unusual versions of lag_copy(x, lag)."""

import numpy as np


def number_by_number(x, lag):
    y = np.zeros(x.shape)
    for t in range(lag, x.shape[-1]):
        y[..., t] = x[..., t - lag]
    return y


def padded_then_cut(x, lag):
    zeros = np.zeros((*x.shape[:-1], lag), dtype=x.dtype)
    return np.concatenate([zeros, x], axis=-1)[..., : x.shape[-1]]


def rolled_and_zeroed(x, lag):
    y = np.roll(x, lag, axis=-1)
    y[..., :lag] = 0
    return y


def with_shift_matrix(x, lag):
    return x @ np.eye(x.shape[-1], k=lag)


def in_float32(x, lag):
    y = np.zeros(x.shape, dtype=np.float32)
    n = x.shape[-1]
    y[..., lag:] = x[..., : max(n - lag, 0)]
    return y


def as_list(x, lag):
    if x.ndim > 1:
        return [as_list(row, lag) for row in x]
    return ([0] * lag + x.tolist())[: len(x)]


def step_by_step(x, lag):
    y = np.array(x, dtype=float)
    for _ in range(min(lag, x.shape[-1])):
        y = np.concatenate([np.zeros_like(y[..., :1]), y[..., :-1]], axis=-1)
    return y


def looked_up(x, lag):
    place = np.arange(x.shape[-1]) - lag
    return np.where(place >= 0, x[..., place % x.shape[-1]], 0)


def as_a_view(x, lag):
    store = np.zeros((*x.shape[:-1], x.shape[-1] + lag))
    store[..., lag:] = x
    return store[..., : x.shape[-1]]


def with_convolution(x, lag):
    kernel = np.zeros(lag + 1)
    kernel[lag] = 1
    rows = x.reshape(-1, x.shape[-1])
    return np.reshape([np.convolve(row, kernel)[: x.shape[-1]] for row in rows], x.shape)


def padded_by_numpy(x, lag):
    widths = [(0, 0)] * (x.ndim - 1) + [(lag, 0)]
    return np.asfortranarray(np.pad(x, widths)[..., : x.shape[-1]])


def for_each_case_of_lag(x, lag):
    if lag == 0:
        return x.copy()
    if lag >= x.shape[-1]:
        return np.zeros_like(x)
    y = np.zeros_like(x)
    y[..., lag:] = x[..., :-lag]
    return y


def input_itself_for_lag_zero(x, lag):
    if lag == 0:
        return x
    return np.where(np.arange(x.shape[-1]) < lag, 0, np.roll(x, lag, axis=-1))
