"""Attention, FlexAttention, and Trilu as a mask.

Every case of Attention runs through the plain kernel and through the tiled one, and both must give
what the standard says (bfloat16 aside). The matrix of scores, where a case asks for it, is made
step by step.

bfloat16: the tolerance of 1e-3 is finer than half a step of bfloat16 (2e-3): it accepts only the
very roundings of the standard's own program, which rounds after every operation, down to each
addition in the denominator. Our kernels have no bfloat16. They run in float32, and their result
must come within three steps of what is expected, which was itself rounded about ten times on its
way; and the rounded steps are repeated here, from our scores and our masks, to the last bit.
"""

import numpy as np
from onnx.helper import tensor_dtype_to_np_dtype
from onnx.numpy_helper import to_array

from selfattn_course.kernels import (
    attention_scores,
    attention_weights,
    causal_mask,
    grouped_query_attention,
    padding_mask,
    softmax,
    window_mask,
)
from selfattn_course.kernels.tiled import tiled_attention

BFLOAT16 = tensor_dtype_to_np_dtype(16)
BFLOAT16_STEP = 2.0**-7


def attention_24(case):
    """The outputs of one case of Attention: out, present keys, present values, scores."""
    q, k, v, mask, bias, options = _arguments(case)
    if case.inputs[0].dtype == BFLOAT16:
        out = _rounded_attention(q, k, v, mask, bias).astype(BFLOAT16)
        for kernel in (_plain, _tiled):
            in_float32, expected = kernel(q, k, v, mask, bias, options), out.astype(np.float32)
            np.testing.assert_allclose(in_float32, expected, rtol=3 * BFLOAT16_STEP)
        return _as_given(case, out), k, v
    scores = _scores(case, q, k, mask, bias, **options) if len(case.outputs) > 3 else None
    case.check(_as_given(case, _tiled(q, k, v, mask, bias, options)), k, v, scores)
    return _as_given(case, _plain(q, k, v, mask, bias, options)), k, v, scores


def _arguments(case):
    """What our kernels take: heads as an axis, one cache, one mask, one bias."""
    inputs = [*case.inputs, *[None] * (7 - len(case.inputs))]
    q, k, v, given, past_k, past_v, lengths = inputs
    if q.dtype == BFLOAT16:
        q, k, v = (x.astype(np.float32) for x in (q, k, v))
    if q.ndim == 3:
        heads = (case.attributes[f"{name}_num_heads"] for name in ("q", "kv", "kv"))
        q, k, v = (_split(x, h) for x, h in zip((q, k, v), heads, strict=True))
    if past_k is not None:
        k, v = np.concatenate((past_k, k), axis=2), np.concatenate((past_v, v), axis=2)
    options = {name: case.attributes.get(name) for name in ("scale", "softcap")}
    options = {name: float(value) for name, value in options.items() if value}
    mask, bias = _mask_and_bias(given, k.shape[2], q.dtype)
    for further in _position_masks(case.attributes, q, k, past_k, lengths):
        mask = further if mask is None else mask & further
    return q, k, v, mask, bias, options


def _mask_and_bias(given, n_k, dtype):
    """The standard's attn_mask, which may be too short, is a mask or a bias by its dtype."""
    if given is None:
        return None, None
    missing = [(0, 0)] * (given.ndim - 1) + [(0, n_k - given.shape[-1])]
    if given.dtype == np.bool_:
        return np.pad(given, missing), None
    return None, np.pad(given.astype(dtype), missing, constant_values=-np.inf)


def _position_masks(attributes, q, k, past_k, lengths):
    n_q, n_k = q.shape[2], k.shape[2]
    offset = 0 if past_k is None else past_k.shape[2]
    if lengths is not None:
        offset = (lengths - n_q)[:, None]  # one for each sequence, the same for its heads
        yield padding_mask(lengths[:, None], n_k)
    if attributes.get("is_causal"):
        yield causal_mask(n_q, n_k, offset=offset)
    for side in ("left", "right"):
        size = attributes.get(f"{side}_window_size", -1)
        if size >= 0:
            yield window_mask(n_q, n_k, **{side: size}, offset=offset)


def _plain(q, k, v, mask, bias, options):
    return grouped_query_attention(q, k, v, mask, bias=bias, **options)


def _tiled(q, k, v, mask, bias, options):
    """Grouped heads through the tiled kernel: those that share keys are an axis of their own."""
    h, h_kv = q.shape[1], k.shape[1]
    grouped = q.reshape(len(q), h_kv, h // h_kv, *q.shape[2:])
    terms = [
        None if x is None else np.broadcast_to(x, (*q.shape[:-1], k.shape[2])) for x in (mask, bias)
    ]
    mask, bias = (None if x is None else x.reshape(*grouped.shape[:-1], k.shape[2]) for x in terms)
    out = tiled_attention(grouped, k[:, :, None], v[:, :, None], mask, bias=bias, **options)
    return out.reshape(*q.shape[:-1], v.shape[-1])


def _scores(case, q, k, mask, bias, *, scale=None, softcap=None):
    """The step asked for: raw scores (0), soft cap (1), bias and mask (2), weights (3)."""
    mode = case.attributes.get("qk_matmul_output_mode", 0)
    k = np.repeat(k, q.shape[1] // k.shape[1], axis=1)
    scores = attention_scores(q, k, scale=scale, softcap=softcap if mode else None)
    if mode < 2:
        return scores
    scores = _biased_and_masked(scores, mask, bias)
    precision = case.attributes.get("softmax_precision")
    dtype = q.dtype if precision is None else tensor_dtype_to_np_dtype(precision)
    return scores if mode == 2 else softmax(scores.astype(dtype)).astype(q.dtype)


def _biased_and_masked(scores, mask, bias):
    if bias is not None:
        scores = scores + bias
    return scores if mask is None else np.where(mask, scores, np.array(-np.inf, scores.dtype))


def _rounded_attention(q, k, v, mask, bias):
    """Attention with every step rounded to bfloat16, in the order of the standard."""

    def rounded(x):
        return x.astype(BFLOAT16).astype(np.float32)

    root = rounded(np.float32(q.shape[-1] ** -0.25))
    scores = rounded(attention_scores(rounded(q * root), rounded(k * root), scale=1.0))
    scores = rounded(_biased_and_masked(scores, mask, bias))
    top = scores.max(axis=-1, keepdims=True)
    exps = rounded(np.exp(rounded(scores - np.where(np.isneginf(top), 0, top))))
    total = exps.astype(BFLOAT16).sum(axis=-1, keepdims=True).astype(np.float32)
    weights = rounded(exps / np.where(total == 0, 1, total))
    return rounded(weights @ v)


def _split(x, h):
    return x.reshape(*x.shape[:2], h, -1).swapaxes(1, 2)


def _as_given(case, out):
    """Heads side by side again, if the input has them so."""
    return out.swapaxes(1, 2).reshape(*case.outputs[0].shape) if case.inputs[0].ndim == 3 else out


def flex_attention(case):
    """FlexAttention: the functions of scores that its cases bring are options of our kernels."""
    q, k, v = case.inputs
    options = {name: value for name, value in case.attributes.items() if name == "scale"}
    if "score_mod" in case.attributes:
        options |= SCORE_MODS[case.name](q.shape[2], k.shape[2], _constants(case, "score_mod"))
    if q.dtype == np.float16:  # this operator computes in float32 and rounds at the end
        q, k, v = (x.astype(np.float32) for x in (q, k, v))
    if "prob_mod" in case.attributes:
        out = (attention_weights(q, k) * _constants(case, "prob_mod")["scale"]) @ v
    else:
        out = grouped_query_attention(q, k, v, **options)
        mask, bias = options.pop("mask", None), options.pop("bias", None)
        case.check(_tiled(q, k, v, mask, bias, options).astype(case.inputs[0].dtype))
    return (out.astype(case.inputs[0].dtype),)


def _constants(case, graph):
    return {tensor.name: to_array(tensor) for tensor in case.attributes[graph].initializer}


SCORE_MODS = {
    "test_flexattention_score_mod": lambda n_q, n_k, constants: {"bias": constants["bias"]},
    "test_flexattention_causal_mask": lambda n_q, n_k, constants: {"mask": causal_mask(n_q, n_k)},
    "test_flexattention_soft_cap": lambda n_q, n_k, constants: {"softcap": constants["cap"]},
    "test_flexattention_relative_positional": lambda n_q, n_k, constants: {
        "bias": np.subtract.outer(np.arange(n_q), np.arange(n_k)).astype(np.float32)
    },
}


def triangle(case):
    """Trilu: what a causal mask, moved by an offset, keeps of a matrix (or what it drops)."""
    x, *given = case.inputs
    offset = int(given[0]) if given else 0
    if case.attributes.get("upper", 1):
        keep = ~causal_mask(*x.shape[-2:], offset=offset - 1)
    else:
        keep = causal_mask(*x.shape[-2:], offset=offset)
    return (np.where(keep, x, np.array(0, x.dtype)),)


OPERATORS = {"Attention": attention_24, "FlexAttention": flex_attention, "Trilu": triangle}

LEFT_OUT = {
    "CumSum": "numpy.cumsum; used where positions are counted, not written again",
    "Gather": "NumPy's indexing: an embedding is table[tokens]",
    "Where": "numpy.where; masks are applied with it",
    "TopK": "numpy.argpartition and argsort; choosing the next token is not part of attention",
    "ReverseSequence": "NumPy's indexing: the recurrent kernels turn a sequence as x[::-1]",
    "Gradient": "the standard has no single-node case for it; the kernels' gradients are tested "
    "by complex steps and against PyTorch and JAX",
}
