"""A figure to a drawing: as much of its words inside as fit, and the rest beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from handoutkit.models import markdown
from handoutkit.models.base import modules_of
from handoutkit.models.blocks.figure import FIGURE_KINDS, Figure, Region
from handoutkit.render.colour.palette import Palette
from handoutkit.render.templating.interface_messages import InterfaceMessages

from . import kinds
from .drawing_sheet import DrawingSheet, WritingArea
from .figure_words import FigureText, LabelMode
from .geometry import DoesNotFit, Rect
from .text_alternative import alternative, link_in_words
from .typeface import Typeface

_DRAW: dict[str, Callable[[Figure, DrawingSheet, FigureText], None]] = {
    module.__name__.rpartition(".")[2]: module.draw for module in modules_of(kinds)
}
"""What draws each kind: the function ``draw`` of the module with its name."""
_GROWTH = 12
"""Added to the height, again and again, where not even numbers fit."""
HIGHEST = 230
"""Of a drawing; a page holds no more."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is printed of a figure.

    Attributes:
        svg: the ``<svg>`` element, with its text alternative.
        areas: places to write in, from the drawing's upper left corner, in the order of the regions.
        legend: regions whose label or text stands beneath the drawing.
        numbered: whether the drawing holds numbers in place of labels.
        links: what is said of links beneath the drawing.
        labels: the rooms that words take in the drawing.
    """

    svg: Markup
    width: float
    height: float
    areas: tuple[WritingArea, ...]
    legend: tuple[Region, ...]
    numbered: bool
    links: tuple[str, ...]
    labels: tuple[Rect, ...]


def draw_figure(
    figure: Figure,
    palette: Palette,
    typeface: Typeface,
    messages: InterfaceMessages,
    width: float,
    highest: float = HIGHEST,
) -> Drawing:
    """A figure of any kind but ``image``.

    Args:
        width: of the drawing, in millimetres.
        highest: it may be so high, where it has to grow.

    Raises:
        ValueError: there is no way to draw it so narrow.
    """
    scale = typeface.sizes.enlarged
    for height, label_mode in _ways(figure, highest / scale):
        mirrored = messages.direction == "rtl" and FIGURE_KINDS[figure.kind].mirrored
        for words in _in_one_size_first(FigureText(figure.regions, label_mode, typeface)):
            sheet = DrawingSheet(width / scale, height, palette, messages.direction, mirrored)
            try:
                _DRAW[figure.kind](figure, sheet, words)
            except DoesNotFit:
                continue
            return _finished(figure, sheet, label_mode, typeface, messages)
    raise ValueError(f"a figure of the kind {figure.kind} does not fit {width:g} by {highest:g} mm")


def _ways(figure: Figure, highest: float) -> Iterator[tuple[float, LabelMode]]:
    height = min(float(figure.height), highest)
    if _texts_are_plain(figure):
        yield height, LabelMode.ALL
    yield height, LabelMode.LABELS
    yield height, LabelMode.NUMBERS
    while height < highest:
        height = min(height + _GROWTH, highest)
        yield height, LabelMode.LABELS
        yield height, LabelMode.NUMBERS


def _in_one_size_first(words: FigureText) -> Iterator[FigureText]:
    """The words in one size of type, the best first, and then each region's as large as it can be."""
    for size in words.sizes():
        yield replace(words, one_size=size)
    yield words


def _texts_are_plain(figure: Figure) -> bool:
    """Whether there are texts, and none has emphasis or links, which a drawing cannot show."""
    texts = [region.text for region in figure.regions if region.text]
    return bool(texts) and not any("<" in markdown.to_inline_html(text) for text in texts)


def _finished(
    figure: Figure, sheet: DrawingSheet, label_mode: LabelMode, typeface: Typeface, messages: InterfaceMessages
) -> Drawing:
    order = {region.id: number for number, region in enumerate(figure.regions)}
    scale = typeface.sizes.enlarged
    areas = [replace(area, place=area.place.scaled(scale)) for area in sheet.areas]
    beneath = [region for region in figure.regions if region.text] if label_mode is LabelMode.LABELS else []
    return Drawing(
        svg=sheet.svg(alternative(figure, label_mode, messages), typeface.family, scale),
        width=sheet.width * scale,
        height=sheet.height * scale,
        areas=tuple(sorted(areas, key=lambda area: order[area.region.id])),
        legend=figure.regions if label_mode is LabelMode.NUMBERS else tuple(beneath),
        numbered=label_mode is LabelMode.NUMBERS,
        links=tuple(link_in_words(figure, link, messages) for link in sheet.left_out),
        labels=tuple(sheet.mirror_image(label).scaled(scale) for label in sheet.labels),
    )
