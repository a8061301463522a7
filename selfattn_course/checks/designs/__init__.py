"""Judging designs: answers of which many are right, so that no reference can be compared."""
