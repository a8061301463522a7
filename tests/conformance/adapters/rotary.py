"""Rotary positions, with cosines and sines from the standard's tables."""

from selfattn_course.kernels.heads import merge_heads, split_heads
from selfattn_course.kernels.rotary import rotate_pairs


def rotary_embedding(case):
    """Rows of the tables are picked by position, or come one for each token."""
    x, cos, sin, positions = (*case.inputs, None)[:4]
    if positions is not None:
        cos, sin = cos[positions], sin[positions]
    heads = x if x.ndim == 4 else split_heads(x, case.attributes["num_heads"])
    interleaved = bool(case.attributes.get("interleaved", 0))
    out = rotate_pairs(heads, cos[:, None], sin[:, None], interleaved=interleaved)
    return (out if x.ndim == 4 else merge_heads(out),)


OPERATORS = {"RotaryEmbedding": rotary_embedding}
