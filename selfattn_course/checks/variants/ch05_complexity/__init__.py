"""Right but unusual answers to the exercises of chapter 5."""

from . import (
    attention_layer_macs,
    attention_macs,
    cache_bytes,
    cost_bug_hunt,
    crossover_length,
    decode_macs,
    fit_exponent,
    intensity,
    largest_tile,
    mac_count,
    online_update,
    predict_growth,
    roofline,
    score_bytes,
)

__all__ = [
    "attention_layer_macs",
    "attention_macs",
    "cache_bytes",
    "cost_bug_hunt",
    "crossover_length",
    "decode_macs",
    "fit_exponent",
    "intensity",
    "largest_tile",
    "mac_count",
    "online_update",
    "predict_growth",
    "roofline",
    "score_bytes",
]
