"""Records where a page has room for paragraphs that are set once a client's values are known, and how they are set."""

from __future__ import annotations

from typing import Any

import pydyf

from handoutkit.render.weasyprint_patches.layout_boxes import (
    TO_POINTS,
    colour_of,
    content_rectangle,
    first_line_of,
    font_size_of,
    is_block,
    outermost,
    page_boxes,
    text_style_of,
)

RUNNING = "HDKT_Running"
"""The key of a page's dictionary with a list of them: `Name`; `Rect` (left, bottom, width and height), `Size`,
`Leading` and `Baseline` in points; `Colour`, three numbers from 0 to 1; `Align`, `Family`, `Weight`, `FromRight`."""


def record(document: Any, pdf: pydyf.PDF) -> None:
    """Write the places of elements with ``data-running`` into the dictionary of each page.

    Args:
        document: the ``weasyprint.document.Document`` it was made from.
        pdf: changed in place.
    """
    objects = {obj.reference: obj for obj in pdf.objects}
    for page, reference in zip(page_boxes(document), pdf.page_references, strict=True):
        if places := [_place(box, page) for box in outermost(page, _is_running)]:
            objects[reference][RUNNING] = pydyf.Array(places)


def _is_running(box: Any) -> bool:
    return box.element is not None and bool(box.element.get("data-running")) and is_block(box)


def _place(box: Any, page: Any) -> pydyf.Dictionary:
    place = content_rectangle(box, page)
    sides = (place.left, place.bottom, place.width, place.height)
    line, style = first_line_of(box), text_style_of(box)
    return pydyf.Dictionary(
        {
            "Name": pydyf.String(box.element.get("data-running")),
            "Rect": pydyf.Array(round(side * TO_POINTS, 2) for side in sides),
            "Size": font_size_of(box),
            "Leading": round(line.height * TO_POINTS, 3),
            "Baseline": round(line.baseline * TO_POINTS, 3),
            "Colour": pydyf.Array(round(part, 4) for part in colour_of(box)),
            "Align": pydyf.String(style.align),
            "Family": pydyf.String(style.family),
            "Weight": style.weight,
            "FromRight": int(style.right_to_left),
        }
    )
