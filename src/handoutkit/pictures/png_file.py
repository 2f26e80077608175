"""A PNG from outside: whole, of a sane size, still, and holding as much as it says and no more.

Its packed rows go into PDFs as they are, so what would fill the memory here would fill a client's as well. Numbers of
sections are those of the PNG specification, third edition.
"""

from __future__ import annotations

import struct
import zlib

from .picture_check import PictureFault

MAX_PIXELS = 4_000
"""Most pixels a side; nothing is printed wider than a page."""
START = b"\x89PNG\r\n\x1a\n"
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Numbers in a pixel, by colour type (section 11.2.1)."""
_INDEXED = 3
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
# The first column and row of each pass of an interlaced picture, and the steps between them (section 8.2).
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def check_png(data: bytes, said: str) -> int:
    """Walk through a PNG's chunks; how many pixels it has. Raises PictureFault.

    Args:
        said: the name of the picture, as messages give it.
    """
    damaged = PictureFault(
        "damaged-picture",
        f"{said} is damaged or incomplete",
        "open it in a picture program and save it as PNG again",
    )
    chunks = _chunks(data, said, damaged)
    kinds = [kind for kind, _ in chunks]
    if b"acTL" in kinds:
        raise PictureFault("moving-picture", f"{said} is an animation", "save one picture of it as PNG")
    if chunks[0][1][9] == _INDEXED and not _has_palette(chunks):
        raise damaged
    packed = b"".join(body for kind, body in chunks if kind == b"IDAT")
    expected = _length_of_rows(chunks[0][1], damaged)
    unpacker = zlib.decompressobj()
    try:
        length = len(unpacker.decompress(packed, expected + 1))
    except zlib.error:
        raise damaged from None
    if length != expected:
        raise damaged
    width, height = struct.unpack(">II", chunks[0][1][:8])
    return int(width * height)


def _has_palette(chunks: list[tuple[bytes, bytes]]) -> bool:
    """Whether the colours that pixels name by number stand before them: 1 to 256, each of three bytes (11.2.2)."""
    kinds = [kind for kind, _ in chunks]
    if kinds.count(b"PLTE") != 1 or b"IDAT" not in kinds or kinds.index(b"PLTE") > kinds.index(b"IDAT"):
        return False
    length = len(chunks[kinds.index(b"PLTE")][1])
    return 0 < length <= 3 * 256 and length % 3 == 0


def _chunks(data: bytes, said: str, damaged: PictureFault) -> list[tuple[bytes, bytes]]:
    """Kind and content of each chunk, up to the last (section 5)."""
    at, chunks = len(START), list[tuple[bytes, bytes]]()
    while not chunks or chunks[-1][0] != b"IEND":
        head = data[at : at + 8]
        length = int.from_bytes(head[:4], "big")
        body, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(head[4:] + body) != int.from_bytes(check, "big"):
            raise damaged
        if not chunks:
            _check_size(head[4:], body, damaged, said)
        chunks.append((head[4:], body))
        at += 12 + length
    if at != len(data):
        hint = "open it in a picture program and save it as PNG again"
        raise PictureFault("damaged-picture", f"{said} has something else behind its end", hint)
    return chunks


def _check_size(kind: bytes, body: bytes, damaged: PictureFault, said: str) -> None:
    if kind != b"IHDR" or len(body) != 13:
        raise damaged
    width, height = struct.unpack(">II", body[:8])
    if not width or not height:
        raise damaged
    if max(width, height) > MAX_PIXELS:
        hint = f"save it with at most {MAX_PIXELS:,} pixels a side; 1,000 are plenty"
        raise PictureFault("picture-too-large", f"{said} is {width:,} by {height:,} pixels", hint)


def _length_of_rows(header: bytes, damaged: PictureFault) -> int:
    """The bytes of all rows unpacked; each has one for its filter (section 7.2)."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if depth not in _DEPTHS.get(colour, ()):
        raise damaged
    total = 0
    for left, top, across, down in _PASSES if interlaced else ((0, 0, 1, 1),):
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * depth * _SAMPLES[colour] // 8))
    return total
