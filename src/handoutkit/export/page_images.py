"""Pictures of a PDF: its pages, a small one of the first, and the figures on them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
import pypdfium2

from .export_source import ExportSource
from .output_formats import OutputFile

PAGE_DPI = 150
_LESS = 1e-9
"""Taken off a scale, since what comes out a hair over whole pixels would be given one more."""
FIGURE_DPI = 220
THUMBNAIL_WIDTH = 320
"""Pixels, as many as a card in a list of downloads is wide."""


def export_pictures(source: ExportSource) -> Iterable[OutputFile]:
    """The exporter of pictures: one of each page, and a small one of the first."""
    for number, picture in enumerate(pages(source.pdf.pdf), start=1):
        yield OutputFile(f".page-{number}.png", picture, pages=1)
    yield OutputFile(".thumbnail.png", thumbnail(source.pdf.pdf), pages=1)


def pages(pdf: bytes) -> Iterator[bytes]:
    """Each page as a PNG of 150 dots to the inch, on its own ground."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield _png(page.render(scale=PAGE_DPI / 72 - _LESS).to_pil(), PAGE_DPI)


def thumbnail(pdf: bytes) -> bytes:
    """The first page as a PNG that is 320 pixels wide."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=2 * THUMBNAIL_WIDTH / document[0].get_width()).to_pil()
    height = round(picture.height * THUMBNAIL_WIDTH / picture.width)
    return _png(picture.resize((THUMBNAIL_WIDTH, height), resample=3), 72)  # 3: bicubic


def figures(pdf: bytes) -> dict[str, bytes]:
    """Each figure as a PNG, by its text alternative."""
    found = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for alternative, number, box in _placed_figures(pdf):
            page = document[number]
            width, height = page.get_size()
            left, bottom, right, top = box
            crop = (max(left, 0), max(bottom, 0), max(width - right, 0), max(height - top, 0))
            found[alternative] = _png(page.render(scale=FIGURE_DPI / 72, crop=crop).to_pil(), FIGURE_DPI)
    return found


def _placed_figures(pdf: bytes) -> Iterator[tuple[str, int, tuple[float, float, float, float]]]:
    """Figures of the structure tree: text alternative, index of the page, and corners in points."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(document.pages)}
        stack: list[Any] = [document.Root.StructTreeRoot.K]
        while stack:
            element = stack.pop()
            if isinstance(element, pikepdf.Array):
                stack.extend(reversed(list(element)))
            elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
                if pikepdf.Name.Figure == element.S:
                    left, bottom, right, top = (float(corner) for corner in element.A.BBox)
                    yield str(element.get("/Alt", "")), numbers[element.Pg.objgen], (left, bottom, right, top)
                if "/K" in element:
                    stack.append(element.K)


def _png(picture: Any, dpi: int) -> bytes:
    file = io.BytesIO()
    picture.convert("RGB").save(file, "PNG", optimize=True, dpi=(dpi, dpi))
    return file.getvalue()
