import numpy as np
import pytest

from selfattn_course import kernels
from selfattn_course.checks.hunts.ch03_softmax import HUNTED, wrong_1, wrong_3, wrong_5
from selfattn_course.checks.separation import separation


def problem(wrong, *inputs):
    return separation(kernels.softmax, (wrong,))(None, list(inputs))


def test_an_input_that_separates_is_enough():
    assert problem(wrong_1, [0.0, 800.0]) == ""
    assert problem(wrong_3, [[1.0, 2.0], [3.0, 3.0]]) == ""


def test_an_input_on_which_both_agree_is_named():
    assert problem(wrong_1, [1.0, 2.0]) == "no difference seen for wrong_1."
    assert problem(wrong_3, [1.0, 2.0]) == "no difference seen for wrong_3."


def test_a_wrong_function_that_raises_is_separated():
    def raises(x):
        raise ValueError

    assert problem(raises, [1.0]) == ""


def test_integers_stay_integers():
    assert problem(wrong_5, [1, 2]) == ""
    assert problem(wrong_5, [1.0, 2.0]) == "no difference seen for wrong_5."


def test_a_narrow_dtype_gives_no_advantage():
    assert problem(wrong_1, np.array([0, 1], np.uint8)) == "no difference seen for wrong_1."
    assert problem(wrong_1, np.full(900, 0.1, np.float16)) == "no difference seen for wrong_1."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([np.inf, 0.0], "holds a number that is not finite, or above 1e15 in size."),
        ([np.nan], "holds a number that is not finite, or above 1e15 in size."),
        ([2**60], "holds a number that is not finite, or above 1e15 in size."),
        (np.zeros(1001), "has 1001 numbers on 1 axes; at most 1000 on 8 are allowed."),
        (np.broadcast_to(0.0, 10**12), "has 1000000000000 numbers on 1 axes; at most"),
        ([], "has shape (0,); expected at least one axis and one number."),
        (1000.0, "has shape (); expected at least one axis and one number."),
        ([True], "is no array of numbers."),
        ("1000", "is no array of numbers."),
        (None, "is no array of numbers."),
    ],
)
def test_inputs_that_do_not_count(given, sentence):
    assert problem(wrong_1, given).startswith(f"the input for wrong_1 {sentence}")


def test_the_number_of_inputs_is_checked():
    assert problem(wrong_1) == "returned 0 inputs; expected 1, one for each function."
    assert "returned 2 inputs" in problem(wrong_1, [1], [2])


@pytest.mark.parametrize("value", ["abcdef", {0: [1.0]}, 6, np.zeros(6)])
def test_the_answer_has_to_be_a_list(value):
    found = separation(kernels.softmax, HUNTED)(None, value)
    assert found == "the answer is no list of inputs."


def test_each_hunted_function_is_right_on_plain_scores():
    x = np.array([1.0, 2.0, 3.0])
    for wrong in HUNTED:
        np.testing.assert_allclose(wrong(x), kernels.softmax(x))


def reversed_product(a, b):
    return b.T @ a.T


def of_two(*inputs):
    right = np.matmul
    return separation(right, (reversed_product,), names=("a", "b"))(None, list(inputs))


def test_functions_of_several_arrays_take_a_tuple():
    assert of_two((np.eye(2), np.eye(2))) == "no difference seen for reversed_product."
    assert of_two(([[0.0, 1.0], [0.0, 0.0]], [[1.0, 0.0], [0.0, 0.0]])) == (
        "no difference seen for reversed_product."
    )
    assert of_two(([[0.0, 1.0], [0.0, 0.0]], [[0.0, 0.0], [1.0, 2.0]])) == ""


def test_arrays_that_do_not_fit_together_separate_nothing():
    assert of_two((np.ones((2, 3)), np.ones((2, 3)))) == "no difference seen for reversed_product."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (np.eye(2), "is no tuple of 2 arrays: a, b."),
        ((np.eye(2),), "is no tuple of 2 arrays: a, b."),
        ((np.eye(2), None), "is not fit: b is no array of numbers."),
        ((np.ones((11, 10)), np.eye(2)), "is not fit: a has 110 numbers on 2 axes; at most 100"),
    ],
)
def test_tuples_that_do_not_count(given, sentence):
    assert of_two(given).startswith(f"the input for reversed_product {sentence}")
