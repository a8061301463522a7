import numpy as np
import pytest

from selfattn_course.experiments import ch02_qkv as experiments
from selfattn_course.kernels import finite_difference_vjp


def test_lookup_is_a_product_with_one_hot_rows():
    data = experiments.lookup()
    np.testing.assert_array_equal(data["x"], data["table"][data["ids"]])
    np.testing.assert_array_equal(data["one_hot"].sum(axis=1), 1)
    np.testing.assert_array_equal(data["x"][0], data["x"][4])  # both are "the"


def test_cat_sentence_follows_the_formula():
    data = experiments.cat_sentence()
    exps = np.exp(data["q"] @ data["k"].T / np.sqrt(2))
    weights = exps / exps.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(data["weights"], weights)
    np.testing.assert_allclose(data["out"], weights @ data["v"])
    np.testing.assert_array_equal(data["dots"][2], [-3, 4, 2, -2, -3, 3])


def test_words_find_what_they_ask_for():
    sat = experiments.cat_sentence()["weights"][2]
    who, where = experiments.questions()["weights"]
    assert [row.argmax() for row in (sat, who, where)] == [1, 1, 5]
    assert min(row.max() for row in (sat, who, where)) > 0.5


@pytest.mark.parametrize("rng", [0, 1])
def test_softmax_keeps_context_vectors_in_the_hull_and_raw_scores_do_not(rng):
    hull = experiments.value_hull(rng=rng)
    assert hull["outside"].max() < 1e-12
    assert (hull["raw_outside"] > 0).mean() > 0.9


def test_hull_of_a_square_with_points_inside_and_on_an_edge():
    points = np.array([[0, 0], [2, 0], [1, 0], [2, 2], [1, 1], [0, 2], [0, 0]], float)
    assert experiments.hull_corners(points) == [0, 1, 3, 5]
    corners = points[[0, 1, 3, 5]]
    asked = np.array([[1, 1], [1, 0], [3, 1], [1, -0.5]])
    np.testing.assert_allclose(experiments.distance_outside(asked, corners), [-1, 0, 1, 0.5])


def test_it_reads_as_its_projections_ask():
    readings = experiments.it_readings(strength=5.0)
    alive, noun = np.exp(10 / np.sqrt(3)), np.exp(5 / np.sqrt(3))
    dog = readings["alive"]["weights"][experiments.DOG_SENTENCE.index("dog")]
    noise = readings["sound"]["weights"][experiments.DOG_SENTENCE.index("noise")]
    assert dog == pytest.approx(alive / (alive + noun + 8))
    assert noise == pytest.approx(alive / (alive + 4 * noun + 5))  # three other words sound
    assert readings["alive"]["out"][1] == pytest.approx(dog)  # nothing else is alive


def test_the_two_readings_differ_in_the_question_only():
    (ask_alive, key_alive), (ask_sound, key_sound) = map(
        experiments.pronoun_head, ("alive", "sound")
    )
    np.testing.assert_array_equal(key_alive, key_sound)
    pronoun = experiments.DOG_FEATURES.index("pronoun")
    assert ask_alive[pronoun].tolist() == [5, 5, 0]
    assert ask_sound[pronoun].tolist() == [5, 0, 5]
    assert np.delete(ask_alive, pronoun, axis=0).max() == 0


@pytest.mark.parametrize("rng", [0, 1, 2])
def test_random_projections_do_not_care_for_dogs(rng):
    reading = experiments.random_readings(rng=rng)
    assert reading["dog_wins"] == pytest.approx(0.5, abs=0.012)  # 5 standard errors


def test_context_vectors_run_from_the_mean_to_the_best_key():
    paths = experiments.query_paths(factors=[0.0, 1.0, 400.0])
    data = experiments.cat_sentence()
    v = data["v"]
    ends = {"sat": v[1], "mat": v[2], "the": (v[1] + v[5]) / 2}  # cat and mat tie for "the"
    for word, end in ends.items():
        at_rest, at_one, far = paths[word]["out"]
        np.testing.assert_allclose(at_rest, v.mean(axis=0))
        np.testing.assert_allclose(at_one, data["out"][experiments.CAT_SENTENCE.index(word)])
        np.testing.assert_allclose(far, end, atol=1e-12)
    assert paths["sat"]["slope"][-1] < 1e-12
    # "the" is left with two keys of weight 1/2, (1, 0.5) and (1, 0), and values (2, 1) and (2, 0)
    assert paths["the"]["slope"][-1] == pytest.approx(0.5 * 1 / 4 / np.sqrt(2))


def test_derivative_of_the_context_is_the_measured_one():
    rng = np.random.default_rng(0)
    q, k, v = rng.normal(size=(1, 3)), rng.normal(size=(7, 3)), rng.normal(size=(7, 2))
    slope = experiments.context_slope(experiments.attention_weights(q, k)[0], k, v)
    for b in range(2):
        d_out = np.eye(2)[[b]]
        measured = finite_difference_vjp(lambda q: experiments.attention(q, k, v), q, d_out)
        np.testing.assert_allclose(slope[:, b], measured[0], rtol=1e-7, atol=1e-9)
