"""Wrong versions of softmax_vjp(p, dp)."""

import numpy as np


def diagonal_only(p, dp):
    """This is diag(p) dp. Every weight also depends on all other scores: subtract p (p . dp)."""
    return p * dp


def elementwise_derivative(p, dp):
    """p (1 - p) is the diagonal of the Jacobian only. The entries off it are -p_i p_j."""
    return p * (1 - p) * dp


def minus_missing(p, dp):
    """The mean of dp is added. The Jacobian is diag(p) - p p^T: subtract it."""
    return p * (dp + (p * dp).sum(axis=-1, keepdims=True))


def sign_flipped(p, dp):
    """The sign is flipped: a larger score makes its own weight larger."""
    return p * ((p * dp).sum(axis=-1, keepdims=True) - dp)


def only_off_diagonal(p, dp):
    """The diagonal part p * dp is missing."""
    return -p * (p * dp).sum(axis=-1, keepdims=True)


def factor_p_missing(p, dp):
    """The factor p in front is missing: p * (dp - sum(p * dp))."""
    return dp - (p * dp).sum(axis=-1, keepdims=True)


def p_on_the_first_term_only(p, dp):
    """The factor p belongs to both terms: p * dp - p * sum(p * dp)."""
    return p * dp - (p * dp).sum(axis=-1, keepdims=True)


def p_squared(p, dp):
    """There is one p too many in front."""
    return p * p * (dp - (p * dp).sum(axis=-1, keepdims=True))


def plain_sum_of_dp(p, dp):
    """The sum of dp is subtracted. Subtract its mean under p: sum(p * dp)."""
    return p * (dp - dp.sum(axis=-1, keepdims=True))


def plain_mean_of_dp(p, dp):
    """All entries of dp count the same here. Weigh them by p: sum(p * dp)."""
    return p * (dp - dp.mean(axis=-1, keepdims=True))


def mean_of_products(p, dp):
    """p * dp is averaged. Sum it."""
    return p * (dp - (p * dp).mean(axis=-1, keepdims=True))


def sum_of_p(p, dp):
    """The sum of p is 1. Subtract sum(p * dp)."""
    return p * (dp - p.sum(axis=-1, keepdims=True))


def squared_weights(p, dp):
    """p is squared inside the sum. Subtract sum(p * dp)."""
    return p * (dp - (p * p * dp).sum(axis=-1, keepdims=True))


def sum_over_rows(p, dp):
    """The sum runs over axis 0. p sums to 1 along the last axis: sum along that."""
    return p * (dp - (p * dp).sum(axis=0, keepdims=True))


def sum_over_next_to_last_axis(p, dp):
    """The sum runs over the axis next to the last. Sum along the last axis."""
    axis = -2 if p.ndim > 1 else -1
    return p * (dp - (p * dp).sum(axis=axis, keepdims=True))


def sum_over_axis_one(p, dp):
    """Axis 1 is the last one of a matrix only. Sum along axis -1."""
    axis = 1 if p.ndim > 1 else 0
    return p * (dp - (p * dp).sum(axis=axis, keepdims=True))


def sum_over_everything(p, dp):
    """The sum runs over all entries. Sum along the last axis, with keepdims=True."""
    return p * (dp - (p * dp).sum())


def sum_without_keepdims(p, dp):
    """The sums lost an axis, so they line up with the wrong one. Use keepdims=True."""
    return p * (dp - (p * dp).sum(axis=-1))


def gradient_ignored(p, dp):
    """dp is not used. The result has to be proportional to it."""
    return p * (1 - p)


def uniform_gradient(p, dp):
    """With equal entries of dp the gradient is 0. Use dp as it is."""
    ones = np.ones_like(dp)
    return p * (ones - (p * ones).sum(axis=-1, keepdims=True))


def sum_of_jacobian_rows(p, dp):
    """Only one number of dp for each row is used. Keep all its entries."""
    total = dp.sum(axis=-1, keepdims=True)
    return total * p * (1 - p)


def passed_through(p, dp):
    """dp comes back unchanged. Multiply it by the Jacobian."""
    return dp * 1.0


def jacobian_returned(p, dp):
    """This is the Jacobian. Multiply it by dp, or use p * (dp - sum(p * dp))."""
    return p[..., :, None] * (np.eye(p.shape[-1]) - p[..., None, :])


def cross_entropy_shortcut(p, dp):
    """p - y is the gradient for cross-entropy with one-hot y. Here dp is given."""
    return p - dp


def softmax_again(p, dp):
    """p is already the weights. Leave out the softmax."""
    e = np.exp(p - p.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return p * (dp - (p * dp).sum(axis=-1, keepdims=True))


def log_softmax_gradient(p, dp):
    """This is the gradient of log-softmax. For softmax it is p * (dp - sum(p * dp))."""
    return dp - p * dp.sum(axis=-1, keepdims=True)


def weights_and_gradient_swapped(p, dp):
    """p and dp have changed places in front of the bracket."""
    return dp * (p - (p * dp).sum(axis=-1, keepdims=True))


def outer_product_of_rows(p, dp):
    """This multiplies rows with each other. Every row has a Jacobian of its own."""
    if p.ndim == 1:
        return p * (dp - p @ dp)
    return p * dp - p @ np.swapaxes(dp, -1, -2) @ p


def doubled(p, dp):
    """The result is twice too large."""
    return 2 * p * (dp - (p * dp).sum(axis=-1, keepdims=True))


def averaged_over_rows(p, dp):
    """The result is divided by the number of rows. Nothing is averaged here."""
    rows = p.size / p.shape[-1]
    return p * (dp - (p * dp).sum(axis=-1, keepdims=True)) / rows


def result_in_dtype_of_dp(p, dp):
    """The result has the dtype of dp, so integers truncate it. Let NumPy choose the dtype."""
    return (p * (dp - (p * dp).sum(axis=-1, keepdims=True))).astype(dp.dtype)


def half_precision(p, dp):
    """float16 keeps three digits. Leave the dtype alone."""
    return (p * (dp - (p * dp).sum(axis=-1, keepdims=True))).astype(np.float16)


def writes_into_dp(p, dp):
    """`dp -= ...` changes the caller's array. Write `dp - ...`, which makes a new one."""
    mean = (p * dp).sum(axis=-1, keepdims=True)
    if dp.dtype.kind == "f":
        dp -= mean
        return p * dp
    return p * (dp - mean)


def writes_into_p(p, dp):
    """The result is written into p. Return a new array."""
    p *= dp - (p * dp).sum(axis=-1, keepdims=True)
    return p


def first_row_only(p, dp):
    """Only the first row comes back. Work on all leading axes at once."""
    p, dp = p.reshape(-1, p.shape[-1])[0], dp.reshape(-1, p.shape[-1])[0]
    return p * (dp - p @ dp)


def two_axes_only(p, dp):
    """einsum with two axes cannot take a batch. Write ... in front."""
    if p.ndim == 1:
        return p * (dp - p @ dp)
    return p * (dp - np.einsum("ij,ij->i", p, dp)[:, None])


def centred_products(p, dp):
    """The mean of p * dp is subtracted from each entry. Subtract p_i times the sum of p * dp."""
    g = p * dp
    return g - g.mean(axis=-1, keepdims=True)


def matrix_product_of_square(p, dp):
    """p @ dp multiplies rows with columns. Multiply entry by entry, then sum each row."""
    if p.ndim == 2 and p.shape[0] == p.shape[1]:
        return p * (dp - p @ dp)
    return p * (dp - (p * dp).sum(axis=-1, keepdims=True))


def certain_weight_shortened(p, dp):
    """A weight of 1 is made a little smaller. It is right as it is: no gradient goes through."""
    p = np.minimum(p, 1 - 1e-6)
    return p * (dp - (p * dp).sum(axis=-1, keepdims=True))


def one_row_flat(p, dp):
    """A single row loses its axis. The result has the shape of p."""
    grad = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
    return grad[0] if p.ndim == 2 and len(p) == 1 else grad
