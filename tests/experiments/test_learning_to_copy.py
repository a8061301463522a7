import numpy as np

from selfattn_course.experiments import learning_to_copy


def test_table_fails_when_its_contexts_outnumber_the_examples():
    data = learning_to_copy.copy_learners()
    # 2000 predictions are known to 0.011; a context met in training is met again together
    np.testing.assert_allclose(data["table"], data["expected"], atol=0.05)
    assert data["table"][data["contexts"] < 400].min() == 1
    assert data["table"][data["contexts"] > 100_000].max() < 0.56


def test_looking_needs_twenty_examples_whatever_the_lag():
    data = learning_to_copy.copy_learners()
    assert (data["lookup"] == 1).all()


def test_best_place_is_found_by_information():
    bits = np.random.default_rng(0).integers(2, size=100)
    for place in (1, 7, 20):
        answers = bits[20 - place :][:80]
        assert learning_to_copy.best_place(bits, answers, 20) == place
        assert (
            learning_to_copy.best_place(bits, 1 - answers, 20) == place
        )  # upside down tells as much
