import numpy as np
import pytest

from selfattn_course.experiments import memory_use


def test_peak_is_what_a_call_holds_at_once():
    def wasteful():
        first = np.empty(10**6, np.uint8)
        second = np.empty(2 * 10**6, np.uint8)
        del first, second
        np.empty(10**6, np.uint8)

    assert memory_use.peak_bytes(wasteful) == pytest.approx(3e6, rel=0.01)
    assert memory_use.peak_bytes(wasteful) == pytest.approx(3e6, rel=0.01)  # starts again


def test_peaks_grow_like_the_square_only_with_all_scores_at_once():
    peaks = memory_use.peaks()
    growth = {name: values[-1] / values[-2] for name, values in peaks.items()}
    assert growth["naive"] == pytest.approx(4, rel=0.1)
    assert growth["tiled"] < 2.2
    assert (peaks["naive"] >= peaks["naive count"]).all()
    assert (peaks["tiled"] >= peaks["tiled count"]).all()


def test_tiles_change_nothing_but_the_last_digits():
    assert 0 < memory_use.agreement(n=700) < 1e-13


def test_generation_is_the_sums_of_the_page():
    n, d = 37, 5
    counts = memory_use.generation_counts(n, d)
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    assert counts["without"].sum() == without
    assert counts["with"].sum() == 4 * d**2 * n + d * n * (n + 1)
    assert counts["with"][0] == counts["without"][0]  # one token alone: nothing to save


def test_cache_is_2n_states_however_many_heads():
    for n_heads in (1, 4):
        memory = memory_use.decoding_memory(100, 32, n_heads=n_heads)
        assert memory["cache"] == 200 * memory["RNN"]
        assert memory["LSTM"] == 2 * memory["RNN"]
        assert memory["scores"] == n_heads * 8 * 10_000


def test_training_keeps_the_weights_unless_in_tiles():
    once, twice = (memory_use.held_while_training(n, 8) for n in (10_000, 20_000))
    growth = {name: twice[name] / once[name] for name in once}
    assert growth["attention"] > 3.9
    assert growth["RNN"] == growth["LSTM"] == growth["tiled"] == 2
    assert once["RNN"] < once["tiled"] < once["LSTM"] < once["attention"]


def test_weights_kept_cost_less_than_an_lstm_only_up_to_twice_the_width():
    for n, cheaper in ((15, True), (17, False)):
        kept = memory_use.held_while_training(n, 8)
        assert (kept["attention"] < kept["LSTM"]) == cheaper
