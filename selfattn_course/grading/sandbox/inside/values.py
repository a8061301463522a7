"""Values that may cross between the grader and a student's process: plain data, never pickle.

A value becomes a tree that JSON can hold and the raw bytes of its arrays. Both ends use this
module, and the grader's end trusts nothing that it reads.
"""

import math
from functools import lru_cache
from itertools import repeat

import numpy as np

BODY_BYTES = 64 << 20
DEPTH = 8
NODES = 100_000
TEXT_LENGTH = 100_000
INTEGER_BITS = 256
_DTYPE_NAMES = ("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8")
_DTYPE_NAMES += ("<f2", "<f4", "<f8", "<c8", "<c16")
DTYPES = {name: np.dtype(name) for name in _DTYPE_NAMES}
_NAMES = {dtype: name for name, dtype in DTYPES.items()}
_UNBOUNDED = {type(None), bool, float}  # as JSON has them
_ATOMS = _UNBOUNDED | {int}
EXPECTED = "an array, a number, a string, or a list, tuple or dict of them"


class WireError(ValueError):
    """A value or a frame that may not cross."""


def encode(value):
    """Turn a value into a JSON tree and the bytes of its arrays.

    Parameters
    ----------
    value : object
        None, bool, int, float, str, array, NumPy scalar, or a list, tuple or dict of them.

    Returns
    -------
    tree : object
        What JSON can hold.
    buffers : list of bytes
        C-order contents of the arrays, in the order in which the tree names them.

    Raises
    ------
    WireError
        If the value holds anything else, or too much.
    """
    encoder = _Encoder()
    return encoder.tree(value, 0), encoder.buffers


def size_bytes(value):
    """Memory that a decoded value takes, roughly."""
    if isinstance(value, np.ndarray):
        return 100 + value.nbytes
    if isinstance(value, str):
        return 100 + len(value)
    if isinstance(value, list | tuple):
        if _ATOMS.issuperset(map(type, value)):
            return 100 + 100 * len(value)
        return 100 + sum(map(size_bytes, value))
    if isinstance(value, dict):
        return 100 + sum(map(size_bytes, (*value.keys(), *value.values())))
    return 100


def nodes(tree):
    """How many values a tree holds, itself included."""
    if isinstance(tree, dict):
        if "a" in tree:  # an array, whatever its shape
            return 1
        tree = list(tree.values())
    if not isinstance(tree, list):
        return 1
    return 1 + (len(tree) if _ATOMS.issuperset(map(type, tree)) else sum(map(nodes, tree)))


class _Encoder:
    def __init__(self):
        self.buffers, self._room = [], BODY_BYTES

    def tree(self, value, depth):
        if depth > DEPTH:
            raise WireError(f"more than {DEPTH} levels of nesting; expected {EXPECTED}")
        kind = type(value)
        if kind not in _ENCODERS:  # a subclass: what it is counts, not what it overrides
            kind = next((known for known in _KINDS if isinstance(value, known)), None)
        if kind is None:
            within = "something that holds " if depth else ""
            raise WireError(f"{within}a {type(value).__name__}; expected {EXPECTED}")
        return _ENCODERS[kind](self, value, depth)

    def atom(self, value, depth):
        return value

    def array(self, value, depth):
        return {"a": self._contents(value)}

    def scalar(self, value, depth):
        return {"g": self._contents(value)}

    def integer(self, value, depth):
        return _bounded_integer(int(value))

    def number(self, value, depth):
        return float(value) if math.isfinite(value) else {"f": repr(float(value))}

    def text(self, value, depth):
        return _bounded_text(str(value))

    def list(self, value, depth):
        if depth < DEPTH and set(map(type, value)) == {float} and all(map(math.isfinite, value)):
            return [*_bounded_items(value)]
        return [self.tree(item, depth + 1) for item in _bounded_items(value)]

    def tuple(self, value, depth):
        return {"t": [self.tree(item, depth + 1) for item in _bounded_items(value)]}

    def dict(self, value, depth):
        pairs = _bounded_items(value.items())
        return {"d": [[self.tree(x, depth + 1) for x in pair] for pair in pairs]}

    def _contents(self, value):
        array = np.asarray(value)  # subclasses become plain arrays, whatever they override
        name = _NAMES.get(array.dtype)
        if name is None:
            array = _little(array)
            name = array.dtype.str
        self._room -= array.nbytes
        if self._room < 0:
            raise WireError(f"more than {BODY_BYTES >> 20} MiB of arrays; expected fewer")
        self.buffers.append(array.tobytes())
        return [name, list(array.shape)]


_ENCODERS = {
    type(None): _Encoder.atom,
    bool: _Encoder.atom,
    np.ndarray: _Encoder.array,
    np.generic: _Encoder.scalar,
    int: _Encoder.integer,
    float: _Encoder.number,
    str: _Encoder.text,
    list: _Encoder.list,
    tuple: _Encoder.tuple,
    dict: _Encoder.dict,
}
_KINDS = tuple(_ENCODERS)  # in this order: a NumPy scalar can be a float as well


def _little(array):
    """An array of a dtype that may cross, in place of one that may not."""
    if array.dtype == np.longdouble:  # differs from machine to machine
        array = array.astype(np.float64)
    little = array.dtype.newbyteorder("<")
    if little.str not in DTYPES:
        raise WireError(f"an array of {array.dtype}; expected bool, integer, float or complex")
    return array.astype(little)


def _bounded_integer(value):
    if value.bit_length() > INTEGER_BITS:
        raise WireError(f"an integer of {value.bit_length()} bits; expected {INTEGER_BITS} at most")
    return value


def _bounded_text(text):
    if len(text) > TEXT_LENGTH:
        raise WireError(f"{len(text)} characters of text; expected {TEXT_LENGTH} at most")
    return text


def _bounded_items(items):
    if len(items) > NODES:
        raise WireError(f"{len(items)} items; expected {NODES} at most")
    return items


def decode(tree, body):
    """Inverse of `encode`, for a tree and bytes that may have been forged.

    Parameters
    ----------
    tree : object
        As `encode` makes it, through JSON.
    body : bytes-like
        Must hold exactly the arrays that the tree names.

    Returns
    -------
    object
        Arrays are fresh, writable, aligned and plain.

    Raises
    ------
    WireError
        If anything is out of place.
    """
    decoder = _Decoder(body)
    value = decoder.value(tree, 0)
    if decoder.position != len(body):
        raise WireError("the body holds more than the header names")
    return value


class _Decoder:
    def __init__(self, body):
        self.body = memoryview(body)
        self.position = 0
        self.nodes = 0

    def value(self, tree, depth):
        kind = type(tree)
        if kind is dict:
            return self._tagged(tree, depth)
        if kind is list:
            return self._items(tree, depth)
        if kind is str:
            text = _bounded_text(tree)
            # a lone surrogate could not be written to any file later
            return text if text.isascii() else text.encode("utf-8", "replace").decode()
        if kind is int:
            return _bounded_integer(tree)
        return tree  # None, bool or a finite float: JSON has nothing else

    def _items(self, trees, depth):
        self.nodes += len(trees)
        if self.nodes > NODES or (trees and depth >= DEPTH):
            raise WireError("too deep or too many items")
        if _UNBOUNDED.issuperset(map(type, trees)):
            return [*trees]
        return [self.value(tree, depth + 1) for tree in trees]

    def _tagged(self, tree, depth):
        if len(tree) != 1:
            raise WireError("a tagged value has exactly one tag")
        ((tag, content),) = tree.items()
        if tag == "a":
            return self._array(content)
        if tag == "f":
            if content not in ("nan", "inf", "-inf"):
                raise WireError("unknown float")
            return float(content)
        if type(content) is not list:
            raise WireError("the content of a tag is a list")
        if tag == "t":
            return tuple(self._items(content, depth))
        if tag == "d":
            return dict(map(self._pair, content, repeat(depth)))
        if tag == "g":
            return self._array(content)[()]
        raise WireError("unknown tag")

    def _pair(self, pair, depth):
        if type(pair) is not list or len(pair) != 2:
            raise WireError("an entry of a dict is a pair")
        key, value = self._items(pair, depth)
        if not isinstance(key, (str, int, float, type(None))):
            raise WireError("a key is a string or a number")
        return key, value

    def _array(self, content):
        try:
            name, shape = content
            dtype, shape, size = _layout(name, *shape)
        except (TypeError, ValueError) as error:
            raise WireError(f"no array: {error}") from error
        start = self.position
        self.position += size
        if self.position > len(self.body):
            raise WireError("array out of bounds")
        if dtype.kind == "b" and size and np.frombuffer(self.body, np.uint8, size, start).max() > 1:
            raise WireError("a bool is 0 or 1")
        return np.ndarray(shape, dtype, self.body, start).copy()


@lru_cache(1024, typed=True)  # the same shapes come again and again; True is no 1
def _layout(name, *shape):
    """Dtype, shape and bytes of an array, if it may exist."""
    dtype = DTYPES.get(name)
    if dtype is None or len(shape) > 16:
        raise WireError("unknown dtype, or more than 16 axes")
    volume = dtype.itemsize  # as if no size were 0: (0, 10**12) must not pass either
    for size in shape:
        if type(size) is not int or not 0 <= size <= BODY_BYTES:
            raise WireError("size out of bounds")
        volume *= max(size, 1)
    if volume > BODY_BYTES:
        raise WireError("array out of bounds")
    return dtype, shape, dtype.itemsize * math.prod(shape)
