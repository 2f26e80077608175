"""A region's words, and its room to write in, inside a rectangle."""

from __future__ import annotations

from handoutkit.models.blocks.figure import Region

from .drawing_sheet import LINE_AREA_HEIGHT, MIN_AREA_WIDTH, DrawingSheet
from .figure_words import FigureText
from .geometry import Rect

PADDING = 3.5
"""From a box's edge to its words."""
_GAP = 1.0


def fill(sheet: DrawingSheet, figure_text: FigureText, number: int, inner: Rect, *, align: str = "middle") -> None:
    """Write a region's words into a rectangle; the room below them is for the answer, where there is one.

    Args:
        align: ``middle``, or ``start`` at the left.

    Raises:
        DoesNotFit: it holds less than that.
    """
    region = figure_text.regions[number]
    x = inner.x if align == "start" else inner.middle[0]
    room = inner.height - (LINE_AREA_HEIGHT + _GAP if region.answer else 0)
    words = figure_text.set(number, inner.width, room)
    top = inner.y if region.answer else inner.y + (inner.height - words.height) / 2
    sheet.write(words, (x, top), align)
    if region.answer:
        below = top + words.height + _GAP
        sheet.add_writing_area(region, Rect(inner.x, below, inner.width, inner.bottom - below))


def min_height(figure_text: FigureText, number: int, width: float, *, size: float, max_lines: int) -> float:
    """The height of what ``fill`` writes, with one line to answer on. Raises DoesNotFit."""
    words = figure_text.set(number, width, float("inf"), max_lines=max_lines, sizes=(size,))
    return words.height + (LINE_AREA_HEIGHT + _GAP if figure_text.regions[number].answer else 0)


def min_width(region: Region) -> float:
    """The smallest width of a rectangle that is filled with the region."""
    return MIN_AREA_WIDTH if region.answer else 0.0
