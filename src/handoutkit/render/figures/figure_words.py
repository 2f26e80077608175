"""The words of a figure's regions, set in lines for the room they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from handoutkit.models import markdown
from handoutkit.models.blocks.figure import Region

from .geometry import DoesNotFit
from .typeface import Typeface, line_height

_SMALL = 9.0
Fitted = TypeVar("Fitted")


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
        """The height of the line in millimetres."""
        return line_height(self.size)


@dataclass(frozen=True, slots=True)
class TextLines:
    """Lines below each other, and the room they take."""

    lines: tuple[TextLine, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FigureText:
    """What the regions of a figure say inside the drawing.

    Attributes:
        one_size: the only size of type for all of them; None where each may have its own.
    """

    regions: tuple[Region, ...]
    label_mode: LabelMode
    typeface: Typeface
    one_size: float | None = None

    @property
    def pitch(self) -> float:
        """From one line to write on to the next: 8 mm, and 10 in large print, whose drawings are enlarged."""
        enlarged = self.typeface.sizes.enlarged
        return 10 / enlarged if enlarged > 1 else 8.0

    def sizes(self) -> tuple[float, ...]:
        """Sizes of type to try, the best first."""
        if self.one_size is not None:
            return (self.one_size,)
        return self.typeface.sizes.numbers if self.label_mode is LabelMode.NUMBERS else self.typeface.sizes.labels

    def has_text(self, number: int) -> bool:
        """Whether the region has more than a label to say inside the drawing."""
        return self.label_mode is LabelMode.ALL and self.regions[number].text is not None

    def set(
        self, number: int, width: float, height: float, *, max_lines: int = 99, sizes: tuple[float, ...] | None = None
    ) -> TextLines:
        """The words of a region, by its number from 0, as large as they can be.

        Args:
            max_lines: lines of the label.

        Raises:
            DoesNotFit: they do not fit the room.
        """

        def attempt(size: float) -> TextLines:
            label, text = self._label(number, size, width), self._text(number, size, width)
            if not label or len(label) > max_lines or text is None:
                raise DoesNotFit
            return self._fitted(label + text, height)

        return self.first_that_fits(attempt, sizes)

    def first_that_fits(self, attempt: Callable[[float], Fitted], sizes: Iterable[float] | None = None) -> Fitted:
        """What an attempt gives with the best size of type in which it fits. Raises DoesNotFit: with none."""
        for size in sizes or self.sizes():
            try:
                return attempt(size)
            except DoesNotFit:
                continue
        raise DoesNotFit

    def column(
        self, numbers: Sequence[int], width: float, height: float, *, gap: float, answer: float = 0
    ) -> list[TextLines]:
        """The words of several regions below each other, in one size of type. Raises DoesNotFit.

        Args:
            gap: between two of them.
            answer: height of the place to write below those that are answered.
        """

        def attempt(size: float) -> list[TextLines]:
            words = [self.set(number, width, height, sizes=(size,)) for number in numbers]
            answers = answer * sum(self.regions[number].answer for number in numbers)
            if sum(lines.height for lines in words) + gap * (len(words) - 1) + answers > height:
                raise DoesNotFit
            return words

        return self.first_that_fits(attempt)

    def label(self, number: int, width: float, height: float) -> TextLines:
        """The label of a region without its text. Raises DoesNotFit."""
        return self.first_that_fits(lambda size: self._fitted(self._label(number, size, width), height))

    def text(self, number: int, width: float, height: float) -> TextLines:
        """The text of a region without its label. Raises DoesNotFit."""
        return self.first_that_fits(lambda size: self._fitted(self._text(number, size, width), height))

    def small(self, text: str, width: float, height: float, *, size: float = _SMALL) -> TextLines:
        """Other words of the figure, such as those on a link. Raises DoesNotFit."""
        size = max(size, self.typeface.sizes.smallest)
        return self._fitted(self._wrapped(text, size, width, bold=False), height)

    def _label(self, number: int, size: float, width: float) -> tuple[TextLine, ...] | None:
        label = str(number + 1) if self.label_mode is LabelMode.NUMBERS else self.regions[number].label
        return self._wrapped(label, size, width, bold=True)

    def _text(self, number: int, size: float, width: float) -> tuple[TextLine, ...] | None:
        text = self.regions[number].text
        if text is None or not self.has_text(number):
            return ()
        return self._wrapped(markdown.to_plain(text), size - 0.5, width, bold=False)

    def _wrapped(self, text: str, size: float, width: float, bold: bool) -> tuple[TextLine, ...] | None:
        lines = self.typeface.face(bold=bold).wrap(text, size, width)
        return tuple(TextLine(line, size, bold) for line in lines) if lines else None

    def _fitted(self, lines: tuple[TextLine, ...] | None, height: float) -> TextLines:
        """The lines with the room that they take. Raises DoesNotFit: there are none, or they are higher than that."""
        if not lines or (taken := sum(line.height for line in lines)) > height + 1e-6:
            raise DoesNotFit
        width = max(self.typeface.face(bold=line.bold).width(line.text, line.size) for line in lines)
        return TextLines(lines, width, taken)
