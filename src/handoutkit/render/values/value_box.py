"""Places for values on a page, and the sizes and lines in which a value is tried in its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from handoutkit.errors import Problem

Align = Literal["start", "center", "end"]
PADDING = 2.0
"""Points between a field's edge and its words, as viewers have it."""
LEADING = 1.25
"""From line to line, in sizes of type."""
_STEPS = (1.0, 0.9, 0.8, 0.7)
MIN_SIZE = 9.0
"""Points; smaller type is not read by everyone. What has less in its place from the start, keeps it."""
_TIGHT = 1.15
"""Of the size of type: two lines in the place of one need at least so much each."""
_LETTER = 0.5  # of the size of type, a letter of common text is about as wide as that
_NARROW = 0.15  # and no letter of any script is narrower
_MARKS = 4  # most signs to a letter: vowels, points, accents


@dataclass(frozen=True, slots=True)
class ValueBox:
    """Room for a value, and how words stand in it.

    Attributes:
        name: what the value is called, for problems.
        width: in points, as ``height`` and ``size``, which is the size of type.
        colour: red, green and blue from 0 to 1.
        lines: whether it takes several lines, or one in the middle of its height.
        covered: whether the ground is painted white once there are words.
    """

    name: str
    width: float
    height: float
    size: float
    colour: tuple[float, float, float] = (0, 0, 0)
    align: Align = "start"
    lines: bool = False
    covered: bool = False


@dataclass(frozen=True, slots=True)
class ValueFit:
    """A way to set a value: the size of type, and how many lines there is room for."""

    size: float
    rows: int


def ways(place: ValueBox) -> Iterator[ValueFit]:
    """The ways to try: from the size of the place to the smallest, then on two lines if it is high enough for two."""
    sizes = dict.fromkeys(place.size * step for step in _STEPS if step == 1 or place.size * step >= MIN_SIZE)
    if place.size - MIN_SIZE > 0 and min(sizes) > MIN_SIZE > place.size * _STEPS[-1]:
        sizes[MIN_SIZE] = None
    if place.lines:
        yield from (ValueFit(size, int((place.height - 2 * PADDING) / (size * LEADING) + 1e-6)) for size in sizes)
        return
    yield from (ValueFit(size, 1) for size in sizes)
    yield from (ValueFit(size, 2) for size in sizes if 2 * size * _TIGHT <= place.height)


def room(place: ValueBox, way: ValueFit) -> float:
    """How wide a line may be, in sizes of type."""
    return (place.width - 2 * PADDING) / way.size


def cannot_fit(place: ValueBox, value: str) -> bool:
    """Whether a value is longer than even the narrowest letters would allow, so that it need not be set to find out."""
    most = max(way.rows * room(place, way) for way in ways(place)) / _NARROW
    if len(value) <= most:
        return False
    shown = [char for char in value if not char.isspace()]
    on_a_line = sum(unicodedata.category(char)[0] != "M" for char in shown)
    return on_a_line > most or len(shown) > most * _MARKS


def too_long(place: ValueBox) -> Problem:
    """The problem of a value that does not fit; its hint says what does."""
    last = list(ways(place))[-1]
    letters = round(room(place, last) / _LETTER)
    fits = f"{last.rows} lines of about {letters} letters" if last.rows > 1 else f"one line of about {letters} letters"
    message = f"the value for `{place.name}` does not fit its place"
    return Problem("value-too-long", message, f"there is room for {fits}, in the smallest type", path=place.name)
