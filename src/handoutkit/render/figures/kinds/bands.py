"""``bands``: from the top down, as in a window of tolerance; with a ``scale``, beside a thermometer."""

from __future__ import annotations

from handoutkit.models.blocks.figure import Figure
from handoutkit.render.figures.drawing_sheet import FINE, STRONG, DrawingSheet, label_every
from handoutkit.render.figures.figure_words import FigureText
from handoutkit.render.figures.geometry import Rect
from handoutkit.render.figures.region_boxes import PADDING

_APART = 1.6
_LABELS = 0.32
"""The most of a band's width that its label has, where an answer or a text stands beside it."""
_TUBE, _BULB = 4.5, 7.0
"""Half the width of the thermometer's tube, and the radius of its bulb."""
_TICKS = 9.0
"""The width that its numbers take."""
_LINE_AND_GAP = 10.0


def draw(figure: Figure, sheet: DrawingSheet, figure_text: FigureText) -> None:
    """Draw the figure on the sheet. Raises DoesNotFit: its words do not fit."""
    frame = sheet.frame
    if figure.scale:
        frame = _beside_thermometer(sheet, figure_text, figure.scale)
    step = (frame.height + _APART) / len(figure.regions)
    several = any(region.answer or figure_text.has_text(number) for number, region in enumerate(figure.regions))
    bands = [
        Rect(frame.x, frame.y + number * step, frame.width, step - _APART) for number in range(len(figure.regions))
    ]
    inside = [band.inset(PADDING + 1, min(1.5, band.height / 10)) for band in bands]
    labels = [
        figure_text.label(number, inner.width * _LABELS if several else inner.width, inner.height)
        for number, inner in enumerate(inside)
    ]
    column = max(words.width for words in labels)
    for number, (region, band, inner, words) in enumerate(zip(figure.regions, bands, inside, labels, strict=True)):
        sheet.box(band, highlight=region.highlight)
        sheet.write(words, (inner.x, inner.y + (inner.height - words.height) / 2), "start")
        if several:
            left = inner.x + column + 2 * PADDING
            _more(sheet, figure_text, number, Rect(left, band.y + 0.4, inner.right - left, band.height - 0.8))


def _more(sheet: DrawingSheet, figure_text: FigureText, number: int, rest: Rect) -> None:
    """The text and the room for the answer, beside the label."""
    region = figure_text.regions[number]
    edge, top, bottom = rest.x - PADDING, rest.y, rest.bottom
    if figure_text.has_text(number):
        text = figure_text.text(number, rest.width, rest.height - (_LINE_AND_GAP if region.answer else 1))
        start = rest.y + 1.5 if region.answer else rest.y + (rest.height - text.height) / 2
        sheet.write(text, (rest.x, start), "start")
        below = start + text.height + 0.5
        rest = Rect(rest.x, below, rest.width, rest.bottom - below)
    if region.answer:
        sheet.line((edge, top + 1.5), (edge, bottom - 1.5), weight=FINE)
        sheet.add_writing_area(region, rest)


def _beside_thermometer(sheet: DrawingSheet, figure_text: FigureText, steps: int) -> Rect:
    """Draw a thermometer at the left; returns the room beside its tube."""
    frame, colours = sheet.frame, sheet.palette
    x = frame.x + _TICKS + _BULB
    bulb = (x, frame.bottom - _BULB)
    top, zero = frame.y + 2.5, bulb[1] - _BULB - 1.5
    left, right = x - _TUBE, x + _TUBE
    meets = bulb[1] - (_BULB**2 - _TUBE**2) ** 0.5
    tube = f"M{left} {meets:.2f}V{top + _TUBE}A{_TUBE} {_TUBE} 0 0 1 {right} {top + _TUBE}V{meets:.2f}"
    sheet.path(f"{tube}A{_BULB} {_BULB} 0 1 1 {left} {meets:.2f}Z", weight=STRONG, colour=colours.brand)
    sheet.dot(bulb, _BULB - 1.6)
    each = label_every((zero - top - _TUBE) / steps, steps)
    for step in range(steps + 1):
        y = zero - (zero - top - _TUBE) * step / steps
        sheet.line((left, y), (left + 2.6, y), weight=FINE)
        if step % each == 0:
            number = figure_text.small(str(step), _TICKS, 9)
            sheet.write(number, (left - 2, y - number.height / 2), "end")
    edge = x + _BULB + 4
    return Rect(edge, frame.y, frame.right - edge, zero - frame.y + 2)
