import numpy as np

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


def test_keyword_arguments_are_passed():
    assert call(lambda x, axis: axis, Case("", (1,), {"axis": 2})).value == 2
