"""Wrong versions of rnn_step(x, h, w_x, w_h, b)."""

import numpy as np


def without_state(x, h, w_x, w_h, b):
    """The state is not used, so nothing is remembered. Add h @ w_h."""
    return np.tanh(x @ w_x + b)


def without_input(x, h, w_x, w_h, b):
    """The input is not used. Add x @ w_x."""
    return np.tanh(h @ w_h + b)


def without_bias(x, h, w_x, w_h, b):
    """The bias is missing. Add b before tanh."""
    return np.tanh(x @ w_x + h @ w_h)


def bias_after_tanh(x, h, w_x, w_h, b):
    """The bias is added to the result. It belongs inside tanh."""
    return np.tanh(x @ w_x + h @ w_h) + b


def bias_twice(x, h, w_x, w_h, b):
    """The bias is added twice, once with each product. Add it once."""
    return np.tanh((x @ w_x + b) + (h @ w_h + b))


def bias_subtracted(x, h, w_x, w_h, b):
    """The bias is subtracted. Add it."""
    return np.tanh(x @ w_x + h @ w_h - b)


def without_tanh(x, h, w_x, w_h, b):
    """The sum leaves as it is, so it can grow without bound. Apply np.tanh to it."""
    return x @ w_x + h @ w_h + b


def sigmoid(x, h, w_x, w_h, b):
    """A sigmoid lies between 0 and 1. Use np.tanh, which lies between -1 and 1."""
    return 1 / (1 + np.exp(-(x @ w_x + h @ w_h + b)))


def rectified(x, h, w_x, w_h, b):
    """Negative sums become 0 here. Use np.tanh."""
    return np.maximum(x @ w_x + h @ w_h + b, 0)


def cut_off(x, h, w_x, w_h, b):
    """The sum is cut off at -1 and 1. np.tanh bends before that."""
    return np.clip(x @ w_x + h @ w_h + b, -1, 1)


def sine(x, h, w_x, w_h, b):
    """np.sin comes back down. Use np.tanh."""
    return np.sin(x @ w_x + h @ w_h + b)


def arctangent(x, h, w_x, w_h, b):
    """np.arctan reaches 1.57. Use np.tanh."""
    return np.arctan(x @ w_x + h @ w_h + b)


def tanh_of_each_part(x, h, w_x, w_h, b):
    """tanh is taken of each part alone. Add the parts first, then take one tanh."""
    return np.tanh(x @ w_x) + np.tanh(h @ w_h) + np.tanh(b)


def tanh_of_input_only(x, h, w_x, w_h, b):
    """The state's part is outside tanh. Add all three parts before it."""
    return np.tanh(x @ w_x + b) + h @ w_h


def tanh_twice(x, h, w_x, w_h, b):
    """tanh is taken twice. Once is enough."""
    return np.tanh(np.tanh(x @ w_x + h @ w_h + b))


def tanh_of_state_first(x, h, w_x, w_h, b):
    """h went through tanh already, in the step that made it. Multiply h itself with w_h."""
    return np.tanh(x @ w_x + np.tanh(h) @ w_h + b)


def state_weights_transposed(x, h, w_x, w_h, b):
    """w_h is transposed. Weights act from the right: h @ w_h."""
    return np.tanh(x @ w_x + h @ w_h.T + b)


def input_weights_transposed(x, h, w_x, w_h, b):
    """w_x is transposed, which fits only if it is square. Write x @ w_x."""
    w = w_x.T if w_x.shape[0] == w_x.shape[1] else w_x
    return np.tanh(x @ w + h @ w_h + b)


def weights_exchanged(x, h, w_x, w_h, b):
    """x meets w_h and h meets w_x where sizes allow it. Write x @ w_x + h @ w_h."""
    if w_x.shape == w_h.shape:
        return np.tanh(x @ w_h + h @ w_x + b)
    return np.tanh(x @ w_x + h @ w_h + b)


def weights_from_the_left(x, h, w_x, w_h, b):
    """Weights stand on the left, which fits one token only. They act from the right: x @ w_x."""
    return np.tanh(w_x.T @ x + w_h.T @ h + b)


def state_weights_by_entry(x, h, w_x, w_h, b):
    """Only the diagonal of w_h is used. Units see each other: h @ w_h."""
    return np.tanh(x @ w_x + h * np.diag(w_h) + b)


def state_subtracted(x, h, w_x, w_h, b):
    """The state's part is subtracted. Add it."""
    return np.tanh(x @ w_x - h @ w_h + b)


def scaled(x, h, w_x, w_h, b):
    """The state's part is divided by a root, as scores of attention are. Here nothing is scaled."""
    return np.tanh(x @ w_x + h @ w_h / np.sqrt(h.shape[-1]) + b)


def state_added(x, h, w_x, w_h, b):
    """The old state is added to the new one. The new state is the tanh alone."""
    return h + np.tanh(x @ w_x + h @ w_h + b)


def averaged_with_old_state(x, h, w_x, w_h, b):
    """Old and new state are averaged. The new state is the tanh alone."""
    return (h + np.tanh(x @ w_x + h @ w_h + b)) / 2


def one_token_only(x, h, w_x, w_h, b):
    """Only the first sequence is computed. Work on all leading axes at once: x @ w_x does."""
    x, h = x.reshape(-1, x.shape[-1])[0], h.reshape(-1, h.shape[-1])[0]
    return np.tanh(x @ w_x + h @ w_h + b)


def state_of_first_sequence(x, h, w_x, w_h, b):
    """Every sequence gets the state of the first. Each has its own row of h."""
    return np.tanh(x @ w_x + h.reshape(-1, h.shape[-1])[0] @ w_h + b)


def state_averaged_over_batch(x, h, w_x, w_h, b):
    """States are averaged over the batch. Sequences must not mix."""
    h = h.mean(axis=tuple(range(h.ndim - 1)))
    return np.tanh(x @ w_x + h @ w_h + b)


def unstable_tanh(x, h, w_x, w_h, b):
    """exp overflows for large sums, and infinity over infinity is NaN. np.tanh is safe."""
    e = np.exp(2 * (x @ w_x + h @ w_h + b))
    return (e - 1) / (e + 1)


def half_precision(x, h, w_x, w_h, b):
    """float16 keeps three digits. Leave the dtype alone."""
    return np.tanh(x @ w_x + h @ w_h + b).astype(np.float16)


def rounded(x, h, w_x, w_h, b):
    """The state is rounded. Return it as it is."""
    return np.round(np.tanh(x @ w_x + h @ w_h + b), 4)


def truncated_for_integers(x, h, w_x, w_h, b):
    """The result has the integer dtype of h, so it becomes 0. Let NumPy choose the dtype."""
    return np.tanh(x @ w_x + h @ w_h + b).astype(h.dtype)


def writes_into_state(x, h, w_x, w_h, b):
    """`h[...] = ...` overwrites the caller's state. Return a new array."""
    new = np.tanh(x @ w_x + h @ w_h + b)
    if new.shape == h.shape:
        h[...] = new
    return new


def returns_a_pair(x, h, w_x, w_h, b):
    """The state comes back twice, as output and state. Return it once."""
    new = np.tanh(x @ w_x + h @ w_h + b)
    return new, new


def state_in_dtype_of_input(x, h, w_x, w_h, b):
    """The state gets the dtype of x, so integers truncate it. Let NumPy choose the dtype."""
    return np.tanh(x @ w_x + h.astype(x.dtype) @ w_h + b)


def input_in_dtype_of_state(x, h, w_x, w_h, b):
    """The input gets the dtype of h, so integers truncate it. Let NumPy choose the dtype."""
    return np.tanh(x.astype(h.dtype) @ w_x + h @ w_h + b)


def weights_in_dtype_of_input(x, h, w_x, w_h, b):
    """w_x gets the dtype of x, so integers truncate it. Let NumPy choose the dtype."""
    return np.tanh(x @ w_x.astype(x.dtype) + h @ w_h + b)
