"""Wrong versions of gradient_norms(states, w_h, d_last)."""

import numpy as np


def in_order_of_steps(states, w_h, d_last):
    """The norms are in the order of the steps. Distance 0, the last state, comes first."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms[::-1]])


def distances_reversed(states, w_h, d_last):
    """The distances count down while the norms begin at the end. Distance 0 is the last state."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms))[::-1], norms])


def from_first_step(states, w_h, d_last):
    """Both rows begin with the first step. Begin with distance 0, the last state."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms))[::-1], norms[::-1]])


def distances_from_one(states, w_h, d_last):
    """The distances begin with 1. The last state is at distance 0."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(1, len(norms) + 1), norms])


def one_step_off(states, w_h, d_last):
    """Each norm belongs to the state one step earlier. At distance 0 it is the norm of d_last."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        d_h = (d_h * (1 - state**2)) @ w_h.T
        norms.append(np.sqrt((d_h**2).sum()))
    return np.array([np.arange(len(norms)), norms])


def squares(states, w_h, d_last):
    """These are squares of norms. Take the root."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append((d_h**2).sum())
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms])


def root_mean_square(states, w_h, d_last):
    """This is the root of the mean square. Take the sum of squares."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).mean()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms])


def sum_of_sizes(states, w_h, d_last):
    """This is the sum of |g|. The norm is the root of the sum of squares."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.abs(d_h).sum())
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms])


def largest_entry(states, w_h, d_last):
    """This is the largest entry. The norm is the root of the sum of squares."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.abs(d_h).max())
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms])


def sum_of_entries(states, w_h, d_last):
    """The entries are added with their signs. The norm is the root of the sum of squares."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(d_h.sum())
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms])


def logarithms(states, w_h, d_last):
    """These are logarithms. Return the norms; the plot has a logarithmic axis."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.log10(np.sqrt((d_h**2).sum())))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms])


def relative_to_the_last(states, w_h, d_last):
    """The norms are divided by the first one. Return them as they are."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms / norms[0]])


def summed_over_distance(states, w_h, d_last):
    """These are running sums. Each distance has a norm of its own."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), np.cumsum(norms)])


def never_growing(states, w_h, d_last):
    """Norms that grow are cut off here. Gradients may explode: leave them."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), np.minimum.accumulate(norms)])


def floor(states, w_h, d_last):
    """Small norms are raised to 1. They are what the figure is about: leave them."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), np.maximum(norms, 1)])


def norms_only(states, w_h, d_last):
    """Two rows are asked for: the distances, then the norms."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array(norms)


def rows_exchanged(states, w_h, d_last):
    """The rows are exchanged. The distances come first."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([norms, np.arange(len(norms))])


def as_columns(states, w_h, d_last):
    """Distances and norms are columns here. Make them rows."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms]).T


def last_state_left_out(states, w_h, d_last):
    """The last state is left out. It is at distance 0."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(1, len(norms)), norms[1:]])


def weights_not_transposed(states, w_h, d_last):
    """The gradients come from w_h in place of w_h.T. Use your last_state_gradient."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h
    return np.array([np.arange(len(norms)), norms])


def slope_missing(states, w_h, d_last):
    """The slope of tanh is missing in the gradients. Use your last_state_gradient."""
    d_h, norms = d_last * 1.0, []
    for _ in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = d_h @ w_h.T
    return np.array([np.arange(len(norms)), norms])


def power_of_spectral_radius(states, w_h, d_last):
    """This is a power of the largest eigenvalue. Measure the gradients of these states."""
    rho, lags = np.abs(np.linalg.eigvals(w_h)).max(), np.arange(len(states))
    return np.array([lags, np.linalg.norm(d_last) * rho**lags])


def power_of_largest_stretch(states, w_h, d_last):
    """This is a power of the largest stretch, which is a bound. Measure the gradients
    themselves.
    """
    stretch, lags = np.linalg.norm(w_h, 2), np.arange(len(states))
    return np.array([lags, np.linalg.norm(d_last) * stretch**lags])


def norm_of_states(states, w_h, d_last):
    """These are norms of the states. Take those of the gradients."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((state**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms])


def norm_along_time(states, w_h, d_last):
    """The norm is taken along time. Take it along the last axis, one for each state."""
    d_h, rows = d_last * 1.0, []
    for state in states[::-1]:
        rows.append(d_h)
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(states.shape[-1]), np.linalg.norm(rows, axis=0)])


def truncated_for_integers(states, w_h, d_last):
    """The norms are cut to whole numbers, as distances are. Keep the fractions."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms]).astype(int)


def sign_kept_for_one_unit(states, w_h, d_last):
    """A single number is taken for its own norm. A norm is never negative: take its size."""
    d_h, norms = d_last * 1.0, []
    for state in states[::-1]:
        norms.append(d_h[0] if len(d_h) == 1 else np.sqrt((d_h**2).sum()))
        d_h = (d_h * (1 - state**2)) @ w_h.T
    return np.array([np.arange(len(norms)), norms])
