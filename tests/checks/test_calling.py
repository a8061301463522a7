import numpy as np
import pytest

from selfattn_course.checks.calling import call
from selfattn_course.checks.exercise import Case


def test_copies_keep_the_memory_order():
    x = np.asfortranarray(np.ones((3, 5)))
    seen = call(lambda y: y.flags.f_contiguous and not np.shares_memory(x, y), Case("", (x,)))
    assert seen.value is True


def test_changes_of_content_shape_and_order_are_noticed():
    def content(x, y):
        y[0] = 5

    def shape(x, y):
        x.shape = (3, 2)

    def minus_zero(x, y):
        x *= -1

    case = Case("", (np.zeros((2, 3)), np.ones(3)))
    assert call(content, case).changed == (1,)
    assert call(shape, case).changed == (0,)
    assert call(minus_zero, case).changed == (0,)
    assert call(lambda x, y: x + 1, case).changed == ()
    assert (case.args[1] == 1).all()
    by_name = Case("", (np.zeros((2, 3)),), {"y": np.ones(3)})
    assert call(content, by_name).changed == (1,)
    assert (by_name.kwargs["y"] == 1).all()


ONE = np.zeros(3)


@pytest.mark.parametrize(
    "value",
    [ONE, ONE.view(np.matrix)[0], [ONE], (ONE, [ONE])],
    ids=["array", "matrix", "list", "tuple"],
)
def test_the_value_is_a_plain_copy(value):
    def arrays(kept):
        return [kept] if isinstance(kept, np.ndarray) else [a for x in kept for a in arrays(x)]

    kept = call(lambda: value, Case("")).value
    assert type(kept) in (np.ndarray, list, tuple)
    assert isinstance(kept, list) == isinstance(value, list)
    assert all(type(array) is np.ndarray for array in arrays(kept))
    assert not any(np.shares_memory(array, ONE) for array in arrays(kept))


def test_values_that_cannot_be_copied_stay_as_they_are():
    endless, circle = np.broadcast_to(0.0, (10**9, 10**9)), []
    circle.append(circle)
    assert call(lambda: endless, Case("")).value is endless
    assert call(lambda: circle, Case("")).status == "returned"


def test_keyword_arguments_are_passed():
    assert call(lambda x, axis: axis, Case("", (1,), {"axis": 2})).value == 2
