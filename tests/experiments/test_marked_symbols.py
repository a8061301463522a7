import numpy as np
import pytest

from selfattn_course.experiments import marked_symbols as ms
from selfattn_course.kernels import mean_cross_entropy, mean_cross_entropy_vjp


def test_recall_asks_for_the_one_marked_symbol():
    x, targets = ms.recall_batch(7, batch=50, rng=0)
    assert x.shape == (50, 8, ms.FEATURES)
    assert targets.shape == (50, 1)
    for features, target in zip(x, targets[:, 0], strict=True):
        (where,) = np.flatnonzero(features[:, ms.SYMBOLS])
        assert where < 7
        assert features[where, : ms.SYMBOLS].argmax() == target
        assert features[-1].tolist() == [0] * 9 + [1]
        assert (features[:-1, : ms.SYMBOLS].sum(axis=1) == 1).all()
        assert (features[:-1, -1] == 0).all()


def test_hold_asks_for_the_last_marked_symbol_at_every_step():
    x, targets = ms.hold_batch(30, batch=20, rng=0)
    for features, row in zip(x, targets, strict=True):
        held = None
        for step, target in zip(features, row, strict=True):
            if step[ms.SYMBOLS]:
                held = step[: ms.SYMBOLS].argmax()
            assert held == target
    assert x[:, 1:, ms.SYMBOLS].mean() == pytest.approx(0.2, abs=0.05)


def test_the_contestants_are_of_one_size():
    sizes = ms.sizes().values()
    assert max(sizes) / min(sizes) < 1.05


def test_cross_entropy_gradient_is_that_of_the_kernel():
    rng = np.random.default_rng(0)
    said, targets = rng.normal(size=(5, 3, 8)), rng.integers(8, size=(5, 3))
    expected = mean_cross_entropy_vjp(said, targets, 1.0)
    assert mean_cross_entropy(said, targets) > 0
    np.testing.assert_allclose(ms.cross_entropy_gradient(said, targets), expected, atol=1e-15)


def test_a_run_depends_on_its_seed_alone():
    first, second = ms.recall_runs("RNN", 5, seeds=(0, 1), n_steps=50)
    ms._trained.cache_clear()
    (other,) = ms.recall_runs("RNN", 5, seeds=(1,), n_steps=50)
    assert first != second
    np.testing.assert_allclose(second.curve, other.curve, atol=0.02)  # rounding may differ
    assert first.seen == (800, 1600)


def test_no_chosen_rate_lies_at_the_end_of_the_list():
    """Where the best was the largest on offer, a larger one might have been better still."""
    rates = ms.chosen_rates()
    assert set(rates) == set(ms.WIDTHS)
    assert set(rates.values()) <= set(ms.RATES[1:-1])


def test_the_race_comes_out_as_the_page_says():
    race = ms.recall_race()
    five, _, twenty, eighty = range(len(ms.LENGTHS))
    assert race["attention"].min() > 0.8  # a symbol of eight may be missing
    assert np.median(race["attention"], axis=1).min() > 0.99
    assert race["LSTM"][: twenty + 1].min() > 0.95
    assert race["LSTM"][eighty].mean() < 0.6
    assert race["LSTM"][eighty].max() < race["attention"][eighty].min() - 0.2
    assert race["RNN"][five].min() > 0.4
    assert race["RNN"][twenty:].max() < 0.2
    assert np.diff(race["RNN"].mean(axis=1)).max() < 0.05


def test_where_attention_is_not_perfect_it_never_says_one_of_the_symbols():
    said = ms.symbols_said("attention", 5)
    right = np.array([run.accuracy for run in ms.recall_runs("attention", 5)])
    np.testing.assert_allclose(right, said / ms.SYMBOLS, atol=0.03)
    assert said.min() < ms.SYMBOLS == said.max()


def test_a_longer_training_brings_the_rnn_to_ten_symbols():
    assert min(run.accuracy for run in ms.recall_runs("RNN", 10, n_steps=1000)) > 0.9


def test_the_lstm_follows_a_stream_and_attention_does_not():
    held = ms.hold_race()
    assert held["LSTM"].min() > 0.95
    assert held["attention"][0].min() > 0.9
    assert held["attention"][-1].max() < 0.4


def test_the_trained_head_looks_at_the_mark():
    weights, marked = ms.trained_weights()
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-6)
    assert (weights.argmax(axis=1) == marked).all()
    assert weights[np.arange(len(marked)), marked].min() > 0.8


def test_attention_holds_the_end_of_a_long_stream_when_it_sees_nothing_else():
    seen = ms.hold_with_window()
    assert seen["part"].min() > 0.85  # no mark within 20 steps: 0.8**20 is 1 %
    assert seen["whole"].max() < 0.4


def test_training_opens_the_forget_gates():
    gates = ms.forget_gates()
    np.testing.assert_allclose(gates["before"], 1 / (1 + np.exp(-1)), atol=0.03)  # the bias is 1
    assert (gates["after"] > gates["before"] + 0.05).all()
