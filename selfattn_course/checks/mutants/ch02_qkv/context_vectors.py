"""Wrong versions of context_vectors(weights, v)."""

import numpy as np


def weights_transposed(weights, v):
    """The weights are transposed. Row i of them belongs to query i."""
    return np.swapaxes(weights, -1, -2) @ v


def order_reversed(weights, v):
    """The order is reversed: weights @ v."""
    return v @ weights


def values_transposed(weights, v):
    """The values are transposed. Row j of v belongs to key j."""
    return weights @ np.swapaxes(v, -1, -2)


def entry_by_entry(weights, v):
    """`*` multiplies entry by entry. Use the matrix product @."""
    return weights * v


def value_of_largest_weight(weights, v):
    """Each query takes the value with the largest weight. Average all of them."""
    best = weights == weights.max(axis=-1, keepdims=True)
    best = best & (np.cumsum(best, axis=-1) == 1) & (weights > 0)
    return best.astype(float) @ v


def plain_mean(weights, v):
    """The values count the same here. Weigh them."""
    return np.full(weights.shape, 1 / weights.shape[-1]) @ v


def divided_by_n_k(weights, v):
    """The sum is divided by the number of keys. The weights sum to 1 already."""
    return weights @ v / v.shape[-2]


def normalised_again(weights, v):
    """Rows are divided by their sum again. A row of zeros becomes NaN that way."""
    return weights / weights.sum(axis=-1, keepdims=True) @ v


def softmax_again(weights, v):
    """A softmax is taken of the weights. They are weights already."""
    e = np.exp(weights)
    return e / e.sum(axis=-1, keepdims=True) @ v


def columns_normalised(weights, v):
    """The columns are made to sum to 1. The rows do, as they come."""
    return weights / (weights.sum(axis=-2, keepdims=True) + 1e-30) @ v


def own_value_left_out(weights, v):
    """The diagonal is left out. A token counts its own value, too."""
    return (weights * (1 - np.eye(*weights.shape[-2:]))) @ v


def later_values_left_out(weights, v):
    """Values after the query are left out. Nothing is masked here."""
    return np.tril(weights) @ v


def summed_over_queries(weights, v):
    """The results of all queries are added up. Keep one row for each."""
    return (weights @ v).sum(axis=-2)


def result_transposed(weights, v):
    """The result is transposed. It has one row for each query."""
    return np.swapaxes(weights @ v, -1, -2)


def value_added(weights, v):
    """The value is added where the shapes agree. Return weights @ v alone."""
    out = weights @ v
    return out + v if out.shape == v.shape else out


def values_centred(weights, v):
    """The mean is taken out of the values. Average them as they are."""
    return weights @ (v - v.mean(axis=-2, keepdims=True))


def values_normalised(weights, v):
    """The values are brought to length 1. Average them as they are."""
    return weights @ (v / (np.linalg.norm(v, axis=-1, keepdims=True) + 1e-12))


def first_column_only(weights, v):
    """Only the first column of the values is used."""
    return weights @ v[..., :1]


def last_key_left_out(weights, v):
    """The last key is left out of the average."""
    return weights[..., :-1] @ v[..., :-1, :]


def small_weights_dropped(weights, v):
    """Small weights are set to 0. Each of them counts."""
    return np.where(weights < 0.05, 0, weights) @ v


def dot_instead_of_matmul(weights, v):
    """np.dot pairs every sequence with every other. Use @, which goes sequence by sequence."""
    return np.dot(weights, v)


def two_axes_only(weights, v):
    """einsum with two axes cannot take a batch. Use @, or write ... in front."""
    return np.einsum("qk,kd->qd", weights, v)


def values_of_first_sequence(weights, v):
    """The values of the first sequence serve all. Let the leading axes broadcast."""
    return weights @ v.reshape(-1, *v.shape[-2:])[0]


def weights_of_first_sequence(weights, v):
    """The weights of the first sequence serve all. Let the leading axes broadcast."""
    return weights.reshape(-1, *weights.shape[-2:])[0] @ v


def batch_of_v_only(weights, v):
    """Only the leading axes of v are walked through. Those of the weights can be more."""
    return np.broadcast_to(weights, (*v.shape[:-2], *weights.shape[-2:])) @ v


def in_dtype_of_v(weights, v):
    """Integer values make the result an integer array. Let NumPy choose the dtype."""
    return (weights @ v).astype(v.dtype)


def weights_in_dtype_of_v(weights, v):
    """Integer values make the weights integers: 0. Let NumPy choose the dtype."""
    return weights.astype(v.dtype) @ v


def half_precision(weights, v):
    """float16 keeps three digits. Leave the dtype alone."""
    return (weights @ v).astype(np.float16)


def squared_weights(weights, v):
    """The weights are squared. Take them as they are."""
    return weights**2 @ v


def writes_into_v(weights, v):
    """`v *= ...` changes the caller's values. Return weights @ v, and leave v alone."""
    v *= 2
    return weights @ v / 2


def not_weighted(weights, v):
    """The values are returned as they are. Weigh them: weights @ v."""
    return v[..., : weights.shape[-2], :]
