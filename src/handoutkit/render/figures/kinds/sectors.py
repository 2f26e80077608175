"""``sectors``: a wheel with steps from the middle out to shade, such as a wheel of life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handoutkit.models.blocks.figure import Figure
from handoutkit.render.figures.drawing_sheet import (
    FINE,
    LINE_AREA_HEIGHT,
    RULE,
    STRONG,
    DrawingSheet,
    label_every,
    number_pair,
)
from handoutkit.render.figures.figure_words import FigureText, LabelMode
from handoutkit.render.figures.geometry import DoesNotFit, Point, Rect, half_chord, on_ellipse, spread
from handoutkit.render.figures.text_alternative import DEFAULT_STEPS

_RIM = 5.0
"""From the wheel to the words around it."""
_MIN_COLUMN = 32.0
_APART = 2.5
_ANSWER_WIDTH, _ANSWER_HEIGHT = 30.0, LINE_AREA_HEIGHT + 0.5


@dataclass(frozen=True, slots=True)
class _Wheel:
    middle: Point
    radius: float
    count: int

    def at(self, place: float, part: float = 1.0) -> Point:
        """The point at a part of the radius, ``place`` sectors clockwise from the top."""
        reach = self.radius * part
        return on_ellipse(self.middle, reach, reach, -90 + 360 * place / self.count)


def draw(figure: Figure, sheet: DrawingSheet, figure_text: FigureText) -> None:
    """Draw the figure on the sheet. Raises DoesNotFit: its words do not fit."""
    frame = sheet.frame
    narrow = figure_text.label_mode is LabelMode.NUMBERS and not any(region.answer for region in figure.regions)
    column = 12.0 if narrow else _MIN_COLUMN
    radius = min(frame.height / 2 - STRONG, frame.width / 2 - _RIM - column)
    wheel = _Wheel(frame.middle, radius, len(figure.regions))
    _wheel(figure, sheet, wheel, figure_text)
    halves = (
        [n for n in range(wheel.count) if n + 0.5 < wheel.count / 2],
        [n for n in reversed(range(wheel.count)) if n + 0.5 >= wheel.count / 2],
    )
    for side, numbers in zip((1, -1), halves, strict=True):
        _labels(sheet, figure_text, wheel, numbers, side)


def _wheel(figure: Figure, sheet: DrawingSheet, wheel: _Wheel, figure_text: FigureText) -> None:
    colours, steps = sheet.palette, figure.scale or DEFAULT_STEPS
    sheet.circle(wheel.middle, wheel.radius, weight=RULE)
    for number, region in enumerate(figure.regions):
        if region.value:
            sheet.path(_slice(wheel, number, region.value), weight=STRONG, colour=colours.brand, fill=colours.wash)
    for step in range(1, steps):
        sheet.path(_circle(wheel.middle, wheel.radius * step / steps), weight=FINE * 0.6, colour=colours.line)
    for number in range(wheel.count):
        sheet.line(wheel.middle, wheel.at(number), weight=RULE, colour=colours.brand)
    sheet.path(_circle(wheel.middle, wheel.radius), weight=STRONG, colour=colours.brand)
    for number, region in enumerate(figure.regions):
        if region.highlight:
            arc = f"M{number_pair(wheel.at(number))}{_arc(wheel.radius, wheel.at(number + 1))}"
            sheet.path(arc, weight=3 * STRONG, colour=colours.brand)
    _numbers(sheet, wheel, figure_text, steps)


def _circle(middle: Point, radius: float) -> str:
    """A circle as path data, in two halves."""
    top, foot = (middle[0], middle[1] - radius), (middle[0], middle[1] + radius)
    return f"M{number_pair(top)}{_arc(radius, foot, large=True)}{_arc(radius, top, large=True)}"


def _slice(wheel: _Wheel, number: int, part: float) -> str:
    """A sector from the middle out, as path data."""
    arc = _arc(wheel.radius * part, wheel.at(number + 1, part), large=wheel.count < 2)
    return f"M{number_pair(wheel.middle)}L{number_pair(wheel.at(number, part))}{arc}Z"


def _arc(radius: float, end: Point, *, large: bool = False) -> str:
    """Path data of an arc, clockwise from where the path is."""
    return f"A{radius:.2f} {radius:.2f} 0 {int(large)} 1 {number_pair(end)}"


def _numbers(sheet: DrawingSheet, wheel: _Wheel, figure_text: FigureText, steps: int) -> None:
    """Along the line that goes straight up."""
    every = label_every(wheel.radius / steps, steps)
    for step in range(every, steps, every):
        words = figure_text.small(str(step), 9, 9)
        x, y = wheel.at(0, step / steps)
        sheet.write(words, (x, y - words.height / 2), ground=True)


def _labels(sheet: DrawingSheet, figure_text: FigureText, wheel: _Wheel, numbers: Sequence[int], side: int) -> None:
    """Words at one side of the wheel, the highest first, each with a line to its sector. Raises DoesNotFit."""
    frame = sheet.frame
    width = sheet.width / 2 - wheel.radius - _RIM - 1
    blocks = figure_text.column(numbers, width, frame.height, gap=_APART, answer=_ANSWER_HEIGHT)
    heights = [
        words.height + (_ANSWER_HEIGHT if figure_text.regions[number].answer else 0)
        for words, number in zip(blocks, numbers, strict=True)
    ]
    wanted = [wheel.at(number + 0.5, 1.06)[1] for number in numbers]
    tops = spread(wanted, heights, _APART, frame.y, frame.bottom)
    for number, words, height, top in zip(numbers, blocks, heights, tops, strict=True):
        region = figure_text.regions[number]
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
            sheet.add_writing_area(
                region, Rect(left, top + words.height + 0.5, _ANSWER_WIDTH, LINE_AREA_HEIGHT), "line"
            )
