"""Markov chains: sequences in which each symbol depends on the one before it only."""

import operator

import numpy as np

from .entropy import entropy
from .inputs import real_array


def stationary_distribution(transition):
    """Share of each state in a long run of a Markov chain.

    Parameters
    ----------
    transition : array_like, shape (..., m, m)
        Entry (a, b) is the probability that state b follows state a. Each row sums to 1.

    Returns
    -------
    ndarray of float64, shape (..., m)
        The distribution that one step leaves as it is; 0 for a state that is left for good.

    Raises
    ------
    ValueError
        If transition is not square, a row is not a distribution, or the chain falls into parts
        that never meet, so that more than one distribution stays as it is.
    TypeError
        If transition does not hold real numbers.

    References
    ----------
    Levin and Peres (2017), section 1.5.
    """
    transition = _checked_transition(transition)
    n_states = transition.shape[-1]
    # p = p P and sum(p) = 1 together say p (I - P + E) = (1, ..., 1), E being all ones
    matrix = np.eye(n_states) - transition + 1
    if np.any(np.linalg.matrix_rank(matrix) < n_states):
        raise ValueError(
            "transition falls into parts that never meet; expected one stationary distribution. "
            "Let some state of each part lead to another part."
        )
    transposed = np.swapaxes(matrix, -1, -2)
    shares = np.linalg.solve(transposed, np.ones((*matrix.shape[:-1], 1)))[..., 0]
    shares = np.maximum(shares, 0)  # rounding can leave -1e-17
    return shares / shares.sum(axis=-1, keepdims=True)


def markov_mutual_information(transition, lag):
    """Mutual information of two states of a stationary Markov chain, `lag` steps apart, in nats.

    Parameters
    ----------
    transition : array_like, shape (..., m, m)
        Entry (a, b) is the probability that state b follows state a. Each row sums to 1.
    lag : int
        Number of steps, 0 or more.

    Returns
    -------
    ndarray of float64, shape (...)
        At lag 0 the entropy of a state. If the other eigenvalues of the transition matrix are
        smaller in size than 1, it falls in the long run by the square of the largest of them at
        each step. Exact to many digits also where it is tiny.

    Raises
    ------
    ValueError
        As `stationary_distribution`; also if lag is negative.

    References
    ----------
    Lin and Tegmark (2017).
    """
    lag = operator.index(lag)
    if lag < 0:
        raise ValueError(f"lag is {lag}; expected 0 or more. Swap the two states.")
    transition = _checked_transition(transition)
    shares = stationary_distribution(transition)
    if lag == 0:
        return entropy(shares)
    # (P - 1 p)^lag = P^lag - 1 p, but its entries keep their digits when they become small
    departure = np.linalg.matrix_power(transition - shares[..., None, :], lag)
    columns = shares[..., None, :]
    relative = departure / np.where(columns == 0, 1, columns)
    terms = shares[..., None] * columns * _relative_information(relative)
    return terms.sum(axis=(-2, -1))


def _relative_information(x):
    """(1 + x) log(1 + x) - x, with all digits also near 0."""
    x = np.maximum(x, -1)  # rounding can leave -1 - 1e-16
    log = np.log1p(np.where(x == -1, 0, x))  # (1 + x) log(1 + x) has the limit 0 at -1
    series = x**2 / 2 - x**3 / 6 + x**4 / 12
    return np.where(np.abs(x) < 1e-4, series, (1 + x) * log - x)


def _checked_transition(transition):
    transition = real_array(transition, "transition")
    shape = transition.shape
    if len(shape) < 2 or shape[-1] != shape[-2] or not shape[-1]:
        raise ValueError(
            f"transition has shape {shape}; expected (..., m, m), one row for each state. "
            "Give every state a row, also one that is never left."
        )
    sums = transition.sum(axis=-1)
    if transition.size and (transition.min() < 0 or not np.allclose(sums, 1, rtol=0, atol=1e-6)):
        raise ValueError(
            f"transition has a smallest entry of {transition.min():.3g} and rows that sum from "
            f"{sums.min():.6g} to {sums.max():.6g}; expected probabilities. Divide each row by its "
            "sum."
        )
    return transition
