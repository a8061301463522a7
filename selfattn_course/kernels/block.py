"""Residual steps one after the other: the forward and backward pass of any block."""

from dataclasses import dataclass

import numpy as np

from .inputs import float_array
from .residual import ResidualTrace, residual_trace, residual_vjp


@dataclass(frozen=True)
class BlockTrace:
    """What the backward pass of a block needs from its forward pass.

    Parameters
    ----------
    out : ndarray, shape (..., n, d)
        Output of the block.
    residuals : tuple of ResidualTrace
        One for each step.
    """

    out: np.ndarray
    residuals: tuple[ResidualTrace, ...]


def block_trace(x, steps, *, norm_first, eps):
    """One residual step after the other; `steps` are pairs of a Step and its LayerNormWeights."""
    x, residuals = float_array(x, "x"), []
    for step, norm in steps:
        residuals.append(residual_trace(x, step, norm, norm_first=norm_first, eps=eps))
        x = residuals[-1].out
    return BlockTrace(x, tuple(residuals))


def block_vjp(trace, steps, d_out, *, norm_first, eps):
    """Gradient in x, and for each step what `residual_vjp` gives for its weights."""
    d_weights = []
    for (step, norm), residual in zip(reversed(steps), reversed(trace.residuals), strict=True):
        d_out, d_step = residual_vjp(residual, step, norm, d_out, norm_first=norm_first, eps=eps)
        d_weights.append(d_step)
    return d_out, d_weights[::-1]
