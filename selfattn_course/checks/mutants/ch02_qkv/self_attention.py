"""Wrong versions of self_attention(x, w_q, w_k, w_v): all but scores and softmax."""

import numpy as np


def small_number_in_the_sum(x, w_q, w_k, w_v):
    """The small number under the sum changes the weights. The sum is never 0."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / (e.sum(axis=-1, keepdims=True) + 1e-3)
    return weights @ v


def hardmax(x, w_q, w_k, w_v):
    """Each query takes the value of its best key. Average all values by weight."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = (scores == scores.max(axis=-1, keepdims=True)).astype(float)
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def cosine(x, w_q, w_k, w_v):
    """This is the cosine: the lengths are divided out. A score keeps them."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    q = q / (np.linalg.norm(q, axis=-1, keepdims=True) + 1e-30)
    k = k / (np.linalg.norm(k, axis=-1, keepdims=True) + 1e-30)
    scores = q @ np.swapaxes(k, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def all_axes_reversed(x, w_q, w_k, w_v):
    """k.T reverses all axes. With a batch, swap only the last two: np.swapaxes(k, -1, -2)."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.T / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def weights_returned(x, w_q, w_k, w_v):
    """These are the weights. Multiply them by the values: weights @ v."""
    q, k = x @ w_q, x @ w_k
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights


def weights_and_result(x, w_q, w_k, w_v):
    """Return the result alone, not the weights with it."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v, weights


def keys_averaged(x, w_q, w_k, w_v):
    """The keys are averaged. The weights come from the keys, the average is of the values."""
    q, k = x @ w_q, x @ w_k
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ k


def plain_mean(x, w_q, w_k, w_v):
    """The values are averaged with equal weights. Use weights @ v."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.ones_like(weights) / v.shape[-2] @ v


def averaged_over_queries(x, w_q, w_k, w_v):
    """The results of all queries are averaged. Keep one row for each."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).mean(axis=-2)


def result_transposed(x, w_q, w_k, w_v):
    """The result is transposed. It has one row for each query."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.swapaxes(weights @ v, -1, -2)


def embedding_added(x, w_q, w_k, w_v):
    """The embedding is added where the widths agree. Return weights @ v alone."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    out = weights @ v
    return out + x if out.shape == x.shape else out


def result_normalised(x, w_q, w_k, w_v):
    """The result is normalised. Return weights @ v alone."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    out = weights @ v
    return out / (np.linalg.norm(out, axis=-1, keepdims=True) + 1e-12)


def keys_from_w_q(x, w_q, w_k, w_v):
    """The keys are made with w_q where it fits. They have a matrix of their own, w_k."""
    q, k, v = x @ w_q, (x @ (w_q if w_q.shape == w_k.shape else w_k)), x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def square_matrices_transposed(x, w_q, w_k, w_v):
    """Where a matrix is square it is transposed. That x @ w.T fits does not make it right."""
    w_q, w_k, w_v = (w.T if w.shape[0] == w.shape[1] else w for w in (w_q, w_k, w_v))
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def dot_instead_of_matmul(x, w_q, w_k, w_v):
    """np.dot pairs every sequence with every other. Use @, which goes sequence by sequence."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.dot(weights, v)


def two_axes_only(x, w_q, w_k, w_v):
    """einsum with two axes cannot take a batch. Use @, or write ... in front."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("qk,kd->qd", weights, v)


def in_dtype_of_x(x, w_q, w_k, w_v):
    """The numbers lose their digits: they get the dtype of the embeddings. Let NumPy choose it."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).astype(x.dtype)


def weights_in_dtype_of_x(x, w_q, w_k, w_v):
    """Integer embeddings make the weights integers: 0. Let NumPy choose the dtype."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = np.zeros(e.shape, x.dtype)
    weights[...] = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def half_precision(x, w_q, w_k, w_v):
    """float16 keeps three digits. Leave the dtype alone."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).astype(np.float16)


def rounded_weights(x, w_q, w_k, w_v):
    """The weights are rounded. Keep all digits."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights.round(3) @ v


def without_the_token_itself(x, w_q, w_k, w_v):
    """The diagonal is left out. A token attends to itself, too."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    e = e * (1 - np.eye(x.shape[-2])) + 1e-300
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def future_hidden(x, w_q, w_k, w_v):
    """Later tokens are hidden. Nothing is masked here."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    e = e * np.tri(x.shape[-2])
    weights = e / (e.sum(axis=-1, keepdims=True) + 1e-300)
    return weights @ v


def weights_transposed(x, w_q, w_k, w_v):
    """The weights are transposed. Row i of them belongs to query i."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.swapaxes(weights, -1, -2) @ v


def queries_and_keys_swapped(x, w_q, w_k, w_v):
    """Queries and keys are swapped: row i of the scores belongs to query i."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = k @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def scores_symmetric(x, w_q, w_k, w_v):
    """The scores are made symmetric. That token i looks at j does not mean that j looks at i."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    scores = (scores + np.swapaxes(scores, -1, -2)) / 2
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def not_projected(x, w_q, w_k, w_v):
    """The embeddings are compared themselves. Project them first: x @ w_q, x @ w_k."""
    q, k, v = x, x, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def values_not_projected(x, w_q, w_k, w_v):
    """The embeddings are averaged. Average the values, x @ w_v."""
    q, k, v = x @ w_q, x @ w_k, x
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def first_sequence_only(x, w_q, w_k, w_v):
    """Only the first sequence is computed. @ takes any leading axes."""
    x = x.reshape(-1, *x.shape[-2:])[0]
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def batch_attends_across(x, w_q, w_k, w_v):
    """All sequences are put into one long one. Tokens attend within their own sequence."""
    flat = x.reshape(-1, x.shape[-1])
    q, k, v = flat @ w_q, flat @ w_k, flat @ w_v
    scores = q @ k.T / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v).reshape(*x.shape[:-1], v.shape[-1])


def last_token_only(x, w_q, w_k, w_v):
    """Only the last token asks. Every token is a query."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return (weights @ v)[..., -1:, :]


def last_token_unseen(x, w_q, w_k, w_v):
    """The last token is left out of the keys. Every token is a key."""
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    k, v = (k[..., :-1, :], v[..., :-1, :]) if k.shape[-2] > 1 else (k, v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def writes_into_x(x, w_q, w_k, w_v):
    """`x -= ...` changes the caller's array. Make a new one."""
    x *= 2
    q, k, v = x @ w_q / 2, x @ w_k / 2, x @ w_v / 2
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v
