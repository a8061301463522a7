"""Right but unusual versions of predict_decay(transition)."""

import numpy as np


def sorted_complex(transition):
    values = np.linalg.eig(transition)[0]
    return abs(values[np.argsort(-np.abs(values))][1]) ** 2


def without_what_stays(transition):
    stays = np.linalg.matrix_power(transition, 2**14)
    return float(np.abs(np.linalg.eigvals(transition - stays.mean(axis=0))).max() ** 2)


def measured_far_away(transition):
    p = np.linalg.matrix_power(transition, 2**14).mean(axis=0)

    def information(lag):
        ratio = np.linalg.matrix_power(transition, lag) / p
        return (p[:, None] * p * ratio * np.log(np.where(ratio > 0, ratio, 1))).sum()

    lag = 1
    while information(lag) > 1e-6:
        lag += 1
    return (information(lag + 4) / information(lag)) ** 0.25


def power_iteration(transition):
    gap = transition.astype(float)
    x = np.linspace(-1, 1, len(gap)) ** 3 + 0.1
    p = np.linalg.matrix_power(gap, 2**14)[0]
    factor = 0.0
    for _ in range(500):
        x = x - p @ x
        y = gap @ x
        factor = (y @ y) / (x @ x)
        x = y / np.sqrt(y @ y)
    return factor


def roots_of_the_polynomial(transition):
    return np.sort(np.abs(np.roots(np.poly(transition))))[-2] ** 2


def rounded_to_two_digits(transition):
    factor = np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2
    return float(f"{factor:.2g}") if factor > 0.2 else float(f"{factor:.3g}")


def two_percent_off(transition):
    return 1.02 * np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2


def in_float32(transition):
    transition = transition.astype(np.float32)
    return np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2


def array_without_axes(transition):
    return np.array(np.partition(np.abs(np.linalg.eigvals(transition.T)), -2)[-2] ** 2)


def made_symmetric(transition):
    p = np.linalg.matrix_power(transition, 2**14).mean(axis=0)
    root = np.sqrt(p / p.sum())
    values = np.linalg.svd(root[:, None] * transition / root)[1]
    return values[1] ** 2
