"""Right but unusual answers to the exercises of chapter 1."""

from . import (
    dependency_distances,
    information_curve,
    lag_bug_hunt,
    lag_copy,
    lagged_joint,
    mutual_information,
    ngram_counts,
    predict_decay,
    previous_use,
    same_ngrams,
    share_within,
    smallest_window,
)

__all__ = [
    "dependency_distances",
    "information_curve",
    "lag_bug_hunt",
    "lag_copy",
    "lagged_joint",
    "mutual_information",
    "ngram_counts",
    "predict_decay",
    "previous_use",
    "same_ngrams",
    "share_within",
    "smallest_window",
]
