from dataclasses import replace

import numpy as np
import pytest

from selfattn_course import kernels
from selfattn_course.assignments import find_assignment
from selfattn_course.grading.given import Refused, right_result

EXERCISES = {exercise.name: exercise for exercise in find_assignment("ch03_softmax").exercises}


def exercise(name):
    return EXERCISES[name]


def test_right_result_is_the_reference():
    x = np.array([[0.0, 1.0]])
    np.testing.assert_array_equal(
        right_result(exercise("softmax"), (x,), {"axis": 0}), kernels.softmax(x, axis=0)
    )


def test_lists_of_numbers_are_arrays():
    assert right_result(exercise("softmax"), ([[0.0], [1.0]],), {}).tolist() == [[1.0], [1.0]]


def test_numpy_numbers_are_numbers():
    x = np.arange(6.0).reshape(2, 3)
    for axis in (np.int64(0), np.array(0)):
        got = right_result(exercise("softmax"), (x, axis), {})
        np.testing.assert_array_equal(got, kernels.softmax(x, axis=0))


def test_only_what_the_signature_takes_is_answered():
    with pytest.raises(Refused, match="unexpected keyword argument 'temperature'"):
        right_result(exercise("softmax"), (np.ones(3),), {"temperature": 2.0})
    with pytest.raises(Refused, match="too many positional"):
        right_result(exercise("softmax"), (np.ones(3),) * 10**4, {})


def test_usual_sizes_are_answered():
    q, k = np.ones((2, 3, 40, 16)), np.ones((2, 3, 40, 16))
    mask = np.ones((2, 1, 40, 40), bool)
    assert right_result(exercise("attention_weights"), (q, k, mask), {}).shape == (2, 3, 40, 40)
    assert right_result(exercise("causal_mask"), (40,), {}).shape == (40, 40)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("causal_mask", (10**6,)),
        ("causal_mask", (-(10**6),)),
        ("attention_weights", (np.ones((10**4, 1)), np.ones((10**4, 1)))),
        ("attention_weights", (np.ones((10**7, 0)), np.ones((10**7, 0)))),
        ("attention_weights", (np.ones((10**4, 1, 1)), np.ones((10**4, 1, 1, 1)))),
        ("attention_weights", (np.ones((3, 2)), np.ones((3, 2)), np.ones((10**7, 1, 1), bool))),
        ("attention_weights", (np.ones((10**4, 1), bool), np.ones((10**4, 1), bool))),
        ("causal_mask", (np.array(10**6),)),
        ("causal_mask", (np.int64(10**6),)),
        ("softmax", ("text",)),
        ("softmax", (["x" * 10**5] + ["a"] * 3000,)),
        ("softmax", ({"x": 1.0},)),
    ],
)
def test_what_could_be_too_large_is_refused_at_once(name, args):
    with pytest.raises(Refused, match="too large"):
        right_result(exercise(name), args, {})


def test_arguments_that_do_not_fit_are_refused_in_a_sentence():
    with pytest.raises(Refused, match="softmax cannot take these inputs"):
        right_result(exercise("softmax"), (), {})
    with pytest.raises(Refused, match="attention_weights cannot take these inputs: q has d = 2"):
        right_result(exercise("attention_weights"), (np.ones((3, 2)), np.ones((3, 4))), {})


def test_whole_numbers_far_beyond_the_examples_are_refused():
    """50 symbols in runs of 30 would make an array of 50 ** 30 numbers."""
    count = next(
        e for e in find_assignment("ch01_dependencies").exercises if e.name == "ngram_counts"
    )
    tokens = np.arange(5)
    assert right_result(count, (tokens, 2, 5), {}).shape == (5, 5)
    for n, n_symbols in ((30, 50), (6, 50), (2, 10**4)):
        with pytest.raises(Refused, match="inputs that are too large"):
            right_result(count, (tokens, n, n_symbols), {})


def test_the_same_small_question_is_computed_once():
    computed = []

    def reference(x, axis=-1):
        computed.append(axis)
        return kernels.softmax(x, axis)

    counted = replace(exercise("softmax"), reference=reference)
    x = np.arange(6.0).reshape(2, 3)
    for axis in (0, 1, 0):
        for _ in range(2):
            got = right_result(counted, (x.copy(),), {"axis": axis})
            np.testing.assert_array_equal(got, kernels.softmax(x, axis))
    assert computed == [0, 1]
    for _ in range(2):  # large ones would fill the memory
        right_result(counted, (np.ones((100, 100)),), {})
    assert computed == [0, 1, -1, -1]
