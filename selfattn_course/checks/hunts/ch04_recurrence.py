"""Eight wrong recurrent layers, as the notebook of chapter 4 prints them.

A test compares both texts. They stand alone, as mutants do.
"""

import numpy as np


def wrong_1(x, w_x, w_h, b):
    h, states = np.zeros((*x.shape[:-2], len(b))), []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h.T + b)
        states.append(h)
    return np.stack(states, axis=-2)


def wrong_2(x, w_x, w_h, b):
    h, states = np.zeros(len(b)), []
    for x_t in x:
        h = np.tanh(x_t @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states)


def wrong_3(x, w_x, w_h, b):
    h, states = np.zeros((*x.shape[:-2], len(b))), []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h) + b
        states.append(h)
    return np.stack(states, axis=-2)


def wrong_4(x, w_x, w_h, b):
    h, states = np.tanh(x[..., 0, :] @ w_x), []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b) if t else h
        states.append(h)
    return np.stack(states, axis=-2)


def wrong_5(x, w_x, w_h, b):
    states = np.zeros_like(x @ w_x + b)
    for t in range(x.shape[-2]):
        h = states[..., t - 1, :] @ w_h if t else 0
        states[..., t, :] = np.tanh(x[..., t, :] @ w_x + h + b)
    return states


def wrong_6(x, w_x, w_h, b):
    alone = np.tanh(x @ w_x + b)
    before = np.zeros_like(alone)
    before[..., 1:, :] = alone[..., :-1, :]
    return np.tanh(x @ w_x + before @ w_h + b)


def wrong_7(x, w_x, w_h, b):
    states = np.zeros((*x.shape[:-1], len(b)))
    for t in range(x.shape[-2]):
        h = states[..., t - 1, :] * (t % 8 > 0)
        states[..., t, :] = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
    return states


def wrong_8(x, w_x, w_h, b):
    states = np.zeros((*x.shape[:-1], len(b)))
    for t in range(x.shape[-2]):
        e = np.exp(2 * (x[..., t, :] @ w_x + states[..., t - 1, :] @ w_h + b))
        states[..., t, :] = (e - 1) / (e + 1)
    return states


HUNTED = (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6, wrong_7, wrong_8)
