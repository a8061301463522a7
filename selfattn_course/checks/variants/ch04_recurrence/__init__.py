"""Right but unusual answers to the exercises of chapter 4."""

from . import (
    clip_by_norm,
    forget_bias,
    gradient_norms,
    last_state_gradient,
    latch_weights,
    lstm_step,
    memory_bytes,
    orthogonal_from,
    parity_weights,
    path_lengths,
    predict_linear_gradient,
    rnn_bug_hunt,
    rnn_forward,
    rnn_step,
    sequential_steps,
)

__all__ = [
    "clip_by_norm",
    "forget_bias",
    "gradient_norms",
    "last_state_gradient",
    "latch_weights",
    "lstm_step",
    "memory_bytes",
    "orthogonal_from",
    "parity_weights",
    "path_lengths",
    "predict_linear_gradient",
    "rnn_bug_hunt",
    "rnn_forward",
    "rnn_step",
    "sequential_steps",
]
