"""Right but unusual versions of fit_exponent(n, cost)."""

import numpy as np


def with_polyfit(n, cost):
    return np.polyfit(np.log(n), np.log(cost), 1)[0]


def with_polynomial_class(n, cost):
    line = np.polynomial.Polynomial.fit(np.log(n), np.log(cost), 1).convert()
    return line.coef[1] if len(line.coef) > 1 else 0.0


def with_base_ten(n, cost):
    return np.polyfit(np.log10(n), np.log10(cost), 1)[0]


def with_base_two(n, cost):
    x, y = np.log2(n), np.log2(cost)
    return np.cov(x, y)[0, 1] / np.var(x, ddof=1)


def with_lstsq(n, cost):
    a = np.stack([np.log(n), np.ones(len(n))], axis=1)
    return np.linalg.lstsq(a, np.log(cost), rcond=None)[0][0]


def with_normal_equations(n, cost):
    a = np.stack([np.log(n) - np.log(n).mean(), np.ones(len(n))], axis=1).astype(float)
    return np.linalg.solve(a.T @ a, a.T @ np.log(cost))[0]


def with_raw_sums(n, cost):
    x, y = np.log(n.astype(float)), np.log(cost.astype(float))
    m = len(x)
    return (m * (x * y).sum() - x.sum() * y.sum()) / (m * (x * x).sum() - x.sum() ** 2)


def with_all_pairs(n, cost):
    x, y = np.log(n.astype(float)), np.log(cost.astype(float))
    dx, dy = x[:, None] - x, y[:, None] - y
    return (dx * dy).sum() / (dx * dx).sum()


def with_python_floats(n, cost):
    import math

    x, y = [math.log(a) for a in n.tolist()], [math.log(b) for b in cost.tolist()]
    mean = math.fsum(x) / len(x)
    top = math.fsum((a - mean) * b for a, b in zip(x, y, strict=True))
    return top / math.fsum((a - mean) ** 2 for a in x)


def with_statistics(n, cost):
    import statistics

    return statistics.linear_regression(np.log(n).tolist(), np.log(cost).tolist()).slope


def with_pseudoinverse(n, cost):
    x = np.log(n.astype(float))
    return np.linalg.pinv((x - x.mean())[:, None]) @ np.log(cost.astype(float)) @ np.ones(1)


def in_float32(n, cost):
    x, y = np.log(n).astype(np.float32), np.log(cost).astype(np.float32)
    x = x - x.mean()
    return (x * (y - y.mean())).sum() / (x * x).sum()


def as_array_without_axes(n, cost):
    return np.array(np.polyfit(np.log(n), np.log(cost), 1)[0])
