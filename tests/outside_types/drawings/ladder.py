"""``ladder``: rungs from the bottom up."""

from __future__ import annotations

from handoutkit.models.blocks.figure import Figure
from handoutkit.render.figures.drawing_sheet import DrawingSheet
from handoutkit.render.figures.figure_words import FigureText
from handoutkit.render.figures.geometry import Rect


def draw(figure: Figure, sheet: DrawingSheet, wording: FigureText) -> None:
    """Draw a box for each rung, its label at the left and the place to write at the right. Raises DoesNotFit."""
    frame, count = sheet.frame, len(figure.regions)
    height = frame.height / count
    for number, region in enumerate(figure.regions):
        rung = Rect(frame.x, frame.bottom - (number + 1) * height, frame.width, height).inset(1.5)
        sheet.box(rung, highlight=region.highlight)
        inner = rung.inset(2)
        words = wording.label(number, inner.width / 3, inner.height)
        sheet.write(words, (inner.x, inner.y), "start")
        if region.answer:
            left = inner.x + inner.width / 2
            sheet.add_writing_area(region, Rect(left, inner.y, inner.right - left, inner.height))
