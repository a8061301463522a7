from types import SimpleNamespace

import numpy as np
import pytest

from selfattn_course import kernels
from selfattn_course.grading.given import Refused, right_result


def exercise(name):
    return SimpleNamespace(name=name, reference=getattr(kernels, name))


def test_right_result_is_the_reference():
    x = np.array([[0.0, 1.0]])
    np.testing.assert_array_equal(
        right_result(exercise("softmax"), (x,), {"axis": 0}), kernels.softmax(x, axis=0)
    )


def test_lists_of_numbers_are_arrays():
    assert right_result(exercise("softmax"), ([[0.0], [1.0]],), {}).tolist() == [[1.0], [1.0]]


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
        ("softmax", ("text",)),
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
