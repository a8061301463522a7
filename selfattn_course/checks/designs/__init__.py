"""Judging designs: sequences and weights that students construct, one module per chapter."""
