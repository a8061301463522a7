"""float16 is for storage: every kernel computes in float32 and rounds once, at the end."""

import numpy as np
import pytest

from selfattn_course import kernels

X, Y, Z = (3, 5, 6), (3, 5, 6), (3, 5, 6)
POSITIONS, TARGETS = np.arange(5), np.arange(15).reshape(3, 5) % 6


CASES = {
    **{name: (getattr(kernels, name), [X]) for name in (
        "softmax", "logsumexp", "log_softmax", "erf", "sigmoid", "swish", "mish", "gelu",
        "gelu_tanh", "elu_plus_one",
    )},
    **{name: (getattr(kernels, name), [X, Y]) for name in (
        "sigmoid_vjp", "swish_vjp", "mish_vjp", "gelu_vjp", "gelu_tanh_vjp", "elu_plus_one_vjp",
        "swiglu", "log_softmax_vjp", "attention_scores", "masked_scores", "attention_weights",
        "mean_squared_error",
    )},
    **{name: (getattr(kernels, name), [X, Y, Z]) for name in ("swiglu_vjp", "attention")},
    "softmax_vjp": (kernels.softmax_vjp, [X, Y]),
    "logsumexp_vjp": (kernels.logsumexp_vjp, [X, (3, 5)]),
    "masked_scores with bias": (
        lambda q, k, bias: kernels.masked_scores(q, k, bias=bias), [X, Y, (5, 5)],
    ),
    "attention_scores_vjp": (kernels.attention_scores_vjp, [X, Y, (3, 5, 5)]),
    "attention_vjp": (kernels.attention_vjp, [X, Y, Z, Z]),
    "window_attention_vjp": (
        lambda *a: kernels.window_attention_vjp(*a, left=2, right=1, block=2), [X, Y, Z, Z],
    ),
    "linear_recurrence": (kernels.linear_recurrence, [X, Y, Z]),
    "rotary_embedding": (lambda x: kernels.rotary_embedding(x, POSITIONS), [X]),
    "rotary_embedding_vjp": (lambda x, d: kernels.rotary_embedding_vjp(x, POSITIONS, d), [X, Y]),
    "relative_key_bias": (lambda q, t: kernels.relative_key_bias(q, t, 5), [X, (7, 6)]),
    "relative_key_bias_vjp": (
        lambda q, t, d: kernels.relative_key_bias_vjp(q, t, 5, d), [X, (7, 6), (3, 5, 5)],
    ),
    "linear_map": (kernels.linear_map, [X, (6, 7), (7,)]),
    "linear_map_vjp": (kernels.linear_map_vjp, [X, (6, 7), (7,), (3, 5, 7)]),
    "causal_convolution": (kernels.causal_convolution, [X, (3, 6), (6,)]),
    "causal_convolution_vjp": (kernels.causal_convolution_vjp, [X, (3, 6), (6,), Y]),
    "layer_norm_vjp": (kernels.layer_norm_vjp, [X, (6,), (6,), Y]),
    "cross_entropy": (lambda x, w: kernels.cross_entropy(
        x, TARGETS, class_weights=np.abs(w), label_smoothing=0.1
    ), [X, (6,)]),
    "cross_entropy_vjp": (lambda x, d, w: kernels.cross_entropy_vjp(
        x, TARGETS, d, class_weights=np.abs(w), label_smoothing=0.1
    ), [X, (3, 5), (6,)]),
    "mean_cross_entropy_vjp": (lambda x: kernels.mean_cross_entropy_vjp(x, TARGETS, 1.0), [X]),
    "mean_squared_error_vjp": (lambda x, y: kernels.mean_squared_error_vjp(x, y, 1.0), [X, Y]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_float16_is_rounded_once(name):
    function, shapes = CASES[name]
    rng = np.random.default_rng(6)
    half = [(3 * rng.normal(size=shape)).astype(np.float16) for shape in shapes]
    results = function(*half), function(*(x.astype(float) for x in half))
    results = [result if isinstance(result, tuple) else (result,) for result in results]
    for got, exact in zip(*results, strict=True):
        assert got.dtype == np.float16
        last_place = np.spacing(np.abs(exact).astype(np.float16)).astype(float)
        # Half a last place, and what float32 sums lose where large terms cancel.
        error = np.abs(got.astype(float) - exact) - 1e-5 * np.abs(exact).max()
        assert (error <= 0.51 * last_place).all()
