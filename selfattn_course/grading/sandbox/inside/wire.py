"""Frames between the grader and a student's process: a JSON header and raw bytes.

The grader trusts nothing that it reads: every length is bounded before it is believed, and
memory grows with the bytes that arrived, not with those announced.
"""

import struct
from json import JSONDecoder, JSONEncoder
from typing import NamedTuple

from .values import BODY_BYTES, WireError, encode

_MAGIC = b"SAC1"
_PREFIX = struct.Struct("<4sII")  # magic, bytes of the header, bytes of the body
_HEADER_BYTES = 1 << 20


class Content(NamedTuple):
    """A value that is ready to be sent.

    Attributes
    ----------
    text : str
        JSON of its tree.
    buffers : sequence of bytes
        Contents of its arrays.
    """

    text: str
    buffers: tuple = ()


def content(value):
    """What is sent of a value; WireError if it may not cross."""
    return content_of(*encode(value))


def content_of(tree, buffers):
    """What is sent of a value that `encode` has made a tree."""
    return Content(_dumps(tree), buffers)


def listed(contents):
    """What is sent of a list, from what is sent of its items."""
    buffers = [buffer for one in contents for buffer in one.buffers]
    return Content(f"[{','.join(one.text for one in contents)}]", buffers)


NOTHING = Content("null")


def pack(header, content=NOTHING):
    """One frame as bytes.

    Parameters
    ----------
    header : dict
        What JSON can hold; not empty.
    content : Content, optional
        Becomes the header's `value` and the frame's body.

    Raises
    ------
    WireError
        If it is too large.
    """
    head = f'{_dumps(header)[:-1]}, "value": {content.text}}}'.encode()
    size = sum(map(len, content.buffers))
    if len(head) > _HEADER_BYTES or size > BODY_BYTES:
        raise WireError(
            f"{len(head) + size} bytes; expected {_HEADER_BYTES} at most outside of arrays"
        )
    return b"".join((_PREFIX.pack(_MAGIC, len(head), size), head, *content.buffers))


class FrameReader:
    """Collects one frame from pieces.

    `missing` says how many bytes it wants next, so that nothing of the frame after it is read.
    """

    def __init__(self):
        self.missing = _PREFIX.size
        self._data = bytearray()
        self._head = None

    def feed(self, piece):
        """Add a piece of at most `missing` bytes; return (header, body) when complete."""
        self._data += piece
        self.missing -= len(piece)
        if self.missing:
            return None
        if self._head is None:
            self._head, self.missing = _lengths(self._data)
            self._data = bytearray()
            return None
        view = memoryview(self._data)
        return _read_header(bytes(view[: self._head])), view[self._head :]


def _lengths(prefix):
    magic, head, body = _PREFIX.unpack(prefix)
    if magic != _MAGIC or not 0 < head <= _HEADER_BYTES or body > BODY_BYTES:
        raise WireError("not a frame")
    return head, head + body


def _read_header(raw):
    try:
        header = _loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise WireError("the header is not JSON") from error
    if type(header) is not dict:
        raise WireError("the header is not an object")
    return header


def _refuse_constant(name):
    raise WireError(f"{name} is not JSON")


_dumps = JSONEncoder(allow_nan=False).encode
_loads = JSONDecoder(parse_constant=_refuse_constant).decode
