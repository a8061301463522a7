"""Wrong versions of last_state_gradient(states, w_h, d_last)."""

import numpy as np


def weights_not_transposed(states, w_h, d_last):
    """The gradient goes back against the arrows: multiply by w_h.T."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_missing(states, w_h, d_last):
    """The slope of tanh is missing: multiply by 1 - h^2 before w_h.T."""
    d_h = d_last * 1.0
    rows = [d_h]
    for _ in range(states.shape[-2] - 1, 0, -1):
        d_h = d_h @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_of_the_state_before(states, w_h, d_last):
    """The slope belongs to the tanh that made the later state: 1 - states[t]^2, not t - 1."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t - 1, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_after_the_product(states, w_h, d_last):
    """The slope comes after the product here. Going back, tanh is met first, then w_h.T."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h @ w_h.T) * (1 - states[..., t, :] ** 2)
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_of_state_before_after_the_product(states, w_h, d_last):
    """The order is that of the way forward, and the slope that of the wrong state. Going back,
    tanh of the later state is met first.
    """
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h @ w_h.T) * (1 - states[..., t - 1, :] ** 2)
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_not_squared(states, w_h, d_last):
    """The slope of tanh is 1 - h^2. The square is missing."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :])) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_of_sigmoid(states, w_h, d_last):
    """h (1 - h) is the slope of a sigmoid. That of tanh is 1 - h^2."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (states[..., t, :] * (1 - states[..., t, :]))) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_with_plus(states, w_h, d_last):
    """The slope of tanh is 1 - h^2, not 1 + h^2."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 + states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_of_tanh_of_the_state(states, w_h, d_last):
    """The states went through tanh already: the slope is 1 - h^2, without another tanh."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - np.tanh(states[..., t, :]) ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def slope_twice(states, w_h, d_last):
    """The slope is there twice. Multiply by it once."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2) ** 2) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def state_in_place_of_slope(states, w_h, d_last):
    """The state itself multiplies the gradient. The slope of tanh does: 1 - h^2."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * states[..., t, :]) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def always_the_last_slope(states, w_h, d_last):
    """Every step uses the slope of the last state. Each has its own: 1 - states[t]^2."""
    d_h = d_last * 1.0
    rows = [d_h]
    for _ in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., -1, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def first_row_last(states, w_h, d_last):
    """The rows are in the order of the way back. Row t belongs to state t: turn them round."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows, axis=-2)


def one_step_too_far(states, w_h, d_last):
    """The last row is one step back already. The gradient in the last state is d_last."""
    d_h = d_last * 1.0
    rows = []
    for t in range(states.shape[-2] - 1, -1, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def initial_state_included(states, w_h, d_last):
    """One row too many: the gradient in the initial state is not asked for."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, -1, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def last_row_missing(states, w_h, d_last):
    """The last row is missing: the gradient in the last state is d_last itself."""
    d_h = d_last * 1.0
    rows = [d_h * 0]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def before_tanh(states, w_h, d_last):
    """These are gradients in the sums before tanh. In the states themselves, the slope comes
    with the next step back.
    """
    d_h = d_last * 1.0
    rows = [d_h * (1 - states[..., -1, :] ** 2)]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h * (1 - states[..., t - 1, :] ** 2))
    return np.stack(rows[::-1], axis=-2)


def one_step_only(states, w_h, d_last):
    """Only one step is taken back. Each row comes from the row after it."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_1 = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_1)
    return np.stack(rows[::-1], axis=-2)


def added_up(states, w_h, d_last):
    """The gradients of all later states are added up. The loss sees the last state only."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = d_h + (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def loss_at_every_step(states, w_h, d_last):
    """d_last is added at every step. The loss sees the last state only."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T + d_last
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def clipped_on_the_way(states, w_h, d_last):
    """The gradient is cut off on the way. Leave it as it is."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        d_h = np.clip(d_h, -5, 5)
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def kept_at_its_length(states, w_h, d_last):
    """The gradient is brought back to its length at every step, which hides what is asked for."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        d_h = d_h * np.linalg.norm(d_last) / (np.linalg.norm(d_h) + 1e-300)
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def cut_after_twenty_steps(states, w_h, d_last):
    """The way back ends after 20 steps. Go back to the first state."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        d_h = d_h if len(rows) < 20 else 0 * d_h
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def diagonal_of_weights(states, w_h, d_last):
    """Only the diagonal of w_h is used. Multiply by w_h.T."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) * np.diag(w_h)
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def weights_divided(states, w_h, d_last):
    """The gradient is divided by w_h. The way back multiplies by w_h.T."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ np.linalg.pinv(w_h)
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def sign_flipped(states, w_h, d_last):
    """The sign flips at every step. The slope is 1 - h^2, which is not negative."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (states[..., t, :] ** 2 - 1)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def first_axis_is_time(states, w_h, d_last):
    """The loop runs over the first axis. Time is the axis before the last."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(len(states) - 1, 0, -1):
        d_h = (d_h * (1 - states[t] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=0)


def stacked_on_first_axis(states, w_h, d_last):
    """The rows are stacked on a new first axis. Time goes before the last: axis=-2."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=0)


def one_gradient_for_all(states, w_h, d_last):
    """Every sequence gets the gradient of the first. Each has its own row of d_last."""
    d_h = np.zeros(states[..., 0, :].shape) + d_last.reshape(-1, d_last.shape[-1])[0]
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def averaged_over_batch(states, w_h, d_last):
    """The gradient is divided by the number of sequences. Nothing is averaged here."""
    d_h = d_last / (d_last.size / d_last.shape[-1])
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def one_matrix_for_the_batch(states, w_h, d_last):
    """The Jacobian of the first sequence is used for all. Each has states of its own."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states.reshape(-1, *states.shape[-2:])[0, t] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def first_state_only(states, w_h, d_last):
    """Only the gradient in the first state comes back. Return one row for each state."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return rows[-1]


def writes_into_d_last(states, w_h, d_last):
    """`*=` changes the caller's d_last. Write d_h = d_h * ..., which makes a new array."""
    d_h = d_last
    rows = [d_last * 1.0]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h[...] = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h * 1.0)
    return np.stack(rows[::-1], axis=-2)


def same_array_in_every_row(states, w_h, d_last):
    """One array is overwritten at every step, so all rows are the same. Make new ones."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h[...] = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2)


def truncated_for_integers(states, w_h, d_last):
    """The result has the integer dtype of d_last. Let NumPy choose the dtype."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2).astype(d_last.dtype)


def half_precision(states, w_h, d_last):
    """float16 keeps three digits. Leave the dtype alone."""
    d_h = d_last * 1.0
    rows = [d_h]
    for t in range(states.shape[-2] - 1, 0, -1):
        d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T
        rows.append(d_h)
    return np.stack(rows[::-1], axis=-2).astype(np.float16)


def weights_in_dtype_of_gradient(states, w_h, d_last):
    """w_h gets the dtype of d_last, so integers truncate it. Let NumPy choose the dtype."""
    w_h, rows = w_h.astype(d_last.dtype), [d_last]
    for t in range(states.shape[-2] - 1, 0, -1):
        rows.append((rows[-1] * (1 - states[..., t, :] ** 2)) @ w_h.T)
    return np.stack(rows[::-1], axis=-2)


def states_in_dtype_of_weights(states, w_h, d_last):
    """The states get the dtype of w_h, so integers truncate them. Let NumPy choose the dtype."""
    states, rows = states.astype(w_h.dtype), [d_last]
    for t in range(states.shape[-2] - 1, 0, -1):
        rows.append((rows[-1] * (1 - states[..., t, :] ** 2)) @ w_h.T)
    return np.stack(rows[::-1], axis=-2)
