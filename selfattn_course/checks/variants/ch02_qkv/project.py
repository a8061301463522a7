"""Right but unusual versions of project(x, w_q, w_k, w_v)."""

import numpy as np


def as_list(x, w_q, w_k, w_v):
    return [x @ w for w in (w_q, w_k, w_v)]


def with_einsum(x, w_q, w_k, w_v):
    return tuple(np.einsum("...nm,md->...nd", x, w) for w in (w_q, w_k, w_v))


def with_dot(x, w_q, w_k, w_v):
    return np.dot(x, w_q), np.dot(x, w_k), np.dot(x, w_v)


def with_tensordot(x, w_q, w_k, w_v):
    return tuple(np.tensordot(x, w, axes=(-1, 0)) for w in (w_q, w_k, w_v))


def one_product_then_cut(x, w_q, w_k, w_v):
    both = x @ np.hstack([w_q, w_k, w_v])
    cuts = np.cumsum([w_q.shape[1], w_k.shape[1]])
    return np.split(both, cuts, axis=-1)


def transposed_twice(x, w_q, w_k, w_v):
    return tuple(np.swapaxes(w.T @ np.swapaxes(x, -1, -2), -1, -2) for w in (w_q, w_k, w_v))


def feature_by_feature(x, w_q, w_k, w_v):
    def product(w):
        out = np.zeros((*x.shape[:-1], w.shape[1]))
        for i in range(w.shape[0]):
            out = out + x[..., i : i + 1] * w[i]
        return out

    return product(w_q), product(w_k), product(w_v)


def token_by_token(x, w_q, w_k, w_v):
    def product(w):
        rows = [sum(a * w[i] for i, a in enumerate(row)) for row in x.reshape(-1, x.shape[-1])]
        return np.array(rows).reshape(*x.shape[:-1], w.shape[1])

    return product(w_q), product(w_k), product(w_v)


def nested_lists(x, w_q, w_k, w_v):
    return (x @ w_q).tolist(), (x @ w_k).tolist(), (x @ w_v).tolist()


def in_float32(x, w_q, w_k, w_v):
    x, w_q, w_k, w_v = (np.asarray(a, np.float32) for a in (x, w_q, w_k, w_v))
    return x @ w_q, x @ w_k, x @ w_v


def in_long_double(x, w_q, w_k, w_v):
    return tuple(x.astype(np.longdouble) @ w for w in (w_q, w_k, w_v))


def fortran_order(x, w_q, w_k, w_v):
    return tuple(np.asfortranarray(x @ w) for w in (w_q, w_k, w_v))


def from_generator(x, w_q, w_k, w_v):
    q, k, v = (np.matmul(x, w) for w in (w_q, w_k, w_v))
    return q, k, v


def into_arrays_of_its_own(x, w_q, w_k, w_v):
    out = []
    for w in (w_q, w_k, w_v):
        y = np.empty((*x.shape[:-1], w.shape[1]))
        np.matmul(x, w, out=y)
        out.append(y)
    return out


def recursive_over_the_batch(x, w_q, w_k, w_v):
    if x.ndim > 2:
        parts = [recursive_over_the_batch(part, w_q, w_k, w_v) for part in x]
        return tuple(np.stack(arrays) for arrays in zip(*parts, strict=True))
    return x @ w_q, x @ w_k, x @ w_v
