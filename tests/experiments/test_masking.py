import numpy as np
import pytest

from selfattn_course.experiments import masking
from selfattn_course.kernels import attention_scores, attention_weights, causal_mask

RULES = masking.masking_rules()
RIGHT = "before softmax: -inf"
WRONG = sorted(set(RULES) - {RIGHT})


def test_right_rule_is_that_of_the_kernel():
    q, k = np.random.default_rng(0).normal(size=(2, 7, 5))
    mask = causal_mask(7)
    mask[3] = False  # nothing to attend to
    weights = RULES[RIGHT](attention_scores(q, k), mask)
    np.testing.assert_array_equal(weights, attention_weights(q, k, mask))


@pytest.mark.parametrize("shift", [0.0, -12.0])
def test_right_rule_never_leaks(shift):
    change = masking.leak_probe(RULES[RIGHT], first_changed=5, shift=shift)
    assert (change[:5] == 0).all()
    assert (change[5:] > 0.1).all()  # the probe does see what may move


@pytest.mark.parametrize("name", WRONG)
def test_every_wrong_rule_leaks(name):
    assert masking.leak_probe(RULES[name])[:5].min() > 1e-6


def test_score_of_minus_ten_leaks_openly_when_other_scores_are_low():
    rule = RULES["before softmax: -10"]
    assert masking.leak_probe(rule)[:5].max() < 0.01
    assert masking.leak_probe(rule, shift=-12.0)[:5].max() > 0.1


def test_masked_weights_tell_the_rules_apart():
    future = ~causal_mask(6)
    by_rule = masking.masked_weights(n=6)
    hidden = {name for name, weights in by_rule.items() if (weights[future] == 0).all()}
    assert hidden == {RIGHT, "after softmax: times 0"}
    np.testing.assert_allclose(by_rule[RIGHT].sum(axis=1), 1)
    assert (by_rule["after softmax: times 0"].sum(axis=1)[:-1] < 1).all()


def test_empty_row_policies():
    rows = masking.empty_rows(n=5, empty=2)
    assert (rows["zeros"].weights[2] == 0).all()
    assert np.isnan(rows["NaN"].weights[2]).all()
    np.testing.assert_allclose(rows["uniform"].weights[2], 1 / 5)
    others = [0, 1, 3, 4]
    for result in rows.values():
        np.testing.assert_allclose(result.weights[others].sum(axis=1), 1)


def test_nan_spreads_to_every_row_and_uniform_reads_what_is_forbidden():
    rows = masking.empty_rows()
    assert rows["NaN"].spoiled.all()
    assert not rows["zeros"].spoiled.any()
    assert rows["zeros"].leak == 0
    assert rows["uniform"].leak == pytest.approx(1)
