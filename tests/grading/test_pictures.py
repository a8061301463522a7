import base64
import struct
import zlib

import pytest

from selfattn_course.grading import pictures
from selfattn_course.grading.pictures import read_png

START = b"\x89PNG\r\n\x1a\n"


def chunk(kind, content):
    check = zlib.crc32(kind + content)
    return struct.pack(">I4s", len(content), kind) + content + struct.pack(">I", check)


def header(width, height):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def pixels(width, height):
    return chunk(b"IDAT", zlib.compress((b"\0" + b"\x7f" * width) * height))


END = chunk(b"IEND", b"")
SMALL = START + header(3, 2) + pixels(3, 2) + END


def text(data):
    return base64.b64encode(data).decode()


def test_a_png_passes_with_its_number_of_pixels():
    assert read_png(text(SMALL)) == (text(SMALL), 6)
    assert read_png(text(SMALL)[:9] + "\n" + text(SMALL)[9:] + "\n") == (text(SMALL), 6)


def test_what_matplotlib_draws_passes_but_for_its_texts():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    import io

    from matplotlib.figure import Figure

    file = io.BytesIO()
    Figure(figsize=(3, 2), dpi=100).savefig(file, format="png")
    kept, count = read_png(text(file.getvalue()))
    assert count == 60_000
    assert b"Matplotlib" in file.getvalue()
    assert b"Matplotlib" not in base64.b64decode(kept)


@pytest.mark.parametrize(
    "size", [(30_000, 30_000), (2**31 - 1, 1), (1, 16_001), (0, 5), (2**32 - 1, 2**32 - 1)]
)
def test_a_small_file_that_declares_a_huge_picture_is_refused(size):
    assert read_png(text(START + header(*size) + pixels(3, 2) + END)) == ("", 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        START,
        START + END,
        START + header(3, 2) + END,
        START + pixels(3, 2) + header(3, 2) + END,
        START + header(3, 2) + header(30_000, 30_000) + pixels(3, 2) + END,
        SMALL[:-1],
        SMALL[:45] + b"!" + SMALL[46:],  # within the pixels
        b"GIF89a" + SMALL,
        START + b"picture",
        START + struct.pack(">I4s", 2**32 - 1, b"IDAT"),
    ],
)
def test_what_is_no_whole_png_is_refused(data):
    assert read_png(text(data)) == ("", 0)


@pytest.mark.parametrize("encoded", ["", "%%%", "é", 'x" onerror="alert(1)', "A"])
def test_what_is_no_base64_is_refused(encoded):
    assert read_png(encoded) == ("", 0)


def test_texts_animation_and_what_follows_the_end_are_dropped():
    extras = b"".join(chunk(kind, b"x" * 9) for kind in (b"tEXt", b"iCCP", b"acTL", b"zTXt"))
    full = START + header(3, 2) + extras + pixels(3, 2) + END + b"<script>"
    assert read_png(text(full)) == (text(SMALL), 6)


def test_a_large_file_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_FILE", 3)
    assert read_png(text(SMALL)) == ("", 0)
