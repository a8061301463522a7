"""Linear attention as a recurrence: a matrix of memory that every token reads and rewrites."""

import numpy as np

from .attention import broadcast_shape, default_scale
from .inputs import float_array, wide


def linear_recurrence(q, k, v, state=None, *, log_decay=None, beta=None, scale=None):
    """Read q from a memory that is rewritten by each key and value in turn.

    For each token: the memory decays (if log_decay is given), the new value is corrected by what
    the memory already holds under its key and weighted by beta (if beta is given), the product of
    key and value is added, and the query reads. Without log_decay and beta this is causal linear
    attention without its normalization.

    Parameters
    ----------
    q : array_like, shape (..., n, d)
        Queries, as features.
    k : array_like, shape (..., n, d)
        Keys, as features; of length 1 if beta is given, or the memory may grow without bound.
    v : array_like, shape (..., n, d_v)
        Values.
    state : array_like, shape (..., d, d_v), optional
        The memory that earlier tokens left; zeros if not given.
    log_decay : array_like, shape (..., n, d) or (..., n, 1), optional
        Logarithm of the factor on each row of the memory, at most 0.
    beta : array_like, shape (..., n, 1), optional
        Between 0, the token changes nothing, and 1, its value replaces what its key held.
    scale : float, optional
        Factor on what is read; 1 / sqrt(d) if not given.

    Returns
    -------
    out : ndarray, shape (..., n, d_v)
        What each query reads, its own token included.
    state : ndarray, shape (..., d, d_v)
        The memory after the last token: pass it on to continue the sequence. float16 is computed
        in float32 and rounded once, at the end.

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Katharopoulos et al. (2020), eq. 18 to 20; decay: Yang et al. (2024); correction: Schlag, Irie
    and Schmidhuber (2021); both: Yang, Kautz and Hatamizadeh (2025). The four rules as in ONNX
    LinearAttention-27.
    """
    q, k, v, state, log_decay, beta = _checked(q, k, v, state, log_decay, beta)
    scale = default_scale(q.shape[-1]) if scale is None else float(scale)
    leading = np.broadcast_shapes(q.shape[:-2], state.shape[:-2])
    dtype, state = state.dtype, wide(state)
    out = np.empty((*leading, *v.shape[-2:]), np.result_type(q, dtype))
    for t in range(q.shape[-2]):
        token = slice(t, t + 1)  # keeps the axis: rows stay matrices
        key, value = wide(k[..., token, :]), wide(v[..., token, :])
        if log_decay is not None:
            state = np.exp(wide(_column(log_decay[..., token, :]))) * state
        if beta is not None:
            value = beta[..., token, :] * (value - key @ state)
        state = state + _column(key) * value
        out[..., token, :] = (wide(q[..., token, :]) * scale) @ state
    return out, state.astype(dtype, copy=False)


def _column(row):
    return np.swapaxes(row, -1, -2)


def _checked(q, k, v, state, log_decay, beta):
    """All inputs as arrays, and the state broadcast to the shape that it will keep."""
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    if min(q.ndim, k.ndim, v.ndim) < 2 or not (
        q.shape[-2:] == k.shape[-2:] and k.shape[-2] == v.shape[-2]
    ):
        raise ValueError(
            f"q, k, v have shapes {q.shape}, {k.shape}, {v.shape}; expected (..., n, d), "
            "(..., n, d), (..., n, d_v). Give one query and one value for each key."
        )
    n, d, d_v = *k.shape[-2:], v.shape[-1]
    gates = []
    for name, gate, widths in (("log_decay", log_decay, (1, d)), ("beta", beta, (1,))):
        gate = None if gate is None else float_array(gate, name)
        if gate is not None and (
            gate.ndim < 2 or gate.shape[-2] != n or gate.shape[-1] not in widths
        ):
            raise ValueError(
                f"{name} has shape {gate.shape} for keys of shape {k.shape}; expected (..., {n}, "
                f"{' or '.join(map(str, widths))}). Give one row for each token."
            )
        gates.append(gate)
    state = np.zeros((d, d_v), v.dtype) if state is None else float_array(state, "state")
    if state.shape[-2:] != (d, d_v):
        raise ValueError(
            f"state has shape {state.shape}; expected (..., {d}, {d_v}), a row for each feature "
            "of the keys. Pass the state that the last call returned."
        )
    parts = [x for x in (k, v, *gates) if x is not None]
    shapes = [x.shape[:-2] for x in (q, state, *parts)]
    if not broadcast_shape(*shapes):
        raise ValueError(
            f"the inputs have leading axes {', '.join(map(str, shapes))}; expected axes that "
            "broadcast, equal or 1. Give every sequence its own inputs, or one for all."
        )
    leading = np.broadcast_shapes(*shapes[1:])
    state = np.broadcast_to(state, (*leading, d, d_v)).astype(np.result_type(state, *parts))
    return q, k, v, state, *gates
