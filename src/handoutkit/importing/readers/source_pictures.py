"""Pictures of a document as PNG files that a handout takes: decoded by Pillow, made smaller, and written anew."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handoutkit.files.text_files import is_inside, read_bytes
from handoutkit.importing.plain_document import PICTURE_NAME

MAX_SIDE = 1_200
"""Pixels: 20 cm at 150 dpi."""
MAX_READ, MAX_PIXELS, MAX_PICTURES = 20_000_000, 60_000_000, 40
_SMALLEST = 24
"""Pixels: what is smaller is a dot or a line that only decorates."""


@dataclass
class SourcePictures:
    """The pictures of one document, each once.

    Attributes:
        refused: how many could not be read.
    """

    kept: dict[str, bytes] = field(default_factory=dict)
    refused: int = 0

    def keep(self, data: bytes) -> str:
        """Keep a picture, and give its name; empty if it cannot be printed or only decorates."""
        try:
            png = _as_png(data) if len(data) <= MAX_READ and len(self.kept) < MAX_PICTURES else None
        except MemoryError:  # for the worker, which says what the limit was
            raise
        except Exception:  # Pillow raises whatever its decoders do
            png = None
        if png is None:
            self.refused += 1
            return ""
        if not png:
            return ""
        name = PICTURE_NAME.format(hashlib.sha256(png).hexdigest()[:8])
        self.kept[name] = png
        return name

    def keep_linked(self, address: str, page: Path) -> str:
        """Keep a picture of a saved page, by its address: in the page itself, or a file saved beside it."""
        if address.startswith("data:image/"):
            head, _, body = address.partition(",")
            try:
                return self.keep(base64.b64decode(body) if head.endswith("base64") else b"")
            except (binascii.Error, ValueError):
                self.refused += 1
                return ""
        try:
            parts = urlsplit(address)
            path = page.parent / unquote(parts.path)
            if parts.scheme or parts.netloc or not parts.path or not is_inside(path, page.parent):
                return ""
            return self.keep(read_bytes(path, MAX_READ))
        except (OSError, ValueError):
            return ""


def _as_png(data: bytes) -> bytes | None:
    """The picture as a PNG that a handout takes; empty if it only decorates. Raises what Pillow raises."""
    from PIL import Image, ImageOps

    from handoutkit.pictures.picture_check import MAX_BYTES

    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            return None
        if min(opened.size) < _SMALLEST:
            return b""
        image: Image.Image = ImageOps.exif_transpose(opened).convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    image = white.convert("RGB")
    for side in (MAX_SIDE, 800, 500, 300):
        image.thumbnail((side, side))
        for made in (image, image.quantize(256)):
            buffer = io.BytesIO()
            made.save(buffer, "PNG", optimize=True)
            if buffer.tell() <= MAX_BYTES:
                return buffer.getvalue()
    return None
