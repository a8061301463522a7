"""The exercises of chapter 4: recurrent layers, and how far their gradients reach."""

from functools import partial

import numpy as np

from selfattn_course import kernels

from .cases import ch04_gradients, ch04_recurrence
from .cases.ch04_recurrence import VISIBLE, hidden_sizes
from .cases.draws import one_call
from .check import checker
from .collect import mutants_in, variants_in
from .counting import exactly
from .designs.ch04_recurrence import counts_parity, orthogonal, remembers_first
from .exercise import Exercise
from .hunts.ch04_recurrence import HUNTED
from .mutants.ch04_recurrence import (
    clip_by_norm,
    forget_bias,
    gradient_norms,
    last_state_gradient,
    latch_weights,
    lstm_step,
    memory_bytes,
    orthogonal_from,
    parity_weights,
    path_lengths,
    predict_linear_gradient,
    rnn_bug_hunt,
    rnn_forward_formula,
    rnn_forward_start,
    rnn_forward_time,
    rnn_step,
    sequential_steps,
)
from .prediction import about
from .separation import separation
from .several import each
from .variants import ch04_recurrence as right

TITLE = "Recurrence: what attention is measured against"


def _rnn_step(x, h, w_x, w_h, b):
    return np.tanh(x @ w_x + h @ w_h + b)


def _rnn_forward(x, w_x, w_h, b, h_0=None):
    return kernels.rnn(x, kernels.RNNWeights(w_x, w_h, b), h_0)


def _lstm_step(x, h, c, w_x, w_h, b):
    trace = kernels.lstm_trace(x[..., None, :], kernels.LSTMWeights(w_x, w_h, b), h, c)
    return trace.out[..., 0, :], trace.cell_states[..., 0, :]


def _memory_bytes(n, n_layers, d, d_h, item_bytes):
    return n_layers * d_h * item_bytes, 2 * n * n_layers * d * item_bytes


def _predict_linear_gradient(rho, lag):
    return float(rho) ** lag


def _path_lengths(n, reach):
    distance = np.arange(n)
    return np.stack([distance, np.minimum(distance, 1), -(-distance // reach)])


def _sequential_steps(n, n_layers):
    return [[n + n_layers - 1, n * n_layers], [n_layers, n * n_layers]]


def _clip_by_norm(gradients, limit):
    norm = np.sqrt((gradients * 1.0 * gradients).sum())
    return gradients * (limit / max(norm, limit))


def _forget_bias(share, lag):
    return -np.log(np.expm1(-np.log(share) / lag))


def _last_state_gradient(states, w_h, d_last):
    rows = [d_last]
    for t in range(states.shape[-2] - 1, 0, -1):
        before_tanh = rows[-1] * (1 - states[..., t, :] ** 2)
        rows.append(before_tanh @ w_h.T)
    return np.stack(rows[::-1], axis=-2)


def _gradient_norms(states, w_h, d_last):
    norms = np.linalg.norm(_last_state_gradient(states, w_h, d_last), axis=-1)
    return np.stack([np.arange(len(norms)), norms[::-1]])


def _orthogonal_from(a, gain=1.0):
    return gain * np.linalg.qr(a)[0]


def _latch_weights():
    return 1.5, 4.0, 0.0


def _parity_weights():
    return (
        np.array([[10.0, 10.0]]),
        np.array([[5.0, 5.0], [-5.0, -5.0]]),
        np.array([-5.0, -15.0]),
        np.array([1.0, -1.0]),
        -1.0,
    )


def _rnn_bug_hunt():
    x = np.array([[[0], [1], [-1], [2], [1], [0], [1], [1], [-1], [900]], [[1]] * 10])
    return [(x, np.array([[1, 2]]), np.array([[0, 1], [-1, 1]]), np.array([1, 0]))] * len(HUNTED)


def _with_sizes(cases):
    """Cases for students to see, and hidden ones of other sizes."""

    def hidden(rng):
        return cases(rng, hidden_sizes(rng))

    return {"cases": partial(cases, sizes=VISIBLE), "hidden_cases": hidden}


def _with_arguments(cases, seen, unseen):
    """Cases with some arguments that everyone gets, and drawn ones."""
    return {
        "cases": lambda rng: cases(rng, *seen),
        "hidden_cases": lambda rng: cases(rng, *unseen),
    }


EXERCISES = (
    Exercise(
        name="rnn_step",
        title="One step of a recurrent layer",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=1,
        objectives=("Compute the next state from an input and the state before",),
        signature="rnn_step(x, h, w_x, w_h, b)",
        reference=_rnn_step,
        **_with_sizes(ch04_recurrence.step_cases),
        hint="Add three things, x @ w_x, h @ w_h and b, and apply np.tanh to the sum.",
        mutants=mutants_in(rnn_step),
        variants=variants_in(right.rnn_step),
    ),
    Exercise(
        name="memory_bytes",
        title="A state that stays, a cache that grows",
        kind="memory",
        points=1,
        minutes=5,
        difficulty=1,
        objectives=("Count what a recurrent layer and attention keep of n tokens",),
        signature="memory_bytes(n, n_layers, d, d_h, item_bytes)",
        reference=_memory_bytes,
        **_with_arguments(
            ch04_gradients.memory_cases,
            [(1, 1, 1, 1, 1), (3, 1, 2, 5, 4), (1000, 12, 768, 1024, 2), (7, 5, 3, 2, 8)]
            + [(200_003, 97, 12_289, 700_001, 1)],
            [(2, 1, 3, 4, 2), (5, 3, 7, 11, 8), (4096, 24, 512, 640, 4), (10**6, 80, 8192, 9, 2)]
            + [(100_003, 83, 8_191, 999_983, 1)],
        ),
        hint="The first number is n_layers * d_h * item_bytes. For the second, every layer keeps "
        "a key and a value of d numbers for each of the n tokens.",
        mutants=mutants_in(memory_bytes),
        variants=variants_in(right.memory_bytes),
        compare=each("state", "cache", compare=exactly),
    ),
    Exercise(
        name="predict_linear_gradient",
        title="What is left of a gradient?",
        kind="prediction",
        points=1,
        minutes=5,
        difficulty=1,
        objectives=("Predict when a gradient vanishes, and when it explodes",),
        signature="predict_linear_gradient(rho, lag)",
        reference=_predict_linear_gradient,
        **_with_arguments(
            ch04_gradients.decay_cases,
            [(0.5, 3), (2.0, 10), (0.9, 100), (1.1, 100), (-0.9, 5), (-0.5, 6), (1.0, 50)]
            + [(0.75, 0), (1.5, 1), (0.99, 200)],
            [(0.25, 2), (3.0, 4), (0.875, 60), (1.25, 30), (-1.25, 7), (-0.75, 4), (-1.0, 9)]
            + [(1.75, 0), (0.625, 1), (1.01, 150), (0.98, 120)],
        ),
        hint="If h_(t-1) changes by 1, h_t changes by rho, h_(t+1) by rho times that, and so on.",
        mutants=mutants_in(predict_linear_gradient),
        variants=variants_in(right.predict_linear_gradient),
        compare=about(0.05),
    ),
    Exercise(
        name="path_lengths",
        title="How many links apart?",
        kind="count",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Compare path lengths in recurrence, attention and windowed attention",),
        signature="path_lengths(n, reach)",
        reference=_path_lengths,
        **_with_arguments(
            ch04_gradients.path_cases,
            [(1, 1), (2, 1), (5, 2), (7, 3), (9, 3), (13, 20), (6, 5), (6, 6)]
            + [(6, 1), (90, 2), (3, 2048)],
            [(1, 4), (3, 1), (8, 2), (11, 3), (13, 4), (10, 40), (8, 7), (8, 8)]
            + [(7, 1), (100, 3), (4, 4096)],
        ),
        hint="Row 0 is the distance itself. Row 1 is 0 at distance 0 and 1 beyond. Row 2 is the "
        "distance divided by `reach`, rounded up.",
        mutants=mutants_in(path_lengths),
        variants=variants_in(right.path_lengths),
        compare=exactly,
    ),
    Exercise(
        name="rnn_forward",
        title="A recurrent layer",
        kind="numeric",
        points=5,
        minutes=25,
        difficulty=3,
        objectives=(
            "Run a recurrent layer over sequences with any leading axes",
            "Start it from a given state, or from zeros",
        ),
        signature="rnn_forward(x, w_x, w_h, b, h_0=None)",
        reference=_rnn_forward,
        **_with_sizes(ch04_recurrence.forward_cases),
        hint="Start with h = zeros of shape x.shape[:-2] + (d_h,), or h_0. For each t, "
        "h = rnn_step(x[..., t, :], h, w_x, w_h, b); keep every h; np.stack them with axis=-2.",
        mutants=mutants_in(rnn_forward_formula, rnn_forward_time, rnn_forward_start),
        variants=variants_in(right.rnn_forward),
    ),
    Exercise(
        name="sequential_steps",
        title="What has to wait for what?",
        kind="count",
        points=2,
        minutes=10,
        difficulty=3,
        objectives=("Say which steps of a network cannot run at the same time",),
        signature="sequential_steps(n, n_layers)",
        reference=_sequential_steps,
        **_with_arguments(
            ch04_gradients.layer_cases,
            [(1, 1), (5, 1), (1, 4), (3, 2), (4, 4), (100, 6), (2, 7)],
            [(1, 1), (8, 1), (1, 5), (5, 3), (6, 6), (300, 12), (2, 9)],
        ),
        hint="Reading: the recurrent wave needs n + n_layers - 1 steps, attention n_layers. "
        "Writing: each token passes all layers before the next begins, in both.",
        mutants=mutants_in(sequential_steps),
        variants=variants_in(right.sequential_steps),
        compare=exactly,
    ),
    Exercise(
        name="clip_by_norm",
        title="A gradient kept in bounds",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Shorten an exploding gradient without turning it",),
        signature="clip_by_norm(gradients, limit)",
        reference=_clip_by_norm,
        **_with_sizes(ch04_gradients.clip_cases),
        hint="With norm = sqrt of the sum of all squares, multiply by limit / norm if the norm is "
        "above the limit; otherwise return the gradients as they are.",
        mutants=mutants_in(clip_by_norm),
        variants=variants_in(right.clip_by_norm),
    ),
    Exercise(
        name="forget_bias",
        title="How open must a forget gate be?",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Choose the bias of a forget gate for the distance it has to bridge",),
        signature="forget_bias(share, lag)",
        reference=_forget_bias,
        **_with_sizes(ch04_gradients.bias_cases),
        hint="The gate is f = share ** (1 / lag). The bias whose sigmoid is f is log(f / (1 - f)).",
        mutants=mutants_in(forget_bias),
        variants=variants_in(right.forget_bias),
    ),
    Exercise(
        name="lstm_step",
        title="One step of an LSTM",
        kind="numeric",
        points=3,
        minutes=20,
        difficulty=3,
        objectives=("Compute gates, cell and state of a long short-term memory",),
        signature="lstm_step(x, h, c, w_x, w_h, b)",
        reference=_lstm_step,
        **_with_sizes(ch04_recurrence.lstm_cases),
        hint="Split x @ w_x + h @ w_h + b into four blocks along the last axis: i, f, g, o. Then "
        "c = sigmoid(f) * c + sigmoid(i) * tanh(g) and h = sigmoid(o) * tanh(c).",
        mutants=mutants_in(lstm_step),
        variants=variants_in(right.lstm_step),
        compare=each("h", "c"),
    ),
    Exercise(
        name="last_state_gradient",
        title="Back through time",
        kind="gradient",
        points=4,
        minutes=25,
        difficulty=4,
        objectives=("Carry a gradient from the last state back to the first, step by step",),
        signature="last_state_gradient(states, w_h, d_last)",
        reference=_last_state_gradient,
        **_with_sizes(ch04_gradients.gradient_cases),
        hint="The last row is d_last. Row t - 1 is (row t * (1 - states[..., t, :] ** 2)) @ w_h.T.",
        mutants=mutants_in(last_state_gradient),
        variants=variants_in(right.last_state_gradient),
    ),
    Exercise(
        name="gradient_norms",
        title="The figure: gradient against distance",
        kind="plot",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Measure how a gradient changes with distance, and plot it",),
        signature="gradient_norms(states, w_h, d_last)",
        reference=_gradient_norms,
        **_with_sizes(ch04_gradients.sequence_cases),
        hint="Take np.linalg.norm(last_state_gradient(...), axis=-1), turn it round, and stack it "
        "under np.arange(n).",
        mutants=mutants_in(gradient_norms),
        variants=variants_in(right.gradient_norms),
    ),
    Exercise(
        name="orthogonal_from",
        title="Weights that keep lengths",
        kind="construction",
        points=3,
        minutes=15,
        difficulty=3,
        objectives=("Make orthogonal weights, which neither shrink nor stretch a gradient",),
        signature="orthogonal_from(a, gain=1.0)",
        reference=_orthogonal_from,
        **_with_sizes(ch04_gradients.matrix_cases),
        hint="Go through the columns. From each, take away its part along every earlier column of "
        "the result, (q_i @ a_j) * q_i, then divide it by its length. At the end, times gain.",
        mutants=mutants_in(orthogonal_from),
        variants=variants_in(right.orthogonal_from),
        compare=orthogonal,
    ),
    Exercise(
        name="latch_weights",
        title="One unit that does not forget",
        kind="construction",
        points=3,
        minutes=15,
        difficulty=4,
        objectives=("Choose weights that hold one bit against noise for as long as you like",),
        signature="latch_weights()",
        reference=_latch_weights,
        cases=one_call,
        hidden_cases=one_call,
        hint="Take b = 0, w_x just large enough that tanh(w_x) is above 0.9, and w_h so large that "
        "w_h * 0.9 - w_x is above that w_x.",
        mutants=mutants_in(latch_weights),
        variants=variants_in(right.latch_weights),
        compare=remembers_first,
    ),
    Exercise(
        name="parity_weights",
        title="Odd or even, for any length",
        kind="construction",
        points=4,
        minutes=30,
        difficulty=5,
        objectives=("Build a recurrent layer that follows a rule on sequences of any length",),
        signature="parity_weights()",
        reference=_parity_weights,
        cases=one_call,
        hidden_cases=one_call,
        hint="With p the old parity, 0 or 1, and x the bit: one unit switches on at p + x >= 1, "
        "one at p + x >= 2. The new parity is the first minus the second, and so was the old one.",
        mutants=mutants_in(parity_weights),
        variants=variants_in(right.parity_weights),
        compare=counts_parity,
    ),
    Exercise(
        name="rnn_bug_hunt",
        title="Eight wrong recurrent layers",
        kind="bug hunt",
        points=4,
        minutes=25,
        difficulty=4,
        objectives=("Find inputs on which a wrong recurrent layer differs from the right one",),
        signature="rnn_bug_hunt()",
        reference=_rnn_bug_hunt,
        cases=one_call,
        hidden_cases=one_call,
        hint="For each function, find the line that differs from your rnn_forward, and ask for "
        "which input it matters: a batch, a long sequence, a bias, integers, large numbers.",
        mutants=mutants_in(rnn_bug_hunt),
        variants=variants_in(right.rnn_bug_hunt),
        compare=separation(_rnn_forward, HUNTED, names=("x", "w_x", "w_h", "b")),
    ),
)

check = checker(EXERCISES)
