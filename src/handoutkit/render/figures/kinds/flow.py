"""``flow``: one step after the other, in rows where they do not fit one."""

from __future__ import annotations

from itertools import pairwise
from math import ceil

from handoutkit.models.blocks.figure import Figure
from handoutkit.render.figures.drawing_sheet import STRONG, DrawingSheet
from handoutkit.render.figures.figure_words import FigureText
from handoutkit.render.figures.geometry import DoesNotFit, Rect
from handoutkit.render.figures.region_boxes import PADDING, fill

_ARROW = 9.0
"""Between boxes beside each other."""
_TURN = 10.0
"""Between rows."""
_SHAPE = 1.55
"""A box's width to its height, where there is a choice."""
_WIDEST = 90.0


def draw(figure: Figure, sheet: DrawingSheet, wording: FigureText) -> None:
    """Draw the figure on the sheet. Raises TooTight."""
    count = len(figure.regions)
    ways = [places for columns in range(1, count + 1) if (places := _places(sheet.frame, count, columns))]
    ways.sort(key=lambda places: abs(places[0].width / places[0].height - _SHAPE) + _ragged(places))
    ways = [way for way in ways if _fits(way, sheet, wording)][:1]
    if not ways:
        raise DoesNotFit
    places = ways[0]
    for start, end in pairwise(places):
        _arrow(sheet, start, end)
    for number, (region, place) in enumerate(zip(figure.regions, places, strict=True)):
        sheet.box(place, highlight=region.highlight)
        fill(sheet, wording, number, place.inset(PADDING, 2.5))


def _places(frame: Rect, count: int, columns: int) -> list[Rect]:
    """Boxes of equal size in so many columns; none if they would be too small."""
    rows = ceil(count / columns)
    if rows > 1 and ceil(count / rows) < columns:
        return []  # fewer columns do for as many rows
    across = _ARROW if columns > 1 else 0
    width = min((frame.width - (columns - 1) * across) / columns, _WIDEST)
    height = (frame.height - (rows - 1) * _TURN) / rows
    if width < 12 or height < 7:
        return []
    left = frame.x + (frame.width - columns * width - (columns - 1) * across) / 2
    spots = [divmod(number, columns) for number in range(count)]
    return [Rect(left + c * (width + across), frame.y + r * (height + _TURN), width, height) for r, c in spots]


def _ragged(places: list[Rect]) -> float:
    """How far the last row is from full."""
    columns = len({place.x for place in places})
    return 0.25 * (-len(places) % columns)


def _fits(places: list[Rect], sheet: DrawingSheet, wording: FigureText) -> bool:
    trial = DrawingSheet(sheet.width, sheet.height, sheet.palette)
    try:
        for number, place in enumerate(places):
            fill(trial, wording, number, place.inset(PADDING, 2.5))
    except DoesNotFit:
        return False
    return True


def _arrow(sheet: DrawingSheet, start: Rect, end: Rect) -> None:
    colour = sheet.palette.brand
    if start.y == end.y:
        tip = (end.x - 1, end.middle[1])
        sheet.line((start.right + 1, start.middle[1]), sheet.head(tip, (1, 0)), weight=STRONG, colour=colour)
        return
    tip = (end.middle[0], end.y - 1)
    back = sheet.head(tip, (0, 1))
    x, y = start.middle[0], start.bottom + 1
    half = start.bottom + (end.y - start.bottom) * 0.4
    corners = [(x, y), (x, half), (tip[0], half), back] if x != tip[0] else [(x, y), back]
    sheet.line(*corners, weight=STRONG, colour=colour, bend=1.5)
