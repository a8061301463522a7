"""Right but unusual versions of rnn_forward(x, w_x, w_h, b, h_0=None)."""

import numpy as np


def time_first(x, w_x, w_h, b, h_0=None):
    h, states = np.zeros(len(b)) if h_0 is None else h_0, []
    for from_x in np.moveaxis(x @ w_x + b, -2, 0):
        h = np.tanh(from_x + h @ w_h)
        states.append(h)
    return np.moveaxis(np.array(states), 0, -2)


def recursive(x, w_x, w_h, b, h_0=None):
    h = np.zeros(len(b)) if h_0 is None else h_0
    h = np.tanh(x[..., 0, :] @ w_x + h @ w_h + b)
    if x.shape[-2] == 1:
        return h[..., None, :]
    rest = recursive(x[..., 1:, :], w_x, w_h, b, h)
    return np.concatenate([h[..., None, :], rest], axis=-2)


def recursive_from_the_end(x, w_x, w_h, b, h_0=None):
    if x.shape[-2] == 0:
        h = np.zeros(len(b)) if h_0 is None else h_0
        return np.broadcast_to(h[..., None, :], (*x.shape[:-2], 1, len(b)))[..., :0, :]
    before = recursive_from_the_end(x[..., :-1, :], w_x, w_h, b, h_0)
    start = np.zeros(len(b)) if h_0 is None else h_0
    h = before[..., -1, :] if x.shape[-2] > 1 else start
    h = np.tanh(x[..., -1, :] @ w_x + h @ w_h + b)
    return np.concatenate([before, h[..., None, :]], axis=-2)


def sequence_by_sequence(x, w_x, w_h, b, h_0=None):
    start = np.broadcast_to(np.zeros(len(b)) if h_0 is None else h_0, (*x.shape[:-2], len(b)))
    states = np.empty((*x.shape[:-1], len(b)))
    for place in np.ndindex(x.shape[:-2]):
        h = start[place]
        for t, x_t in enumerate(x[place]):
            h = states[place][t] = np.tanh(x_t @ w_x + h @ w_h + b)
    return states


def with_accumulate(x, w_x, w_h, b, h_0=None):
    from itertools import accumulate

    start = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    inputs = (x[..., t, :] for t in range(x.shape[-2]))
    step = lambda h, x_t: np.tanh(x_t @ w_x + h @ w_h + b)  # noqa: E731
    return np.stack(list(accumulate(inputs, step, initial=start))[1:], axis=-2)


def one_product_per_step(x, w_x, w_h, b, h_0=None):
    both = np.concatenate([w_x, w_h])
    h = np.broadcast_to(np.zeros(len(b)) if h_0 is None else h_0, (*x.shape[:-2], len(b)))
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(np.concatenate([x[..., t, :], h], axis=-1) @ both + b)
        states.append(h)
    return np.stack(states, axis=-2)


def with_einsum(x, w_x, w_h, b, h_0=None):
    h = np.zeros(len(b)) if h_0 is None else h_0
    states = np.empty((*x.shape[:-1], len(b)))
    for t in range(x.shape[-2]):
        from_h = np.einsum("...i,ij->...j", h, w_h)
        h = np.tanh(np.einsum("...i,ij->...j", x[..., t, :], w_x) + from_h + b)
        states[..., t, :] = h
    return states


def columns_and_weights_from_the_left(x, w_x, w_h, b, h_0=None):
    h = (np.zeros(len(b)) if h_0 is None else h_0)[..., None]
    columns = []
    for t in range(x.shape[-2]):
        h = np.tanh(w_x.T @ x[..., t, :, None] + w_h.T @ h + b[:, None])
        columns.append(h)
    return np.swapaxes(np.concatenate(columns, axis=-1), -1, -2)


def grown_by_concatenation(x, w_x, w_h, b, h_0=None):
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = np.zeros((*x.shape[:-2], 0, len(b)))
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states = np.concatenate([states, h[..., None, :]], axis=-2)
    return states


def relaxed_until_nothing_changes(x, w_x, w_h, b, h_0=None):
    # after k rounds the first k states are right, so n rounds are enough
    start = np.broadcast_to(np.zeros(len(b)) if h_0 is None else h_0, (*x.shape[:-2], len(b)))
    from_x, states = x @ w_x + b, np.zeros((*x.shape[:-1], len(b)))
    for _ in range(x.shape[-2]):
        before = np.concatenate([start[..., None, :], states[..., :-1, :]], axis=-2)
        states = np.tanh(from_x + before @ w_h)
    return states


def in_float32(x, w_x, w_h, b, h_0=None):
    x, w_x, w_h, b = (np.asarray(a, np.float32) for a in (x, w_x, w_h, b))
    h = np.zeros(len(b), np.float32) if h_0 is None else np.asarray(h_0, np.float32)
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def in_long_double(x, w_x, w_h, b, h_0=None):
    x, w_x, w_h, b = (np.asarray(a, np.longdouble) for a in (x, w_x, w_h, b))
    h, states = np.zeros(len(b)) if h_0 is None else h_0, []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2)


def nested_lists(x, w_x, w_h, b, h_0=None):
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states, axis=-2).tolist()


def list_of_arrays(x, w_x, w_h, b, h_0=None):
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    return list(np.stack(states, axis=-2))


def with_python_floats(x, w_x, w_h, b, h_0=None):
    import math

    start = np.broadcast_to(np.zeros(len(b)) if h_0 is None else h_0, (*x.shape[:-2], len(b)))
    rows = []
    for sequence, h in zip(
        x.reshape(-1, *x.shape[-2:]), start.reshape(-1, len(b)).tolist(), strict=True
    ):
        for x_t in sequence.tolist():
            pre = [float(value) for value in b]
            for j in range(len(pre)):
                pre[j] += sum(value * float(w) for value, w in zip(x_t, w_x[:, j], strict=True))
                pre[j] += sum(value * float(w) for value, w in zip(h, w_h[:, j], strict=True))
            h = [math.tanh(value) for value in pre]
            rows.append(h)
    return np.array(rows).reshape(*x.shape[:-1], len(b))


def tanh_from_sigmoid(x, w_x, w_h, b, h_0=None):
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = 2 / (1 + np.exp(-2 * (x[..., t, :] @ w_x + h @ w_h + b))) - 1
        states.append(h)
    return np.stack(states, axis=-2)


def view_of_a_longer_array(x, w_x, w_h, b, h_0=None):
    states = np.zeros((x.shape[-2] + 1, *x.shape[:-2], len(b)))
    states[0] += 0 if h_0 is None else h_0
    for t in range(x.shape[-2]):
        np.tanh(x[..., t, :] @ w_x + states[t] @ w_h + b, out=states[t + 1])
    return np.moveaxis(states[1:], 0, -2)


def read_only_in_fortran_order(x, w_x, w_h, b, h_0=None):
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states.append(h)
    out = np.asfortranarray(np.stack(states, axis=-2))
    out.flags.writeable = False
    return out


def in_place_on_its_own_state(x, w_x, w_h, b, h_0=None):
    h = np.zeros((*x.shape[:-2], len(b)))
    h += 0 if h_0 is None else h_0
    states = np.empty((*x.shape[:-1], len(b)))
    for t in range(x.shape[-2]):
        h[...] = h @ w_h
        h += x[..., t, :] @ w_x
        h += b
        np.tanh(h, out=h)
        states[..., t, :] = h
    return states


def with_a_class(x, w_x, w_h, b, h_0=None):
    class Cell:
        def __init__(self):
            self.h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0

        def __call__(self, x_t):
            self.h = np.tanh(x_t @ w_x + self.h @ w_h + b)
            return self.h

    cell = Cell()
    return np.stack([cell(x[..., t, :]) for t in range(x.shape[-2])], axis=-2)


def one_array_for_all_calls(x, w_x, w_h, b, h_0=None, _arrays={}):  # noqa: B006  sharing is the point
    states = _arrays.setdefault((x.shape, len(b)), np.empty((*x.shape[:-1], len(b))))
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states[..., t, :] = h
    return states


def masked_array(x, w_x, w_h, b, h_0=None):
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = np.ma.zeros((*x.shape[:-1], len(b)))
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
        states[..., t, :] = h
    return states


def vectorized_over_sequences(x, w_x, w_h, b, h_0=None):
    def one(sequence, h):
        states = []
        for x_t in sequence:
            h = np.tanh(x_t @ w_x + h @ w_h + b)
            states.append(h)
        return np.array(states)

    start = np.zeros(len(b)) if h_0 is None else h_0
    return np.vectorize(one, signature="(n,d),(h)->(n,h)")(x, start)


def bias_as_one_more_input(x, w_x, w_h, b, h_0=None):
    all_weights = np.vstack([w_x, w_h, b])
    start = np.zeros(len(b)) if h_0 is None else h_0
    h, states = np.broadcast_to(start, (*x.shape[:-2], len(b))), []
    for t in range(x.shape[-2]):
        one = np.ones((*x.shape[:-2], 1))
        h = np.tanh(np.tensordot(np.concatenate([x[..., t, :], h, one], -1), all_weights, 1))
        states.append(h)
    return np.stack(states, axis=-2)
