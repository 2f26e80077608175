"""Gaps of sentences that reach to the margin: the last one on a line takes the room that its line leaves.

No rule of CSS says that of a line that may break anywhere. So boxes of a finished layout are changed; no line breaks
elsewhere for it, since a line grows no further than to the edge it is in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .layout_boxes import children, inside, laid_out, page_boxes

_FRAME, _SLOT, _GAP = "frame", "slot", "gap"


def stretch_gaps(document: Any) -> None:
    """Widen the last gap of each line of the sentence frames of a ``weasyprint.document.Document``, in place."""
    for page, box in zip(document.pages, page_boxes(document), strict=True):
        frames = list(_of_class(box, _FRAME))
        for frame in frames:
            for line in children(frame):
                if type(line).__name__ == "LineBox":
                    _fill(line, frame)
        held = {id(each) for frame in frames for each in inside(frame)}
        page.forms = {
            form: [(each, _where_it_is(each, place) if id(laid_out(each)) in held else place) for each, place in inputs]
            for form, inputs in page.forms.items()
        }


def _where_it_is(box: Any, rectangle: tuple[float, ...]) -> tuple[float, ...]:
    """The rectangle of a control's form field, which was noted before."""
    left, width = laid_out(box).content_box_x(), laid_out(box).width
    return left, rectangle[1], left + width, rectangle[3]


def _fill(line: Any, frame: Any) -> None:
    right_to_left = frame.style["direction"] == "rtl"
    words = [box for box in children(line) if box.width]
    slots = list(_of_class(line, _SLOT))
    if not slots or not words:
        return
    left, right = frame.content_box_x(), frame.content_box_x() + frame.width
    if right_to_left:
        slot, free = min(slots, key=lambda box: box.position_x), min(box.position_x for box in words) - left
    else:
        slot = max(slots, key=lambda box: box.position_x)
        free = right - max(box.position_x + box.margin_width() for box in words)
    if free > 0:
        _widen(line, slot, free, -free if right_to_left else 0)
        _move_what_follows(line, slot, -free if right_to_left else free)


def _widen(line: Any, slot: Any, by: float, shift: float) -> None:
    """The slot with the gap in it, what lies over the gap, and the inline boxes around it."""
    around = [box for box in [line, *inside(line)] if slot in inside(box)]
    gaps = list(_of_class(slot, _GAP))
    over = [box for gap in gaps for box in inside(gap) if box.element_tag == "input"]
    for box in {id(box): box for box in (*around, slot, *gaps, *over)}.values():
        box.width += by
        if shift:
            box.position_x += shift


def _move_what_follows(line: Any, slot: Any, by: float) -> None:
    """Move all that is beyond the slot towards the margin."""
    for box in [line, *inside(line)]:
        for child in children(box) if slot in inside(box) else ():
            beyond = child.position_x < slot.position_x - by if by < 0 else child.position_x > slot.position_x
            if child is not slot and slot not in inside(child) and beyond:
                child.translate(by)


def _of_class(box: Any, name: str) -> Iterator[Any]:
    for child in inside(box):
        if child.element is not None and child.element_tag and name in (child.element.get("class") or "").split():
            yield child
