"""Boxes of one size around an ellipse, as large as their words need and as far apart as they must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .drawing_sheet import DrawingSheet
from .figure_words import FigureText, LabelMode
from .geometry import DoesNotFit, Point, Rect, on_ellipse
from .region_boxes import PADDING, min_height, min_width

_WIDTHS = (26, 30, 34, 38, 42, 46, 50, 55, 60, 66, 72)
_TO_WRITE_IN = (46, 42, 38, 34, 30, 50, 55, 60, 66, 72)
_NEAREST = (16.0, 9.0)
"""From the box in the middle to the others, better and at least."""
_NUMBERED = (12, 24, 28)
DOWN = 2.5
"""From a box's upper edge to its words."""
_ROOMY = 38.0
"""The height that boxes to write in grow to, where there is room."""


@dataclass(frozen=True, slots=True)
class RadialLayout:
    """Boxes around an ellipse.

    Attributes:
        across, down: the half axes of the ellipse that their centres are on.
        start: the angle of the first, in degrees clockwise from three o'clock.
        centre: the box in the middle, if there is one.
    """

    middle: Point
    across: float
    down: float
    start: float
    places: tuple[Rect, ...]
    centre: Rect | None


_Placing = Callable[[float, float], RadialLayout | None]
"""Places of boxes of a width and height, if they stand free of each other."""


def boxes_around(
    sheet: DrawingSheet, figure_text: FigureText, outer: Sequence[int], *, gap: float, centre: int | None = None
) -> RadialLayout:
    """Places for regions around the sheet, the first at the top, clockwise; two stand beside each other.

    Args:
        outer: the numbers of the regions that stand around.
        gap: least distance between two boxes that stand around.
        centre: the number of the region in the middle.

    Raises:
        DoesNotFit: there is no size that holds the words and fits the sheet.
    """
    everyone = [*outer, *([] if centre is None else [centre])]
    for nearest in _NEAREST:

        def placed(width: float, height: float, nearest: float = nearest) -> RadialLayout | None:
            found = _placed(sheet, len(outer), width, height, with_centre=centre is not None)
            return found if _free(found, gap, nearest) else None

        for found in _ways(figure_text, everyone, placed):
            return _grown(found, placed) if any(figure_text.regions[n].answer for n in everyone) else found
    raise DoesNotFit


def _ways(figure_text: FigureText, numbers: Sequence[int], placed: _Placing) -> Iterator[RadialLayout]:
    """Boxes that hold every region's words and stand free: large type and few lines first."""
    widths: Sequence[float] = _TO_WRITE_IN if any(figure_text.regions[n].answer for n in numbers) else _WIDTHS
    widths = _NUMBERED if figure_text.label_mode is LabelMode.NUMBERS else widths
    lowest = 8 if figure_text.label_mode is LabelMode.NUMBERS else 13
    narrowest = max(min_width(figure_text.regions[number]) for number in numbers) + 2 * PADDING
    # Placing is quick and measuring words is not; what does not stand free when low does not when it is higher.
    widths = [width for width in widths if width >= narrowest and placed(width, lowest)]
    for max_lines in (2, 3, 99):
        for size in figure_text.sizes():
            for width in widths:
                try:
                    inner = width - 2 * PADDING
                    heights = [min_height(figure_text, n, inner, size=size, max_lines=max_lines) for n in numbers]
                except DoesNotFit:
                    continue
                if found := placed(width, max(max(heights) + 2 * DOWN, lowest)):
                    yield found


def _placed(sheet: DrawingSheet, count: int, width: float, height: float, *, with_centre: bool) -> RadialLayout:
    """Boxes whose outermost edges are the sheet's; around nothing, those of the whole ellipse are."""
    frame = sheet.frame
    start = 180.0 if count == 2 else 0.0 if count == 1 else -90.0
    unit = [on_ellipse((0, 0), 1, 1, start + 360 * number / count) for number in range(count)]
    reached = [(0.0, 0.0), *unit] if with_centre else [(-1.0, -1.0), (1.0, 1.0)]
    left, right = min(x for x, _ in reached), max(x for x, _ in reached)
    top, lowest = min(y for _, y in reached), max(y for _, y in reached)
    down = (frame.height - height) / max(lowest - top, 1)
    across = min((frame.width - width) / max(right - left, 1), max(1.75 * down, width))
    middle = (frame.middle[0] - across * (left + right) / 2, frame.middle[1] - down * (top + lowest) / 2)
    places = tuple(Rect.around((middle[0] + across * x, middle[1] + down * y), width, height) for x, y in unit)
    centre = Rect.around(middle, width, height) if with_centre else None
    return RadialLayout(middle, across, down, start, places, centre)


def _free(found: RadialLayout, gap: float, nearest: float) -> bool:
    if found.across < 0 or found.down < 0:
        return False
    if found.centre and any(found.centre.overlaps(place, nearest) for place in found.places):
        return False
    return not any(one.overlaps(other, gap) for n, one in enumerate(found.places) for other in found.places[:n])


def _grown(found: RadialLayout, placed: _Placing) -> RadialLayout:
    """The same with higher boxes, so that there is more than a line to write in."""
    size = found.places[0]
    height = size.height + 2
    while height <= _ROOMY and (higher := placed(size.width, height)):
        found, height = higher, height + 2
    return found
