"""Cost of feed-forward layers."""

from .matrix import linear_map_vjp_steps
from .schedule import cost_of, elementwise, product

# Exponentials for each hidden number: in the function, and in its backward pass.
ACTIVATION_EXPONENTIALS = {"relu": (0, 0), "gelu": (1, 2), "gelu_tanh": (1, 2), "swish": (1, 1)}


def feed_forward_cost(n, d, d_hidden, *, activation="relu", itemsize=8):
    """Cost of `feed_forward`: product, activation, product.

    Parameters
    ----------
    n : int
        Rows.
    d, d_hidden : int
        Features outside and inside.
    activation : {"relu", "gelu", "gelu_tanh", "swish"}
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost
    """
    steps = feed_forward_steps("", "x", n, d, d_hidden, activation)
    return cost_of(steps, results={"fed"}, itemsize=itemsize)


def feed_forward_vjp_cost(n, d, d_hidden, *, activation="relu", itemsize=8):
    """Cost of `feed_forward_vjp`: the hidden layer again, then four products backwards.

    Parameters
    ----------
    n, d, d_hidden, activation, itemsize
        As in `feed_forward_cost`.

    Returns
    -------
    Cost
    """
    steps = feed_forward_vjp_steps("", "x", "d_out", n, d, d_hidden, activation)
    return cost_of(steps, results={"d_x", "d_w", "out d_w"}, itemsize=itemsize)


def gated_feed_forward_cost(n, d, d_hidden, *, itemsize=8):
    """Cost of `gated_feed_forward` (SwiGLU): two products, the gate, one product.

    Parameters
    ----------
    n, d, d_hidden, itemsize
        As in `feed_forward_cost`.

    Returns
    -------
    Cost
    """
    steps = [
        *_gate_steps(n, d, d_hidden),
        product("out", "hidden", "w_out", n, d_hidden, d),
    ]
    return cost_of(steps, results={"out"}, itemsize=itemsize)


def gated_feed_forward_vjp_cost(n, d, d_hidden, *, itemsize=8):
    """Cost of `gated_feed_forward_vjp`: the gate again, six products backwards, and a sum.

    Parameters
    ----------
    n, d, d_hidden, itemsize
        As in `feed_forward_cost`.

    Returns
    -------
    Cost
    """
    size = n * d_hidden
    ungate = elementwise(
        "d_gate", size, {"gate": size, "value": size, "out d_x": size}, exponentials=2 * size
    )
    ungate.writes["d_value"] = size
    steps = [
        *_gate_steps(n, d, d_hidden),
        *linear_map_vjp_steps("out ", "hidden", "w_out", "d_out", n, d_hidden, d),
        ungate,
        *linear_map_vjp_steps("gate ", "x", "w_gate", "d_gate", n, d, d_hidden),
        *linear_map_vjp_steps("value ", "x", "w_value", "d_value", n, d, d_hidden),
        elementwise("d_x", n * d, {"gate d_x": n * d, "value d_x": n * d}),
    ]
    results = {"d_x", "gate d_w", "value d_w", "out d_w"}
    return cost_of(steps, results=results, itemsize=itemsize)


def feed_forward_steps(prefix, x, n, d, d_hidden, activation):
    """Steps that write <prefix>fed."""
    size = n * d_hidden
    exponentials = _exponentials(activation)[0] * size
    return [
        product(prefix + "before", x, "w_in", n, d, d_hidden),
        elementwise(prefix + "hidden", size, {prefix + "before": size}, exponentials=exponentials),
        product(prefix + "fed", prefix + "hidden", "w_out", n, d_hidden, d),
    ]


def feed_forward_vjp_steps(prefix, x, d_out, n, d, d_hidden, activation):
    """Steps that write <prefix>d_x, <prefix>d_w and <prefix>out d_w."""
    size, exponentials = n * d_hidden, _exponentials(activation)[1] * n * d_hidden
    before, d_hidden_name = prefix + "before", prefix + "out d_x"
    reads = {before: size, d_hidden_name: size}
    *forward, _ = feed_forward_steps(prefix, x, n, d, d_hidden, activation)
    return [
        *forward,
        *linear_map_vjp_steps(prefix + "out ", prefix + "hidden", "w_out", d_out, n, d_hidden, d),
        elementwise(prefix + "d_before", size, reads, exponentials=exponentials),
        *linear_map_vjp_steps(prefix, x, "w_in", prefix + "d_before", n, d, d_hidden),
    ]


def _gate_steps(n, d, d_hidden):
    size = n * d_hidden
    return [
        product("gate", "x", "w_gate", n, d, d_hidden),
        product("value", "x", "w_value", n, d, d_hidden),
        elementwise("hidden", size, {"gate": size, "value": size}, exponentials=size),
    ]


def _exponentials(activation):
    if activation not in ACTIVATION_EXPONENTIALS:
        raise ValueError(
            f"activation is {activation!r}; expected one of {', '.join(ACTIVATION_EXPONENTIALS)}. "
            "Choose one by its name."
        )
    return ACTIVATION_EXPONENTIALS[activation]
