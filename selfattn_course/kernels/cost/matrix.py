"""Cost of linear maps and normalizations, which treat every position alone."""

from .schedule import cost_of, elementwise, product


def linear_map_cost(n, d_in, d_out, *, itemsize=8):
    """Cost of `linear_map`: one product x w.

    Parameters
    ----------
    n : int
        Rows, over all leading axes.
    d_in, d_out : int
        Features before and after.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost
    """
    steps = [product("out", "x", "w", n, d_in, d_out)]
    return cost_of(steps, results={"out"}, itemsize=itemsize)


def linear_map_vjp_cost(n, d_in, d_out, *, itemsize=8):
    """Cost of `linear_map_vjp`: the products d_out w^T and x^T d_out.

    Parameters
    ----------
    n, d_in, d_out, itemsize
        As in `linear_map_cost`.

    Returns
    -------
    Cost
        Twice the multiply-adds of the forward pass.
    """
    steps = linear_map_vjp_steps("", "x", "w", "d_out", n, d_in, d_out)
    return cost_of(steps, results={"d_x", "d_w"}, itemsize=itemsize)


def layer_norm_cost(n, d, *, itemsize=8):
    """Cost of `layer_norm`: one step that reads x, gain and bias. There is no matrix product.

    Parameters
    ----------
    n, d : int
        Rows, and numbers in a row.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost
    """
    return cost_of([layer_norm_step("out", "x", n, d)], results={"out"}, itemsize=itemsize)


def layer_norm_vjp_cost(n, d, *, itemsize=8):
    """Cost of `layer_norm_vjp`: one step that reads x, d_out and gain, and writes the gradients.

    Parameters
    ----------
    n, d, itemsize
        As in `layer_norm_cost`.

    Returns
    -------
    Cost
    """
    step = layer_norm_vjp_step("d_x", "x", "d_out", n, d)
    return cost_of([step], results=step.writes, itemsize=itemsize)


def rms_norm_cost(n, d, *, itemsize=8):
    """Cost of `rms_norm`: one step that reads x and gain. There is no matrix product.

    Parameters
    ----------
    n, d, itemsize
        As in `layer_norm_cost`.

    Returns
    -------
    Cost
    """
    step = elementwise("out", n * d, {"x": n * d, "gain": d})
    return cost_of([step], results={"out"}, itemsize=itemsize)


def rms_norm_vjp_cost(n, d, *, itemsize=8):
    """Cost of `rms_norm_vjp`: one step that reads x, d_out and gain, and writes the gradients.

    Parameters
    ----------
    n, d, itemsize
        As in `layer_norm_cost`.

    Returns
    -------
    Cost
    """
    step = elementwise("gradients", n * d + d, {"x": n * d, "d_out": n * d, "gain": d})
    return cost_of([step], results={"gradients"}, itemsize=itemsize)


def linear_map_vjp_steps(prefix, x, w, d_out, n, d_in, d_out_features):
    """Steps that write <prefix>d_x and <prefix>d_w."""
    return [
        product(prefix + "d_x", d_out, w, n, d_out_features, d_in),
        product(prefix + "d_w", x, d_out, d_in, n, d_out_features),
    ]


def layer_norm_vjp_step(result, x, d_out, n, d):
    """One step that writes the gradient in x, and those in gain and bias as <result> norm."""
    step = elementwise(result, n * d, {x: n * d, d_out: n * d, "gain": d})
    step.writes[result + " norm"] = 2 * d
    return step


def layer_norm_step(result, x, n, d):
    """One step; gain and bias are 2 d numbers."""
    return elementwise(result, n * d, {x: n * d, "gain and bias": 2 * d})
