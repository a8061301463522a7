"""Right but unusual versions of same_ngrams(window)."""

import numpy as np


def as_arrays(window):
    fill = np.tile([1, 0], window // 2 + 1)
    first = np.concatenate([fill, [1], fill, [0], fill])
    second = np.concatenate([fill, [0], fill, [1], fill])
    return first, second


def as_one_array(window):
    fill = [1, 0] * (window + 3)
    return np.array([[*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]])


def deep_mountains(window):
    up, down = [1] * window, [0] * window
    first = [*up, *down, 1, *up, *down, 0, *up, *down]
    second = [*up, *down, 0, *up, *down, 1, *up, *down]
    return first, second


def several_brackets_at_once(window):
    fill = [1, 0] * window
    return [*fill, 1, 1, *fill, 0, 0, *fill], [*fill, 0, 0, *fill, 1, 1, *fill]


def fill_that_is_not_balanced(window):
    fill = [0] * (window - 1)
    opened, closed = [1] * (3 * (window - 1)), [0] * window
    first = [*opened, *fill, *[1] * window, *fill, *closed, *fill]
    second = [*opened, *fill, *closed, *fill, *[1] * window, *fill]
    return first, second


def as_floats(window):
    fill = [1.0, 0.0] * window
    return [[*fill, 1.0, *fill, 0.0, *fill], [*fill, 0.0, *fill, 1.0, *fill]]


def as_booleans(window):
    fill = [True, False] * window
    return [*fill, True, *fill, False, *fill], [*fill, False, *fill, True, *fill]


def in_float32(window):
    fill = [1, 0] * window
    pair = [[*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]]
    return np.array(pair, dtype=np.float32)


def with_other_text_around(window):
    fill = [1, 0] * window
    before, after = [1, 1, 0, 0, 1], [1, 0, 0]
    first = [*before, *fill, 1, *fill, 0, 0, *fill, 1, *after]
    second = [*before, *fill, 0, 0, *fill, 1, *fill, 1, *after]
    return first, second


def three_parts_turned(window):
    fill = [1, 0] * window
    first = [*fill, 1, *fill, 1, 1, 0, 0, *fill, 0, *fill]
    second = [*fill, 0, *fill, 1, 1, 0, 0, *fill, 1, *fill]
    return first, second


def as_tuples(window):
    fill = [1, 0] * window
    return tuple([*fill, 1, *fill, 0, *fill]), tuple([*fill, 0, *fill, 1, *fill])


def as_long_as_allowed(window):
    fill = [1, 0] * 160
    return [*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]
