"""Wrong versions of cross_attention(x_q, x_kv, w_q, w_k, w_v): all but scores and softmax."""

import numpy as np


def small_number_in_the_sum(x_q, x_kv, w_q, w_k, w_v):
    """The small number under the sum changes the weights. The sum is never 0."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / (e.sum(axis=-1, keepdims=True) + 1e-3)
    return weights @ v


def hardmax(x_q, x_kv, w_q, w_k, w_v):
    """Each query takes the value of its best key. Average all values by weight."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = (scores == scores.max(axis=-1, keepdims=True)).astype(float)
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def cosine(x_q, x_kv, w_q, w_k, w_v):
    """This is the cosine: the lengths are divided out. A score keeps them."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    q = q / (np.linalg.norm(q, axis=-1, keepdims=True) + 1e-30)
    k = k / (np.linalg.norm(k, axis=-1, keepdims=True) + 1e-30)
    scores = q @ np.swapaxes(k, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def all_axes_reversed(x_q, x_kv, w_q, w_k, w_v):
    """k.T reverses all axes. With a batch, swap only the last two: np.swapaxes(k, -1, -2)."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ k.T / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def scores_of_queries_alone(x_q, x_kv, w_q, w_k, w_v):
    """The queries are compared with themselves. Compare them with the keys."""
    q, v = x_q @ w_q, x_kv @ w_v
    scores = q @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def weights_returned(x_q, x_kv, w_q, w_k, w_v):
    """These are the weights. Multiply them by the values: weights @ v."""
    q, k = x_q @ w_q, x_kv @ w_k
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights


def weights_and_result(x_q, x_kv, w_q, w_k, w_v):
    """Return the result alone, not the weights with it."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v, weights


def keys_averaged(x_q, x_kv, w_q, w_k, w_v):
    """The keys are averaged. The weights come from the keys, the average is of the values."""
    q, k = x_q @ w_q, x_kv @ w_k
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ k


def plain_mean(x_q, x_kv, w_q, w_k, w_v):
    """The values are averaged with equal weights. Use weights @ v."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.ones_like(weights) / v.shape[-2] @ v


def averaged_over_queries(x_q, x_kv, w_q, w_k, w_v):
    """The results of all queries are averaged. Keep one row for each."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).mean(axis=-2)


def result_transposed(x_q, x_kv, w_q, w_k, w_v):
    """The result is transposed. It has one row for each query."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.swapaxes(weights @ v, -1, -2)


def embedding_added(x_q, x_kv, w_q, w_k, w_v):
    """The embedding is added where the widths agree. Return weights @ v alone."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    out = weights @ v
    return out + x_q if out.shape == x_q.shape else out


def result_normalised(x_q, x_kv, w_q, w_k, w_v):
    """The result is normalised. Return weights @ v alone."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    out = weights @ v
    return out / (np.linalg.norm(out, axis=-1, keepdims=True) + 1e-12)


def keys_from_w_q(x_q, x_kv, w_q, w_k, w_v):
    """The keys are made with w_q where it fits. They have a matrix of their own, w_k."""
    q, k, v = x_q @ w_q, (x_kv @ (w_q if w_q.shape == w_k.shape else w_k)), x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def square_matrices_transposed(x_q, x_kv, w_q, w_k, w_v):
    """Where a matrix is square it is transposed. That x @ w.T fits does not make it right."""
    w_q, w_k, w_v = (w.T if w.shape[0] == w.shape[1] else w for w in (w_q, w_k, w_v))
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def dot_instead_of_matmul(x_q, x_kv, w_q, w_k, w_v):
    """np.dot pairs every sequence with every other. Use @, which goes sequence by sequence."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.dot(weights, v)


def two_axes_only(x_q, x_kv, w_q, w_k, w_v):
    """einsum with two axes cannot take a batch. Use @, or write ... in front."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("qk,kd->qd", weights, v)


def in_dtype_of_x(x_q, x_kv, w_q, w_k, w_v):
    """The numbers lose their digits: they get the dtype of the embeddings. Let NumPy choose it."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).astype(x_q.dtype)


def weights_in_dtype_of_x(x_q, x_kv, w_q, w_k, w_v):
    """Integer embeddings make the weights integers: 0. Let NumPy choose the dtype."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = np.zeros(e.shape, x_q.dtype)
    weights[...] = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def half_precision(x_q, x_kv, w_q, w_k, w_v):
    """float16 keeps three digits. Leave the dtype alone."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).astype(np.float16)


def rounded_weights(x_q, x_kv, w_q, w_k, w_v):
    """The weights are rounded. Keep all digits."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights.round(3) @ v


def values_from_x_q(x_q, x_kv, w_q, w_k, w_v):
    """The values are made from x_q where they fit. Keys and values come from x_kv."""
    q, k, v = x_q @ w_q, x_kv @ w_k, (x_q if x_q.shape == x_kv.shape else x_kv) @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def keys_from_x_q(x_q, x_kv, w_q, w_k, w_v):
    """The keys are made from x_q where they fit. Keys and values come from x_kv."""
    q, k, v = x_q @ w_q, (x_q if x_q.shape == x_kv.shape else x_kv) @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def queries_from_x_kv(x_q, x_kv, w_q, w_k, w_v):
    """The queries are made from x_kv where they fit. They come from x_q."""
    q, k, v = (x_kv if x_q.shape[-1] == x_kv.shape[-1] else x_q) @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def roles_swapped(x_q, x_kv, w_q, w_k, w_v):
    """x_kv asks and x_q answers here, where they fit. It is the other way round."""
    if x_q.shape[-1] == x_kv.shape[-1]:
        x_q, x_kv = x_kv, x_q
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def self_attention_only(x_q, x_kv, w_q, w_k, w_v):
    """This is self-attention of x_q where it fits. The keys and values come from x_kv."""
    x_kv = x_q if x_q.shape[-1] == x_kv.shape[-1] else x_kv
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def both_sequences_as_keys(x_q, x_kv, w_q, w_k, w_v):
    """The queries' own tokens are among the keys where they fit. Keys come from x_kv alone."""
    if x_q.shape[-1] == x_kv.shape[-1] and x_q.ndim == x_kv.ndim == 2:
        x_kv = np.concatenate([x_q, x_kv])
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def as_many_keys_as_queries(x_q, x_kv, w_q, w_k, w_v):
    """Keys beyond the number of queries are left out. n_k may be larger than n_q."""
    x_kv = x_kv[..., : x_q.shape[-2], :]
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def weights_transposed(x_q, x_kv, w_q, w_k, w_v):
    """The weights are transposed where they are square. Row i of them belongs to query i."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    if weights.shape[-1] == weights.shape[-2]:
        weights = np.swapaxes(weights, -1, -2)
    return weights @ v


def causal(x_q, x_kv, w_q, w_k, w_v):
    """Keys after the query are hidden. Two sequences have no order between them."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    e = e * np.tri(*e.shape[-2:])
    weights = e / (e.sum(axis=-1, keepdims=True) + 1e-300)
    return weights @ v


def own_place_left_out(x_q, x_kv, w_q, w_k, w_v):
    """The key at the query's own place is left out. In another sequence it is a key like any."""
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    e = e * (1 - np.eye(*e.shape[-2:])) + 1e-300
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def keys_of_first_sequence(x_q, x_kv, w_q, w_k, w_v):
    """The keys and values of the first sequence serve all. Let the leading axes broadcast."""
    x_kv = x_kv.reshape(-1, *x_kv.shape[-2:])[0]
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def queries_of_first_sequence(x_q, x_kv, w_q, w_k, w_v):
    """The queries of the first sequence serve all. Let the leading axes broadcast."""
    x_q = x_q.reshape(-1, *x_q.shape[-2:])[0]
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def batch_of_x_q_only(x_q, x_kv, w_q, w_k, w_v):
    """The leading axes of x_kv must fit those of x_q here. Either may have more: let @
    broadcast.
    """
    x_kv = np.broadcast_to(x_kv, (*x_q.shape[:-2], *x_kv.shape[-2:]))
    q, k, v = x_q @ w_q, x_kv @ w_k, x_kv @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def writes_into_x_kv(x_q, x_kv, w_q, w_k, w_v):
    """`x_kv *= ...` changes the caller's array. Make a new one."""
    x_kv *= 2
    q, k, v = x_q @ w_q, x_kv @ w_k / 2, x_kv @ w_v / 2
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v
