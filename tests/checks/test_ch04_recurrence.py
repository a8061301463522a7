import itertools

import numpy as np
import pytest

from selfattn_course import kernels
from selfattn_course.checks.calling import call
from selfattn_course.checks.cases.ch04_recurrence import VISIBLE, hidden_sizes
from selfattn_course.checks.ch04_recurrence import EXERCISES
from selfattn_course.checks.designs.ch04_recurrence import (
    counts_parity,
    orthogonal,
    remembers_first,
)

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def passes(name, function, kind="cases", seed=0):
    cases = getattr(BY_NAME[name], kind)(np.random.default_rng(seed))
    return BY_NAME[name].verdict(cases, [call(function, case) for case in cases]).passed


def test_names_are_the_agreed_ones():
    assert [exercise.name for exercise in EXERCISES] == [
        "rnn_step",
        "memory_bytes",
        "predict_linear_gradient",
        "path_lengths",
        "rnn_forward",
        "sequential_steps",
        "clip_by_norm",
        "forget_bias",
        "lstm_step",
        "last_state_gradient",
        "gradient_norms",
        "orthogonal_from",
        "latch_weights",
        "parity_weights",
        "rnn_bug_hunt",
    ]


@pytest.mark.parametrize("seed", range(20))
def test_no_two_axes_have_the_same_size(seed):
    for sizes in (VISIBLE, hidden_sizes(np.random.default_rng(seed))):
        assert len(set(sizes.values())) == len(sizes)


@pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
def test_rnn_forward_rejects_every_mistake_in_a_step(kind):
    """Students build rnn_forward on their own rnn_step, mistakes and all."""
    survivors = []
    for mutant in BY_NAME["rnn_step"].mutants:

        def rnn_forward(x, w_x, w_h, b, h_0=None, step=mutant.function):
            h = np.zeros((*x.shape[:-2], len(b)))
            h = h if h_0 is None else h + h_0
            states = []
            for t in range(x.shape[-2]):
                h = step(x[..., t, :], h, w_x, w_h, b)
                states.append(h.copy())
            return np.stack(states, axis=-2)

        if passes("rnn_forward", rnn_forward, kind):
            survivors.append(mutant.name)
    # h is a new array here, and of floats, so that these three do no harm
    assert set(survivors) <= {
        "writes into state",
        "truncated for integers",
        "input in dtype of state",
    }


@pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
def test_a_state_kept_between_calls_is_rejected(kind):
    kept = {}

    def rnn_forward(x, w_x, w_h, b, h_0=None):
        shape = (*x.shape[:-2], len(b))
        h, states = kept.get(shape, np.zeros(shape)) if h_0 is None else h_0, []
        for t in range(x.shape[-2]):
            h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
            states.append(h)
        kept[shape] = h
        return np.stack(states, axis=-2)

    assert not passes("rnn_forward", rnn_forward, kind)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
def test_a_start_kept_from_an_earlier_call_is_rejected(kind, seed):
    kept = {}

    def rnn_forward(x, w_x, w_h, b, h_0=None):
        if h_0 is None:
            h_0 = kept.get(x.shape)
        else:
            kept[x.shape] = h_0
        return kernels.rnn(x, kernels.RNNWeights(w_x, w_h, b), h_0)

    assert not passes("rnn_forward", rnn_forward, kind, seed)


@pytest.mark.parametrize("kind", ["cases", "hidden_cases"])
def test_a_result_kept_by_shape_is_rejected(kind):
    kept = {}

    def rnn_forward(x, w_x, w_h, b, h_0=None):
        key = (x.shape, w_h.shape, None if h_0 is None else h_0.shape)
        states = kernels.rnn(x, kernels.RNNWeights(w_x, w_h, b), h_0)
        return kept.setdefault(key, states)

    assert not passes("rnn_forward", rnn_forward, kind)


@pytest.mark.parametrize("length", [1, 2, 7, 20, 64, 128])
def test_a_layer_that_breaks_off_is_rejected(length):
    """Whatever is right up to some step and wrong after it."""

    def rnn_forward(x, w_x, w_h, b, h_0=None):
        states = kernels.rnn(x, kernels.RNNWeights(w_x, w_h, b), h_0)
        states[..., length:, :] = states[..., length - 1 : length, :]
        return states

    assert not passes("rnn_forward", rnn_forward)


def test_last_state_gradient_reference_is_that_of_the_layer():
    rng = np.random.default_rng(0)
    x, w_x, b = rng.standard_normal((2, 6, 3)), rng.standard_normal((3, 4)), np.zeros(4)
    w_h, d_last = rng.standard_normal((4, 4)), rng.standard_normal((2, 4))
    weights = kernels.RNNWeights(w_x, w_h, b)
    states = kernels.rnn(x, weights)
    seen = BY_NAME["last_state_gradient"].reference(states, w_h, d_last)
    d_out = np.zeros_like(states)
    for t in range(6):  # the gradient in state t is that in the start of the steps after it
        if t < 5:
            trace = kernels.rnn_trace(x[:, t + 1 :], weights, states[:, t])
            d_out = np.zeros_like(trace.out)
            d_out[:, -1] = d_last
            expected = kernels.rnn_vjp(trace, d_out)[2]
            np.testing.assert_allclose(seen[:, t], expected, rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(seen[:, -1], d_last)


def test_predicted_gradient_is_that_of_the_layer():
    rho, lag = 0.9, 30
    pushed, plain = 1.0, 0.0
    for x_t in np.random.default_rng(0).standard_normal(lag):
        pushed, plain = rho * pushed + x_t, rho * plain + x_t
    reference = BY_NAME["predict_linear_gradient"].reference(rho, lag)
    assert reference == pytest.approx(pushed - plain, rel=1e-9)


def test_forget_bias_reference_leaves_the_share():
    for share, lag in itertools.product([0.01, 0.5, 0.99], [1, 7, 1000]):
        bias = BY_NAME["forget_bias"].reference(share, lag)
        assert (1 / (1 + np.exp(-bias))) ** lag == pytest.approx(share, rel=1e-9)


def test_sequential_steps_reference_is_the_earliest_schedule():
    for n, n_layers in itertools.product(range(1, 8), repeat=2):
        done = np.zeros((n_layers + 1, n + 1), dtype=int)
        for layer, token in itertools.product(range(1, n_layers + 1), range(1, n + 1)):
            done[layer, token] = 1 + max(done[layer - 1, token], done[layer, token - 1])
        seen = BY_NAME["sequential_steps"].reference(n, n_layers)
        assert seen == [[done[-1, -1], n * n_layers], [n_layers, n * n_layers]]


def test_a_latch_that_passes_holds_against_noise():
    """The bounds that the check follows are right: random and worst inputs stay within them."""
    rng = np.random.default_rng(0)
    held = broken = 0
    for _ in range(300):
        w_x, w_h, b = rng.uniform([1.2, 2.5, -0.1], [2.2, 4, 0.1])
        noise = np.sign(rng.standard_normal((1000, 40)))
        noise[:, 0], noise[:, 1], noise[:, 2:20] = 1, -1, rng.uniform(-1, 1, (1000, 18))
        worst = np.inf
        for bit in (1, -1):
            h = np.full(40, np.tanh(w_x * bit + b))
            worst = min(worst, (bit * h).min())
            for x_t in noise[:-1]:
                h = np.tanh(w_x * x_t + w_h * h + b)
                worst = min(worst, (bit * h).min())
        if remembers_first(None, (w_x, w_h, b)) == "":
            held += 1
            assert worst >= 0.9
        else:
            broken += 1
            assert worst < 0.9  # constant noise is the worst there is
    assert held >= 10
    assert broken >= 10


NONSENSE = [
    None,
    7,
    "abc",
    b"abc",
    {},
    [],
    (),
    [None] * 3,
    [None] * 5,
    ["1", "2", "3"],
    [[1, 2], [3], 4],
    [np.nan] * 3,
    [np.inf, 1, 1, 1, 1],
    [1j, 1, 1],
    [True, True, True],
    np.zeros(10**6),
    np.zeros((3, 1000)),
    np.array(["a", "b"]),
    np.array([None, None, None], dtype=object),
    [list(range(10**5))] * 5,
    [[[[[[[[[1]]]]]]]]] * 5,
    [10**400, 1, 1],
    [np.zeros((0, 0))] * 5,
    [np.zeros((1, 0)), np.zeros((0, 0)), np.zeros(0), np.zeros(0), 0.0],
    [np.zeros((1, 2)), np.zeros((2, 2)), np.zeros(2), np.zeros(2), np.datetime64("2020-01-01")],
    np.full((3, 3), np.longdouble("1e4000")),
    np.ma.masked_all((3, 3)),
]


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: str(type(value).__name__))
@pytest.mark.parametrize("compare", [remembers_first, counts_parity])
def test_designs_hold_against_any_data(compare, value):
    problem = compare(None, value)
    assert isinstance(problem, str)
    assert 0 < len(problem) < 300


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: str(type(value).__name__))
def test_orthogonal_holds_against_any_data(value):
    problem = orthogonal(np.eye(3), value)
    assert isinstance(problem, str)
    assert 0 < len(problem) < 300


def test_orthogonal_takes_any_signs_and_no_other_turn():
    q = np.linalg.qr(np.random.default_rng(0).standard_normal((4, 4)))[0]
    for signs in itertools.product((1, -1), repeat=4):
        assert orthogonal(2 * q, 2 * q * np.array(signs)) == ""
    turned = q.copy()
    c, s = np.cos(1e-3), np.sin(1e-3)
    turned[:, 2:] = q[:, 2:] @ np.array([[c, -s], [s, c]])
    assert orthogonal(q, turned) == "column 2 is no combination of columns 0 to 2 of a."
    assert orthogonal(q, 1.001 * q).startswith("column 0 has length 1.001; expected 1")
