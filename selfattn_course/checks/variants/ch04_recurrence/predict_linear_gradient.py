"""Right but unusual versions of predict_linear_gradient(rho, lag)."""

import numpy as np


def multiplied_step_by_step(rho, lag):
    factor = 1
    for _ in range(lag):
        factor *= rho
    return factor


def through_logarithms(rho, lag):
    return (-1) ** (lag * (rho < 0)) * np.exp(lag * np.log(abs(rho)))


def two_digits(rho, lag):
    return float(f"{rho**lag:.2g}")


def by_difference(rho, lag):
    def run(h):
        for _ in range(lag):
            h = rho * h + 0.5
        return h

    return (run(3.0) - run(1.0)) / 2


def product_of_an_array(rho, lag):
    return np.prod(np.full(lag, rho))


def in_float32(rho, lag):
    return np.float32(rho) ** np.float32(lag)
