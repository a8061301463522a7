"""Right but unusual versions of predict_own_weight(d, n)."""

import numpy as np


def as_a_sigmoid(d, n):
    return 1 / (1 + (n - 1) * np.exp(0.5 - d**0.5))


def with_math(d, n):
    import math

    own = math.exp(math.sqrt(d))
    return own / (own + (n - 1) * math.sqrt(math.e))


def rounded_to_three_digits(d, n):
    return float(f"{1 / (1 + (n - 1) * np.exp(0.5 - d**0.5)):.3g}")


def as_an_array_without_axes(d, n):
    return np.array(1 / (1 + (n - 1) * np.exp(0.5 - np.sqrt(d))))


def in_float32(d, n):
    return np.float32(1 / (1 + (n - 1) * np.exp(0.5 - np.sqrt(d))))


def measured_on_one_query(d, n):
    rng = np.random.default_rng(1)
    total = 0.0
    for _ in range(40):
        k = rng.standard_normal((min(n - 1, 2000), d))
        k *= np.sqrt(d) / np.linalg.norm(k, axis=1, keepdims=True)
        others = np.exp(k[:, 0]).mean() if n > 1 else 0.0
        total += np.exp(np.sqrt(d)) / (np.exp(np.sqrt(d)) + (n - 1) * others) / 40
    return total


def with_the_integral_over_the_normal(d, n):
    s = np.linspace(-8, 8, 2001)
    density = np.exp(-(s**2) / 2) / np.sqrt(2 * np.pi)
    mean = (np.exp(s) * density).sum() * (s[1] - s[0])
    return np.exp(np.sqrt(d)) / (np.exp(np.sqrt(d)) + (n - 1) * mean)


def softmax_of_n_scores(d, n):
    scores = np.full(n, 0.5)
    scores[0] = np.sqrt(d)
    e = np.exp(scores - scores.max())
    return e[0] / e.sum()
