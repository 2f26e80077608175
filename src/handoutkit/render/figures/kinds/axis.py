"""``axis``: points along a line, such as a timeline or a spectrum, with labels above and below it in turn."""

from __future__ import annotations

from collections.abc import Sequence

from handoutkit.models.blocks.figure import Figure, Region
from handoutkit.render.figures.drawing_sheet import FINE, LINE_AREA_HEIGHT, RULE, STRONG, DrawingSheet
from handoutkit.render.figures.figure_words import FigureText, TextLines
from handoutkit.render.figures.geometry import DoesNotFit, Rect, spread

_ENDS = 4.0
"""From the sheet's edge to the end of the line."""
_STEM = 9.0
"""From the line to the words."""
_NUMBERS = 6.0
"""Room for the numbers of a scale, below the line."""
_BETWEEN = 4.0
_WIDEST, _NARROWEST = 54.0, 12.0
_ANSWER, _WIDEST_ANSWER = 26.0, 42.0
"""Widths of a place to write in."""
_HIGHEST = 30.0


def draw(figure: Figure, sheet: DrawingSheet, figure_text: FigureText) -> None:
    """Draw the figure on the sheet. Raises DoesNotFit: its words do not fit."""
    frame = sheet.frame
    y = frame.middle[1] - (_NUMBERS / 2 if figure.scale else 0)
    left, right = frame.x + _ENDS, frame.right - _ENDS
    if figure.scale:
        _scale(sheet, figure_text, figure.scale, y)
    order = sorted(range(len(figure.regions)), key=lambda number: _value(figure.regions, number))
    spots = {number: left + (right - left) * _value(figure.regions, number) for number in order}
    _side(sheet, figure_text, spots, order[::2], y, below=False, keep=0)
    _side(sheet, figure_text, spots, order[1::2], y, below=True, keep=_NUMBERS if figure.scale else 0)
    sheet.line((left, y), (right, y), weight=STRONG, colour=sheet.palette.brand)
    for end in (left, right):
        sheet.line((end, y - 2.5), (end, y + 2.5), weight=STRONG, colour=sheet.palette.brand)
    for number, region in enumerate(figure.regions):
        sheet.circle((spots[number], y), 2.6 if region.highlight else 1.9, fill=sheet.palette.brand)


def _value(regions: Sequence[Region], number: int) -> float:
    """Where a region stands, 0 to 1: where it says, else in its turn."""
    value = regions[number].value
    return value if value is not None else (number + 0.5) / len(regions)


def _scale(sheet: DrawingSheet, figure_text: FigureText, steps: int, y: float) -> None:
    frame = sheet.frame
    for step in range(steps + 1):
        x = frame.x + _ENDS + (frame.width - 2 * _ENDS) * step / steps
        sheet.line((x, y - 1.6), (x, y + 1.6), weight=RULE, colour=sheet.palette.brand)
        words = figure_text.small(str(step), 9, 9)
        sheet.write(words, (x, y + 3.4))


def _side(
    sheet: DrawingSheet,
    figure_text: FigureText,
    spots: dict[int, float],
    numbers: Sequence[int],
    y: float,
    *,
    below: bool,
    keep: float,
) -> None:
    """Words, and room to write, at one side of the line. Raises DoesNotFit."""
    if not numbers:
        return
    frame = sheet.frame
    start = y + keep + _STEM if below else y - _STEM
    room = frame.bottom - start if below else start - frame.y
    blocks = _blocks(figure_text, numbers, frame.width, room)
    answer_width = min(max(_share(frame.width, len(numbers)), _ANSWER), _WIDEST_ANSWER)
    widths = [
        max(words.width, answer_width if figure_text.regions[n].answer else 0)
        for n, words in zip(numbers, blocks, strict=True)
    ]
    lefts = spread([spots[number] for number in numbers], widths, _BETWEEN, frame.x, frame.right)
    for number, words, width, left in zip(numbers, blocks, widths, lefts, strict=True):
        region = figure_text.regions[number]
        height = words.height
        answer = min(room - height - 1, _HIGHEST) if region.answer else 0.0
        whole = height + (answer + 1 if region.answer else 0)
        top = start if below else start - whole
        middle = left + width / 2
        sheet.write(words, (middle, top))
        if region.answer:
            if answer < LINE_AREA_HEIGHT:
                raise DoesNotFit
            sheet.add_writing_area(region, Rect(left, top + height + 1, width, answer), "framed")
        near = start - 1 if below else start + 1
        level = y + keep if below else y
        sheet.line((spots[number], level), (middle, near), weight=FINE, colour=sheet.palette.brand)


def _share(width: float, count: int) -> float:
    """The width that each has of a row."""
    return (width + _BETWEEN) / count - _BETWEEN


def _blocks(figure_text: FigureText, numbers: Sequence[int], width: float, room: float) -> list[TextLines]:
    """Their words, as wide as they can stand beside each other, in one size of type. Raises DoesNotFit."""
    widest = max(min(_share(width, len(numbers)), _WIDEST), _NARROWEST)
    rooms = [room - (LINE_AREA_HEIGHT + 1 if figure_text.regions[number].answer else 0) for number in numbers]
    return figure_text.first_that_fits(
        lambda size: [
            figure_text.set(number, widest, height, sizes=(size,))
            for number, height in zip(numbers, rooms, strict=True)
        ]
    )
