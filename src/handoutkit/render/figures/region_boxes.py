"""A region's words, and its room to write in, inside a rectangle."""

from __future__ import annotations

from handoutkit.models.blocks.figure import Region

from .drawing_sheet import LEAST_ROOM, LINE_ROOM, DrawingSheet
from .figure_words import FigureText
from .geometry import Rect

PADDING = 3.5
"""From a box's edge to its words."""
_GAP = 1.0


def fill(sheet: DrawingSheet, wording: FigureText, number: int, inner: Rect, *, align: str = "middle") -> None:
    """Write a region's words into a rectangle; the room below them is for the answer, where there is one.

    Args:
        align: ``middle``, or ``start`` at the left.

    Raises:
        TooTight: it holds less than that.
    """
    region = wording.regions[number]
    x = inner.x if align == "start" else inner.middle[0]
    room = inner.height - (LINE_ROOM + _GAP if region.answer else 0)
    words = wording.set(number, inner.width, room)
    top = inner.y if region.answer else inner.y + (inner.height - words.height) / 2
    sheet.write(words, (x, top), align)
    if region.answer:
        below = top + words.height + _GAP
        sheet.room_for(region, Rect(inner.x, below, inner.width, inner.bottom - below))


def least_height(wording: FigureText, number: int, width: float, *, size: float, most: int) -> float:
    """The height of what ``fill`` writes, with one line to answer on. Raises TooTight."""
    words = wording.set(number, width, float("inf"), most=most, sizes=(size,))
    return words.height + (LINE_ROOM + _GAP if wording.regions[number].answer else 0)


def least_width(region: Region) -> float:
    """Of a rectangle that is filled with the region."""
    return LEAST_ROOM if region.answer else 0.0
