"""Checks a PNG from outside: complete, not too large, not animated, with as much data as its header announces.

Pillow reads and decodes it. The limits are ours: WeasyPrint puts the packed rows into the PDF as they are, so rows that
would fill the memory here would fill a client's as well. Section numbers are those of the PNG specification, third
edition.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import ImageFile
from PIL.PngImagePlugin import ChunkStream, PngImageFile

from .picture_check import PNG_START, PictureFault

MAX_PIXELS = 4_000
"""Most pixels a side; nothing is printed wider than a page."""
_HINT = "open it in a picture program and save it as PNG again"
_NEEDED = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
"""Chunks that pixels are made of. All others stay packed: a text or a colour profile may unpack to any size."""
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Numbers in a pixel, by colour type (section 11.2.1)."""
# The first column and row of each pass of an interlaced picture, and the steps between them (section 8.2).
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def check_png(data: bytes, shown_name: str) -> int:
    """Check and decode a PNG; returns how many pixels it has. Raises PictureFault.

    Args:
        shown_name: the name of the picture, as messages give it.
    """
    try:
        with _nothing_missing_is_taken():
            return _decoded(data, shown_name)
    except (PictureFault, MemoryError):  # the second is for the worker, which says what the limit was
        raise
    except Exception:
        raise PictureFault("damaged-picture", f"{shown_name} is damaged or incomplete", _HINT) from None


def _decoded(data: bytes, shown_name: str) -> int:
    """The number of pixels. Raises PictureFault, or any other error if the file is damaged."""
    kinds, needed, packed = list[bytes](), [PNG_START], list[bytes]()
    for kind, body, whole in _chunks(data, shown_name):
        if not kinds and max(size := struct.unpack(">II", body[:8])) > MAX_PIXELS:
            hint = f"save it with at most {MAX_PIXELS:,} pixels a side; 1,000 are plenty"
            raise PictureFault("picture-too-large", f"{shown_name} is {size[0]:,} by {size[1]:,} pixels", hint)
        kinds.append(kind)
        needed += [whole] if kind in _NEEDED else []
        packed += [body] if kind == b"IDAT" else []
    if b"acTL" in kinds:
        raise PictureFault("moving-picture", f"{shown_name} is an animation", "save one picture of it as PNG")
    if kinds[0] != b"IHDR":
        raise ValueError
    with PngImageFile(io.BytesIO(b"".join(needed))) as image:
        # Pillow stops at the last row; a viewer may unpack what comes after it.
        expected = _length_of_rows(data[len(PNG_START) + 8 :])
        if len(zlib.decompressobj().decompress(b"".join(packed), expected + 1)) != expected:
            raise ValueError
        image.load()
        colours = len(image.palette.palette) if image.mode == "P" and image.palette else 0
        if image.mode == "P" and (kinds.count(b"PLTE") != 1 or colours > 3 * 256 or colours % 3 or not colours):
            raise ValueError
        return image.width * image.height


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


@contextmanager
def _nothing_missing_is_taken() -> Iterator[None]:
    """Have Pillow refuse files that are cut short. WeasyPrint sets the opposite for the whole process."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
