import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from selfattn_course.grading.sandbox.inside import values
from selfattn_course.grading.sandbox.inside.values import WireError, decode, encode


def through(value):
    tree, buffers = encode(value)
    return decode(json.loads(json.dumps(tree, allow_nan=False)), b"".join(buffers))


@pytest.mark.parametrize(
    "value",
    [None, True, False, 0, -(2**200), 1.5, -0.0, 5e-324, "", "é\n", [], (), {}, [1, (2.0, "a")]]
    + [{"a": [1], 2: None}, (), ((),), [[[]]]],
)
def test_plain_values_keep_value_and_type(value):
    back = through(value)
    assert back == value
    assert type(back) is type(value)


def test_floats_that_json_lacks_cross():
    nan, most, least = through((math.nan, math.inf, -math.inf))
    assert math.isnan(nan)
    assert (most, least) == (math.inf, -math.inf)


ARRAYS = st.sampled_from(sorted(values.DTYPES)).flatmap(
    lambda name: hnp.arrays(values.DTYPES[name], hnp.array_shapes(min_dims=0, min_side=0))
)


@settings(max_examples=60, deadline=None)
@given(ARRAYS)
def test_arrays_keep_dtype_shape_and_bytes(array):
    back = through([array, array.T])
    for given_array, returned in zip([array, array.T], back, strict=True):
        assert returned.dtype == given_array.dtype
        assert returned.shape == given_array.shape
        assert returned.tobytes() == given_array.tobytes()
        assert returned.flags.writeable
        assert returned.flags.aligned


def test_numpy_scalars_stay_scalars():
    back = through((np.float32(0.1), np.int64(-3), np.bool_(True)))
    assert back == (np.float32(0.1), -3, True)
    assert [type(item) for item in back] == [np.float32, np.int64, np.bool_]


def test_big_endian_and_strided_arrays_arrive_little_and_contiguous():
    array = np.arange(12, dtype=">f8").reshape(3, 4)[:, ::-2]
    back = through(array)
    np.testing.assert_array_equal(back, array)
    assert back.dtype == np.dtype("<f8")
    assert back.flags.c_contiguous


class AlwaysEqual(np.ndarray):
    def __eq__(self, other):
        return True

    def __array_function__(self, *arguments):
        return True


def test_subclasses_become_plain_arrays():
    masked = np.ma.masked_array([1.0, 2.0], mask=[False, True])
    back = through([masked, np.zeros(2).view(AlwaysEqual)])
    assert [type(item) for item in back] == [np.ndarray, np.ndarray]
    np.testing.assert_array_equal(back[0], [1.0, 2.0])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ((x for x in "a"), "a generator; expected an array"),
        ({1, 2}, "a set; expected an array"),
        ([print], "something that holds a builtin_function_or_method"),
        (b"raw", "a bytes"),
        (1j, "a complex"),
        (np.array([None]), "an array of object; expected bool, integer, float or complex"),
        (np.array(["a"]), "an array of <U1"),
        (np.zeros(1, [("a", "f8")]), "an array of"),
        (np.broadcast_to(0.0, (10**6, 10**6)), "more than 64 MiB of arrays"),
        (2**300, "an integer of 301 bits"),
        ("a" * 200_000, "200000 characters"),
        ([0] * 200_000, "200000 items"),
        (float, "a type"),
    ],
)
def test_other_values_are_refused_with_a_reason(value, said):
    with pytest.raises(WireError) as caught:
        encode(value)
    assert said in str(caught.value)


def test_nesting_is_bounded():
    loop = []
    loop.append(loop)
    with pytest.raises(WireError, match="levels of nesting"):
        encode(loop)


@pytest.mark.parametrize(("kind", "tag"), [(list, None), (tuple, "t")])
def test_both_ends_take_the_same_depth(kind, tag):
    value, tree = kind(), {tag: []} if tag else []
    for _ in range(values.DEPTH):
        value, tree = kind([value]), {tag: [tree]} if tag else [tree]
    assert through(value) == value
    with pytest.raises(WireError):
        encode(kind([value]))
    with pytest.raises(WireError, match="too deep"):
        decode({tag: [tree]} if tag else [tree], b"")


def test_items_are_counted_wherever_they_are():
    many = [[0] * 1000 for _ in range(values.NODES // 1000)]
    for tree in (many, {"t": many}, {"d": [[i, row] for i, row in enumerate(many)]}):
        with pytest.raises(WireError, match="too many"):
            decode(tree, b"")


@pytest.mark.parametrize(
    ("tree", "body"),
    [
        ({"a": ["<f8", [2]]}, b"\0" * 8),  # more than there is
        ({"a": ["<f8", [1]]}, b"\0" * 16),  # less than there is
        ({"a": ["<f8", [-1]]}, b"\0" * 8),
        ({"a": ["<f8", [-1, -1]]}, b"\0" * 8),
        ({"a": ["<f8", [2**62, 4]]}, b""),
        ({"a": ["<f8", [0, 2**40]]}, b""),
        ({"a": ["<f8", [0, 2**20, 2**20]]}, b""),
        ({"a": ["<f8", [True]]}, b"\0" * 8),
        ({"a": ["<f8", [1.0]]}, b"\0" * 8),
        ({"a": ["<f8", 1]}, b"\0" * 8),
        ({"a": ["<f8", [1] * 17]}, b"\0" * 8),
        ({"a": ["|O", [1]]}, b"\0" * 8),
        ({"a": ["<f16", [1]]}, b"\0" * 16),
        ({"a": [["<f8"], [1]]}, b"\0" * 8),
        ({"a": "<f8"}, b""),
        ({"a": ["|b1", [2]]}, b"\1\2"),  # neither False nor True
        ({"g": ["<f8", []], "a": ["<f8", []]}, b"\0" * 16),
        ({"f": 1.0}, b""),
        ({"f": "1e5"}, b""),
        ({"f": ["nan"]}, b""),
        ({"t": 3}, b""),
        ({"d": [[1]]}, b""),
        ({"d": [[{"t": []}, 1]]}, b""),
        ({"d": [[{"a": ["<f8", []]}, 1]]}, b"\0" * 8),
        ({"x": []}, b""),
        ({}, b""),
        (2**300, b""),
        ("a" * 200_000, b""),
        ([0] * 200_000, b""),
        ([[[[[[[[[[[]]]]]]]]]]], b""),
    ],
)
def test_forged_values_are_refused(tree, body):
    with pytest.raises(WireError, match="."):
        decode(tree, body)


def test_lone_surrogates_do_not_come_through():
    decode("\ud800", b"").encode()


def test_long_doubles_cross_as_float64():
    value = np.arange(3, dtype=np.longdouble) / 3
    tree, buffers = encode(value)
    crossed = decode(tree, b"".join(buffers))
    assert crossed.dtype == np.float64
    np.testing.assert_array_equal(crossed, value.astype(np.float64))
