"""Linear attention with its four update rules, and the causal convolution before it."""

import numpy as np

from selfattn_course.kernels.activations import swish
from selfattn_course.kernels.causal_convolution import causal_convolution, convolution_past
from selfattn_course.kernels.heads import merge_heads, split_heads
from selfattn_course.kernels.linear_recurrence import linear_recurrence


def linear_attention(case):
    """Query heads that share a memory become an axis of their own; sums are kept in float32."""
    q, k, v, state, log_decay, beta = (*case.inputs, None, None, None)[:6]
    h, h_kv = case.attributes["q_num_heads"], case.attributes["kv_num_heads"]
    state_dtype = q.dtype if state is None else state.dtype
    q_heads = _float32(split_heads(q, h))
    q_heads = q_heads.reshape(q.shape[0], h_kv, h // h_kv, *q_heads.shape[2:])
    k_heads, v_heads = (_float32(split_heads(x, h_kv))[:, :, None] for x in (k, v))
    out, state = linear_recurrence(
        q_heads,
        k_heads,
        v_heads,
        None if state is None else _float32(state)[:, :, None],
        log_decay=_gate(log_decay, h_kv),
        beta=_gate(beta, h_kv),
        scale=case.attributes.get("scale") or None,  # 0 stands for the default
    )
    out = merge_heads(out.reshape(q.shape[0], h, *out.shape[3:]))
    return out.astype(q.dtype), state[:, :, 0].astype(state_dtype)


def causal_convolution_with_state(case):
    """The standard has features before time, and weights (d, 1, width)."""
    x, w, b, past = (*case.inputs, None, None)[:4]
    dtype = x.dtype
    x, past = (None if a is None else np.swapaxes(_float32(a), -1, -2) for a in (x, past))
    w = _float32(w)[:, 0].T
    out = causal_convolution(x, w, None if b is None else _float32(b), past=past)
    if case.attributes.get("activation", "none") in ("silu", "swish"):
        out = swish(out)
    kept = convolution_past(x, len(w), past=past)
    return tuple(np.swapaxes(a, -1, -2).astype(dtype) for a in (out, kept))


def _gate(gate, h_kv):
    """(batch, n, heads * width) as (batch, heads, 1, n, width); a gate for all heads broadcasts."""
    if gate is None:
        return None
    n_heads = h_kv if gate.shape[-1] % h_kv == 0 else 1
    return _float32(split_heads(gate, n_heads))[:, :, None]


def _float32(x):
    return x.astype(np.float32)


OPERATORS = {
    "LinearAttention": linear_attention,
    "CausalConvWithState": causal_convolution_with_state,
}
