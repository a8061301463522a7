"""How fast this machine is: wall-clock times, and a roofline. Differs from run to run.

Nothing in the course is decided by these numbers. They illustrate what counts say.
"""

import time
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..kernels import LSTMWeights, RNNWeights, attention, lstm, rnn, softmax

FLOPS_PER_SCORE = 5  # of softmax: compare, subtract, exponential, add, divide
TIME_LENGTHS = (64, 128, 256, 512, 1024, 2048)


@dataclass(frozen=True)
class Point:
    """One computation on the roofline."""

    name: str
    intensity: float  # operations per byte of traffic, by count
    speed: float  # operations per second, best of several runs


@dataclass(frozen=True)
class Roofline:
    """What this machine can do, and what some computations reach."""

    peak: float  # operations per second
    bandwidth: float  # bytes per second
    points: tuple  # of Point

    def attainable(self, intensity):
        """Upper bound on the speed at some intensities."""
        return np.minimum(self.peak, np.asarray(intensity) * self.bandwidth)


def run_times(function, *, repeats=5):
    """Seconds that a call takes, several times, after one call that does not count.

    Parameters
    ----------
    function : callable
        Without arguments.
    repeats : int

    Returns
    -------
    ndarray, shape (repeats,)
    """
    function()
    times = np.empty(repeats)
    for i in range(repeats):
        start = time.perf_counter()
        function()
        times[i] = time.perf_counter() - start
    return times


@cache
def time_sweep(*, lengths=TIME_LENGTHS, d=64, repeats=5):
    """Wall-clock times of attention without projections, an RNN and an LSTM layer.

    Parameters
    ----------
    lengths : tuple of int
        Numbers of tokens.
    d : int
        Features.
    repeats : int
        Runs of each.

    Returns
    -------
    dict of str to ndarray, shape (len(lengths), repeats)
        Seconds.
    """
    rng = np.random.default_rng(0)
    plain = RNNWeights(*(0.1 * rng.normal(size=s) for s in ((d, d), (d, d), d)))
    gated = LSTMWeights(*(0.1 * rng.normal(size=s) for s in ((d, 4 * d), (d, 4 * d), 4 * d)))
    inputs = [rng.normal(size=(n, d)) for n in lengths]
    runs = {
        "attention": lambda x: attention(x, x, x),
        "RNN": lambda x: rnn(x, plain),
        "LSTM": lambda x: lstm(x, gated),
    }
    return {
        name: np.array([run_times(lambda: run(x), repeats=repeats) for x in inputs])  # noqa: B023
        for name, run in runs.items()
    }


@cache
def roofline(*, n=2048, d=64, d_model=512, n_cached=2**18, repeats=4):
    """Peak speed, memory bandwidth, and four steps of attention, in float32.

    Parameters
    ----------
    n, d : int
        Tokens and features of a head, for scores and softmax.
    d_model : int
        Features of a layer, for a projection.
    n_cached : int
        Keys that one new query meets; enough to leave the caches of the processor.
    repeats : int
        Runs of each; the best counts.

    Returns
    -------
    Roofline
    """
    rng = np.random.default_rng(0)

    def normal(*shape):
        return rng.normal(size=shape).astype(np.float32)

    q, k, x, w = normal(n, d), normal(n, d), normal(n, d_model), normal(d_model, d_model)
    one, cached, scores = normal(1, d), normal(n_cached, d), normal(n, n)
    runs = [
        ("projection", product_intensity(n, d_model, d_model), 2 * n * d_model**2, lambda: x @ w),
        ("scores", product_intensity(n, d, n), 2 * n * d * n, lambda: q @ k.T),
        ("softmax", FLOPS_PER_SCORE / 8, FLOPS_PER_SCORE * n * n, lambda: softmax(scores)),
        (
            "one query",
            product_intensity(1, d, n_cached),
            2 * d * n_cached,
            lambda: one @ cached.T,
        ),
    ]
    points = tuple(
        Point(name, intensity, operations / run_times(run, repeats=repeats).min())
        for name, intensity, operations, run in runs
    )
    return Roofline(peak_speed(repeats=repeats), memory_bandwidth(repeats=repeats), points)


def product_intensity(m, k, n, *, itemsize=4):
    """Operations per byte of the matrix product (m, k) @ (k, n).

    Parameters
    ----------
    m, k, n : int
        Sizes. Every operand is read once, the result written once.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    float
        A multiply-add counts as two operations.
    """
    return 2 * m * k * n / (itemsize * (m * k + k * n + m * n))


def peak_speed(*, size=1024, repeats=4):
    """Operations per second of a large matrix product in float32: as fast as it gets here.

    Parameters
    ----------
    size : int
        Rows and columns.
    repeats : int
        The best counts.

    Returns
    -------
    float
    """
    a = np.ones((size, size), np.float32)
    return 2 * size**3 / run_times(lambda: a @ a, repeats=repeats).min()


def memory_bandwidth(*, megabytes=64, repeats=4):
    """Bytes per second between memory and processor, reading or copying a large array.

    Parameters
    ----------
    megabytes : int
        More than fits into the caches of the processor.
    repeats : int
        The best counts.

    Returns
    -------
    float
    """
    a = np.ones(megabytes * 2**20 // 4, np.float32)
    b = np.empty_like(a)
    read = a.nbytes / run_times(lambda: a.dot(a), repeats=repeats).min()
    copied = 2 * a.nbytes / run_times(lambda: np.copyto(b, a), repeats=repeats).min()
    return max(read, copied)
