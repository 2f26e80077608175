"""A patch by which a picture that only decorates, ``<img alt="">``, is no figure: a listener does not hear of it.

WeasyPrint asks for words for every picture. HTML says of one with empty words that it is there to look at (HTML,
4.8.4.4.4), and PDF that such a thing is an artifact (ISO 32000-1, 14.8.2.2): marked content that no tag holds, which
``structure_tags`` makes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .engine import Patch, Target


def is_decorative(box: Any) -> bool:
    """Whether a layout box is that of a picture without words on purpose."""
    element = box.element
    return element is not None and box.element_tag == "img" and element.get("alt") == ""


def _leave_out_decorative(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def build_box_tree(
        box: Any, parent: Any, pdf: Any, page_number: int, nums: Any, annotations: Any, tags: Any
    ) -> Iterator[Any]:
        inner = getattr(box, "_box", box)  # what is positioned has a placeholder
        if not is_decorative(inner):
            yield from original(box, parent, pdf, page_number, nums, annotations, tags)
            return
        inner.element.set("alt", "-")  # or WeasyPrint complains; nobody hears it, for no tag of the tree has it
        try:
            tuple(original(box, parent, pdf, page_number, nums, annotations, tags))
        finally:
            inner.element.set("alt", "")

    return build_box_tree


PATCH = Patch(
    name="pictures that only decorate",
    page='<html lang="en"><title>-</title><p>Words <img alt="" src="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Cpath d='M0 0h9v9z'/%3E%3C/svg%3E\">",
    targets=(
        Target(
            "weasyprint.pdf.tags._build_box_tree",
            "(box, parent, pdf, page_number, nums, annotations, tags)",
            _leave_out_decorative,
        ),
    ),
)
