from functools import partial

import numpy as np
import pytest

from selfattn_course.experiments import small_models
from selfattn_course.kernels import list_arrays, map_arrays

KINDS = ("RNN", "LSTM", "GRU", "attention")


def model_of(kind, width=4, d_in=3, d_out=2, seed=1):
    rng = np.random.default_rng(seed)
    model = small_models.new_model(kind, width, d_in, d_out, rng=rng)
    return map_arrays(lambda a: a.astype(float), model)


@pytest.mark.parametrize("n_answers", [1, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_training_follows_the_gradient(kind, n_answers):
    rng = np.random.default_rng(0)
    x, upstream = rng.normal(size=(3, 2, 5, 3)), rng.normal(size=(3, 2, n_answers, 2))
    models = [model_of(kind, seed=seed) for seed in range(3)]
    stack = small_models._stacked(models)
    gradients = small_models._gradient(stack, x, upstream, lambda said, target: target)
    for k, model in enumerate(models):
        gradient = small_models._one_of(gradients, k)
        assert_gradient(model, gradient, x[k], upstream[k])


def assert_gradient(model, gradient, x, upstream):
    """Against what small changes of every weight of this model do to its own answers."""
    n_answers = upstream.shape[1]
    for w, g in zip(list_arrays(model), list_arrays(gradient), strict=True):
        assert w.shape == g.shape
        for index in np.ndindex(*w.shape):
            original, values = w[index], []
            for change in (1e-5, -1e-5):
                w[index] = original + change
                said = small_models.answers(model, x, n_answers=n_answers)
                values.append((said * upstream).sum())
            w[index] = original
            assert g[index] == pytest.approx((values[0] - values[1]) / 2e-5, abs=1e-8)


@pytest.mark.parametrize("kind", KINDS)
def test_answers_do_not_see_the_future(kind):
    x = np.random.default_rng(0).normal(size=(1, 7, 3))
    before = small_models.answers(model_of(kind), x, n_answers=7)
    x[:, 4:] += 1
    after = small_models.answers(model_of(kind), x, n_answers=7)
    np.testing.assert_array_equal(before[:, :4], after[:, :4])
    assert np.abs(before[:, 4:] - after[:, 4:]).min() > 1e-6


def test_last_answer_is_the_same_alone_and_among_others():
    x = np.random.default_rng(0).normal(size=(2, 6, 3))
    for kind in KINDS:
        every = small_models.answers(model_of(kind), x, n_answers=6)
        np.testing.assert_allclose(small_models.answers(model_of(kind), x), every[:, -1:])


def test_n_weights_counts_by_hand():
    assert small_models.n_weights(model_of("RNN")) == 3 * 4 + 4 * 4 + 4 + 4 * 2 + 2
    assert small_models.n_weights(model_of("LSTM")) == 4 * (3 * 4 + 4 * 4 + 4) + 4 * 2 + 2
    assert small_models.n_weights(model_of("attention")) == 3 * 4 + 3 * 4 * 4 + 4 * 2 + 2


def test_training_finds_a_mean():
    """The best constant answer to targets around 3 is 3."""
    rng = np.random.default_rng(0)

    def draw():
        return np.zeros((8, 2, 3), np.float32), 3 + rng.normal(size=(8, 1, 2)).astype(np.float32)

    model = small_models.new_model("RNN", 4, 3, 2, rng=rng)
    _, (notes,) = small_models.train_side_by_side(
        [model],
        [draw],
        lambda said, target: 2 * (said - target) / target.size,
        n_steps=300,
        learning_rates=[0.05],
        watch=lambda model: float(small_models.answers(model, draw()[0]).mean()),
        every=100,
    )
    assert len(notes) == 3
    assert notes[-1] == pytest.approx(3, abs=0.3)


@pytest.mark.parametrize("kind", KINDS)
def test_side_by_side_each_model_becomes_what_it_becomes_alone(kind):
    models = [model_of(kind, seed=seed) for seed in range(3)]

    def draws():
        return [partial(draw, np.random.default_rng(10 + seed)) for seed in range(3)]

    def draw(rng):
        return rng.normal(size=(4, 5, 3)), 9 * rng.normal(size=(4, 2, 2))

    def slope(said, target):
        return said - target  # long, so that gradients are shortened

    how = {"n_steps": 20}
    rates = [0.1, 0.01, 0.03]
    together, _ = small_models.train_side_by_side(
        models, draws(), slope, learning_rates=rates, **how
    )
    for model, one, rate, trained in zip(models, draws(), rates, together, strict=True):
        alone = small_models.train(model, one, slope, learning_rate=rate, **how)
        for a, b in zip(list_arrays(alone), list_arrays(trained), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-7, atol=1e-9)


def test_training_leaves_the_first_weights_alone():
    model = model_of("LSTM")
    before = [array.copy() for array in list_arrays(model)]
    small_models.train(
        model,
        lambda: (np.ones((1, 2, 3)), np.ones((1, 1, 2))),
        lambda said, target: said - target,
        n_steps=3,
        learning_rate=0.1,
    )
    for array, old in zip(list_arrays(model), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_last_weights_sum_to_1():
    x = np.random.default_rng(0).normal(size=(2, 6, 3))
    weights = small_models.last_weights(model_of("attention"), x)
    assert weights.shape == (2, 6)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
