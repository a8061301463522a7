import numpy as np
import pytest

from selfattn_course.experiments import ch04_recurrence as experiments
from selfattn_course.kernels import KeyValueCache, RNNWeights, rnn


def test_bracket_depth_counts_brackets_outside_strings_and_comments():
    found = experiments.bracket_depth("f(a[0],\n g('(('))  # )]\n")
    assert found["depth"].tolist() == [1, 2, 1, 2, 1, 0]
    assert found["line"].tolist() == [1, 1, 1, 2, 2, 2]


def test_a_real_program_closes_all_its_brackets():
    depth = experiments.bracket_depth()["depth"]
    assert depth[-1] == 0
    assert depth.min() == 0
    assert depth.max() >= 4
    assert set(np.diff(depth)) == {-1, 1}


def test_scalar_example_is_the_course_network():
    x = (1.0, -0.5, 0.25)
    data = experiments.scalar_example(x=x, w_x=0.75, w_h=1.25, b=0.125)
    weights = RNNWeights(np.array([[0.75]]), np.array([[1.25]]), np.array([0.125]))
    np.testing.assert_allclose(data["h"], rnn(np.array(x)[:, None], weights)[:, 0])


@pytest.mark.parametrize("t", [0, 1, 2])
def test_scalar_gradient_is_what_a_small_change_of_a_state_does(t):
    weights = RNNWeights(np.array([[1.0]]), np.array([[0.8]]), np.zeros(1))
    data = experiments.scalar_example()
    rest = data["x"][t + 1 :, None]

    def last(change):
        return rnn(rest, weights, h0=data["h"][t : t + 1] + change)[-1, 0]

    measured = (last(1e-6) - last(-1e-6)) / 2e-6
    assert data["d_h"][t] == pytest.approx(measured, rel=1e-8)


def test_steps_and_paths_have_their_closed_forms():
    lengths = (2, 3, 5, 11, 32)
    table, n = experiments.steps_and_paths(lengths=lengths), np.array(lengths)
    for field in ("steps", "path"):
        assert table["RNN"][field].tolist() == n.tolist()
        assert table["convolution"][field].tolist() == (n // 2).tolist()
    assert set(table["attention"]["steps"]) == {3}
    assert set(table["attention"]["path"]) == {2}


@pytest.mark.parametrize(("n", "window"), [(2, 2), (5, 2), (9, 5), (10, 5), (13, 4)])
def test_convolutions_are_as_many_as_the_last_needs_to_see_the_first(n, window):
    graph = experiments.convolution_graph(n, window=window)
    needed, layers = {f"y{n - 1}"}, 0
    while not all(name.startswith("x") for name in needed):
        needed = {name for vector in needed for name in graph[vector]}
        layers += 1
        assert ("x0" in needed) == (name_is_input(needed))
    assert layers == -(-(n - 1) // (window - 1))


def name_is_input(names):
    return all(name.startswith("x") for name in names)


def test_memory_of_attention_is_that_of_a_real_cache():
    cache = KeyValueCache()
    cache.append(np.zeros((37, 12), np.float32), np.zeros((37, 12), np.float32))
    table = experiments.memory_of_the_past(lengths=(37,), d=12)
    assert table["attention"]["bytes"].tolist() == [cache.k.nbytes + cache.v.nbytes]


def test_only_attention_pays_more_for_a_longer_past():
    table = experiments.memory_of_the_past(lengths=(1, 10, 1000), d=16)
    for name in ("RNN", "LSTM"):
        assert len(set(table[name]["bytes"])) == len(set(table[name]["multiply_adds"])) == 1
    assert (np.diff(table["attention"]["bytes"]) > 0).all()
    assert np.diff(table["attention"]["multiply_adds"]).tolist() == [2 * 16 * 9, 2 * 16 * 990]
    assert table["LSTM"]["bytes"][0] == 2 * table["RNN"]["bytes"][0]


def test_wall_times_are_positive_and_grow():
    times = experiments.wall_times(lengths=(16, 512), repeats=3)
    for runs in times.values():
        assert runs.shape == (2, 3)
        assert (runs > 0).all()
        assert runs[1].min() > runs[0].min()


def test_superposition_error_is_0_for_linear_layers_with_or_without_bias():
    w = np.random.default_rng(3).normal(size=(16, 5))
    for bias in (0.0, 2.0):
        assert experiments.superposition_error(lambda x, bias=bias: x @ w + bias) < 1e-14
    assert experiments.superposition_error(np.square) > 0.5


def test_recurrent_layers_are_not_linear_and_their_gates_follow_the_input():
    layers = experiments.traditional_layers()
    assert experiments.superposition_error(layers["convolution"]) < 1e-14
    assert experiments.superposition_error(layers["RNN"]) > 0.2
    assert experiments.superposition_error(layers["LSTM"]) > 0.2
    low, high = experiments.forget_gate_range()
    assert 0 < low < 0.3 < 0.7 < high < 1
