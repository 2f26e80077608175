"""``canvas``: framed room to draw or write in, in one piece or in labelled parts."""

from __future__ import annotations

from math import ceil

from handoutkit.models.blocks.figure import Figure
from handoutkit.render.figures.drawing_sheet import FINE, LINE_ROOM, DrawingSheet
from handoutkit.render.figures.figure_words import FigureText
from handoutkit.render.figures.geometry import Rect

_INSET = 3.5
_COLUMNS = (1, 1, 2, 3, 2, 3, 3, 4, 4)
"""By the number of parts."""


def draw(figure: Figure, sheet: DrawingSheet, wording: FigureText) -> None:
    """Draw the figure on the sheet. Raises TooTight."""
    frame, count = sheet.frame, len(figure.regions)
    sheet.box(frame, highlight=count == 1 and figure.regions[0].highlight)
    columns = _COLUMNS[count]
    rows = ceil(max(count, 1) / columns)
    height = frame.height / rows
    for row in range(rows):
        inside = figure.regions[row * columns : (row + 1) * columns]
        width = frame.width / max(len(inside), 1)  # a last row that is not full shares its width out
        top = frame.y + row * height
        if row:
            sheet.line((frame.x + _INSET, top), (frame.right - _INSET, top), weight=FINE)
        for column in range(len(inside)):
            left = frame.x + column * width
            if column:
                sheet.line((left, top + _INSET), (left, top + height - _INSET), weight=FINE)
            _part(sheet, wording, row * columns + column, Rect(left, top, width, height).inset(_INSET, 2.8))


def _part(sheet: DrawingSheet, wording: FigureText, number: int, room: Rect) -> None:
    """The label at the upper left, and all below it to draw or write in."""
    region = wording.regions[number]
    keep = LINE_ROOM + 1 if region.answer else 0
    words = wording.set(number, room.width, room.height - keep)
    taken = sheet.write(words, (room.x, room.y), "start")
    if region.highlight and len(wording.regions) > 1:
        sheet.line((room.x, taken.bottom + 0.6), (room.x + 12, taken.bottom + 0.6), weight=4 * FINE)
    if region.answer:
        below = taken.bottom + 1.5
        sheet.room_for(region, Rect(room.x, below, room.width, room.bottom - below))
