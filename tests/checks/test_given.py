import numpy as np
import pytest

from selfattn_course.checks.ch03_softmax import EXERCISES, check
from selfattn_course.checks.given import given

ATTENTION_ON_OWN_WEIGHTS = """
import numpy as np

def attention_weights(q, k, mask=None):
    {weights}

def attention(q, k, v, mask=None):
    return attention_weights(q, k, mask) @ v
"""


def notebook(weights):
    """Namespace of a notebook whose attention calls its own attention_weights."""
    namespace = {}
    exec(ATTENTION_ON_OWN_WEIGHTS.format(weights=weights), namespace)
    return namespace


@pytest.mark.parametrize(
    "weights", ["return np.ones((q.shape[-2], k.shape[-2]))", "raise NotImplementedError"]
)
def test_right_function_on_a_wrong_one_passes_and_says_so(weights):
    namespace = notebook(weights)
    wrong = namespace["attention_weights"]
    assert not check(wrong)
    result = check(namespace["attention"])
    assert result
    assert "right once the functions that it calls are; check those" in repr(result)
    assert namespace["attention_weights"] is wrong


def test_later_functions_are_not_given():
    namespace = {}
    exec("def attention_weights(q, k, mask=None):\n    return attention(q, k, None)", namespace)
    assert not check(namespace["attention_weights"])
    assert "attention" not in namespace


def test_a_given_function_takes_no_more_than_was_asked_for():
    namespace = {}
    exec(
        "def softmax(x, axis=-1):\n    return x\n"
        "def temperature_softmax(x, temperature):\n    return softmax(x, temperature=temperature)",
        namespace,
    )
    assert not check(namespace["temperature_softmax"])


def test_a_function_is_not_given_itself():
    namespace = {}
    exec("def softmax(x, axis=-1):\n    return softmax(x, axis)", namespace)
    assert not check(namespace["softmax"])


def test_names_are_put_back_whatever_happens():
    namespace = notebook("return 1")
    before = dict(namespace)

    def fail_with_given_functions():
        with given(namespace["attention"], EXERCISES):
            assert namespace["softmax"](np.zeros(2)).tolist() == [0.5, 0.5]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_with_given_functions()
    assert namespace == before


def test_what_is_no_plain_function_is_left_alone():
    with given(np.sum, EXERCISES):
        pass
