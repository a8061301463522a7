import struct
import tracemalloc

import numpy as np
import pytest

from selfattn_course.grading.sandbox.inside import wire
from selfattn_course.grading.sandbox.inside.values import WireError


def read(raw, step):
    reader = wire.FrameReader()
    taken = 0
    while True:
        piece = raw[taken : taken + min(step, reader.missing)]
        taken += len(piece)
        frame = reader.feed(piece)
        if frame is not None:
            return frame, taken


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_a_frame_arrives_whole_whatever_its_pieces(step):
    raw = wire.pack({"a": [1, "é"]}, wire.content_of({"b": 2}, [b"12", b"", b"345"]))
    (header, body), taken = read(raw + b"the next frame", step)
    assert header == {"a": [1, "é"], "value": {"b": 2}}
    assert bytes(body) == b"12345"
    assert taken == len(raw)


def frame(header, body=b"", *, magic=b"SAC1", head=None, size=None):
    head = len(header) if head is None else head
    size = len(body) if size is None else size
    return struct.pack("<4sII", magic, head, size) + header + body


@pytest.mark.parametrize(
    "raw",
    [
        frame(b"{}", magic=b"SAC0"),
        frame(b"", head=0),
        frame(b"{}", head=2**31),
        frame(b"{}", size=2**32 - 1),
        frame(b"[1]"),
        frame(b"{"),
        frame(b'{"a": NaN}'),
        frame(b'{"a": -Infinity}'),
        frame(b"\xff\xfe"),
        frame(b"[" * 900_000),
        frame(b'{"a":' * 100_000),
        frame(b'{"a": ' + b"9" * 5000 + b"}"),
    ],
)
def test_nonsense_is_refused(raw):
    with pytest.raises(WireError, match="."):
        read(raw, 1 << 20)


def test_memory_follows_what_arrived_not_what_was_announced():
    reader = wire.FrameReader()
    tracemalloc.start()
    reader.feed(struct.pack("<4sII", b"SAC1", 1 << 20, 64 << 20))
    reader.feed(b"x" * 1000)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 50_000


def test_a_header_too_long_to_send_is_refused():
    with pytest.raises(WireError, match="expected 1048576 at most outside of arrays"):
        wire.pack({"a": ["é"] * 200_000})


def test_what_is_sent_of_a_list_is_that_of_its_items():
    items = [np.arange(3.0), "é", (1, np.zeros((2, 0), bool)), None]
    (header, body), _ = read(
        wire.pack({"a": 1}, wire.listed([wire.content(item) for item in items])), 1 << 20
    )
    (whole, whole_body), _ = read(wire.pack({"a": 1}, wire.content(items)), 1 << 20)
    assert (header, bytes(body)) == (whole, bytes(whole_body))
    assert wire.listed([]) == wire.content([])
