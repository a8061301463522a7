"""Right but unusual versions of lstm_step(x, h, c, w_x, w_h, b)."""

import numpy as np


def gate_by_gate(x, h, c, w_x, w_h, b):
    d_h = h.shape[-1]

    def block(k):
        columns = slice(k * d_h, (k + 1) * d_h)
        return x @ w_x[:, columns] + h @ w_h[:, columns] + b[columns]

    i, f, o = (1 / (1 + np.exp(-block(k))) for k in (0, 1, 3))
    new = f * c + i * np.tanh(block(2))
    return o * np.tanh(new), new


def sigmoid_from_tanh(x, h, c, w_x, w_h, b):
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = ((1 + np.tanh(gate / 2)) / 2 for gate in (i, f, o))
    new = f * c + i * np.tanh(g)
    return [o * np.tanh(new), new]


def stable_on_both_sides(x, h, c, w_x, w_h, b):
    def sigmoid(a):
        e = np.exp(-np.abs(a))
        return np.where(a >= 0, 1 / (1 + e), e / (1 + e))

    i, f, g, o = np.moveaxis((x @ w_x + h @ w_h + b).reshape(*x.shape[:-1], 4, -1), -2, 0)
    new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(new), new


def one_product(x, h, c, w_x, w_h, b):
    a = np.concatenate([x, h], axis=-1) @ np.concatenate([w_x, w_h]) + b
    d_h = h.shape[-1]
    i, f, g, o = (a[..., k * d_h : (k + 1) * d_h] for k in range(4))
    new = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    return np.tanh(new) / (1 + np.exp(-o)), new


def stacked_in_one_array(x, h, c, w_x, w_h, b):
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    new = f * c + i * np.tanh(g)
    return np.stack([o * np.tanh(new), new])


def nested_lists(x, h, c, w_x, w_h, b):
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    new = f * c + i * np.tanh(g)
    return (o * np.tanh(new)).tolist(), new.tolist()


def in_float32(x, h, c, w_x, w_h, b):
    x, h, c, w_x, w_h, b = (np.asarray(a, np.float32) for a in (x, h, c, w_x, w_h, b))
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    new = f * c + i * np.tanh(g)
    return o * np.tanh(new), new


def with_logaddexp(x, h, c, w_x, w_h, b):
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=-1)
    i, f, o = (np.exp(-np.logaddexp(0, -gate)) for gate in (i, f, o))
    new = f * c + i * np.tanh(g)
    return o * np.tanh(new), new


def gates_cut_off_where_they_are_shut(x, h, c, w_x, w_h, b):
    a = np.clip(x @ w_x + h @ w_h + b, -60, 60)
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    new = f * c + i * np.tanh(g)
    return o * np.tanh(new), new


def row_by_row(x, h, c, w_x, w_h, b):
    d_h = h.shape[-1]
    rows = []
    for x_1, h_1, c_1 in zip(
        x.reshape(-1, x.shape[-1]), h.reshape(-1, d_h), c.reshape(-1, d_h), strict=True
    ):
        i, f, g, o = (w_x.T @ x_1 + w_h.T @ h_1 + b).reshape(4, d_h)
        new = c_1 / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        rows.append((np.tanh(new) / (1 + np.exp(-o)), new))
    states, cells = (np.array(part).reshape(c.shape) for part in zip(*rows, strict=True))
    return states, cells
