"""``linked_boxes``: a map, the first region in the middle, the others around it, with lines between them."""

from __future__ import annotations

from handoutkit.models.blocks.figure import Figure, Link
from handoutkit.render.figures.drawing_sheet import CORNER, DrawingSheet
from handoutkit.render.figures.figure_words import FigureText, LabelMode
from handoutkit.render.figures.geometry import DoesNotFit, Rect
from handoutkit.render.figures.links import LinkLine, between, draw_line
from handoutkit.render.figures.radial_layout import DOWN, around
from handoutkit.render.figures.region_boxes import PADDING, fill

_GAP = 4.0
_SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where along its line a link's words may stand."""
_WIDEST, _HIGHEST = 34.0, 15.0


def draw(figure: Figure, sheet: DrawingSheet, wording: FigureText) -> None:
    """Draw the figure on the sheet. Raises TooTight."""
    outer = range(1, len(figure.regions))
    found = around(sheet, wording, outer, gap=_GAP, centre=0)
    places = [found.centre or found.places[0], *found.places]
    numbers = {region.id: number for number, region in enumerate(figure.regions) if region.id}
    ends = [(numbers[link.start], numbers[link.end]) for link in figure.links] or [(0, n) for n in outer]
    lines = [_line(sheet, places, *pair) for pair in ends]
    for link, line in zip(figure.links or [None] * len(lines), lines, strict=True):
        if link:
            draw_line(sheet, link, line)
        else:
            sheet.line(line.start, line.end)
    for number, (region, place) in enumerate(zip(figure.regions, places, strict=True)):
        corner = CORNER if number else 2 * CORNER
        sheet.box(place, highlight=region.highlight or not number, corner=corner)
        fill(sheet, wording, number, place.inset(PADDING, DOWN))
    for link, line in zip(figure.links, lines, strict=False):
        if link.label and not _written(sheet, wording, link, line, places):
            sheet.left_out.append(link)


def _line(sheet: DrawingSheet, places: list[Rect], start: int, end: int) -> LinkLine:
    others = [place for number, place in enumerate(places) if number not in (start, end)]
    return between(places[start], places[end], others, sheet.frame)


def _written(sheet: DrawingSheet, wording: FigureText, link: Link, line: LinkLine, places: list[Rect]) -> bool:
    """Whether a link's words find room on its line, clear of all boxes and of the other words."""
    if wording.telling is LabelMode.NUMBERS:
        return False
    try:
        words = wording.small(link.label or "", _WIDEST, _HIGHEST, size=9.5)
    except DoesNotFit:
        return False
    for spot in _SPOTS:
        middle = line.at(spot)
        room = Rect.around(middle, words.width, words.height)
        if not any(room.overlaps(other, 1.5) for other in (*places, *sheet.labels)):
            try:
                sheet.write(words, (middle[0], room.y), ground=True)
            except DoesNotFit:
                continue
            return True
    return False
