"""The words of a figure's regions, set in lines for the room they have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from handoutkit.models import markdown
from handoutkit.models.blocks.figure import Region

from .geometry import DoesNotFit
from .typeface import Typeface, line_height

_SMALL = 9.0


class LabelMode(Enum):
    """How much of the words stands in the drawing; the rest stands beneath it."""

    ALL = "labels and texts"
    LABELS = "labels"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of type; ``size`` in points."""

    text: str
    size: float
    bold: bool

    @property
    def height(self) -> float:
        """The height of the line, in millimetres."""
        return line_height(self.size)


@dataclass(frozen=True, slots=True)
class TextLines:
    """Lines below each other, and the room they take."""

    lines: tuple[TextLine, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FigureText:
    """What the regions of a figure say inside the drawing."""

    regions: tuple[Region, ...]
    telling: LabelMode
    typeface: Typeface

    def sizes(self) -> tuple[float, ...]:
        """Sizes of type to try, the best first."""
        return self.typeface.sizes.numbers if self.telling is LabelMode.NUMBERS else self.typeface.sizes.labels

    def has_text(self, number: int) -> bool:
        """Whether the region has more than a label to say inside the drawing."""
        return self.telling is LabelMode.ALL and self.regions[number].text is not None

    def set(
        self, number: int, width: float, height: float, *, most: int = 99, sizes: tuple[float, ...] | None = None
    ) -> TextLines:
        """The words of a region, by its number from 0, as large as they can be.

        Args:
            most: lines of the label.

        Raises:
            TooTight: they do not fit the room.
        """
        for size in sizes or self.sizes():
            label, text = self._label(number, size, width), self._text(number, size, width)
            if label and len(label) <= most and text is not None:
                words = self._measured(label + text)
                if words.height <= height + 1e-6:
                    return words
        raise DoesNotFit

    def label(self, number: int, width: float, height: float) -> TextLines:
        """The label alone. Raises TooTight."""
        return self._first(height, (self._label(number, size, width) for size in self.sizes()))

    def text(self, number: int, width: float, height: float) -> TextLines:
        """The text alone. Raises TooTight."""
        return self._first(height, (self._text(number, size, width) for size in self.sizes()))

    def small(self, text: str, width: float, height: float, *, bold: bool = False, size: float = _SMALL) -> TextLines:
        """Other words of the figure, such as those on a link. Raises TooTight."""
        lines = self._wrapped(text, max(size, self.typeface.sizes.least), width, bold)
        words = self._measured(lines) if lines else None
        if not words or words.height > height:
            raise DoesNotFit
        return words

    def _first(self, height: float, settings: Iterable[tuple[TextLine, ...] | None]) -> TextLines:
        for lines in settings:
            if lines and (words := self._measured(lines)).height <= height + 1e-6:
                return words
        raise DoesNotFit

    def _label(self, number: int, size: float, width: float) -> tuple[TextLine, ...] | None:
        label = str(number + 1) if self.telling is LabelMode.NUMBERS else self.regions[number].label
        return self._wrapped(label, size, width, bold=True)

    def _text(self, number: int, size: float, width: float) -> tuple[TextLine, ...] | None:
        text = self.regions[number].text
        if text is None or not self.has_text(number):
            return ()
        return self._wrapped(markdown.to_plain(text), size - 0.5, width, bold=False)

    def _wrapped(self, text: str, size: float, width: float, bold: bool) -> tuple[TextLine, ...] | None:
        lines = self.typeface.face(bold=bold).wrap(text, size, width)
        return tuple(TextLine(line, size, bold) for line in lines) if lines else None

    def _measured(self, lines: tuple[TextLine, ...]) -> TextLines:
        width = max(self.typeface.face(bold=line.bold).width(line.text, line.size) for line in lines)
        return TextLines(lines, width, sum(line.height for line in lines))
