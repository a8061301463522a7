import numpy as np

from selfattn_course.checks.collect import mutants_in, source_text, variants_in
from selfattn_course.checks.mutants.ch03_softmax import softmax
from selfattn_course.checks.variants.ch03_softmax import attention_weights


def test_a_mutant_is_named_and_explained_by_its_function():
    first = mutants_in(softmax)[0]
    assert first.name == "without maximum"
    assert first.hint.startswith("exp overflows above 709.")
    assert first.function is softmax.without_maximum


def test_source_is_renamed_and_does_not_give_the_hint():
    text = source_text(softmax.global_maximum, "softmax")
    assert text.startswith("def softmax(x, axis=-1):\n    e = np.exp")
    assert '"""' not in text


def test_a_recursive_function_calls_itself_under_its_new_name():
    text = source_text(attention_weights.recursive_over_leading_axes, "attention_weights")
    assert "recursive_over_leading_axes" not in text
    space = {"np": np}
    exec(text, space)
    weights = space["attention_weights"](np.ones((2, 3, 5)), np.ones((2, 7, 5)))
    np.testing.assert_allclose(weights, 1 / 7)


def test_variants_are_the_functions_of_the_module():
    names = [f.__name__ for f in variants_in(attention_weights)]
    assert names[0] == "with_einsum"
    assert len(names) == len(set(names)) > 10
