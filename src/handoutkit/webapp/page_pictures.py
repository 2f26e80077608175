"""Pictures of the pages of finished PDFs, kept in memory only."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass

import pypdfium2

from handoutkit.files.recently_used import RecentlyUsed

MAX_BYTES = 96_000_000
MAX_PDFS = 48
WIDTHS = (360, 1100, 1700)
"""Of pictures, in pixels: a thumbnail, a page, a page on a fine screen."""
_NEAR, _AROUND = 8.0, 60
"""How many points a place may be off a letter, and how many letters before and after it are told."""
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


def words_at(pdf: bytes, number: int, x: float, y: float) -> tuple[str, str]:
    """The letters of a page before a place and from it on; ``x`` and ``y`` are parts of its width and height.

    Raises:
        IndexError: there is no such page.
    """
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        width, height = page.get_size()
        text = page.get_textpage()
        at = text.get_index(x * width, (1 - y) * height, _NEAR, _NEAR)
        if at is None:
            return "", ""
        start = max(0, at - _AROUND)
        return text.get_text_range(start, at - start), text.get_text_range(at, min(_AROUND, text.count_chars() - at))


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

    def words_at(self, digest: str, number: int, x: float, y: float) -> tuple[str, str]:
        """The letters of a kept PDF before a place and from it on; none if there are none."""
        with self._lock:
            pdf = self._pdfs.get(digest)
        try:
            return words_at(pdf, number, x, y) if pdf else ("", "")
        except IndexError:
            return "", ""
