"""Wrong versions of rnn_forward(x, w_x, w_h, b, h_0=None): the initial state, memory and dtype."""

import numpy as np


def initial_state_ignored(x, w_x, w_h, b, h_0=None):
    """h_0 is not used. Start from it if it is given, from zeros if not."""
    h = np.zeros((*x.shape[:-2], len(b)))
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def initial_state_required(x, w_x, w_h, b, h_0=None):
    """h_0 can be None, and None cannot be multiplied. Start from zeros then."""
    h, states = h_0, []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def truth_of_an_array(x, w_x, w_h, b, h_0=None):
    """An array has no single truth value. Ask `h_0 is None`."""
    h = h_0 or np.zeros((*x.shape[:-2], len(b)))
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def starts_from_ones(x, w_x, w_h, b, h_0=None):
    """Without h_0 the first state is 1 everywhere. Start from zeros."""
    h = np.ones((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def starts_from_the_bias(x, w_x, w_h, b, h_0=None):
    """Without h_0 the layer starts from tanh(b). Start from zeros."""
    h = np.tanh(b) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def start_as_wide_as_the_input(x, w_x, w_h, b, h_0=None):
    """The zeros to start from are as wide as x. A state has as many entries as b."""
    h = np.zeros((*x.shape[:-2], x.shape[-1])) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def first_initial_state_for_all(x, w_x, w_h, b, h_0=None):
    """Every sequence starts from the first row of h_0. Each has its own."""
    h = np.zeros(len(b)) if h_0 is None else h_0.reshape(-1, len(b))[0]
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def initial_state_for_first_sequence(x, w_x, w_h, b, h_0=None):
    """h_0 reaches the first sequence only. Every sequence starts from it."""
    h = np.zeros((*x.shape[:-2], len(b)))
    if h_0 is not None:
        h.reshape(-1, len(b))[0] = h_0.reshape(-1, len(b))[0]
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def initial_state_of_the_full_shape_only(x, w_x, w_h, b, h_0=None):
    """An h_0 of shape (d_h,) is left out for a batch. It is the start of every sequence."""
    h = np.zeros((*x.shape[:-2], len(b)))
    if h_0 is not None and h_0.shape == h.shape:
        h = h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def initial_state_through_tanh(x, w_x, w_h, b, h_0=None):
    """tanh is applied to h_0. It is a state already: use it as it is."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else np.tanh(h_0)
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def initial_state_added_inside(x, w_x, w_h, b, h_0=None):
    """h_0 is added inside the first tanh. Multiply it with w_h, as every state."""
    h, start = np.zeros((*x.shape[:-2], len(b))), 0 if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b + (0 if t else start))
        states.append(h)
    return np.stack(states, axis=-2)


def initial_state_at_every_step(x, w_x, w_h, b, h_0=None):
    """h_0 is added to the state at every step. Only the first step sees it."""
    h, start = np.zeros((*x.shape[:-2], len(b))), 0 if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + (h + start) @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def initial_state_added_to_all(x, w_x, w_h, b, h_0=None):
    """h_0 is added to the finished states. The first step has to begin with it."""
    h = np.zeros((*x.shape[:-2], len(b)))
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2) + (0 if h_0 is None else h_0[..., None, :])


def initial_state_by_name_only(x, w_x, w_h, b, *, h_0=None):
    """The `*` lets h_0 be given by name only. Leave it out."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def writes_into_initial_state(x, w_x, w_h, b, h_0=None):
    """The caller's h_0 is overwritten. Give the new state an array of its own."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        new = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        if new.shape == h.shape:
            h[...] = new
        states.append(new)
        h = new if new.shape != h.shape or h.dtype.kind == "i" else h
    return np.stack(states, axis=-2)


def states_written_into_the_input(x, w_x, w_h, b, h_0=None):
    """Where sizes allow it, the states overwrite x. Return a new array."""
    states = x if x.shape[-1] == len(b) else np.zeros((*x.shape[:-1], len(b)))
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states[..., t, :] = h
    return states


def truncated_for_integers(x, w_x, w_h, b, h_0=None):
    """The result has the integer dtype of x, so states become 0. Make the zeros of floats."""
    states = np.zeros((*x.shape[:-1], len(b)), dtype=x.dtype)
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states[..., t, :] = h
    return states


def state_in_dtype_of_start(x, w_x, w_h, b, h_0=None):
    """The state keeps the dtype of h_0, so integers truncate it. Let NumPy choose the dtype."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    kind, states = h.dtype, []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b).astype(kind)
        states.append(h)
    return np.stack(states, axis=-2)


def returns_a_pair(x, w_x, w_h, b, h_0=None):
    """All states and the last one come back as a pair. Return the states alone."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2), h


def initial_state_in_dtype_of_input(x, w_x, w_h, b, h_0=None):
    """h_0 gets the dtype of x, so integers truncate it. Let NumPy choose the dtype."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0.astype(x.dtype)
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def one_unit_starts_from_zero(x, w_x, w_h, b, h_0=None):
    """h_0 is left out where it is a single number. A layer of one unit has a start, too."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None or h_0.size == 1 else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)
