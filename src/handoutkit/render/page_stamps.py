"""Records where a page's foot has room for a packet's stamps: the client's reference and the page number."""

from __future__ import annotations

from typing import Any

import pydyf

from handoutkit.render.weasyprint_patches.layout_boxes import (
    TO_POINTS,
    colour_of,
    content_rectangle,
    font_size_of,
    outermost,
    page_boxes,
)

STAMPS = {"reference": "HDKT_Reference", "page": "HDKT_Page"}
"""What is stamped, and the key of the page's dictionary that says where and how it is set.

`Rect` is left, bottom, width and height in points, `Size` that of type, `Colour` three numbers from 0 to 1."""


def record(document: Any, pdf: pydyf.PDF) -> None:
    """Write the places of elements with ``data-stamp`` into the dictionary of each page.

    Args:
        document: the ``weasyprint.document.Document`` it was made from.
        pdf: changed in place.
    """
    objects = {obj.reference: obj for obj in pdf.objects}
    for page, reference in zip(page_boxes(document), pdf.page_references, strict=True):
        for box in outermost(page, _is_stamped):
            objects[reference][STAMPS[box.element.get("data-stamp")]] = _place(box, page)


def _is_stamped(box: Any) -> bool:
    return box.element is not None and box.element.get("data-stamp") in STAMPS


def _place(box: Any, page: Any) -> pydyf.Dictionary:
    place = content_rectangle(box, page)
    sides = (place.left, place.bottom, place.width, place.height)
    return pydyf.Dictionary(
        {
            "Rect": pydyf.Array(round(side * TO_POINTS, 2) for side in sides),
            "Size": font_size_of(box),
            "Colour": pydyf.Array(round(part, 4) for part in colour_of(box)),
        }
    )
