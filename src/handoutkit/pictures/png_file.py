"""Checks a PNG from outside: complete, not too large, not animated, with as much data as its header announces.

Pillow decodes it, of the chunks that say how it looks alone. Section numbers are those of the PNG specification, third
edition.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from PIL.PngImagePlugin import ChunkStream, PngImageFile

from .photo_file import refuse_too_many_pixels
from .picture_check import PictureFault
from .picture_kinds import PNG_START

_HINT = "open it in a picture program and save it as PNG again"
_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"iCCP", b"IDAT", b"IEND")
"""Chunks that say how a picture looks. All others stay packed: a text may unpack to any size."""
MAX_PROFILE = 1_000_000
"""Bytes of a colour profile, unpacked; a larger one is left out."""
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Numbers in a pixel, by colour type (section 11.2.1)."""
# The first column and row of each pass of an interlaced picture, and the steps between them (section 8.2).
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def decoded_png(data: bytes, shown_name: str) -> PngImageFile:
    """A PNG, checked and decoded. Raises PictureFault, or any other error if the file is damaged.

    Args:
        shown_name: the name of the picture, as messages give it.
    """
    kinds, needed, packed = list[bytes](), [PNG_START], list[bytes]()
    for kind, body, whole in _chunks(data, shown_name):
        if not kinds:
            width, height = struct.unpack(">II", body[:8])
            refuse_too_many_pixels(width, height, shown_name)
        kinds.append(kind)
        needed += [whole] if kind in _NEEDED and (kind != b"iCCP" or _is_small(body)) else []
        packed += [body] if kind == b"IDAT" else []
    if b"acTL" in kinds:
        raise PictureFault("moving-picture", f"{shown_name} is an animation", "save one picture of it as PNG")
    if kinds[0] != b"IHDR":
        raise ValueError
    # Pillow stops at the last row, whatever comes after it.
    expected = _length_of_rows(data[len(PNG_START) + 8 :])
    if len(zlib.decompressobj().decompress(b"".join(packed), expected + 1)) != expected:
        raise ValueError
    image = PngImageFile(io.BytesIO(b"".join(needed)))
    image.load()
    colours = len(image.palette.palette) if image.mode == "P" and image.palette else 0
    if image.mode == "P" and (kinds.count(b"PLTE") != 1 or colours > 3 * 256 or colours % 3 or not colours):
        raise ValueError
    return image


def _is_small(profile: bytes) -> bool:
    """Whether a colour profile unpacks to few bytes; its name, a zero and a method come first (section 11.3.2.3)."""
    packed = profile[profile.find(b"\0") + 2 :]
    unpacked = zlib.decompressobj()
    try:
        unpacked.decompress(packed, MAX_PROFILE)
    except zlib.error:
        return False
    return unpacked.eof


def _chunks(data: bytes, shown_name: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, content and all bytes of each chunk, up to the last (section 5). Raises any error if one is damaged."""
    file = io.BytesIO(data)
    file.seek(len(PNG_START))
    kind = b""
    with ChunkStream(file) as stream:
        while kind != b"IEND":
            kind, at, length = stream.read()
            body = file.read(length)
            stream.crc(kind, body)
            yield kind, body, data[at - 8 : file.tell()]
    if file.read(1):
        raise PictureFault("damaged-picture", f"{shown_name} has something else behind its end", _HINT)


def _length_of_rows(header: bytes) -> int:
    """The bytes of all rows unpacked; each has one for its filter (section 7.2)."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header[:13])
    total = 0
    for left, top, across, down in _PASSES if interlaced else ((0, 0, 1, 1),):
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * depth * _SAMPLES[colour] // 8))
    return total
