"""Wrong versions of lstm_step(x, h, c, w_x, w_h, b)."""

import numpy as np


def gates_in_keras_order(x, h, c, w_x, w_h, b):
    """The blocks are taken as i, f, o, g here. Their order is i, f, g, o."""
    a = x @ w_x + h @ w_h + b
    i, f, o, g = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def input_and_forget_gate_exchanged(x, h, c, w_x, w_h, b):
    """The first two gates are exchanged. The blocks are i, f, g, o."""
    a = x @ w_x + h @ w_h + b
    f, i, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def candidate_first(x, h, c, w_x, w_h, b):
    """The candidate is taken from the first block. The blocks are i, f, g, o."""
    a = x @ w_x + h @ w_h + b
    g, i, f, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def output_gate_first(x, h, c, w_x, w_h, b):
    """The output gate is taken from the first block. The blocks are i, f, g, o."""
    a = x @ w_x + h @ w_h + b
    o, i, f, g = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def gates_reversed(x, h, c, w_x, w_h, b):
    """The blocks are taken from the end. Their order is i, f, g, o."""
    a = x @ w_x + h @ w_h + b
    o, g, f, i = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def gates_interleaved(x, h, c, w_x, w_h, b):
    """Each gate takes every fourth column. A gate is a block of d_h columns side by side."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = (a[..., k::4] for k in range(4))
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def split_on_first_axis(x, h, c, w_x, w_h, b):
    """The gates are split along the first axis. Split along the last one: axis=-1."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def candidate_through_sigmoid(x, h, c, w_x, w_h, b):
    """The candidate goes through a sigmoid. It goes through tanh; the three gates take sigmoids."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * (1 / (1 + np.exp(-g)))
    return o * np.tanh(c), c


def candidate_without_tanh(x, h, c, w_x, w_h, b):
    """The candidate is not bent. Write tanh(g)."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * g
    return o * np.tanh(c), c


def gates_through_tanh(x, h, c, w_x, w_h, b):
    """The gates go through tanh. They go through the sigmoid, between 0 and 1."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (np.tanh(gate) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def gates_raw(x, h, c, w_x, w_h, b):
    """The gates are used as they are. Apply the sigmoid to i, f and o."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def sigmoid_sign_flipped(x, h, c, w_x, w_h, b):
    """exp has the wrong sign, so open gates are shut. The sigmoid is 1 / (1 + exp(-a))."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def unstable_sigmoid(x, h, c, w_x, w_h, b):
    """exp(a) / (1 + exp(a)) is infinity over infinity for a large a. Use 1 / (1 + exp(-a))."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (np.exp(gate) / (1 + np.exp(gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def hard_gates(x, h, c, w_x, w_h, b):
    """The gates are either 0 or 1. The sigmoid takes all values between."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = ((gate > 0).astype(float) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def straight_gates(x, h, c, w_x, w_h, b):
    """The gates are straight lines cut off at 0 and 1. Use the sigmoid."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (np.clip(gate / 4 + 0.5, 0, 1) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def forget_gate_missing(x, h, c, w_x, w_h, b):
    """The old cell is kept whole. Multiply it with f."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = c + i * np.tanh(g)
    return o * np.tanh(c), c


def forget_gate_turned_round(x, h, c, w_x, w_h, b):
    """The old cell is multiplied with 1 - f. An open forget gate keeps it: f * c."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = (1 - f) * c + i * np.tanh(g)
    return o * np.tanh(c), c


def input_gate_missing(x, h, c, w_x, w_h, b):
    """The candidate comes in whole. Multiply it with i."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + np.tanh(g)
    return o * np.tanh(c), c


def output_gate_missing(x, h, c, w_x, w_h, b):
    """The state is the whole tanh(c). Multiply it with o."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return np.tanh(c), c


def one_gate_for_both(x, h, c, w_x, w_h, b):
    """1 - f stands for i, as in a GRU. An LSTM has an input gate of its own."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + (1 - f) * np.tanh(g)
    return o * np.tanh(c), c


def state_without_tanh(x, h, c, w_x, w_h, b):
    """The state is o * c, which has no bound. Write o * tanh(c)."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * c, c


def tanh_of_cell_returned(x, h, c, w_x, w_h, b):
    """The cell comes back through tanh. Only the state takes tanh(c); c itself goes on."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), np.tanh(c)


def state_from_old_cell(x, h, c, w_x, w_h, b):
    """The state is made of the old cell. Use the new one."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    return o * np.tanh(c), f * c + i * np.tanh(g)


def cell_lost(x, h, c, w_x, w_h, b):
    """The old cell is lost. The new cell is f * c + i * tanh(g)."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = i * np.tanh(g)
    return o * np.tanh(c), c


def state_in_place_of_cell(x, h, c, w_x, w_h, b):
    """The forget gate multiplies h. It multiplies the old cell c."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * h + i * np.tanh(g)
    return o * np.tanh(c), c


def cell_in_place_of_state(x, h, c, w_x, w_h, b):
    """The gates see the old cell. They see the state: h @ w_h."""
    a = x @ w_x + c @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def pair_exchanged(x, h, c, w_x, w_h, b):
    """The cell comes back first. Return h, then c."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return c, o * np.tanh(c)


def state_only(x, h, c, w_x, w_h, b):
    """Only the state comes back. Return the pair h, c."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c)


def gates_returned(x, h, c, w_x, w_h, b):
    """The gates come back, too. Return the pair h, c."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c, i, f, o


def without_bias(x, h, c, w_x, w_h, b):
    """The bias is missing in the gates. Add b."""
    a = x @ w_x + h @ w_h
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def without_state(x, h, c, w_x, w_h, b):
    """The gates do not see the state. Add h @ w_h."""
    a = x @ w_x + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def without_input(x, h, c, w_x, w_h, b):
    """The gates do not see the input. Add x @ w_x."""
    a = h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def forget_bias_added(x, h, c, w_x, w_h, b):
    """1 is added to the forget gate, as some libraries do at the start of training. Use b alone."""
    a = x @ w_x + h @ w_h + b + np.repeat([0, 1, 0, 0], h.shape[-1])
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def peephole(x, h, c, w_x, w_h, b):
    """The gates see the cell as well, as in a peephole LSTM. Here they see x and h only."""
    a = x @ w_x + h @ w_h + b + np.tile(c, 4)
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def writes_into_cell(x, h, c, w_x, w_h, b):
    """`c *= ...` and `c += ...` change the caller's cell. Write c = f * c + ...."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    new = f * c + i * np.tanh(g)
    c[...] = new
    c = new
    return o * np.tanh(c), c


def writes_into_state(x, h, c, w_x, w_h, b):
    """The caller's h is overwritten. Return a new array."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    h[...] = o * np.tanh(c)
    return o * np.tanh(c), c


def cell_truncated_for_integers(x, h, c, w_x, w_h, b):
    """The cell keeps the dtype of the one before, so integers truncate it. Let NumPy choose."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = (f * c + i * np.tanh(g)).astype(c.dtype)
    return o * np.tanh(c), c


def cell_clipped(x, h, c, w_x, w_h, b):
    """The cell is cut off at 10. Leave it as it is."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = np.clip(f * c + i * np.tanh(g), -10, 10)
    return o * np.tanh(c), c


def first_sequence_only(x, h, c, w_x, w_h, b):
    """Only the first sequence is computed. Work on all leading axes at once."""
    x, h, c = (z.reshape(-1, z.shape[-1])[0] for z in (x, h, c))
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c


def half_precision(x, h, c, w_x, w_h, b):
    """float16 keeps three digits. Leave the dtype alone."""
    a = x @ w_x + h @ w_h + b
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return (o * np.tanh(c)).astype(np.float16), c.astype(np.float16)


def cell_in_dtype_of_input(x, h, c, w_x, w_h, b):
    """The old cell gets the dtype of x, so integers truncate it. Let NumPy choose the dtype."""
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c.astype(x.dtype) + i * np.tanh(g)
    return o * np.tanh(c), c


def state_in_dtype_of_cell(x, h, c, w_x, w_h, b):
    """h gets the dtype of c, so integers truncate it. Let NumPy choose the dtype."""
    i, f, g, o = np.split(x @ w_x + h.astype(c.dtype) @ w_h + b, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c
