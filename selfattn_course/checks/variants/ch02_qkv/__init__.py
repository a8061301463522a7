"""Right but unusual answers to the exercises of chapter 2."""

from . import (
    attention_bug_hunt,
    context_vectors,
    copying_layers,
    cross_attention,
    dot_scores,
    embed,
    merge_heads,
    multi_head_attention,
    predict_own_weight,
    previous_token_head,
    project,
    query_gradient,
    restore_order,
    self_attention,
    split_heads,
)

__all__ = [
    "attention_bug_hunt",
    "context_vectors",
    "copying_layers",
    "cross_attention",
    "dot_scores",
    "embed",
    "merge_heads",
    "multi_head_attention",
    "predict_own_weight",
    "previous_token_head",
    "project",
    "query_gradient",
    "restore_order",
    "self_attention",
    "split_heads",
]
