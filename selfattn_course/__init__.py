"""A course on self-attention: kernels, the experiments on them, and the grader they back."""

__version__ = "0.1.0"
