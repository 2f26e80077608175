"""Whether each place to write has a line or a box that is seen, with a field on it or on paper alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handoutkit.render.weasyprint_patches.layout_boxes import bounds_of
from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedGround, PaintedPages
from handoutkit.render.weasyprint_patches.painting.painted_shapes import Bounds, PaintedLine, shared_area

from .fault import Fault
from .form_outline import FormOutline
from .readable_words import LARGE, contrast_to_ground

NEEDED = LARGE
"""Least contrast of what shows where to write (WCAG 2.2, 1.4.11)."""
_ROUNDED, _REACH = 0.05, 2.0
"""By which a contrast may be less; CSS pixels by which a line may be outside the place that it is for."""
_TOP, _PART = 0.25, 0.5
"""The part of a place's height that has no line to write on; that of its width which has one at least."""


@dataclass(frozen=True, slots=True)
class PlaceToWrite:
    """A place to write or tick.

    Attributes:
        name: of its field, also where there is none on paper.
        drawn: the HTML elements around the field's place that may be drawn as such, the nearest first.
    """

    name: str
    drawn: tuple[Any, ...]


def places_with_fields(root: Any, fields: Collection[Any]) -> Iterator[PlaceToWrite]:
    """The places of some fields that are in a page's HTML, but for those that are only read."""
    around = {child: element for element in root.iter() for child in element}
    for control, parent in around.items():
        if control in fields and control.get("readonly") is None:
            yield PlaceToWrite(control.get("name"), _drawn(parent, around))


def places_on_paper(root: Any, form: FormOutline) -> Iterator[PlaceToWrite]:
    """The same places in the HTML of a page for paper; ``form`` is that of the same page with its fields."""
    around = {child: element for element in root.iter() for child in element}
    for name, parent in form.on_paper(root):
        yield PlaceToWrite(name, _drawn(parent, around))


def _is_control(element: Any) -> bool:
    """Whether an HTML element is a field."""
    return element.tag in ("input", "textarea") and bool(element.get("name"))


def unseen_places(places: Iterable[PlaceToWrite], laid_out: Any, painted: PaintedPages) -> Iterator[Fault]:
    """Places that nobody sees on paper: nothing is drawn there, or too faintly."""
    places = list(places)
    drawn = {element for place in places for element in place.drawn}
    where = bounds_of(laid_out, drawn | {part for element in drawn for part in _parts_of_date(element)})
    pages = [_DrawnPage() for _ in painted.sizes]
    for ground in painted.grounds:
        pages[ground.page].grounds.append(ground)
    for line in painted.lines:
        if line.is_across:
            pages[line.page].lines.append(line)
    for place in places:
        found = [at for element in place.drawn for at in _as_wide_as_lines(element, where)]
        if not any(pages[page].shows(bounds, painted.sizes[page]) for page, bounds in found):
            page = f" on page {found[0][0] + 1}" if found else ""
            says = f"nobody sees where to write `{place.name}`{page}: no line or box has a contrast of {NEEDED:g} there"
            yield Fault("field-lost", says, "line", _blamed(place.drawn[0]))


def _as_wide_as_lines(element: Any, where: Mapping[Any, Sequence[tuple[int, Bounds]]]) -> Iterator[tuple[int, Bounds]]:
    """Where an element is, by page; a day's is no wider than its three lines, however wide its column."""
    parts = [bounds for part in _parts_of_date(element) for _, bounds in where.get(part, ())]
    for page, bounds in where.get(element, ()):
        across = parts or [bounds]
        yield page, (min(part[0] for part in across), bounds[1], max(part[2] for part in across), bounds[3])


def _parts_of_date(element: Any) -> list[Any]:
    return [child for child in element if "date-part" in _classes(child)]


def _drawn(parent: Any, around: dict[Any, Any]) -> tuple[Any, ...]:
    """The element that a field stands in; and what is around that, where it fills a box that is drawn already."""
    drawn = [parent]
    while "cell" in _classes(drawn[-1]) and drawn[-1] in around:
        drawn.append(around[drawn[-1]])
    return tuple(drawn)


def _blamed(element: Any) -> Any:
    """Of several lines the first, whose border is looked for; else the element itself."""
    inside = (child for child in element if not _is_control(child))
    return next((child for child in inside if {"line", "date-part"} & _classes(child)), element)


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


class _DrawnPage:
    """What was painted on a page, as places are held against it."""

    def __init__(self) -> None:
        self.grounds: list[PaintedGround] = []
        self.lines: list[PaintedLine] = []
        self._seen: dict[int, bool] = {}

    def shows(self, bounds: Bounds, size: tuple[float, float]) -> bool:
        """Whether a line, a box or a picture is seen at a place on the page."""
        left, top, right, bottom = bounds
        if left < -_REACH or right > size[0] + _REACH or top < -_REACH or bottom > size[1] + _REACH:
            return False
        begin, end = top + _TOP * (bottom - top) - _REACH, bottom + _REACH
        across = 0.0
        for line in self.lines:
            x1, y1, x2, y2 = line.bounds
            length = min(right, x2) - max(left, x1)
            if length > 0 and begin <= y1 and y2 <= end and self._is_seen(line):
                across += length
                if across >= _PART * (right - left):
                    return True
        return any(self._is_drawn(ground, bounds) for ground in self.grounds)

    def _is_seen(self, line: PaintedLine) -> bool:
        if line.step not in self._seen:
            against = contrast_to_ground(line, self.grounds)
            self._seen[line.step] = (against is None or against >= NEEDED - _ROUNDED) and not self._is_covered(line)
        return self._seen[line.step]

    def _is_covered(self, line: PaintedLine) -> bool:
        left, top, right, bottom = line.bounds
        area = (right - left) * (bottom - top)
        over = (ground for ground in self.grounds if ground.step > line.step and ground.is_solid)
        return any(shared_area(ground.bounds, line.bounds) > _PART * area for ground in over)

    def _is_drawn(self, ground: PaintedGround, bounds: Bounds) -> bool:
        """Whether a picture is under a place; or a ground that is no larger, and unlike what is under it."""
        area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
        if shared_area(ground.bounds, bounds) <= 0:
            return False
        if ground.element is not None:
            return shared_area(ground.bounds, bounds) > _PART * area
        left, top, right, bottom = ground.bounds
        is_here = left >= bounds[0] - _REACH and top >= bounds[1] - _REACH
        if not (is_here and right <= bounds[2] + _REACH and bottom <= bounds[3] + _REACH):
            return False
        as_lines = (PaintedLine(ground.page, ground.step - 1, None, ground.bounds, paint) for paint in ground.paints)
        against = [contrast_to_ground(line, self.grounds) for line in as_lines]
        return not against or any(each is None or each >= NEEDED - _ROUNDED for each in against)
