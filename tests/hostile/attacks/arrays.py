"""Answers that are not what they seem."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import function

EQUAL = """
import numpy as np
class Equal:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.zeros(3)
    def __array_function__(self, *a): return True
    def __array_ufunc__(self, *a, **k): return True
    __array_interface__ = {"shape": (3,), "typestr": "<f8", "data": (1, False), "version": 3}
class N(np.ndarray):
    def __eq__(self, other): return np.array(True)
    def __array_function__(self, *a): return True
    def __reduce__(self): return (print, ("GO" + "T:",))
    def __len__(self): return 3
    @property
    def shape(self): return (3,)
    @property
    def dtype(self): return np.dtype("f8")
    @property
    def nbytes(self): return 8
"""


def answering(expression):
    return function(f"return {expression}", EQUAL)


ATTACKS = {
    "always equal": answering("Equal()"),
    "objects": answering("np.array([Equal()] * 3, dtype=object)"),
    "a subclass": answering("np.zeros(3).view(N)"),
    "a structure": answering("np.zeros(3, dtype=[('a', 'f8')])"),
    "overlapping strides": answering(
        "np.lib.stride_tricks.as_strided(np.zeros(1), (10**5,) * 3, (0,) * 3)"
    ),
    "a huge empty array": answering("np.zeros((0, 2**40))"),
    "many axes": answering("np.zeros((1,) * 32)"),
    "no axes": answering("np.array(np.nan)"),
    "NaN": answering("np.full(x.shape, np.nan)"),
    "boxed NaN": answering("np.array([0x7ff4dead, 0xfff8beef] * 3).view('f4')"),
    "infinities": answering("np.full(x.shape, np.inf)"),
    "negative strides": answering("np.zeros(3)[::-1]"),
    "texts": answering("np.array(['a'] * 3)"),
    "dates": answering("np.zeros(3, 'M8[s]')"),
    "complex": answering("np.zeros(3) + 1j * np.nan"),
    "a masked array": answering("np.ma.masked_all(x.shape)"),
    "a matrix": answering("np.matrix(np.zeros((3, 3)))"),
    "a dict of odd keys": answering("{float('nan'): 1, (1, 2): 2, None: 3, b'x': 4}"),
    "an empty dict in lists": answering("[[[{}], ()], {}]"),
    "exceptions": answering("ZeroDivisionError('x')"),
    "the function": answering("double"),
    "True": answering("True"),
    "its input, overwritten": function("x[...] = 0\nreturn x"),
    "changed by a thread after it was returned": function(
        "out = 0 * x\ndef change(i=0):\n    while True: out[...] = 2 * x\n"
        "threading.Thread(target=change, daemon=True).start()\nreturn out",
        "import threading",
        score=None,
    ),
}
