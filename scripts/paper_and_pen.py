"""Paper: a file as it is printed, written on by hand and scanned, so that nothing of its form is left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import ImageDraw, ImageFont

from tests.support.fill_in_viewer import Widget

_DPI = 100
_INK = (20, 40, 150)


def scanned(blank: Path, to: Path, written: Iterable[tuple[Widget, str]]) -> None:
    """Write by hand on the printed pages, a cross where there are no words, and scan them into a PDF of pictures."""
    document = pypdfium2.PdfDocument(blank)
    scale = _DPI / 72
    pages = [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    heights = [page.get_height() for page in document]
    pen = ImageFont.load_default(16)
    for widget, value in written:
        left, bottom, right, top = widget.box
        x, y = left * scale, (heights[widget.page] - top) * scale
        draw = ImageDraw.Draw(pages[widget.page])
        if not value:
            draw.line((x, y, right * scale, (heights[widget.page] - bottom) * scale), fill=_INK, width=3)
            draw.line((x, (heights[widget.page] - bottom) * scale, right * scale, y), fill=_INK, width=3)
        else:
            draw.text((x + 4, y + 2), value, fill=_INK, font=pen)
    first, *others = pages
    first.save(to, "PDF", resolution=_DPI, save_all=True, append_images=others)
