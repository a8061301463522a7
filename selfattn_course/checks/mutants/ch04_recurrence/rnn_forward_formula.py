"""Wrong versions of rnn_forward(x, w_x, w_h, b, h_0=None): what happens in one step."""

import numpy as np


def without_state(x, w_x, w_h, b, h_0=None):
    """No step sees the state of the step before. Add h @ w_h."""
    return np.tanh(x @ w_x + b)


def without_input(x, w_x, w_h, b, h_0=None):
    """The inputs are not used. Add x_t @ w_x."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for _ in range(x.shape[-2]):
        h = np.tanh(h @ w_h + b)
        states.append(np.broadcast_to(h, (*x.shape[:-2], len(b))))
    return np.stack(states, axis=-2)


def without_bias(x, w_x, w_h, b, h_0=None):
    """The bias is missing. Add b before tanh."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h)
        states.append(h)
    return np.stack(states, axis=-2)


def bias_after_tanh(x, w_x, w_h, b, h_0=None):
    """The bias is added to the state. It belongs inside tanh."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h) + b
        states.append(h)
    return np.stack(states, axis=-2)


def bias_twice(x, w_x, w_h, b, h_0=None):
    """The bias is added with each product. Add it once."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh((x[..., t, :] @ w_x + b) + (h @ w_h + b))
        states.append(h)
    return np.stack(states, axis=-2)


def bias_at_first_step_only(x, w_x, w_h, b, h_0=None):
    """The bias is added at the first step only. Every step adds it."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + (0 if t else b))
        states.append(h)
    return np.stack(states, axis=-2)


def first_step_without_bias(x, w_x, w_h, b, h_0=None):
    """The first step leaves out the bias. All steps are the same."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + (b if t else 0))
        states.append(h)
    return np.stack(states, axis=-2)


def without_tanh(x, w_x, w_h, b, h_0=None):
    """The sums are not bent. Apply np.tanh at every step."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = x[..., t, :] @ w_x + h @ w_h + b
        states.append(h)
    return np.stack(states, axis=-2)


def tanh_at_the_end(x, w_x, w_h, b, h_0=None):
    """tanh is applied to the results only. The state that goes on to the next step needs it too."""
    pre = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        pre = x[..., t, :] @ w_x + pre @ w_h + b
        states.append(pre)
    return np.tanh(np.stack(states, axis=-2))


def sigmoid(x, w_x, w_h, b, h_0=None):
    """A sigmoid lies between 0 and 1. Use np.tanh, which lies between -1 and 1."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = 1 / (1 + np.exp(-(x[..., t, :] @ w_x + h @ w_h + b)))
        states.append(h)
    return np.stack(states, axis=-2)


def rectified(x, w_x, w_h, b, h_0=None):
    """Negative sums become 0 here. Use np.tanh."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.maximum(x[..., t, :] @ w_x + h @ w_h + b, 0)
        states.append(h)
    return np.stack(states, axis=-2)


def cut_off(x, w_x, w_h, b, h_0=None):
    """Sums are cut off at -1 and 1. np.tanh bends before that."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.clip(x[..., t, :] @ w_x + h @ w_h + b, -1, 1)
        states.append(h)
    return np.stack(states, axis=-2)


def softsign(x, w_x, w_h, b, h_0=None):
    """a / (1 + |a|) bends like tanh but is not the same. Use np.tanh."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        a = x[..., t, :] @ w_x + h @ w_h + b
        h = a / (1 + np.abs(a))
        states.append(h)
    return np.stack(states, axis=-2)


def unstable_tanh(x, w_x, w_h, b, h_0=None):
    """exp overflows for large sums, and infinity over infinity is NaN. np.tanh is safe."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        e = np.exp(2 * (x[..., t, :] @ w_x + h @ w_h + b))
        h = (e - 1) / (e + 1)
        states.append(h)
    return np.stack(states, axis=-2)


def tanh_of_each_part(x, w_x, w_h, b, h_0=None):
    """tanh is taken of each product alone. Add everything first, then take one tanh."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x) + np.tanh(h @ w_h) + np.tanh(b)
        states.append(h)
    return np.stack(states, axis=-2)


def tanh_of_input_only(x, w_x, w_h, b, h_0=None):
    """The state's part is outside tanh. Add all three parts before it."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + b) + h @ w_h
        states.append(h)
    return np.stack(states, axis=-2)


def tanh_of_state_again(x, w_x, w_h, b, h_0=None):
    """The state went through tanh already. Multiply h itself with w_h."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + np.tanh(h) @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def state_weights_transposed(x, w_x, w_h, b, h_0=None):
    """w_h is transposed. Weights act from the right: h @ w_h."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h.T + b)
        states.append(h)
    return np.stack(states, axis=-2)


def square_input_weights_transposed(x, w_x, w_h, b, h_0=None):
    """w_x is transposed where it is square. Write x_t @ w_x."""
    w = w_x.T if w_x.shape[0] == w_x.shape[1] else w_x
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def weights_exchanged_where_they_fit(x, w_x, w_h, b, h_0=None):
    """Inputs meet w_h and states w_x where sizes allow it. Write x_t @ w_x + h @ w_h."""
    if w_x.shape == w_h.shape:
        w_x, w_h = w_h, w_x
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def weights_from_the_left(x, w_x, w_h, b, h_0=None):
    """Weights stand on the left, which fits one sequence only. They act from the right: h @ w_h."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(w_x.T @ x[..., t, :] + w_h.T @ h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def diagonal_of_state_weights(x, w_x, w_h, b, h_0=None):
    """Only the diagonal of w_h is used. Units see each other: h @ w_h."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h * np.diag(w_h) + b)
        states.append(h)
    return np.stack(states, axis=-2)


def state_subtracted(x, w_x, w_h, b, h_0=None):
    """The state's part is subtracted. Add it."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x - h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def scaled(x, w_x, w_h, b, h_0=None):
    """The state's part is divided by a root, as scores of attention are. Here nothing is scaled."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h / np.sqrt(len(b)) + b)
        states.append(h)
    return np.stack(states, axis=-2)


def old_state_added(x, w_x, w_h, b, h_0=None):
    """The old state is added to the new one. The new state is the tanh alone."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = h + np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def averaged_with_old_state(x, w_x, w_h, b, h_0=None):
    """Old and new state are averaged. The new state is the tanh alone."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = (h + np.tanh(x[..., t, :] @ w_x + h @ w_h + b)) / 2
        states.append(h)
    return np.stack(states, axis=-2)


def unit_length(x, w_x, w_h, b, h_0=None):
    """The state is brought to length 1. Leave it as tanh makes it."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        h = h / (np.linalg.norm(h, axis=-1, keepdims=True) + 1e-12)
        states.append(h)
    return np.stack(states, axis=-2)


def small_states_cut(x, w_x, w_h, b, h_0=None):
    """States below 0.01 are set to 0. Leave them: what is small can grow again."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        h = np.where(np.abs(h) < 0.01, 0, h)
        states.append(h)
    return np.stack(states, axis=-2)


def half_precision(x, w_x, w_h, b, h_0=None):
    """float16 keeps three digits. Leave the dtype alone."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2).astype(np.float16)


def rounded(x, w_x, w_h, b, h_0=None):
    """States are rounded. Return them as they are."""
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.round(np.stack(states, axis=-2), 4)
