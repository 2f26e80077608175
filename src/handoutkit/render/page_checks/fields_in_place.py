"""Fields that the blocks of a document have, and that are not on its pages, or not where one can write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import Any

from handoutkit.models.blocks.block import Block, BlockField
from handoutkit.models.blocks.lists_and_questions import Qa
from handoutkit.models.document import Document
from handoutkit.render.weasyprint_patches.form_controls import hidden_controls, placed_controls
from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedPages
from handoutkit.render.weasyprint_patches.painting.painted_shapes import Bounds, shared_area

from .fault import Behind, Fault

MIN_SIDE = 7.5
"""CSS pixels (2 mm) that a place to tick or to write is wide and high at least."""
_BUTTONS = ("checkbox", "radio")
"""What a pen marks, and may have its number in it."""
_SPARE, _SHARED, _WRITTEN = 1.0, 0.3, 0.6
"""By which a field may reach over the page in CSS pixels; the part that two may share; that words may have in one."""


def lost_fields(document: Document, there: Collection[str], written: Mapping[str, Any]) -> Iterator[Fault]:
    """Fields that the blocks of a document have, and that are not on a page.

    Args:
        there: the names of those that are.
        written: elements of the page's HTML by the names of their fields; a stylesheet may take them off the page.
    """
    for block in document.blocks:
        for field in block.fields() if block.id else ():
            name = f"{document.handout.id}.{block.id}.{field.name}"
            if name not in there and not _is_answered(document, block, field):
                element = written.get(name)
                behind: Behind = "template" if element is None else "place"
                yield Fault("field-lost", f"the field `{name}` is on no page", behind, element, block.type)


def placed_elements(laid_out: Any) -> set[Any]:
    """The elements of the fields that are on a page."""
    return {element for _, element, _ in placed_controls(laid_out)}


def unseen_fields(laid_out: Any, painted: PaintedPages) -> set[Any]:
    """The elements of those that are hidden or faded away with what is drawn for them."""
    hidden = {*hidden_controls(laid_out), *(within for element in painted.faded for within in element.iter())}
    return hidden & placed_elements(laid_out)


def field_faults(laid_out: Any, painted: PaintedPages) -> Iterator[Fault]:
    """Fields that are on a page, and not where one can write."""
    placed = list(placed_controls(laid_out))
    unseen = unseen_fields(laid_out, painted)
    for page, element, _ in placed:
        if element in unseen:
            says = f"nobody sees the field `{element.get('name')}` on page {page + 1}, or where to write with a pen"
            yield Fault("field-lost", says, "place", element)
    by_page: dict[int, list[tuple[Any, Bounds]]] = {}
    for page, element, bounds in placed:
        by_page.setdefault(page, []).append((element, bounds))
    for page, fields in by_page.items():
        yield from _on_one_page(page, fields, painted)


def _is_answered(document: Document, block: Block, field: BlockField) -> bool:
    """Whether a clinician's copy has the answer of a quiz where a client's has a line to write it on."""
    return document.audience == "clinician" and isinstance(block, Qa) and field.kind == "text"


def _on_one_page(page: int, fields: list[tuple[Any, Bounds]], painted: PaintedPages) -> Iterator[Fault]:
    width, height = painted.sizes[page]
    words = [text for text in painted.texts if text.page == page and not text.added]
    for element, (left, top, right, bottom) in fields:
        named = f"the field `{element.get('name')}` on page {page + 1}"
        if left < -_SPARE or top < -_SPARE or right > width + _SPARE or bottom > height + _SPARE:
            yield Fault("field-out-of-place", f"{named} reaches over the edge of the page", "place", element)
        if min(right - left, bottom - top) < MIN_SIDE:
            yield Fault("field-out-of-place", f"{named} is too small to write in", "place", element)
        for text in words if element.get("type") not in _BUTTONS else ():
            area = max((text.bounds[2] - text.bounds[0]) * (text.bounds[3] - text.bounds[1]), 1.0)
            if shared_area((left, top, right, bottom), text.bounds) > _WRITTEN * area:
                yield Fault("field-out-of-place", f"{named} lies over words", "place", element)
                break
    for (one, a), (other, b) in combinations(sorted(fields, key=lambda field: field[1][1]), 2):
        smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
        if shared_area(a, b) > _SHARED * max(smaller, 1.0):
            says = f"the fields `{one.get('name')}` and `{other.get('name')}` lie on each other on page {page + 1}"
            yield Fault("field-out-of-place", says, "place", other)
