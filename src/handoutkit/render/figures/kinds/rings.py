"""``rings``: circles in circles, from the inside out, which meet near their foot so that each has a wide part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from handoutkit.models.blocks.figure import Figure, Region
from handoutkit.render.figures.drawing_sheet import FINE, LINE_AREA_HEIGHT, MIN_AREA_WIDTH, DrawingSheet
from handoutkit.render.figures.figure_words import FigureText, LabelMode, TextLines
from handoutkit.render.figures.geometry import DoesNotFit, Rect, half_chord, spread

_INNERMOST = {2: 0.54, 3: 0.42, 4: 0.36, 5: 0.33, 6: 0.3}
"""Radius of the innermost ring by their number, the outermost having 1."""
_FEET, _FOOT = 7.0, 2.4
"""From the foot of the innermost ring to the outermost's, and the most from one to the next."""
_SIDE = 8.0
"""From the rings to words beside them."""
_MIN_COLUMN = 52.0
_NAMES, _NAMES_COLUMN, _MIN_NAME = 3, 76.0, 45.0
"""Names that there is room for, and the widths of the column with lines for them and of a ring that they fit into."""
_BETWEEN_NAMES = 3.0
_BETWEEN = 3.0
"""From one word of the column to the next."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """A circle, and the stretch of it, from ``top`` to ``floor``, that no inner ring covers."""

    x: float
    y: float
    radius: float
    floor: float
    innermost: bool

    @property
    def top(self) -> float:
        return self.y - self.radius

    def half_width(self, *heights: float) -> float:
        """Half the width that is free at all of these heights."""
        return min(half_chord(self.radius, height - self.y) for height in heights)

    def holds(self, words: TextLines, top: float) -> bool:
        """Whether it is wide enough for words whose upper edge is at ``top``."""
        return words.width + 5 <= 2 * self.half_width(top, top + words.height)


def draw(figure: Figure, sheet: DrawingSheet, figure_text: FigureText) -> None:
    """Draw the figure on the sheet. Raises DoesNotFit: its words do not fit."""
    with_words = figure_text.label_mode is LabelMode.ALL and any(region.text for region in figure.regions)
    answered = any(region.answer for region in figure.regions)
    ways: list[Callable[[Figure, DrawingSheet, FigureText], None]] = []
    ways += [_roomy, partial(_beside, rows=_NAMES), partial(_beside, rows=1)] if answered else []
    ways += [_beside] if with_words else [_inside, _beside]
    for way in ways:
        trial = DrawingSheet(sheet.width, sheet.height, sheet.palette)
        try:
            way(figure, trial, figure_text)
        except DoesNotFit:
            continue
        way(figure, sheet, figure_text)
        return
    raise DoesNotFit


def _inside(figure: Figure, sheet: DrawingSheet, figure_text: FigureText) -> None:
    """All words stand in their rings. Raises DoesNotFit."""
    for number, ring in enumerate(_rings(figure, sheet, sheet.frame)):
        _write(sheet, figure_text, number, ring)


def _roomy(figure: Figure, sheet: DrawingSheet, figure_text: FigureText) -> None:
    """The same, with room for some names in each ring that is written in. Raises DoesNotFit."""
    if figure_text.label_mode is LabelMode.ALL and any(region.text for region in figure.regions):
        raise DoesNotFit
    _inside(figure, sheet, figure_text)
    pitch = figure_text.pitch
    if any(area.place.height < _NAMES * pitch or area.place.width < _MIN_NAME for area in sheet.areas):
        raise DoesNotFit


def _beside(figure: Figure, sheet: DrawingSheet, figure_text: FigureText, rows: int = 0) -> None:
    """The words stand in a column at the right, each with a line to its ring. Raises DoesNotFit.

    Where the column leaves less width than the sheet has height, the sheet is made as low as the rings and the words.

    Args:
        rows: of lines for names below the words of a ring: one below the other, or all in one row where it is low;
            if 0, the ring itself is written in.
    """
    frame = sheet.frame
    size = min(frame.height, frame.width - _SIDE - (_NAMES_COLUMN if rows else _MIN_COLUMN))
    left = frame.x + size + _SIDE
    order = list(reversed(range(len(figure.regions))))
    room = rows * figure_text.pitch
    words = figure_text.column(order, frame.right - left, frame.height, gap=_BETWEEN, answer=room)
    taken = [block.height + room * figure.regions[n].answer for n, block in zip(order, words, strict=True)]
    sheet.height -= frame.height - max(size, sum(taken) + _BETWEEN * (len(taken) - 1))
    frame = sheet.frame
    rings = _rings(figure, sheet, Rect(frame.x, frame.middle[1] - size / 2, size, size))
    heights = [(rings[n].top + rings[n].floor) / 2 for n in order]
    tops = spread(heights, taken, _BETWEEN, frame.y, frame.bottom)
    for number, height, block, top in zip(order, heights, words, tops, strict=True):
        ring = rings[number]
        region = figure.regions[number]
        written = sheet.write(block, (left, top), "start")
        half = ring.half_width(height)
        spot = (ring.x + half * (0.9 if region.answer and not rows else 0.6), height)
        sheet.dot(spot, 1.0)
        level = written.y + block.lines[0].height / 2
        bend = (left - _SIDE + 1, height)
        sheet.line(spot, bend, (left - 1.5, level), weight=FINE, colour=sheet.palette.brand)
        if region.answer and rows:
            _lines(sheet, region, Rect(left, written.bottom, frame.right - left, room), rows)
        elif region.answer:
            _answer(sheet, figure_text, number, ring, ring.top + 2, right=0.82)


def _lines(sheet: DrawingSheet, region: Region, place: Rect, rows: int) -> None:
    """Lines for names, in so many rows, and one place to write over all of them."""
    pitch, in_a_row = place.height / rows, _NAMES // rows
    width = (place.width - _BETWEEN_NAMES * (in_a_row - 1)) / in_a_row
    for row in range(1, rows + 1):
        for name in range(in_a_row):
            left = place.x + name * (width + _BETWEEN_NAMES)
            sheet.line((left, place.y + row * pitch), (left + width, place.y + row * pitch), weight=FINE)
    sheet.add_writing_area(region, place)


def _rings(figure: Figure, sheet: DrawingSheet, frame: Rect) -> list[_Ring]:
    """Draw the circles, the outermost first; returns them inside out."""
    count = len(figure.regions)
    radius = min(frame.width, frame.height) / 2
    inner = _INNERMOST[count]
    x = frame.middle[0]
    foot = frame.middle[1] + radius
    radii = [radius * (inner + (1 - inner) * n / (count - 1)) for n in range(count)]
    step = min(_FOOT, _FEET / (count - 1), (radii[1] - radii[0]) / 2)
    middles = [foot - step * (count - 1 - n) - radii[n] for n in range(count)]
    floors = [middles[0] + radii[0], *(middles[n] - radii[n] for n in range(count - 1))]
    for number in reversed(range(count)):
        fill = sheet.palette.wash if (count - number) % 2 == 0 else None
        highlight = figure.regions[number].highlight
        sheet.circle((x, middles[number]), radii[number], highlight=highlight, fill=fill)
    return [_Ring(x, middles[n], radii[n], floors[n], innermost=n == 0) for n in range(count)]


def _write(sheet: DrawingSheet, figure_text: FigureText, number: int, ring: _Ring) -> None:
    """Words as high in the ring as they fit, in the best type and the fewest lines. Raises DoesNotFit."""
    keep = LINE_AREA_HEIGHT + 0.5 if figure_text.regions[number].answer else 0
    low = ring.floor - (0.5 if ring.innermost else 1.2)
    for size, max_lines in [(size, max_lines) for size in figure_text.sizes() for max_lines in (1, 2, 3)]:
        top = ring.top + 1.2
        while top < low - keep:
            words = _words_at(figure_text, number, ring, top, size, max_lines)
            if words and top + words.height + keep <= low and ring.holds(words, top):
                _set(sheet, figure_text, number, ring, (top, low), words)
                return
            top += 0.6
    raise DoesNotFit


def _set(
    sheet: DrawingSheet,
    figure_text: FigureText,
    number: int,
    ring: _Ring,
    stretch: tuple[float, float],
    words: TextLines,
) -> None:
    """Words at the top of a stretch with room to write below them, else in its middle. Raises DoesNotFit."""
    top, low = stretch
    is_answered = figure_text.regions[number].answer
    centred = max(top, (ring.top + low - words.height) / 2)
    if not is_answered and ring.holds(words, centred):
        top = centred
    sheet.write(words, (ring.x, top))
    if is_answered:
        _answer(sheet, figure_text, number, ring, top + words.height + 0.5)


def _words_at(
    figure_text: FigureText, number: int, ring: _Ring, top: float, size: float, max_lines: int
) -> TextLines | None:
    try:
        return figure_text.set(number, 2 * ring.half_width(top) - 5, float("inf"), max_lines=max_lines, sizes=(size,))
    except DoesNotFit:
        return None


def _answer(
    sheet: DrawingSheet, figure_text: FigureText, number: int, ring: _Ring, top: float, right: float = 1.0
) -> None:
    """The widest place of a fair height below ``top``. Raises DoesNotFit."""
    best: Rect | None = None
    floor = ring.floor - (0 if ring.innermost else 1.0)
    start = top
    while start + LINE_AREA_HEIGHT <= floor:
        end = start + LINE_AREA_HEIGHT
        while end <= floor:
            half = min(ring.half_width(start, end) - 2.5, 60.0) * right
            place = Rect(ring.x - half, start, 2 * half, end - start)
            if half * 2 >= MIN_AREA_WIDTH and (best is None or _worth(place) > _worth(best)):
                best = place
            end += 0.5
        start += 0.5
    if best is None:
        raise DoesNotFit
    sheet.add_writing_area(figure_text.regions[number], best)


def _worth(place: Rect) -> float:
    """Room to write, where height counts no more than needed."""
    return place.width * min(place.height, 40.0)
