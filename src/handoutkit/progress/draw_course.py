"""A course of numbers drawn over its days: a scale at the side, bands behind it, and a dot for each day."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from babel.dates import format_skeleton

from handoutkit.models.blocks.scales import ScoreBand
from handoutkit.models.markdown import to_plain
from handoutkit.render.colour.palette import Palette
from handoutkit.render.figures.draw_figure import Drawing
from handoutkit.render.figures.drawing_sheet import DASH, FINE, RULE, STRONG, DrawingSheet, label_every
from handoutkit.render.figures.figure_words import FigureText, LabelMode
from handoutkit.render.figures.geometry import DoesNotFit, Point, Rect
from handoutkit.render.figures.typeface import Typeface
from handoutkit.render.templating.interface_messages import InterfaceMessages

_NUMBERS, _BANDS, _DATES, _TOP = 11.0, 40.0, 8.0, 5.0
"""Room for the scale's numbers, the names of bands, the days below, and above the highest number."""
_SIDE = 7.0
"""From the edges of the plot to the first and the last day."""
_MIN_APART = 19.0
"""Between the middles of two days that are written below."""
_DOT, _RING = 1.4, 2.9


@dataclass(frozen=True, slots=True)
class PlottedDay:
    """A day of a course; ``value`` is None where there is no number, ``ringed`` where somebody must be told."""

    day: str
    value: float | None
    ringed: bool = False


@dataclass(frozen=True)
class CoursePlotter:
    """Draws courses in one lettering, palette and language."""

    palette: Palette
    typeface: Typeface
    messages: InterfaceMessages
    width: float

    def draw(
        self, days: Sequence[PlottedDay], ends: tuple[float, float], bands: Sequence[ScoreBand], height: float, alt: str
    ) -> Drawing:
        """A drawing of a course.

        Args:
            days: in their order, each with a day in ISO 8601.
            ends: the lowest and the highest number there can be.
            bands: drawn behind the course; none for those who are not to see them.
            height: of the drawing, in millimetres.
            alt: what someone hears who does not see it.
        """
        scale = self.typeface.sizes.enlarged
        mirrored = self.messages.direction == "rtl"
        sheet = DrawingSheet(self.width / scale, height, self.palette, self.messages.direction, mirrored)
        plot = Rect(
            _NUMBERS, _TOP, sheet.width - _NUMBERS - (_BANDS if bands else 1), height - _TOP - _DATES
        )  # the scale stands before it, the names of bands behind it
        _Course(sheet, FigureText((), LabelMode.LABELS, self.typeface), plot, ends, self.messages).draw(days, bands)
        svg = sheet.svg(alt, self.typeface.family, scale)
        return Drawing(svg, sheet.width * scale, height * scale, (), (), False, (), ())


@dataclass(frozen=True)
class _Course:
    sheet: DrawingSheet
    text: FigureText
    plot: Rect
    ends: tuple[float, float]
    messages: InterfaceMessages

    def draw(self, days: Sequence[PlottedDay], bands: Sequence[ScoreBand]) -> None:
        for number, band in enumerate(bands):
            self._band(band, shaded=number % 2 == 1)
        self._scale()
        spots = self._spots([one.day for one in days])
        points = [(x, None if one.value is None else self._y(one.value)) for x, one in zip(spots, days, strict=True)]
        for (x, y), (after_x, after_y) in pairwise(points):
            if y is not None and after_y is not None:
                self.sheet.line((x, y), (after_x, after_y), weight=STRONG, colour=self.sheet.palette.brand)
        for one, (x, y) in zip(days, points, strict=True):
            if y is None:
                self._cross((x, self.plot.bottom - 2.6))
            else:
                self.sheet.dot((x, y), _DOT)
            if one.ringed:
                around = (x, self.plot.bottom - 2.6 if y is None else y)
                self.sheet.path(_circle(around, _RING), weight=STRONG, colour=self.sheet.palette.accent)
        self._write_days([one.day for one in days], spots)

    def _y(self, value: float) -> float:
        lowest, highest = self.ends
        return self.plot.bottom - self.plot.height * (value - lowest) / (highest - lowest or 1)

    def _band(self, band: ScoreBand, *, shaded: bool) -> None:
        """Numbers between two bands belong to none, so their border is halfway."""
        lowest, highest = self.ends
        top, bottom = self._y(min(band.high + 0.5, highest)), self._y(max(band.low - 0.5, lowest))
        if shaded:
            corners = ((self.plot.x, top), (self.plot.right, top), (self.plot.right, bottom), (self.plot.x, bottom))
            d = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + "Z"
            self.sheet.path(d, weight=0.01, colour=self.sheet.palette.wash, fill=self.sheet.palette.wash)
        self.sheet.line((self.plot.x, bottom), (self.sheet.width - 1, bottom), weight=FINE, dash=DASH)
        with suppress(DoesNotFit):  # the table has it
            words = self.text.small(to_plain(band.label), _BANDS - 4, bottom - top - 0.5)
            self.sheet.write(words, (self.plot.right + 3, (top + bottom - words.height) / 2), "start")

    def _scale(self) -> None:
        lowest, highest = self.ends
        steps = int(highest - lowest) or 1
        each = label_every(self.plot.height / steps, steps, 6.5)
        each = each if steps % each == 0 else next((step for step in (5, 10, 20, 25, 50) if step >= steps / 8), steps)
        for step in range(0, steps + 1, each):
            y = self._y(lowest + step)
            self.sheet.line((self.plot.x - 1.5, y), (self.plot.x, y), weight=FINE)
            number = self.text.small(f"{lowest + step:g}", _NUMBERS, 9)
            self.sheet.write(number, (self.plot.x - 2.5, y - number.height / 2), "end")
        self.sheet.line((self.plot.x, self.plot.y), (self.plot.x, self.plot.bottom), weight=RULE)
        self.sheet.line((self.plot.x, self.plot.bottom), (self.plot.right, self.plot.bottom), weight=RULE)

    def _spots(self, days: Sequence[str]) -> list[float]:
        """Where days stand: as far apart as they are in time; one alone stands in the middle."""
        numbers = [date.fromisoformat(day).toordinal() for day in days]
        first, span = min(numbers), max(numbers) - min(numbers)
        room = self.plot.inset(_SIDE, 0)
        return [room.x + room.width * ((number - first) / span if span else 0.5) for number in numbers]

    def _write_days(self, days: Sequence[str], spots: Sequence[float]) -> None:
        """The last and the first day, and of the others those that have room between."""
        written: list[float] = []
        for number in (len(days) - 1, *range(len(days) - 1)):
            x = spots[number]
            if all(abs(x - other) >= _MIN_APART for other in written):
                written.append(x)
                self.sheet.line((x, self.plot.bottom), (x, self.plot.bottom + 1.5), weight=FINE)
                words = self.text.small(short_day(days[number], self.messages), self.sheet.width, 9)
                middle = min(max(x, words.width / 2), self.sheet.width - words.width / 2)
                self.sheet.write(words, (middle, self.plot.bottom + 2.2))

    def _cross(self, middle: Point) -> None:
        x, y = middle
        for dx, dy in ((1.3, 1.3), (1.3, -1.3)):
            self.sheet.line((x - dx, y - dy), (x + dx, y + dy), weight=STRONG, colour=self.sheet.palette.soft)


def _circle(middle: Point, radius: float) -> str:
    x, y = middle
    return f"M{x - radius:.2f} {y:.2f}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0Z"


def short_day(day: str, messages: InterfaceMessages) -> str:
    """A day without its year, as short as the language has it (``Nov 21``)."""
    return format_skeleton("MMMd", date.fromisoformat(day), locale=messages.locale)
