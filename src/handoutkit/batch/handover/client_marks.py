"""Whose sheets these are, for whoever sorts a stack of paper: a slip before them, or a small mark on the first page.

They say the client's reference, the packet, and two counts, and nothing else about anyone.
"""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary

from handoutkit.render.values.fast_text import NAME, FastText
from handoutkit.render.values.value_box import ValueBox

from .printed_page import PrintedPage

_INSET, _LINE = 36.0, 14.0  # points
_MARK_SIZE, _SMALL, _LARGE = 9.0, 14.0, 44.0


@dataclass(frozen=True, slots=True)
class ClientMark:
    """What is said of a copy: number so and so of ``total`` packets, and which of its ``copies``."""

    client_ref: str
    packet: str
    number: int
    total: int
    copy: int
    copies: int

    @property
    def lines(self) -> tuple[str, str, str]:
        """The reference, the packet, and the counts."""
        copies = f"  -  {self.copy}/{self.copies}" if self.copies > 1 else ""
        return self.client_ref, self.packet, f"{self.number}/{self.total}{copies}"


class MarkFont:
    """The font of marks, as a layout has it.

    Args:
        number: the object number of the font in every packet of the layout.
    """

    def __init__(self, pdf: pikepdf.Pdf, number: int) -> None:
        self._number = number
        self._text = FastText(pdf.get_object(number, 0).DescendantFonts[0].FontDescriptor.FontFile2.read_bytes())

    def slip(self, pdf: pikepdf.Pdf, page: PrintedPage, mark: ClientMark) -> PrintedPage:
        """A page as large as another, with a mark in large letters."""
        width, height = _size(page)
        top = height / 2
        drawn = [self._line(line, width, size, _INSET, top - step) for line, size, step in _on_slip(mark)]
        resources = Dictionary(Font=Dictionary({NAME: pdf.get_object(self._number, 0)}))
        return PrintedPage(Dictionary(MediaBox=page.entries.MediaBox, Resources=resources), (b"\n".join(drawn),))

    def marked(self, pdf: pikepdf.Pdf, page: PrintedPage, mark: ClientMark) -> PrintedPage:
        """A page with a mark in its upper corner."""
        width, height = _size(page)
        drawn = self._line("   ".join(mark.lines), width, _MARK_SIZE, _INSET, height - _INSET / 2 - _LINE)
        font = Dictionary({NAME: pdf.get_object(self._number, 0)})
        return page.drawn_over(drawn, "/Font", font)

    def _line(self, text: str, width: float, size: float, left: float, bottom: float) -> bytes:
        place = ValueBox("mark", width - 2 * left, size * 1.4, size)
        return b"q 1 0 0 1 %.2f %.2f cm\n%s\nQ" % (left, bottom, self._text.set(place, text) or b"")


def _on_slip(mark: ClientMark) -> list[tuple[str, float, float]]:
    reference, packet, counts = mark.lines
    return [(reference, _LARGE, 0.0), (packet, _SMALL, _LARGE * 0.8), (counts, _SMALL, _LARGE * 0.8 + 2 * _SMALL)]


def _size(page: PrintedPage) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in page.entries.MediaBox)
    return right - left, top - bottom
