"""Adam.

The standard adds epsilon before it corrects for the first steps, we (as the paper's algorithm 1)
after; so its epsilon is ours times the correction. With an update count of 0 it corrects nothing,
which is what any late step does.
"""

import numpy as np

from selfattn_course.kernels.adam import AdamState, adam_step

LATE = 10**9  # steps; powers of the betas have long vanished


def _adam(case):
    rate, count, *arrays = case.inputs
    n = len(arrays) // 4
    x, gradients, mean, mean_square = (tuple(arrays[i * n : (i + 1) * n]) for i in range(4))
    step, beta_2 = int(count) or LATE, case.attributes["beta"]
    decay = np.float32(case.attributes.get("norm_coefficient", 0))  # of the loss, not of the step
    assert not case.attributes.get("norm_coefficient_post"), "no case uses it"
    x_new, state = adam_step(
        x,
        tuple(g + decay * w for g, w in zip(gradients, x, strict=True)),
        AdamState(step - 1, mean, mean_square),
        learning_rate=float(rate),
        beta_1=case.attributes["alpha"],
        beta_2=beta_2,
        eps=case.attributes["epsilon"] / np.sqrt(1 - beta_2**step),
    )
    return *x_new, *state.mean, *state.mean_square


OPERATORS = {"Adam": _adam}

LEFT_OUT = {
    "Adagrad": "the course trains with Adam only",
    "Momentum": "the course trains with Adam only",
}
