"""Wrong versions of rnn_forward(x, w_x, w_h, b, h_0=None): time and the other axes."""

import numpy as np


def first_axis_is_time(x, w_x, w_h, b, h_0=None):
    """The loop runs over the first axis. Time is the axis before the last: x[..., t, :]."""
    h = np.zeros(len(b)) if h_0 is None else h_0
    states = []
    for x_t in x:
        h = np.tanh(x_t @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states)


def last_axis_is_time(x, w_x, w_h, b, h_0=None):
    """x[..., t] is feature t of all steps. Step t is x[..., t, :]."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-1]):
        h = np.tanh(x[..., t] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def three_axes_only(x, w_x, w_h, b, h_0=None):
    """x[:, t] needs exactly one leading axis. x[..., t, :] takes any number of them."""
    h = np.zeros((len(x), len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=1)


def stacked_on_first_axis(x, w_x, w_h, b, h_0=None):
    """The states are stacked on a new first axis. Time goes before the last: axis=-2."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states)


def stacked_on_second_axis(x, w_x, w_h, b, h_0=None):
    """axis=1 is right with one leading axis only. Stack with axis=-2."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=1 if x.ndim > 2 else 0)


def stacked_on_last_axis(x, w_x, w_h, b, h_0=None):
    """The states are stacked as columns. Time goes before the last axis: axis=-2."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-1)


def joined_side_by_side(x, w_x, w_h, b, h_0=None):
    """All states stand in one long row. Give time an axis of its own: np.stack with axis=-2."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.concatenate(states, axis=-1)


def reshaped_instead_of_moved(x, w_x, w_h, b, h_0=None):
    """reshape mixes steps and sequences up. Stack with axis=-2, or use np.moveaxis."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.array(states).reshape(*x.shape[:-1], len(b))


def input_reshaped_to_time_first(x, w_x, w_h, b, h_0=None):
    """reshape does not bring time to the front: it mixes sequences up. Use x[..., t, :]."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for x_t in x.reshape(x.shape[-2], *x.shape[:-2], x.shape[-1]):
        h = np.tanh(x_t @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def one_long_sequence(x, w_x, w_h, b, h_0=None):
    """The state goes on from one sequence into the next. Each sequence starts anew."""
    h = np.zeros(len(b)) if h_0 is None else h_0.reshape(-1, len(b))[0]
    states = []
    for x_t in x.reshape(-1, x.shape[-1]):
        h = np.tanh(x_t @ w_x + h @ w_h + b)
        states.append(h)
    return np.array(states).reshape(*x.shape[:-1], len(b))


def first_sequence_only(x, w_x, w_h, b, h_0=None):
    """Only the first sequence is computed. Work on all leading axes at once: x[..., t, :]."""
    h = np.zeros(len(b)) if h_0 is None else h_0.reshape(-1, len(b))[0]
    states = []
    for x_t in x.reshape(-1, *x.shape[-2:])[0]:
        h = np.tanh(x_t @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states)


def states_averaged_over_batch(x, w_x, w_h, b, h_0=None):
    """The state is averaged over the batch. Sequences must not mix."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = h.mean(axis=tuple(range(h.ndim - 1)))
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def steps_counted_on_first_axis(x, w_x, w_h, b, h_0=None):
    """The loop makes len(x) steps, which counts sequences in a batch. Steps are x.shape[-2]."""
    states = np.zeros((*x.shape[:-1], len(b)))
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    for t in range(len(x)):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states[..., t, :] = h
    return states


def last_state_only(x, w_x, w_h, b, h_0=None):
    """Only the last state comes back. Keep the state of every step."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
    return h


def last_state_everywhere(x, w_x, w_h, b, h_0=None):
    """One array is overwritten at every step, so all rows show the last state. Make new ones."""
    h = np.zeros((*x.shape[:-2], len(b)))
    h += 0 if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h[...] = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def state_before_each_step(x, w_x, w_h, b, h_0=None):
    """Row t is the state before step t. Append h after it is computed."""
    h = np.zeros((*x.shape[:-2], len(b)))
    h = h if h_0 is None else h + h_0
    states = []
    for t in range(x.shape[-2]):
        states.append(h)
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
    return np.stack(states, axis=-2)


def initial_state_included(x, w_x, w_h, b, h_0=None):
    """The initial state is in the result, too: one row too many. Leave it out."""
    h = np.zeros((*x.shape[:-2], len(b)))
    h = h if h_0 is None else h + h_0
    states = [h]
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def last_step_left_out(x, w_x, w_h, b, h_0=None):
    """The last step is not taken, so its state is 0. range(n) ends with n - 1 already."""
    states = np.zeros((*x.shape[:-1], len(b)))
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    for t in range(x.shape[-2] - 1):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states[..., t, :] = h
    return states


def first_step_left_out(x, w_x, w_h, b, h_0=None):
    """The first step is not taken. Steps count from 0."""
    states = np.zeros((*x.shape[:-1], len(b)))
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    for t in range(1, x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states[..., t, :] = h
    return states


def input_of_the_step_before(x, w_x, w_h, b, h_0=None):
    """Step t reads input t - 1, and the first step the last input. Step t reads x[..., t, :]."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t - 1, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def from_right_to_left(x, w_x, w_h, b, h_0=None):
    """The sequence is read from its end. Begin with x[..., 0, :]."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in reversed(range(x.shape[-2])):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states[::-1], axis=-2)


def last_state_first(x, w_x, w_h, b, h_0=None):
    """The states come back last one first. Keep the order of the steps."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.insert(0, h)
    return np.stack(states, axis=-2)


def state_of_two_steps_ago(x, w_x, w_h, b, h_0=None):
    """The state comes from two steps ago. It comes from the step before."""
    start = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = [start, start]
    for t in range(x.shape[-2]):
        states.append(np.tanh(x[..., t, :] @ w_x + states[-2] @ w_h + b))
    return np.stack(states[2:], axis=-2)


def remembers_one_input(x, w_x, w_h, b, h_0=None):
    """A step sees only its input and the one before. The state itself has to be carried on."""
    start = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t - 1, :] @ w_x + (start @ w_h if t == 1 else 0) + b) if t else start
        states.append(np.tanh(x[..., t, :] @ w_x + h @ w_h + b))
    return np.stack(states, axis=-2)


def sum_of_inputs(x, w_x, w_h, b, h_0=None):
    """Inputs are added up and bent once. Each step applies w_h and tanh to what came before."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    return np.tanh(np.cumsum(x @ w_x, axis=-2) + (h @ w_h)[..., None, :] + b)


def zero_inputs_skipped(x, w_x, w_h, b, h_0=None):
    """A step without input leaves the state as it is. It has to apply w_h, b and tanh, too."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        new = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        h = np.where(x[..., t, :].any(axis=-1)[..., None], new, h)
        states.append(h)
    return np.stack(states, axis=-2)


def starts_anew_after_a_while(x, w_x, w_h, b, h_0=None):
    """The state is set back to 0 now and then in a long sequence. Carry it on to the end."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.zeros((*x.shape[:-2], len(b))) if t % 100 == 99 else h
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def one_step_by_hand(x, w_x, w_h, b, h_0=None):
    """Only the first step uses the initial state; the others start from it again. Carry h on."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    return np.tanh(x @ w_x + (h @ w_h)[..., None, :] + b)
