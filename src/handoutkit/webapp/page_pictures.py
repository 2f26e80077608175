"""Pictures of the pages of finished PDFs, kept in memory only."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from handoutkit.files.recently_used import RecentlyUsed

from .forms.places_on_pages import PagePlace, places_of

MAX_BYTES = 96_000_000
MAX_PDFS = 48
WIDTHS = (360, 1100, 1700)
"""Of pictures, in pixels: a thumbnail, a page, a page on a fine screen."""
_PDFIUM = threading.Lock()  # PDFium must not be called from two threads at a time


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's width and height in points."""

    width: float
    height: float


def sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """The sizes of all pages."""
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return tuple(PageSize(*document.get_page_size(number)) for number in range(len(document)))


def page_picture(pdf: bytes, number: int, width: int) -> bytes:
    """One page as JPEG, fields as they print; ``number`` counts from 1. Raises IndexError: there is no such page."""
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        document.init_forms()
        page = document[number - 1]
        image = page.render(scale=width / page.get_width(), may_draw_forms=True).to_pil()
    file = io.BytesIO()
    # A PNG takes five times as long; with all colours kept, nobody sees the difference on a screen.
    image.save(file, "JPEG", quality=95, subsampling=0)
    return file.getvalue()


class PagePictures:
    """The newest PDFs and the pictures made of them, by the digest of each PDF."""

    def __init__(self) -> None:
        self._pdfs = RecentlyUsed[str, bytes](MAX_PDFS)
        self._pictures = RecentlyUsed[tuple[str, int, int], bytes](MAX_BYTES, size=len)
        self._lock = threading.Lock()
        self._making = threading.Lock()

    def keep(self, digest: str, pdf: bytes) -> None:
        """Keep a PDF, so that pictures of its pages can be made."""
        with self._lock:
            self._pdfs.put(digest, pdf)

    def picture(self, digest: str, number: int, width: int) -> bytes | None:
        """A page of a kept PDF as JPEG; None if there is none. Waits for one that is being made."""
        key = (digest, number, width)
        with self._making:
            with self._lock:
                pdf = self._pdfs.get(digest)
                if found := self._pictures.get(key):
                    return found
            if not pdf:  # what has had problems from the start is kept as an empty one
                return None
            try:
                made = page_picture(pdf, number, width)
            except IndexError:
                return None
            with self._lock:
                return self._pictures.put(key, made)

    def places(self, digest: str, texts: Sequence[str]) -> list[PagePlace | None]:
        """Where each text stands on the pages of a kept PDF; None for one that is on none."""
        with self._lock:
            pdf = self._pdfs.get(digest)
        if not pdf:
            return [None] * len(texts)
        with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
            return places_of(document, texts)
