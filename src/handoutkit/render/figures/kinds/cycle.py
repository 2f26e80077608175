"""``cycle``: steps that lead into each other, and the last into the first."""

from __future__ import annotations

from math import dist

from handoutkit.models.blocks.figure import Figure
from handoutkit.render.figures.drawing_sheet import STRONG, DrawingSheet, number_pair
from handoutkit.render.figures.figure_words import FigureText
from handoutkit.render.figures.geometry import DoesNotFit, Point, Rect, on_ellipse, towards
from handoutkit.render.figures.radial_layout import DOWN, Round, around
from handoutkit.render.figures.region_boxes import PADDING, fill

_GAP = 7.0
_CLEAR = 1.6
"""From a box to an arrow."""
_SHORTEST = 4.5


def draw(figure: Figure, sheet: DrawingSheet, wording: FigureText) -> None:
    """Draw the figure on the sheet. Raises TooTight."""
    found = around(sheet, wording, range(len(figure.regions)), gap=_GAP)
    for number in range(len(found.places)):
        _arrow(sheet, found, number)
    for number, (region, place) in enumerate(zip(figure.regions, found.places, strict=True)):
        sheet.box(place, highlight=region.highlight)
        fill(sheet, wording, number, place.inset(PADDING, DOWN))


def _arrow(sheet: DrawingSheet, found: Round, number: int) -> None:
    """Along the ellipse, from one box to the next."""
    count = len(found.places)
    start, end = found.places[number], found.places[(number + 1) % count]
    first, last = (found.start + 360 * n / count for n in (number, number + 1))
    points = [on_ellipse(found.middle, found.across, found.down, first + (last - first) * n / 300) for n in range(301)]
    free = _between(points, start.inset(-_CLEAR), end.inset(-_CLEAR))
    tip = free[-1]
    before = next((point for point in reversed(free) if dist(point, tip) >= 3.4), None)
    if before is None or dist(free[0], tip) < _SHORTEST:
        raise DoesNotFit
    back = sheet.head(tip, towards(before, tip))
    arc = f"A{found.across:.2f} {found.down:.2f} 0 0 1 {number_pair(back)}"
    sheet.path(f"M{number_pair(free[0])}{arc}", weight=STRONG, colour=sheet.palette.brand)


def _between(points: list[Point], start: Rect, end: Rect) -> list[Point]:
    """The part of a line that is outside of both boxes."""
    free = [point for point in points if not start.holds(point) and not end.holds(point)]
    if not free:
        raise DoesNotFit
    return free
