import numpy as np
import pytest

from selfattn_course.experiments import ch01_dependencies as experiments
from selfattn_course.experiments.claims.ch01_dependencies import _direct_link, _linked
from selfattn_course.experiments.claims.claim import CONDITIONS, FAILS, HOLDS


def test_annotation_is_a_tree_with_one_root():
    heads = experiments.HEADS
    roots = [i for i, head in enumerate(heads) if i == head]
    assert [experiments.WORDS[i] for i in roots] == ["barked"]
    for i in range(len(heads)):
        for _ in heads:
            i = heads[i]
        assert i == roots[0]


def test_link_distances_of_the_sentence():
    expected = [1, 1, 1, 5, 4, 2, 1, 1, 7, 1, 9]
    np.testing.assert_array_equal(experiments.link_distances(), expected)


def test_story_names_its_clue_once_and_not_at_the_end():
    story = experiments.story()
    assert story["words"].count(experiments.CLUE) == 1
    assert [*story["words"], experiments.CLUE][story["clue"] + story["distance"]] == "third"
    assert story["distance"] > 100


def test_reach_is_the_share_of_distances_up_to_the_window():
    data = experiments.reach(windows=[0, 3, 40])
    tokens = experiments.name_distances().tokens
    np.testing.assert_allclose(data["programs"], [np.mean(tokens <= w) for w in (0, 3, 40)])
    assert (np.diff(experiments.reach()["text"]) >= 0).all()


def test_information_by_hand_is_what_a_pocket_calculator_finds():
    data = experiments.information_by_hand()
    np.testing.assert_array_equal(data["counts"], [[1, 3], [3, 1]])
    expected = 0.75 * np.log(0.375 / 0.25) + 0.25 * np.log(0.125 / 0.25)
    assert data["terms"].sum() == pytest.approx(expected)
    assert data["information"] == pytest.approx(expected)


def test_ngrams_of_a_short_text():
    assert experiments.ngrams("abab", 2) == {("a", "b"): 2, ("b", "a"): 1}


def test_sentences_have_the_same_pairs_of_words_but_not_the_same_threes():
    one, other = (text.split() for text in experiments.WHO_BIT)
    for n, same in ((1, True), (2, True), (3, False)):
        assert (experiments.ngrams(one, n) == experiments.ngrams(other, n)) is same


@pytest.mark.parametrize("window", [1, 2, 3, 7, 20])
def test_twins_have_all_ngrams_in_common_and_another_order(window):
    one, other = experiments.twins(window)
    for n in range(1, window + 1):
        assert experiments.ngrams(one, n) == experiments.ngrams(other, n)
    assert one.strip("0").startswith("10")
    assert other.strip("0").startswith("110")


def test_it_looks_at_the_dog_first_and_at_the_noise_second():
    data = experiments.first_attention()
    row = data["weights"][experiments.IT]
    exps = np.exp([4.0, 2.0, 0.0])
    total = exps[0] + exps[1] + 10 * exps[2]
    np.testing.assert_allclose(row[[experiments.DOG, experiments.NOISE, 0]], exps / total)
    np.testing.assert_allclose(data["out"][experiments.IT], exps[:2] / total)


def test_fillers_dilute_a_weight_but_do_not_break_the_link():
    data = experiments.first_attention(fillers=1000)
    assert data["weights"].shape == (1012, 1012)
    row = data["weights"][experiments.IT + 1000]
    assert row.argmax() == experiments.DOG
    assert row[experiments.DOG] == pytest.approx(np.exp(4) / (np.exp(4) + np.exp(2) + 1010))


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, CONDITIONS),
        ({"gradient": 0.0}, FAILS),
        ({"unequal": 0.1}, FAILS),
        ({"windowed": 0.9, "long": 0.9}, HOLDS),
    ],
)
def test_verdict_on_the_direct_link_follows_the_numbers(change, verdict):
    assert _linked({**_direct_link(), **change}) == verdict
