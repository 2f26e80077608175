"""Where a page's foot leaves room for what a packet stamps there: the client's reference and its own page number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

STAMPS = {"reference": "HDKT_Reference", "page": "HDKT_Page"}
"""What is stamped, and the key of the page's dictionary that says where and how it is set.

`Rect` is left, bottom, width and height in points, `Size` that of type, `Colour` three numbers from 0 to 1."""
_POINTS_PER_PIXEL = 0.75


def record(document: Any, pdf: pydyf.PDF) -> None:
    """Write into each page where its foot has elements with ``data-stamp``.

    Args:
        document: the ``weasyprint.document.Document`` it was made from.
        pdf: changed in place.
    """
    objects = {obj.reference: obj for obj in pdf.objects}
    for page, reference in zip(document.pages, pdf.page_references, strict=True):
        for box in _boxes(page._page_box):
            key = STAMPS[box.element.get("data-stamp")]
            objects[reference][key] = _place(box, page._page_box)


def _boxes(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        real = getattr(child, "_box", child)
        if real.element is not None and real.element.get("data-stamp") in STAMPS:
            yield real
        else:
            yield from _boxes(real)


def _place(box: Any, page: Any) -> pydyf.Dictionary:
    left, top = box.content_box_x(), box.content_box_y()
    corners = (left, page.margin_height() - top - box.height, box.width, box.height)
    colour = box.style["color"].to("srgb").coordinates
    return pydyf.Dictionary(
        {
            "Rect": pydyf.Array(round(side * _POINTS_PER_PIXEL, 2) for side in corners),
            "Size": round(box.style["font_size"] * _POINTS_PER_PIXEL, 2),
            "Colour": pydyf.Array(round(part, 4) for part in colour),
        }
    )
