"""What the tests of layers share: gradients of every array of every input, weights included."""

import numpy as np

from selfattn_course.kernels.complex_step import complex_step_vjp
from selfattn_course.kernels.nested import list_arrays, map_arrays


def assert_close(got, expected, tolerance):
    """Relative to the largest entry: small entries are differences of large ones."""
    assert got.shape == expected.shape
    largest = np.abs(expected).max(initial=0)
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance * largest)


def assert_records_close(got, expected, tolerance):
    """Each array relative to its largest entry, or to a tenth of the largest of all: some
    gradients (of a key bias, for one) are 0, and rounding makes them a bit of the others."""
    got, expected = list_arrays(got), list_arrays(expected)
    assert [a.shape for a in got] == [a.shape for a in expected]
    sizes = [np.abs(a).max(initial=0) for a in expected]
    for a, b, size in zip(got, expected, sizes, strict=True):
        scale = max(size, max(sizes) / 10)
        np.testing.assert_allclose(a, b, rtol=0, atol=tolerance * scale)


def assert_gradients_exact(function, inputs, d_out, gradients):
    """Each gradient against the complex step through `function(*inputs)`, in float64."""
    arrays, exact = list_arrays(inputs), []
    for i, array in enumerate(arrays):

        def at(shifted, i=i):
            replaced = iter([*arrays[:i], shifted, *arrays[i + 1 :]])
            return function(*map_arrays(lambda _: next(replaced), inputs))

        exact.append(complex_step_vjp(at, array, d_out))
    assert_records_close(gradients, exact, 1e-12)


def assert_single_precision_gradients(vjp, inputs, d_out):
    """float32 in, float32 out, and within 1e-5 of the float64 gradients."""
    narrow = map_arrays(lambda a: a.astype(np.float32), inputs)
    single = vjp(*narrow, d_out.astype(np.float32))
    assert {a.dtype for a in list_arrays(single)} == {np.dtype(np.float32)}
    assert_records_close(single, vjp(*inputs, d_out), 1e-5)


def assert_unwritten(function, *inputs):
    before = [a.copy() for a in list_arrays(inputs)]
    function(*inputs)
    for array, old in zip(list_arrays(inputs), before, strict=True):
        np.testing.assert_array_equal(array, old)
