"""Right but unusual answers to the exercises of chapter 3."""

from . import (
    attention,
    attention_weights,
    bug_hunt,
    causal_mask,
    entropy_curve,
    gap_for_weight,
    log_softmax,
    logsumexp,
    predict_score_std,
    scores_for_weights,
    softmax,
    softmax_vjp,
    temperature_softmax,
)

__all__ = [
    "attention",
    "attention_weights",
    "bug_hunt",
    "causal_mask",
    "entropy_curve",
    "gap_for_weight",
    "log_softmax",
    "logsumexp",
    "predict_score_std",
    "scores_for_weights",
    "softmax",
    "softmax_vjp",
    "temperature_softmax",
]
