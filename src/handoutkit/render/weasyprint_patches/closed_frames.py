"""Frames that part between two pages end below their last words, and not at the foot of the page.

CSS lets a box that parts fill the rest of its page (css-break-3, "box splitting"). A frame that is drawn whole on each
page (``box-decoration-break: clone``) would then hold a blank, as a place to write does. No rule of CSS says otherwise,
so boxes of a finished layout are changed: nothing stands below them on their page.
"""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise
from typing import Any

from .layout_boxes import children, inside, page_boxes


def close_frames(document: Any) -> None:
    """End each frame that goes on overleaf where its words on this page end, in place."""
    for here, after in pairwise(page_boxes(document)):
        goes_on = {box.element for box in inside(after) if box.element_tag}
        for frame in inside(here):
            if frame.element in goes_on and frame.style["box_decoration_break"] == "clone":
                frame.height = min(frame.height, _end_of_words(frame, goes_on) - frame.content_box_y())


def _end_of_words(box: Any, goes_on: Set[Any]) -> float:
    """Where what is in a box ends; of boxes in it that part as well, only their words count."""
    ends: list[float] = [box.content_box_y()]
    for child in children(box):
        if not child.is_in_normal_flow():
            continue
        parts = child.element in goes_on and child.element is not box.element and bool(getattr(child, "children", ()))
        around = child.padding_bottom + child.border_bottom_width if parts else 0
        ends.append(_end_of_words(child, goes_on) + around if parts else child.position_y + child.margin_height())
    return max(ends)
