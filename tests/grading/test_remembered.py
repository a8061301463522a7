import numpy as np
import pytest

from selfattn_course.grading.remembered import MOST_BYTES, bits_of, once


def test_the_same_is_worked_out_once():
    seen, key = [], (object(), b"1")
    assert [once(key, lambda: seen.append(1) or len(seen)) for _ in range(3)] == [1, 1, 1]


def test_what_has_no_bits_is_worked_out_each_time():
    seen, key = [], (object(), None)
    assert [once(key, lambda: seen.append(1) or len(seen)) for _ in range(3)] == [1, 2, 3]


def test_a_failure_is_not_remembered():
    key = (object(), b"1")
    with pytest.raises(ZeroDivisionError):
        once(key, lambda: 1 / 0)
    assert once(key, lambda: 2) == 2


def test_equal_data_have_equal_bits():
    for make in (lambda: np.arange(6.0).reshape(2, 3), lambda: 1.5, lambda: "a", lambda: None):
        assert bits_of([make(), make()]) == bits_of([make(), make()])
    columns = np.arange(6.0).reshape(3, 2).T  # in another order in memory
    assert bits_of([columns]) == bits_of([columns.copy()])


DIFFERENT = [
    [1],
    [1.0],
    [True],
    ["1"],
    [None],
    [],
    [1, 1],
    [-0.0],
    [0.0],
    ["('<f8', (1,))"],
    ["a", "b"],
    ["a', 'b"],
    ["\ud800"],
    ["\\ud800"],
    [np.array(1.0)],
    [np.array([1.0])],
    [np.array([[1.0]])],
    [np.array([1.0], np.float32)],
    [np.array([1])],
    [np.array([True])],
    [np.array([1], np.uint8)],
    [np.array([0.0])],
    [np.array([-0.0])],
    [np.array([np.nan])],
    [np.array([1.0]), np.array([2.0])],
    [np.array([1.0, 2.0])],
    [np.array([2.0]), np.array([1.0])],
    [np.zeros((0, 2))],
    [np.zeros((2, 0))],
]


def test_different_data_have_different_bits():
    bits = [bits_of(values) for values in DIFFERENT]
    assert None not in bits
    assert len(set(bits)) == len(DIFFERENT)


@pytest.mark.parametrize(
    "value",
    [
        [1.0],
        (1.0,),
        {"a": 1},
        np.float64(1),
        np.array([None]),
        np.array(["a"]),
        np.ma.array([1.0]),
        np.zeros(MOST_BYTES // 8 + 1),
        "a" * MOST_BYTES,
        object(),
    ],
)
def test_whatever_else_has_none(value):
    assert bits_of([1.0, value]) is None
