"""The parts of a line in the order in which they are read, where it has words of both directions.

Pango lays the runs of a line out from left to right, and WeasyPrint 70 writes them as it goes. Where some run from the
right, what is read first then stands last in the file, and readers that follow the file (ISO 32000-2, 14.8.2.3.2) say
``12 mg`` before the word that it follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from handoutkit.render.weasyprint_patches.engine import weasyprint


@dataclass(frozen=True, slots=True)
class LinePart:
    """Neighbouring runs of one direction, as a layout whose line has nothing else.

    Attributes:
        left: where it begins, from the left end of the line, in points of the layout.
    """

    left: float
    whole: Any
    runs: tuple[Any, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    def get_first_line(self) -> tuple[_Line, None]:
        """As the layout's own method answers."""
        run: Any = weasyprint().text.ffi.ffi.NULL
        for data in reversed(self.runs):
            run = _Run(data, run)
        return _Line((run,)), None


@dataclass(frozen=True, slots=True)
class _Run:
    """As an element of Pango's list of runs."""

    data: Any
    next: Any


@dataclass(frozen=True, slots=True)
class _Line:
    """As Pango's line."""

    runs: tuple[_Run]


def parts_in_reading_order(layout: Any) -> list[LinePart]:
    """Divide the first line of a laid-out text; nothing is returned where all of it runs from the left."""
    ffi = weasyprint().text.ffi
    ffi.pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # drawing does, and runs are gone then
    line, _ = layout.get_first_line()
    runs = list(_runs(line.runs[0]))
    if len(runs) == 1 or not any(map(_from_right, runs)):
        return []
    parts, pen = list[LinePart](), 0.0
    for together in _of_one_direction(runs):
        parts.append(LinePart(pen, layout, tuple(together)))
        pen += sum(_width(run) for run in together) * ffi.FROM_UNITS
    return sorted(parts, key=lambda part: part.runs[0].item.offset)


def _runs(run: Any) -> Iterator[Any]:
    while run:
        yield run.data
        run = run.next


def _of_one_direction(runs: Sequence[Any]) -> Iterator[list[Any]]:
    """Runs that go on from each other when read from the left stay together; each of the others is by itself."""
    together = [runs[0]]
    for run in runs[1:]:
        before = together[-1]
        if _from_right(before) or _from_right(run) or before.item.offset + before.item.length != run.item.offset:
            yield together
            together = []
        together.append(run)
    yield together


def _from_right(run: Any) -> bool:
    return bool(run.item.analysis.level % 2)


def _width(run: Any) -> int:
    glyphs = run.glyphs
    return sum(glyphs.glyphs[n].geometry.width for n in range(glyphs.num_glyphs))
