"""Right but unusual versions of query_gradient(q, k, v, d_out)."""

import numpy as np


def with_covariances(q, k, v, d_out):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    mean_k, mean_v = weights @ k, weights @ v
    moment = np.einsum("...qk,...ki,...kj->...qij", weights, k, v)
    covariance = moment - mean_k[..., :, None] * mean_v[..., None, :]
    return np.einsum("...qij,...qj->...qi", covariance, d_out) / np.sqrt(q.shape[-1])


def with_the_output(q, k, v, d_out):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (d_out * (weights @ v)).sum(axis=-1, keepdims=True)
    return weights * (d_weights - mean) @ k * q.shape[-1] ** -0.5


def with_the_jacobian(q, k, v, d_out):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    eye = np.eye(weights.shape[-1])
    jacobian = weights[..., :, None] * (eye - weights[..., None, :])
    d_weights = np.einsum("...qd,...kd->...qk", d_out, v)
    return np.einsum("...qij,...qi,...jd->...qd", jacobian, d_weights, k) / q.shape[-1] ** 0.5


def by_central_differences(q, k, v, d_out):
    def loss(x):
        scores = x @ np.swapaxes(k, -1, -2) / np.sqrt(x.shape[-1])
        e = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return ((e / e.sum(axis=-1, keepdims=True) @ v) * d_out).sum()

    x, out = q.astype(float), np.zeros(q.shape)
    for place in np.ndindex(q.shape):
        step = np.zeros(q.shape)
        step[place] = 2.0**-18
        out[place] = (loss(x + step) - loss(x - step)) * 2.0**17
    return out


def by_complex_steps(q, k, v, d_out):
    out = np.zeros(q.shape)
    for i in range(q.shape[-1]):
        x = q.astype(complex)
        x[..., i] += 1e-30j
        scores = x @ np.swapaxes(k, -1, -2) / np.sqrt(x.shape[-1])
        e = np.exp(scores - scores.real.max(axis=-1, keepdims=True))
        result = e / e.sum(axis=-1, keepdims=True) @ v
        out[..., i] = (result.imag * d_out).sum(axis=-1) / 1e-30
    return out


def scale_at_the_keys(q, k, v, d_out):
    k = k / np.sqrt(k.shape[-1])
    scores = np.einsum("...qd,...kd->...qk", q, k)
    weights = np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    return (weights * d_weights) @ k - (weights * d_weights).sum(axis=-1, keepdims=True) * (
        weights @ k
    )


def query_by_query(q, k, v, d_out):
    out = np.zeros(q.shape)
    for place in np.ndindex(q.shape[:-1]):
        keys, values = k[place[:-1]], v[place[:-1]]
        scores = keys @ q[place] / q.shape[-1] ** 0.5
        p = np.exp(scores - scores.max())
        p = p / p.sum()
        g = values @ d_out[place]
        out[place] = (p * (g - p @ g)) @ keys / q.shape[-1] ** 0.5
    return out


def in_float32(q, k, v, d_out):
    f = np.float32
    q, k, v, d_out = (a.astype(f) for a in (q, k, v, d_out))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(f(q.shape[-1]))
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    return weights * (d_weights - mean) @ k / np.sqrt(f(q.shape[-1]))


def as_list(q, k, v, d_out):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return (d_scores @ k / np.sqrt(q.shape[-1])).tolist()


def in_long_double(q, k, v, d_out):
    q, k, v, d_out = (a.astype(np.longdouble) for a in (q, k, v, d_out))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def with_centred_values(q, k, v, d_out):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = ((v[..., None, :, :] - (weights @ v)[..., None, :]) * d_out[..., None, :]).sum(
        axis=-1
    )
    return weights * d_weights @ k / np.sqrt(q.shape[-1])
