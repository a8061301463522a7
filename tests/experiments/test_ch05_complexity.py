import numpy as np
import pytest

from selfattn_course.experiments import ch05_complexity as experiments
from selfattn_course.experiments import counted_layers
from selfattn_course.kernels import (
    GRUWeights,
    LSTMWeights,
    RNNWeights,
    attention,
    gru,
    lstm,
    rnn,
    softmax,
)


def test_texts_are_sorted_and_far_apart():
    lengths = list(experiments.text_lengths().values())
    assert lengths == sorted(lengths)
    assert lengths[0] < 100 < 10_000 < lengths[-1]


def test_small_example_is_attention():
    data = experiments.small_example()
    np.testing.assert_allclose(data["out"], attention(data["q"], data["k"], data["v"]))
    np.testing.assert_array_equal(data["scores"], [[1, 3, 4], [0, 1, 2], [2, 2, 0]])


@pytest.mark.parametrize(("n", "d", "width"), [(11, 5, 3), (2, 7, 1), (1, 1, 2)])
def test_counts_agree_with_layers_that_count_while_they_run(n, d, width):
    counted = counted_layers.measured_counts(n, d, width=width)
    assert experiments.layer_counts(n, d, width=width) == counted


def test_counts_are_the_formulas_of_the_page():
    n, d = 13, 7
    assert experiments.layer_counts(n, d, width=5) == {
        "core": 2 * n * n * d,
        "attention": 4 * n * d * d + 2 * n * n * d,
        "RNN": 2 * n * d * d,
        "GRU": 6 * n * d * d,
        "LSTM": 8 * n * d * d,
        "convolution": 5 * n * d * d,
    }


class TestCountedLayers:
    n, d = 7, 3
    rng = np.random.default_rng(1)
    x = rng.normal(size=(n, d))

    def product(self):
        return counted_layers.CountingProduct()

    def test_product_counts_and_multiplies(self):
        a, b = self.rng.normal(size=(2, 5)), self.rng.normal(size=(5, 3))
        product = self.product()
        np.testing.assert_allclose(product(a, b), a @ b)
        assert product.multiply_adds == 30

    def test_attention_is_that_of_the_kernel(self):
        w_q, w_k, w_v, w_o = self.rng.normal(size=(4, self.d, self.d))
        out = counted_layers.attention(self.x, w_q, w_k, w_v, w_o, product=self.product())
        expected = attention(self.x @ w_q, self.x @ w_k, self.x @ w_v) @ w_o
        np.testing.assert_allclose(out, expected, rtol=1e-12)

    @pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
    def test_recurrent_layers_are_those_of_the_kernels(self, name):
        gates = {"rnn": 1, "gru": 3, "lstm": 4}[name]
        w_x, w_h = self.rng.normal(size=(2, self.d, gates * self.d))
        step = getattr(counted_layers, f"{name}_step")
        out = counted_layers.recurrent(self.x, w_x, w_h, step, product=self.product())
        zero = np.zeros(gates * self.d)
        if name == "gru":
            expected = gru(self.x, GRUWeights(w_x, w_h, zero, zero))
        else:
            layer, weights = {"rnn": (rnn, RNNWeights), "lstm": (lstm, LSTMWeights)}[name]
            expected = layer(self.x, weights(w_x, w_h, zero))
        np.testing.assert_allclose(out, expected, rtol=1e-12)

    def test_convolution_sees_itself_and_the_past(self):
        filters = self.rng.normal(size=(3, self.d, self.d))
        out = counted_layers.convolution(self.x, filters, product=self.product())
        last = self.x[-1] @ filters[2] + self.x[-2] @ filters[1] + self.x[-3] @ filters[0]
        np.testing.assert_allclose(out[-1], last)
        np.testing.assert_allclose(out[0], self.x[0] @ filters[2])


@pytest.mark.parametrize("d", [3, 64, 500])
def test_crossovers_are_those_of_the_algebra(d):
    assert experiments.crossover("core", "RNN", d) == d
    assert experiments.crossover("attention", "LSTM", d) == 2 * d
    assert experiments.crossover("attention", "GRU", d) == d
    assert experiments.crossover("attention", "RNN", d) is None


def test_crossover_is_none_where_the_search_ends():
    assert experiments.crossover("attention", "LSTM", 8, limit=1) is None


def test_exponent_goes_from_1_to_2_and_is_in_the_middle_at_twice_the_width():
    measured = experiments.growth_exponents(64, lengths=(1, 128, 10**6))["attention"]
    np.testing.assert_allclose(measured, [1, np.log2(3), 2], atol=0.02)
    assert (np.diff(measured) > 0).all()


def test_other_exponents_are_exact():
    measured = experiments.growth_exponents(64)
    assert (measured["core"] == 2).all()
    assert (measured["RNN"] == 1).all()


@pytest.mark.parametrize("n_heads", [1, 4])
def test_quadratic_share_is_n_of_6d_plus_n(n_heads):
    n, d = 100, 32
    assert experiments.quadratic_share(n, d, n_heads=n_heads) == pytest.approx(n / (6 * d + n))


def test_backward_pass_costs_two_to_two_and_a_half_forward_passes():
    assert experiments.backward_share(1, 1000) == pytest.approx(2, rel=0.01)
    assert experiments.backward_share(10**7, 8) == pytest.approx(2.5, rel=0.01)


def test_fits_tell_a_power_from_an_exponential():
    n = np.array([2, 4, 8, 16, 32])
    power = experiments.fit_growth(n, 3 * n**1.5)
    assert power["power"].slope == pytest.approx(1.5)
    assert power["power"].r_squared == pytest.approx(1)
    np.testing.assert_allclose(power["power"].predicted, 3 * n**1.5)
    assert power["exponential"].r_squared < 0.9
    exponential = experiments.fit_growth(n, 2.0**n)
    assert exponential["exponential"].slope == pytest.approx(np.log(2))
    assert exponential["exponential"].r_squared == pytest.approx(1)
    assert exponential["power"].r_squared < 0.9


def test_growth_table_is_exact():
    assert experiments.growth_table((3, 100)) == [(3, 9, 8), (100, 10_000, 2**100)]


@pytest.mark.parametrize("tile", [1, 2, 3, 5, 9])
def test_online_softmax_ends_where_softmax_does(tile):
    rng = np.random.default_rng(0)
    scores, values = 30 * rng.normal(size=7), rng.normal(size=(7, 3))
    steps = experiments.online_softmax_steps(scores, values, tile=tile)
    assert len(steps) == -(-7 // tile)
    np.testing.assert_allclose(steps[-1]["mean"], softmax(scores) @ values, rtol=1e-12)
    np.testing.assert_allclose(steps[0]["mean"], softmax(scores[:tile]) @ values[:tile])
    assert steps[-1]["top"] == scores.max()


def test_score_bytes():
    assert experiments.score_bytes(10, n_heads=3, itemsize=2) == 600
