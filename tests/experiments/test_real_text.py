import numpy as np
import pytest

from selfattn_course.experiments import real_text
from selfattn_course.kernels import entropy


def test_documentation_holds_letters_and_single_spaces():
    text = real_text.documentation()
    assert set(text) == set(real_text.ALPHABET)
    assert "  " not in text
    decoded = "".join(real_text.ALPHABET[i] for i in real_text.letters()[:1000])
    assert decoded == text[:1000]


def test_letters_tell_about_each_other_far_beyond_what_chance_finds():
    data = real_text.letter_information()
    near, far = data["lag"] == 1, (data["lag"] > 50) & (data["lag"] < 200)
    assert data["text"][near] > 500 * data["bias"]
    assert (data["text"][far] > 1.4 * data["bias"]).all()
    assert data["text"][near] < entropy(np.bincount(real_text.letters()) / len(real_text.letters()))


def test_shuffled_letters_show_the_bias_and_nothing_else():
    data = real_text.letter_information()
    np.testing.assert_allclose(data["shuffled"].mean(), data["bias"], rtol=0.05)
    np.testing.assert_allclose(data["shuffled"], data["bias"], rtol=0.25)


def test_shuffled_words_keep_the_spelling_only():
    data = real_text.letter_information()
    near, far = data["lag"] <= 2, data["lag"] >= 30
    assert (data["words"][near] > 0.9 * data["text"][near]).all()
    np.testing.assert_allclose(data["words"][far].mean(), data["bias"], rtol=0.1)
    assert (data["words"][far] < data["text"][far].max()).all()


def test_markov_chain_of_the_text_agrees_at_lag_1_and_has_forgotten_at_lag_10():
    data = real_text.letter_information()
    assert data["chain"][0] == pytest.approx(data["text"][0], rel=1e-3)
    assert data["chain"][data["lag"] >= 10].max() < 1e-6 * data["bias"]


def test_bias_is_that_of_counting_fair_coins():
    rng = np.random.default_rng(0)
    found = [real_text.information_curve(rng.integers(4, size=201), [1], 4) for _ in range(400)]
    # 400 runs of spread 0.011 know the mean to 0.0005; the next term of the series is smaller
    assert np.mean(found) == pytest.approx(real_text.bias(4, 200), rel=0.08)


def test_strings_seen_are_fewer_than_possible_and_than_places():
    growth, text = real_text.ngram_growth(), real_text.documentation()
    assert growth["possible"][1] == 729
    assert growth["seen"][1] == len({text[i : i + 2] for i in range(len(text) - 1)})
    assert (growth["seen"] <= np.minimum(growth["possible"], growth["places"])).all()
    assert (np.diff(growth["new"]) > 0).all()


def test_new_strings_of_three_letters_are_counted_one_by_one():
    text = real_text.documentation()
    half = len(text) // 2
    first = {text[i : i + 3] for i in range(half - 2)}
    new = [text[i : i + 3] not in first for i in range(half, len(text) - 2)]
    assert real_text.ngram_growth()["new"][2] == pytest.approx(np.mean(new))


def test_returns_of_a_short_sequence():
    assert sorted(real_text.returns(np.array([3, 5, 3, 3, 7, 5]))) == [1, 2, 4]


def test_words_come_back_sooner_than_in_random_order():
    data = real_text.word_returns()
    assert len(data["text"]) == len(data["shuffled"])
    assert np.median(data["text"]) < 0.5 * np.median(data["shuffled"])
