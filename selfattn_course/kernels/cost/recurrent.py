"""Cost of recurrent layers: one product for all inputs, then one for the state at every step."""

from .record import Cost, checked_size
from .schedule import cost_of, elementwise, product


def rnn_cost(n, d_in, d_h, *, batch=1, itemsize=8):
    """Cost of `rnn`: x w_x for all steps; then, step by step, h w_h, and tanh of the sum.

    Parameters
    ----------
    n : int
        Steps.
    d_in, d_h : int
        Features of the input and of the state.
    batch : int
        Sequences.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost
        The weights w_h are read at every step. Held are the states, which take the place of
        x w_x, and one step's h w_h.
    """
    state = checked_size("batch", batch) * d_h
    reads = {"from input": state, "from state": state}
    step = elementwise("state", state, reads, exponentials=state)
    cost = _layer(n, d_in, d_h, 1, batch, step, itemsize)
    return cost.with_held(itemsize * (n * state + state * (n > 0)))


def gru_cost(n, d_in, d_h, *, batch=1, itemsize=8):
    """Cost of `gru`: x w_x for all steps; then, step by step, h w_h, and the gates.

    Parameters
    ----------
    n, d_in, d_h, batch, itemsize
        As in `rnn_cost`.

    Returns
    -------
    Cost
        Held are x w_x for all steps, the states, and one step's h w_h.
    """
    state = checked_size("batch", batch) * d_h
    reads = {"from input": 3 * state, "from state": 3 * state, "state before": state}
    step = elementwise("state", state, reads, exponentials=3 * state)
    cost = _layer(n, d_in, d_h, 3, batch, step, itemsize)
    return cost.with_held(itemsize * (4 * n * state + 3 * state * (n > 0)))


def lstm_cost(n, d_in, d_h, *, batch=1, itemsize=8):
    """Cost of `lstm`: x w_x for all steps; then, step by step, h w_h, gates, cell and state.

    Parameters
    ----------
    n, d_in, d_h, batch, itemsize
        As in `rnn_cost`.

    Returns
    -------
    Cost
        Held are x w_x for all steps, the states, one step's h w_h, and the cell.
    """
    state = checked_size("batch", batch) * d_h
    reads = {"from input": 4 * state, "from state": 4 * state, "cell before": state}
    step = elementwise("state and cell", 2 * state, reads, exponentials=5 * state)
    cost = _layer(n, d_in, d_h, 4, batch, step, itemsize)
    return cost.with_held(itemsize * (5 * n * state + 5 * state * (n > 0)))


def rnn_vjp_cost(n, d_in, d_h, *, batch=1, itemsize=8):
    """Cost of `rnn_vjp`, given the trace of the forward pass.

    Step by step backwards: the gradient before tanh, then its product with w_h^T. After the last
    step, three products for all of them: d_x, d_w_x and d_w_h.

    Parameters
    ----------
    n, d_in, d_h, batch, itemsize
        As in `rnn_cost`.

    Returns
    -------
    Cost
        Twice the multiply-adds of the forward pass. Held are the gradients before tanh, in the
        inputs, and in the weights. The trace is an input.
    """
    return _layer_vjp(n, d_in, d_h, batch, itemsize, n_gates=1, kept=1, before=1, carried=0)


def gru_vjp_cost(n, d_in, d_h, *, batch=1, itemsize=8):
    """Cost of `gru_vjp`, given the trace of the forward pass; as that of `rnn_vjp`.

    A step reads the gates, the candidate's part of h w_h, and the state before. It writes four
    gradients: the candidate's differs on the sides of x and h. What goes past the gates to the
    state before is carried along.

    Parameters
    ----------
    n, d_in, d_h, batch, itemsize
        As in `rnn_cost`.

    Returns
    -------
    Cost
        Twice the multiply-adds of the forward pass.
    """
    return _layer_vjp(n, d_in, d_h, batch, itemsize, n_gates=3, kept=5, before=4, carried=1)


def lstm_vjp_cost(n, d_in, d_h, *, batch=1, itemsize=8):
    """Cost of `lstm_vjp`, given the trace of the forward pass; as that of `rnn_vjp`.

    A step reads the gates, the cell, whose tanh it takes again, and the cell before. The
    gradient of the cell is carried along.

    Parameters
    ----------
    n, d_in, d_h, batch, itemsize
        As in `rnn_cost`.

    Returns
    -------
    Cost
        Twice the multiply-adds of the forward pass.
    """
    cost = _layer_vjp(n, d_in, d_h, batch, itemsize, n_gates=4, kept=6, before=4, carried=1)
    return cost + Cost(exponentials=n * batch * d_h)


def _layer(n, d_in, d_h, n_gates, batch, step, itemsize):
    inputs = product("from input", "x", "w_x", checked_size("n", n) * batch, d_in, n_gates * d_h)
    from_state = product("from state", "state before", "w_h", batch, d_h, n_gates * d_h)
    once, each = (cost_of(s, results=(), itemsize=itemsize) for s in ([inputs], [from_state, step]))
    return once + n * each


def _layer_vjp(n, d_in, d_h, batch, itemsize, *, n_gates, kept, before, carried):
    """The last three count arrays of one step: read from the trace, written, and carried along."""
    rows, state, wide = checked_size("n", n) * batch, batch * d_h, n_gates * d_h
    gradient = elementwise(
        "d_pre",
        (before + carried) * state,
        {"trace": kept * state, "d_out": state, "d_state": (1 + carried) * state},
    )
    to_state = product("d_state before", "d_pre", "w_h", batch, wide, d_h)
    last = [
        product("d_x", "d_pre", "w_x", rows, wide, d_in),
        product("d_w_x", "x", "d_pre", d_in, rows, wide),
        product("d_w_h", "states", "d_pre", d_h, rows, wide),
    ]
    each, once = (cost_of(s, results=(), itemsize=itemsize) for s in ([gradient, to_state], last))
    held = n * before * state + (1 + carried) * state + rows * d_in + (d_in + d_h) * wide
    return (n * each + once).with_held(itemsize * held)
