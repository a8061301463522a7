"""Pictures that student code drew: only a PNG of moderate size, with nothing else in it."""

import base64
import binascii
import struct
import zlib

LARGEST_FILE = 4 * 2**20  # bytes
MOST_PIXELS = 16_000_000  # a browser takes 4 bytes for each, however small the file is
LONGEST_SIDE = 16_000
_START = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")  # width, height, then what the pixels are made of
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"IDAT", b"IEND")


def read_png(encoded):
    """A picture made safe to embed.

    Parameters
    ----------
    encoded : str
        A PNG in base64.

    Returns
    -------
    data : str
        The same picture in base64, without texts, colour profiles, animation and anything
        after its end; empty if this is no PNG, or a damaged or too large one.
    pixels : int
        How many it has; 0 if `data` is empty.
    """
    if not encoded or len(encoded) > LARGEST_FILE * 4 // 3 + 4:
        return "", 0
    try:
        chunks = _chunks(base64.b64decode(encoded))
        width, height, *_ = _HEADER.unpack(chunks[0][1])
    except (binascii.Error, ValueError, struct.error):
        return "", 0
    if not 0 < width * height <= MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        return "", 0
    return base64.b64encode(_START + b"".join(map(_packed, chunks))).decode("ascii"), width * height


def _chunks(data):
    """The pieces of a PNG that hold the picture, as pairs of a kind and its content."""
    if not data.startswith(_START):
        raise ValueError("no PNG")
    chunks, at = [], len(_START)
    while not chunks or chunks[-1][0] != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", data, at + 8 + length)
        if check != zlib.crc32(kind + content):
            raise ValueError("damaged")
        at += 12 + length
        if kind in _KEPT:
            chunks.append((kind, content))
    kinds = [kind for kind, _ in chunks]
    if kinds[0] != b"IHDR" or kinds.count(b"IHDR") != 1 or b"IDAT" not in kinds:
        raise ValueError("no picture")
    return chunks


def _packed(chunk):
    kind, content = chunk
    check = zlib.crc32(kind + content)
    return struct.pack(">I4s", len(content), kind) + content + struct.pack(">I", check)
