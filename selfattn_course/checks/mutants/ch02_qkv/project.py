"""Wrong versions of project(x, w_q, w_k, w_v)."""

import numpy as np


def keys_first(x, w_q, w_k, w_v):
    """The order is q, k, v. Keys come first here."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return k, q, v


def values_first(x, w_q, w_k, w_v):
    """The order is q, k, v. Values come first here."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return v, q, k


def keys_and_values_swapped(x, w_q, w_k, w_v):
    """The order is q, k, v. Values come before keys here."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q, v, k


def keys_from_w_q(x, w_q, w_k, w_v):
    """The keys are made with w_q. Each of the three has a matrix of its own."""
    q = x @ w_q
    k = x @ w_q
    v = x @ w_v
    return q, k, v


def values_from_w_k(x, w_q, w_k, w_v):
    """The values are made with w_k. Each of the three has a matrix of its own."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_k
    return q, k, v


def queries_from_w_k(x, w_q, w_k, w_v):
    """The queries are made with w_k. Each of the three has a matrix of its own."""
    q = x @ w_k
    k = x @ w_k
    v = x @ w_v
    return q, k, v


def values_not_projected(x, w_q, w_k, w_v):
    """The values are the embeddings themselves. Project them with w_v."""
    q = x @ w_q
    k = x @ w_k
    v = x
    return q, k, v


def matrices_on_the_left(x, w_q, w_k, w_v):
    """A row of x times the matrix makes a row of q: x @ w_q, not w_q @ x."""
    q = w_q @ x
    k = w_k @ x
    v = w_v @ x
    return q, k, v


def matrices_transposed(x, w_q, w_k, w_v):
    """The matrices are transposed. They have one row for each feature of x: x @ w_q."""
    q = x @ w_q.T
    k = x @ w_k.T
    v = x @ w_v.T
    return q, k, v


def square_matrices_transposed(x, w_q, w_k, w_v):
    """Where a matrix is square it is transposed. That x @ w_q.T fits does not make it right."""
    w_q, w_k, w_v = (w.T if w.shape[0] == w.shape[1] else w for w in (w_q, w_k, w_v))
    return x @ w_q, x @ w_k, x @ w_v


def entry_by_entry(x, w_q, w_k, w_v):
    """`*` multiplies entry by entry. A projection is the matrix product @."""
    q = x * w_q
    k = x * w_k
    v = x * w_v
    return q, k, v


def result_transposed(x, w_q, w_k, w_v):
    """Features come before tokens here. Row i of q belongs to token i."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return np.swapaxes(q, -1, -2), np.swapaxes(k, -1, -2), np.swapaxes(v, -1, -2)


def keys_transposed(x, w_q, w_k, w_v):
    """The keys are transposed already. Row j of k belongs to token j; transpose when you score."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q, np.swapaxes(k, -1, -2), v


def queries_scaled(x, w_q, w_k, w_v):
    """The queries are scaled by 1 / sqrt(d). That belongs to the scores, not here."""
    q = x @ w_q / np.sqrt(w_q.shape[1])
    k = x @ w_k
    v = x @ w_v
    return q, k, v


def one_array(x, w_q, w_k, w_v):
    """q, k and v are glued together. Return three arrays."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return np.concatenate([q, k, v], axis=-1)


def queries_only(x, w_q, w_k, w_v):
    """Only q is returned. Return q, k, v."""
    q = x @ w_q
    return q


def queries_and_keys_only(x, w_q, w_k, w_v):
    """The values are missing. Return q, k, v."""
    q = x @ w_q
    k = x @ w_k
    return q, k


def as_dictionary(x, w_q, w_k, w_v):
    """Return q, k, v without names: a tuple of three arrays."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return {"q": q, "k": k, "v": v}


def embedding_cut_in_three(x, w_q, w_k, w_v):
    """The embedding is cut in three. Every projection sees the whole embedding."""
    third = max(x.shape[-1] // 3, 1)
    parts = x[..., :third], x[..., third : 2 * third], x[..., 2 * third :]
    return tuple(p @ w[: p.shape[-1]] for p, w in zip(parts, (w_q, w_k, w_v), strict=True))


def keys_from_queries(x, w_q, w_k, w_v):
    """Where it fits, the keys are made from the queries. All three are made from x."""
    q = x @ w_q
    k = (q if q.shape[-1] == w_k.shape[0] else x) @ w_k
    v = x @ w_v
    return q, k, v


def residual(x, w_q, w_k, w_v):
    """x is added where the shapes agree. A projection is x @ w alone."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return tuple(y + x if y.shape == x.shape else y for y in (q, k, v))


def rectified(x, w_q, w_k, w_v):
    """Negative entries became 0. A projection is linear."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return np.maximum(q, 0), np.maximum(k, 0), np.maximum(v, 0)


def centred(x, w_q, w_k, w_v):
    """The mean of the tokens is taken out. A projection is x @ w alone."""
    x = x - x.mean(axis=-2, keepdims=True)
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q, k, v


def normalised(x, w_q, w_k, w_v):
    """The queries are brought to length 1. A projection is x @ w alone."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q / (np.linalg.norm(q, axis=-1, keepdims=True) + 1e-9), k, v


def two_axes_only(x, w_q, w_k, w_v):
    """einsum with two axes cannot take a batch. Use @, or write ... in front."""
    return tuple(np.einsum("nm,md->nd", x, w) for w in (w_q, w_k, w_v))


def first_sequence_only(x, w_q, w_k, w_v):
    """Only the first sequence is projected. @ takes any leading axes."""
    x = x.reshape(-1, *x.shape[-2:])[0]
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q, k, v


def flat_batch(x, w_q, w_k, w_v):
    """All sequences end up in one. Keep the leading axes."""
    x = x.reshape(-1, x.shape[-1])
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q, k, v


def in_dtype_of_x(x, w_q, w_k, w_v):
    """The numbers lose their digits: they get the dtype of x. Let NumPy choose it."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q.astype(x.dtype), k.astype(x.dtype), v.astype(x.dtype)


def half_precision(x, w_q, w_k, w_v):
    """float16 keeps three digits. Leave the dtype alone."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return tuple(y.astype(np.float16) for y in (q / 3, k / 3, v / 3))


def rounded(x, w_q, w_k, w_v):
    """The results are rounded. Return all digits."""
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q.round(2), k.round(2), v.round(2)


def last_token_left_out(x, w_q, w_k, w_v):
    """The last token is left out. Every token has a query, a key and a value."""
    q = x @ w_q
    k = x[..., :-1, :] @ w_k
    v = x @ w_v
    return q, k, v


def writes_into_x(x, w_q, w_k, w_v):
    """`x -= ...` changes the caller's array. Make a new one."""
    x += 1
    x -= 1
    x *= 2
    q = x @ w_q
    k = x @ w_k
    v = x @ w_v
    return q / 2, k / 2, v / 2
