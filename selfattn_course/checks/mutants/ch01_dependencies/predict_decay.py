"""Wrong versions of predict_decay(transition)."""

import numpy as np


def not_squared(transition):
    """This is how the chain forgets its state. Information falls with the square of that."""
    return np.sort(np.abs(np.linalg.eigvals(transition)))[-2]


def sign_kept(transition):
    """This is how the chain forgets its state. Information falls with the square of that."""
    values = np.linalg.eigvals(transition)
    return values[np.argsort(np.abs(values))[-2]].real


def second_in_value(transition):
    """A negative eigenvalue can be the second in size. Sort by size: np.abs."""
    return np.sort(np.linalg.eigvals(transition).real)[-2] ** 2


def smallest_in_value(transition):
    """This is the smallest eigenvalue. The second in size decides how fast memory fades."""
    return np.sort(np.linalg.eigvals(transition).real)[0] ** 2


def smallest_in_size(transition):
    """This is the smallest eigenvalue. The second in size decides how fast memory fades."""
    return np.sort(np.abs(np.linalg.eigvals(transition)))[0] ** 2


def second_in_the_list(transition):
    """np.linalg.eigvals sorts nothing: the second in the list can be any. Sort by size."""
    return np.linalg.eigvals(transition)[1].real ** 2


def last_in_the_list(transition):
    """np.linalg.eigvals sorts nothing: the last in the list can be any. Sort by size."""
    return np.linalg.eigvals(transition)[-1].real ** 2


def largest(transition):
    """The largest eigenvalue is always 1: it belongs to what stays. Take the second in size."""
    return np.abs(np.linalg.eigvals(transition)).max() ** 2


def third(transition):
    """The eigenvalues are counted from 0: the second in size stands at place 1, or -2."""
    values = np.sort(np.abs(np.linalg.eigvals(transition)))
    return values[-3] ** 2 if len(values) > 2 else values[0]


def singular_value(transition):
    """These are singular values. Powers of a matrix follow its eigenvalues."""
    return np.linalg.svd(transition)[1][1] ** 2


def as_if_symmetric(transition):
    """np.linalg.eigvalsh is for symmetric matrices, and this is none. Use np.linalg.eigvals."""
    return np.sort(np.abs(np.linalg.eigvalsh(transition)))[-2] ** 2


def determinant(transition):
    """The determinant is the product of all eigenvalues. Take the second in size, squared."""
    return np.linalg.det(transition) ** 2


def trace_less_one(transition):
    """The trace less 1 is the sum of all eigenvalues but the first. Take the second in size."""
    return (np.trace(transition) - 1) ** 2


def two_states_only(transition):
    """The difference of two rows is the eigenvalue of a chain with two states only."""
    return (transition[0, 0] - transition[1, 0]) ** 2


def probability_to_stay(transition):
    """This is the probability to stay, squared. What do powers of the matrix tend to, and how?"""
    return np.diag(transition).mean() ** 2


def largest_entry(transition):
    """This is an entry of the matrix. Memory fades with its second eigenvalue."""
    return transition.max() ** 2


def fourth_power(transition):
    """The information is squared twice here. One square is enough."""
    return np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 4


def root(transition):
    """Information falls with the square of the eigenvalue, not with its root."""
    return np.sqrt(np.sort(np.abs(np.linalg.eigvals(transition)))[-2])


def rate(transition):
    """This is the rate in an exponential. What factor is left after one step?"""
    return -2 * np.log(np.sort(np.abs(np.linalg.eigvals(transition)))[-2])


def inverse(transition):
    """This is how much it grows on the way back. By which factor does it shrink?"""
    return 1 / np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2


def share_lost(transition):
    """This is the share that is lost at a step. Which share is left?"""
    return 1 - np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2


def steps_to_half(transition):
    """This is how many steps halve it. By which factor does one step shrink it?"""
    return np.log(0.5) / (2 * np.log(np.sort(np.abs(np.linalg.eigvals(transition)))[-2]))


def twice(transition):
    """Twice the eigenvalue is not its square."""
    return 2 * np.sort(np.abs(np.linalg.eigvals(transition)))[-2]


def all_of_them(transition):
    """There is one number for each eigenvalue. Return the one that decides."""
    return np.sort(np.abs(np.linalg.eigvals(transition)) ** 2)[::-1]


def in_a_list(transition):
    """Return one number, not a list of one."""
    return [np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2]


def always_the_same(transition):
    """This is the answer for one chain. It depends on `transition`."""
    return 0.25


def first_step(transition):
    """The first step is special. Far away one eigenvalue is left: take the factor there."""
    p = np.linalg.matrix_power(transition, 2**12).mean(axis=0)
    found = []
    for step in (1, 2):
        table = np.linalg.matrix_power(transition, step)
        ratio = table / p
        found.append((p[:, None] * table * np.log(np.where(ratio > 0, ratio, 1))).sum())
    return found[1] / found[0]


def as_complex(transition):
    """The eigenvalues are complex numbers by type. Take np.abs before you square."""
    values = np.linalg.eigvals(transition.astype(complex))
    return values[np.argsort(np.abs(values))[-2]] ** 2


def as_text(transition):
    """Return a number, without quotation marks."""
    return str(np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2)


def averaged_with_its_transpose(transition):
    """Half the sum of the matrix and its transpose has other eigenvalues. Take the matrix's own."""
    return np.sort(np.abs(np.linalg.eigvalsh((transition + transition.T) / 2)))[-2] ** 2
