"""``sectors``: a wheel with steps from the middle out to shade, such as a wheel of life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handoutkit.models.blocks.figure import Figure
from handoutkit.render.figures.drawing_sheet import FINE, LINE_ROOM, RULE, STRONG, DrawingSheet, counted, number_pair
from handoutkit.render.figures.figure_words import FigureText, LabelMode, TextLines
from handoutkit.render.figures.geometry import DoesNotFit, Point, Rect, half_chord, on_ellipse, spread
from handoutkit.render.figures.text_alternative import DEFAULT_STEPS

_RIM = 5.0
"""From the wheel to the words around it."""
_LEAST_COLUMN = 32.0
_APART = 2.5
_ANSWER_WIDTH = 30.0


@dataclass(frozen=True, slots=True)
class _Wheel:
    middle: Point
    radius: float
    count: int

    def at(self, place: float, part: float = 1.0) -> Point:
        """The point at a part of the radius, ``place`` sectors clockwise from the top."""
        reach = self.radius * part
        return on_ellipse(self.middle, reach, reach, -90 + 360 * place / self.count)


def draw(figure: Figure, sheet: DrawingSheet, wording: FigureText) -> None:
    """Draw the figure on the sheet. Raises TooTight."""
    frame = sheet.frame
    narrow = wording.telling is LabelMode.NUMBERS and not any(region.answer for region in figure.regions)
    column = 12.0 if narrow else _LEAST_COLUMN
    radius = min(frame.height / 2 - STRONG, frame.width / 2 - _RIM - column)
    wheel = _Wheel(frame.middle, radius, len(figure.regions))
    _wheel(figure, sheet, wheel, wording)
    halves = (
        [n for n in range(wheel.count) if n + 0.5 < wheel.count / 2],
        [n for n in reversed(range(wheel.count)) if n + 0.5 >= wheel.count / 2],
    )
    for side, numbers in zip((1, -1), halves, strict=True):
        _labels(sheet, wording, wheel, numbers, side)


def _wheel(figure: Figure, sheet: DrawingSheet, wheel: _Wheel, wording: FigureText) -> None:
    colours, steps = sheet.palette, figure.scale or DEFAULT_STEPS
    sheet.circle(wheel.middle, wheel.radius, weight=RULE)
    for number, region in enumerate(figure.regions):
        if region.value:
            _slice(sheet, wheel, number, region.value)
    for step in range(1, steps):
        fine = sheet.palette.line
        ring = wheel.radius * step / steps
        (x, y) = wheel.middle
        around = f"M{number_pair((x, y - ring))}A{ring:.2f} {ring:.2f} 0 1 1 {number_pair((x, y + ring))}"
        sheet.path(f"{around}A{ring:.2f} {ring:.2f} 0 1 1 {number_pair((x, y - ring))}", weight=FINE * 0.6, colour=fine)
    for number in range(wheel.count):
        sheet.line(wheel.middle, wheel.at(number), weight=RULE, colour=colours.brand)
    (x, y), radius = wheel.middle, wheel.radius
    rim = f"M{number_pair((x, y - radius))}A{radius:.2f} {radius:.2f} 0 1 1 {number_pair((x, y + radius))}"
    sheet.path(
        f"{rim}A{radius:.2f} {radius:.2f} 0 1 1 {number_pair((x, y - radius))}", weight=STRONG, colour=colours.brand
    )
    for number, region in enumerate(figure.regions):
        if region.highlight:
            arc = f"A{radius:.2f} {radius:.2f} 0 0 1 {number_pair(wheel.at(number + 1))}"
            sheet.path(f"M{number_pair(wheel.at(number))}{arc}", weight=3 * STRONG, colour=colours.brand)
    _numbers(sheet, wheel, wording, steps)


def _slice(sheet: DrawingSheet, wheel: _Wheel, number: int, part: float) -> None:
    """A sector, filled from the middle out."""
    colours = sheet.palette
    sheet.path(_outline(wheel, number, part), weight=STRONG, colour=colours.brand, fill=colours.wash)


def _outline(wheel: _Wheel, number: int, part: float) -> str:
    reach = wheel.radius * part
    arc = f"A{reach:.2f} {reach:.2f} 0 {int(wheel.count < 2)} 1 {number_pair(wheel.at(number + 1, part))}"
    return f"M{number_pair(wheel.middle)}L{number_pair(wheel.at(number, part))}{arc}Z"


def _numbers(sheet: DrawingSheet, wheel: _Wheel, wording: FigureText, steps: int) -> None:
    """Along the line that goes straight up."""
    each = counted(wheel.radius / steps, steps, least=3.5)
    for step in range(each, steps, each):
        words = wording.small(str(step), 9, 9, size=7.5)
        x, y = wheel.at(0, step / steps)
        sheet.write(words, (x, y - words.height / 2), ground=True)


def _labels(sheet: DrawingSheet, wording: FigureText, wheel: _Wheel, numbers: Sequence[int], side: int) -> None:
    """Words at one side of the wheel, the highest first, each with a line to its sector. Raises TooTight."""
    frame = sheet.frame
    blocks, heights = _blocks(sheet, wording, wheel, numbers)
    wanted = [wheel.at(number + 0.5, 1.06)[1] for number in numbers]
    tops = spread(wanted, heights, _APART, frame.y, frame.bottom)
    for number, words, height, top in zip(numbers, blocks, heights, tops, strict=True):
        region = wording.regions[number]
        nearest = min(max(wheel.middle[1], top), top + height)
        reach = half_chord(wheel.radius + _RIM, nearest - wheel.middle[1])
        x = wheel.middle[0] + side * max(reach, 3.0)
        room = (frame.right - x) if side > 0 else (x - frame.x)
        width = max(words.width, _ANSWER_WIDTH if region.answer else 0)
        if width > room:
            raise DoesNotFit
        sheet.write(words, (x, top), "start" if side > 0 else "end")
        level = top + words.lines[0].height / 2
        sheet.line(wheel.at(number + 0.5), (x - side * 1.2, level), weight=FINE, colour=sheet.palette.brand)
        if region.answer:
            left = x if side > 0 else x - _ANSWER_WIDTH
            sheet.room_for(region, Rect(left, top + words.height + 0.5, _ANSWER_WIDTH, LINE_ROOM), "line")


def _blocks(
    sheet: DrawingSheet, wording: FigureText, wheel: _Wheel, numbers: Sequence[int]
) -> tuple[list[TextLines], list[float]]:
    """The words of each sector in one size of type, and the heights with what is answered."""
    width = sheet.width / 2 - wheel.radius - _RIM - 1
    for size in wording.sizes():
        try:
            blocks = [wording.set(number, width, sheet.height, sizes=(size,)) for number in numbers]
        except DoesNotFit:
            continue
        heights = [
            words.height + (LINE_ROOM + 0.5 if wording.regions[number].answer else 0)
            for words, number in zip(blocks, numbers, strict=True)
        ]
        if sum(heights) + _APART * (len(heights) - 1) <= sheet.frame.height:
            return blocks, heights
    raise DoesNotFit
