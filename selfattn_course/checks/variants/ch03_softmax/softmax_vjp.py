"""Right but unusual versions of softmax_vjp(p, dp)."""

import numpy as np


def with_full_jacobian(p, dp):
    n = p.shape[-1]
    jacobian = np.eye(n) * p[..., None, :] - p[..., :, None] * p[..., None, :]
    return (jacobian @ dp[..., None])[..., 0]


def with_einsum(p, dp):
    return p * dp - p * np.einsum("...i,...i->...", p, dp)[..., None]


def row_by_row(p, dp):
    flat_p, flat_dp = p.reshape(-1, p.shape[-1]), dp.reshape(-1, p.shape[-1])
    rows = [(np.diag(a) - np.outer(a, a)) @ b for a, b in zip(flat_p, flat_dp, strict=True)]
    return np.array(rows).reshape(p.shape)


def recursive(p, dp):
    if p.ndim > 1:
        return np.stack([recursive(a, b) for a, b in zip(p, dp, strict=True)])
    return p * dp - p * np.dot(p, dp)


def by_differences_of_dp(p, dp):
    gaps = dp[..., :, None] - dp[..., None, :]
    return p * (gaps @ p[..., None])[..., 0]


def with_python_loops(p, dp):
    out = np.zeros(p.shape)
    for i in range(p.shape[-1]):
        for j in range(p.shape[-1]):
            out[..., i] += (p[..., i] * (i == j) - p[..., i] * p[..., j]) * dp[..., j]
    return out


def in_float32(p, dp):
    p, dp = np.asarray(p, np.float32), np.asarray(dp, np.float32)
    return p * (dp - (p * dp).sum(axis=-1, keepdims=True))


def centred_first(p, dp):
    dp = dp - dp.mean(axis=-1, keepdims=True)
    return p * (dp - (p * dp).sum(axis=-1, keepdims=True))


def by_complex_step(p, dp):
    # softmax of log p is p where p > 0; the derivative of p_j along score i, one i at a time
    n, out = p.shape[-1], np.zeros(p.shape)
    for i in range(n):
        step = np.ones(n, dtype=complex)
        step[i] = np.exp(1e-30j)
        e = p * step
        out[..., i] = ((e / e.sum(axis=-1, keepdims=True)).imag / 1e-30 * dp).sum(axis=-1)
    return out


def as_list(p, dp):
    return (p * (dp - (p * dp).sum(axis=-1, keepdims=True))).tolist()


def by_central_differences(p, dp):
    x = np.log(np.maximum(np.asarray(p, dtype=float), 1e-300))
    out, step = np.zeros(p.shape), 6e-6
    for i in range(p.shape[-1]):
        for sign in (1, -1):
            moved = x.copy()
            moved[..., i] += sign * step
            e = np.exp(moved - moved.max(axis=-1, keepdims=True))
            out[..., i] += sign * (e / e.sum(axis=-1, keepdims=True) * dp).sum(axis=-1)
    return out / (2 * step)
