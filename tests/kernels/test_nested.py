from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

from selfattn_course.kernels.nested import list_arrays, map_arrays

pytestmark = pytest.mark.filterwarnings("error")


@dataclass(frozen=True)
class Layer:
    w: Any
    b: Any = None


class Pair(NamedTuple):
    first: Any
    second: Any


def nest():
    return {
        "layers": [Layer(np.ones((2, 3)), np.zeros(3)), Layer(np.full(1, 5.0))],
        "pair": Pair(np.arange(2.0), (np.array(7.0),)),
    }


def test_structure_and_types_are_kept():
    doubled = map_arrays(lambda a: 2 * a, nest())
    assert list(doubled) == ["layers", "pair"]
    assert isinstance(doubled["layers"], list)
    assert isinstance(doubled["layers"][1], Layer)
    assert isinstance(doubled["pair"], Pair)
    assert isinstance(doubled["pair"].second, tuple)
    np.testing.assert_array_equal(doubled["layers"][0].w, np.full((2, 3), 2))
    np.testing.assert_array_equal(doubled["pair"].second[0], 14)


def test_missing_arrays_stay_missing():
    assert map_arrays(np.negative, Layer(np.ones(2))).b is None


def test_function_gets_one_array_of_each_record():
    total = map_arrays(
        lambda a, b, c: a + 10 * b + 100 * c, *(Layer(np.full(2, i)) for i in (1, 2, 3))
    )
    np.testing.assert_array_equal(total.w, [321, 321])


def test_arrays_are_listed_in_the_order_of_the_fields():
    assert [a.shape for a in list_arrays(nest())] == [(2, 3), (3,), (1,), (2,), ()]


def test_listed_arrays_are_not_copies():
    record = nest()
    assert list_arrays(record)[0] is record["layers"][0].w


def test_an_array_alone_and_an_empty_record():
    np.testing.assert_array_equal(map_arrays(np.negative, np.ones(2)), [-1, -1])
    assert map_arrays(np.negative, {}) == {}
    assert list_arrays(()) == []


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (Layer(np.ones(3)), r"record\.w has shape \(3,\) in one record; expected \(2,\) as in the"),
        (Layer(np.ones(2), np.ones(2)), r"record\.b has type ndarray .*; expected NoneType"),
        (Layer(None), r"record\.w has shape None"),
        ({"w": np.ones(2)}, "record has type dict in one record; expected Layer"),
    ],
)
def test_records_that_differ_are_refused_with_the_place(other, message):
    with pytest.raises(ValueError, match=message):
        map_arrays(np.add, Layer(np.ones(2)), other)


def test_lists_and_dicts_that_differ_are_refused():
    with pytest.raises(ValueError, match=r"record\[1\] has length 1 in one record; expected 2"):
        map_arrays(np.add, [np.ones(1), [np.ones(1)] * 2], [np.ones(1), [np.ones(1)]])
    with pytest.raises(ValueError, match="record has keys {'b'} in one record; expected {'a'}"):
        map_arrays(np.add, {"a": np.ones(1)}, {"b": np.ones(1)})


def test_anything_but_arrays_is_refused_with_its_place():
    with pytest.raises(TypeError, match=r"record\['n_heads'\] is a int; expected an array, None"):
        map_arrays(np.negative, {"n_heads": 2})
