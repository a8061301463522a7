"""Adam, and Adam with decoupled weight decay (AdamW)."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .inputs import float_array, positive_number, wide
from .nested import map_arrays


@dataclass(frozen=True)
class AdamState:
    """What Adam remembers between steps.

    Parameters
    ----------
    step : int
        How many steps were taken.
    mean : nested record
        Running mean of the gradients, in a record like the weights.
    mean_square : nested record
        Running mean of their squares.
    """

    step: int
    mean: Any
    mean_square: Any


def adam_start(weights):
    """State before the first step: all zeros.

    Parameters
    ----------
    weights : nested record
        What will be trained: arrays in dataclasses, dicts, lists or tuples (see `map_arrays`).

    Returns
    -------
    AdamState

    Raises
    ------
    TypeError
        If weights hold something else than arrays.
    """
    return AdamState(0, map_arrays(_zeros_like, weights), map_arrays(_zeros_like, weights))


def adam_step(
    weights,
    gradients,
    state,
    *,
    learning_rate=1e-3,
    beta_1=0.9,
    beta_2=0.999,
    eps=1e-8,
    weight_decay=0.0,
):
    """Weights and state after one step of Adam.

    Parameters
    ----------
    weights : nested record
        What is trained.
    gradients : nested record
        Same structure and shapes as weights.
    state : AdamState
        From `adam_start`, or from the step before.
    learning_rate : float
        Largest size of a step, roughly.
    beta_1, beta_2 : float
        How much of the running means is kept at each step.
    eps : float
        Added to the root of the mean square.
    weight_decay : float
        Share of the weights, times the learning rate, that is subtracted at each step (AdamW).

    Returns
    -------
    weights : nested record
        New arrays of the same float dtypes; the old ones are not written to.
    state : AdamState
        In float32 at least. A gradient whose square overflows stops its weight for good.

    Raises
    ------
    ValueError
        If weights, gradients and state differ in structure, or an option is out of range.
    TypeError
        If weights hold something else than arrays.

    References
    ----------
    Kingma and Ba (2015), algorithm 1; Loshchilov and Hutter (2019), algorithm 2.
    """
    _check_options(learning_rate, beta_1, beta_2, eps, weight_decay)
    step = state.step + 1
    mean = map_arrays(_running_mean(beta_1), state.mean, gradients)
    mean_square = map_arrays(_running_mean_square(beta_2), state.mean_square, gradients)
    rate = float(learning_rate) / (1 - float(beta_1) ** step)  # means start at 0: too small early
    root_correction = 1 / math.sqrt(1 - float(beta_2) ** step)
    kept = 1 - float(learning_rate) * float(weight_decay)

    def moved(w, m, s):
        w = float_array(w, "an array of weights")
        moved_w = wide(w) * kept - rate * (m / (np.sqrt(s) * root_correction + float(eps)))
        return moved_w.astype(w.dtype, copy=False)

    return map_arrays(moved, weights, mean, mean_square), AdamState(step, mean, mean_square)


def _zeros_like(w):
    """Zeros in single precision at least: in half precision squares would vanish."""
    return np.zeros(w.shape, wide(float_array(w, "an array of weights")).dtype)


def _running_mean(beta):
    return lambda old, new: old * float(beta) + _like(old, new) * (1 - float(beta))


def _running_mean_square(beta):
    def updated(old, new):
        with np.errstate(over="ignore"):  # an infinite mean square makes the step 0
            return old * float(beta) + np.square(_like(old, new)) * (1 - float(beta))

    return updated


def _like(old, new):
    """A gradient in the dtype of its running mean, which half precision would round."""
    return float_array(new, "an array of gradients").astype(old.dtype, copy=False)


def _check_options(learning_rate, beta_1, beta_2, eps, weight_decay):
    for name, beta in (("beta_1", beta_1), ("beta_2", beta_2)):
        if not 0 <= beta < 1:
            raise ValueError(
                f"{name} is {beta}; expected a number from 0 up to, not including, 1. "
                "Usual values are 0.9 and 0.999."
            )
    for name, value in (("learning_rate", learning_rate), ("weight_decay", weight_decay)):
        if not 0 <= value < math.inf:
            raise ValueError(
                f"{name} is {value}; expected a finite number of at least 0. Use 1e-3."
            )
    positive_number(eps, "eps", np.float32, "Use 1e-8.")
