"""What the packets of one layout have in common on paper: found in the first of them, and kept for all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

from handoutkit.packets.personalise.incremental_update import reachable
from handoutkit.render.forms.field_drawings import PEN_UP

from .finished_packets import LayoutFacts
from .printed_page import PrintedPage

_NOTHING = (b"", PEN_UP)


@dataclass(frozen=True, slots=True)
class _Widget:
    """A field's box on a page: the numbers of its object and of what it shows; whether that is more than nothing."""

    page: int
    place: int
    number: int
    shown: int
    is_drawn: bool


@dataclass
class LayoutPages:
    """The pages of one layout.

    Attributes:
        widgets: the boxes of fields that show something, or may.
        digests: of the objects that all its packets share, by their numbers.
    """

    facts: LayoutFacts
    widgets: tuple[_Widget, ...]
    digests: dict[int, bytes] = field(default_factory=dict)
    _reach: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: LayoutFacts, pdf: pikepdf.Pdf) -> LayoutPages:
        """As a packet of the layout has them."""
        widgets = []
        for number, page in enumerate(pdf.pages):
            for place, note in enumerate(page.obj.get("/Annots", ())):
                if (stream := _shown(note)) is not None:
                    drawn = stream.read_bytes().strip() not in _NOTHING
                    widgets.append(_Widget(number, place, note.objgen[0], stream.objgen[0], drawn))
        return cls(facts, tuple(widgets))

    def is_whole_in(self, data: bytes) -> bool:
        """Whether a packet begins with the layout, so that what it did not change is the layout's."""
        return hashlib.sha256(memoryview(data)[: self.facts.length]).hexdigest() == self.facts.sha256

    def shares(self, item: Any, own: frozenset[int]) -> bool:
        """Whether an object of a packet, and all it refers to, is as in the layout; ``own`` are those it changed."""
        number = item.objgen[0]
        if number in own or not 0 < number < self.facts.size:
            return False
        if number not in self._reach:
            self._reach[number] = frozenset(other.objgen[0] for other in reachable(item))
        return self._reach[number].isdisjoint(own)

    def pages(self, pdf: pikepdf.Pdf, own: frozenset[int]) -> list[PrintedPage]:
        """The pages of a packet with what its fields show drawn on them; ``own`` are the objects it changed."""
        pages = [PrintedPage.of(page.obj) for page in pdf.pages]
        filled: dict[int, list[Any]] = {}
        for widget in self.widgets:
            if widget.is_drawn or widget.number in own or widget.shown in own:
                filled.setdefault(widget.page, []).append(pages[widget.page].entries.Annots[widget.place])
        for number, notes in filled.items():
            pages[number] = _with_fields(pages[number], notes)
        return pages


def _with_fields(page: PrintedPage, notes: list[Any]) -> PrintedPage:
    names = Dictionary()
    operators = []
    for number, note in enumerate(notes):
        if (stream := _shown(note)) is None:
            continue
        names[f"/HdktField{number}"] = stream
        matrix = " ".join(f"{part:.4f}" for part in _matrix(note.Rect, stream.BBox))
        operators.append(f"q {matrix} cm /HdktField{number} Do Q".encode())
    return page.drawn_over(b"\n".join(operators), "/XObject", names)


def _matrix(rectangle: Any, box: Any) -> Iterator[float]:
    """What brings the box of an appearance into a field's (ISO 32000-2, 12.5.5)."""
    left, bottom, right, top = (float(side) for side in rectangle)
    x1, y1, x2, y2 = (float(side) for side in box)
    wide, high = (right - left) / ((x2 - x1) or 1), (top - bottom) / ((y2 - y1) or 1)
    yield from (wide, 0, 0, high, left - x1 * wide, bottom - y1 * high)


def _shown(note: Any) -> Any:
    """The stream that an annotation shows in its present state; None if it shows nothing."""
    shown = note.get("/AP", Dictionary()).get("/N")
    if isinstance(shown, Stream):
        return shown
    state = str(note.get("/AS", "/Off"))
    return shown.get(state) if isinstance(shown, Dictionary) else None
