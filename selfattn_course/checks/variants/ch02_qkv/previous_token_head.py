"""Right but unusual versions of previous_token_head(n)."""

import numpy as np


def shift_in_the_queries(n):
    return 10 * np.eye(n, k=-1), 10 * np.eye(n)


def all_in_one_matrix(n):
    return 90 * np.eye(n), np.eye(n, k=1)


def on_a_circle(n):
    angle = 2 * np.pi * np.arange(n) / max(n, 3)
    turned = angle + 2 * np.pi / max(n, 3)
    w_q, w_k = (np.stack([np.cos(a), np.sin(a)], axis=1) for a in (angle, turned))
    return 90 * w_q, 90 * w_k


def on_a_parabola(n):
    # q . k = c (2 (i - 1) j - j^2) is largest at j = i - 1; centred, so that entries stay small
    place = np.arange(n) - (n - 1) / 2
    w_q = np.stack([4 * (place - 1), np.full(n, 60.0)], axis=1)
    w_k = np.stack([5 * place, -(place**2) / 6], axis=1)
    return w_q, w_k


def random_rows(n):
    rng = np.random.default_rng(0)
    rows = np.sign(rng.standard_normal((n, 256)))
    return 3 * np.roll(rows, 1, axis=0), 3 * rows


def list_of_lists(n):
    return [(12 * np.eye(n)).tolist(), (12 * np.eye(n, k=1)).tolist()]


def one_array(n):
    return np.stack([12 * np.eye(n), 12 * np.eye(n, k=1)])


def integers(n):
    return 12 * np.eye(n, dtype=int), 12 * np.eye(n, k=1, dtype=int)


def in_float32(n):
    return 12 * np.eye(n, dtype=np.float32), 12 * np.eye(n, k=1, dtype=np.float32)


def wider_than_needed(n):
    w_q, w_k = np.zeros((n, n + 9)), np.zeros((n, n + 9))
    w_q[:, :n], w_k[:, :n] = 15 * np.eye(n), 15 * np.eye(n, k=1)
    w_q[:, -1] = 50
    return w_q, w_k


def first_token_wraps_around(n):
    return 10 * np.eye(n), 10 * np.roll(np.eye(n), 1, axis=1)


def loop(n):
    w_q, w_k = np.zeros((n, n)), np.zeros((n, n))
    for i in range(1, n):
        w_q[i, i], w_k[i - 1, i] = 11, 11
    return w_q, w_k


def by_difference_of_neighbours(n):
    return 10 * np.eye(n), 20 * np.eye(n, k=1) - 10 * np.ones((n, n))


def largest_allowed(n):
    return np.full((n, n), -100.0) + 200 * np.eye(n), 100.0 * np.eye(n, k=1)
