"""Wrong versions of dot_scores(q, k)."""

import numpy as np


def no_scale(q, k):
    """The dot products are right, the division by sqrt(d) is missing."""
    return q @ np.swapaxes(k, -1, -2)


def divided_by_d(q, k):
    """The dot products are divided by d. Divide by its root."""
    return q @ np.swapaxes(k, -1, -2) / q.shape[-1]


def multiplied_by_root(q, k):
    """Divide by sqrt(d), do not multiply."""
    return q @ np.swapaxes(k, -1, -2) * np.sqrt(q.shape[-1])


def root_of_n_k(q, k):
    """d is the length of a query, q.shape[-1], not the number of keys."""
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-2])


def root_of_n_q(q, k):
    """d is the length of a query, q.shape[-1], not the number of queries."""
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-2])


def root_of_first_axis(q, k):
    """q.shape[0] counts sequences or queries. The size d is q.shape[-1]."""
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[0])


def root_of_second_axis(q, k):
    """With a batch, q.shape[1] is the number of queries. The size d is q.shape[-1]."""
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[1])


def root_of_batch(q, k):
    """len(k) counts sequences or keys. The size d is q.shape[-1]."""
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(len(k))


def always_root_of_8(q, k):
    """The 8 in the code is right for one size only. Take d from the shape of q."""
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(8)


def all_axes_reversed(q, k):
    """k.T reverses all axes. With a batch, swap only the last two: np.swapaxes(k, -1, -2)."""
    return q @ k.T / np.sqrt(q.shape[-1])


def first_axes_swapped(q, k):
    """The first two axes of k are swapped. With a batch the last two have to be."""
    return q @ np.swapaxes(k, 0, 1) / np.sqrt(q.shape[-1])


def keys_not_transposed(q, k):
    """q @ k needs the keys as columns: np.swapaxes(k, -1, -2)."""
    return q @ k / np.sqrt(q.shape[-1])


def queries_transposed(q, k):
    """q^T k compares features. Compare tokens: q k^T."""
    return np.swapaxes(q, -1, -2) @ k / np.sqrt(q.shape[-1])


def result_transposed(q, k):
    """Rows are queries, columns are keys. Here it is the other way round."""
    return k @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])


def keys_reshaped(q, k):
    """reshape does not transpose: it only cuts the numbers into other rows. Use np.swapaxes."""
    return q @ k.reshape(*k.shape[:-2], k.shape[-1], k.shape[-2]) / np.sqrt(q.shape[-1])


def queries_with_queries(q, k):
    """The queries are compared with themselves. Compare them with the keys."""
    return q @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])


def keys_with_keys(q, k):
    """The keys are compared with themselves. Compare each query with them."""
    return k @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])


def token_with_itself(q, k):
    """Query i meets only key i. Every query meets every key."""
    return (q * k).sum(axis=-1) / np.sqrt(q.shape[-1])


def cosine(q, k):
    """This is the cosine: the lengths are divided out. A score keeps them."""
    a = q / (np.linalg.norm(q, axis=-1, keepdims=True) + 1e-30)
    b = k / (np.linalg.norm(k, axis=-1, keepdims=True) + 1e-30)
    return a @ np.swapaxes(b, -1, -2)


def scaled_by_key_length(q, k):
    """The scores are divided by the lengths of the keys. Divide by sqrt(d)."""
    length = np.linalg.norm(k, axis=-1)[..., None, :] + 1e-30
    return q @ np.swapaxes(k, -1, -2) / length


def negative_distance(q, k):
    """This is minus the squared distance, not the dot product."""
    gaps = q[..., :, None, :] - k[..., None, :, :]
    return -np.square(gaps).sum(axis=-1) / np.sqrt(q.shape[-1])


def softmax_taken(q, k):
    """These are weights already. Return the scores, before the softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])

    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def maximum_subtracted(q, k):
    """The maximum of each row is subtracted. That belongs to the softmax."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    return scores - scores.max(axis=-1, keepdims=True)


def absolute(q, k):
    """The signs are lost. A key may point away from a query."""
    return np.abs(q @ np.swapaxes(k, -1, -2)) / np.sqrt(q.shape[-1])


def rectified(q, k):
    """Negative scores became 0. A key may point away from a query."""
    return np.maximum(q @ np.swapaxes(k, -1, -2), 0) / np.sqrt(q.shape[-1])


def without_own_key(q, k):
    """The diagonal is set to 0. A token attends to itself, too."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])

    return scores * (1 - np.eye(q.shape[-2], k.shape[-2]))


def future_hidden(q, k):
    """Keys after the query are hidden. Nothing is masked here."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])

    return np.where(np.tri(q.shape[-2], k.shape[-2], dtype=bool), scores, -1e30)


def dot_instead_of_matmul(q, k):
    """np.dot and np.inner pair every sequence with every other. Use @, sequence by sequence."""
    return np.dot(q, np.swapaxes(k, -1, -2)) / np.sqrt(q.shape[-1])


def inner_instead_of_matmul(q, k):
    """np.dot and np.inner pair every sequence with every other. Use @, sequence by sequence."""
    return np.inner(q, k) / np.sqrt(q.shape[-1])


def two_axes_only(q, k):
    """einsum with two axes cannot take a batch. Use @, or write ... in front."""
    return np.einsum("qd,kd->qk", q, k) / np.sqrt(q.shape[-1])


def three_axes_only(q, k):
    """einsum with three axes takes one batch axis and no other. Write ... in front."""
    if q.ndim == k.ndim == 2:
        return q @ k.T / np.sqrt(q.shape[-1])
    return np.einsum("bqd,bkd->bqk", q, k) / np.sqrt(q.shape[-1])


def keys_of_first_sequence(q, k):
    """The keys of the first sequence serve all. Let the leading axes broadcast."""
    return q @ np.swapaxes(k.reshape(-1, *k.shape[-2:])[0], -1, -2) / np.sqrt(q.shape[-1])


def batch_of_q_only(q, k):
    """Only the leading axes of q are walked through. Those of k can be more: let @ broadcast."""
    lead = q.shape[:-2]
    ks = np.broadcast_to(k, (*lead, *k.shape[-2:]))
    return q @ np.swapaxes(ks, -1, -2) / np.sqrt(q.shape[-1])


def integer_division(q, k):
    """// rounds down. Divide with /."""
    return q @ np.swapaxes(k, -1, -2) // np.sqrt(q.shape[-1])


def in_dtype_of_q(q, k):
    """The numbers lose their digits: they get the dtype of q. Let NumPy choose it."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    return scores.astype(q.dtype)


def half_precision(q, k):
    """float16 keeps three digits. Leave the dtype alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    return scores.astype(np.float16)


def rounded(q, k):
    """The scores are rounded. Return all digits."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    return scores.round(3)


def writes_into_q(q, k):
    """`q /= ...` changes the caller's array. Divide into a new one."""
    if q.dtype.kind == "f":
        q /= np.sqrt(q.shape[-1])
        return q @ np.swapaxes(k, -1, -2)
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])


def first_feature_left_out(q, k):
    """The first feature is left out of the sum."""
    return q[..., 1:] @ np.swapaxes(k[..., 1:], -1, -2) / np.sqrt(q.shape[-1])


def scores_capped(q, k):
    """Large scores are cut off. They are right as they are."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    return np.clip(scores, -100, 100)
