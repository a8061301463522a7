import numpy as np
import pytest

from selfattn_course.experiments import ch05_complexity, workers


@pytest.mark.parametrize("layer", ["attention", "RNN"])
def test_stages_add_up_to_all_the_work(layer):
    n, d = 11, 5
    assert sum(workers.stages(layer, n, d)) == ch05_complexity.layer_counts(n, d)[layer]


def test_one_worker_does_everything_and_many_wait_for_the_stages():
    assert workers.rounds("RNN", 11, 5, 1) == 2 * 11 * 25
    assert workers.rounds("RNN", 11, 5, 10**9) == 12
    assert workers.rounds("attention", 11, 5, 10**9) == 4
    assert workers.rounds("RNN", 2, 3, 4) == 5 + 3 + 3  # rounded up in every stage


def test_only_the_rnn_stops_falling():
    strong = workers.strong_scaling()
    assert strong["RNN"][-1] == strong["RNN"][-2] == 1025
    ratio = strong["attention"][1:-1] / strong["attention"][:-2]
    np.testing.assert_allclose(ratio, 0.25)
    assert strong["RNN"][0] < strong["attention"][0]
    assert strong["RNN"][-1] > strong["attention"][-1]


def test_longer_texts_do_not_scale_weakly_and_more_texts_do():
    weak = workers.weak_scaling()
    n, d, factor = 64, 64, 256
    expected = (4 * d + 2 * n * factor) / (4 * d + 2 * n)  # per token, relative to the start
    assert weak["attention, longer"][-1] == pytest.approx(expected)
    assert weak["RNN, longer"][-1] > 2
    assert (weak["attention, more"] == 1).all()
    assert (weak["RNN, more"] == 1).all()


def test_writing_waits_for_every_token():
    steps = workers.sequential_steps(100)
    assert steps == {
        "RNN": 101,
        "attention": 4,
        "RNN generating": 100,
        "attention generating": 400,
    }
