"""The page numbers of a packet, set in the theme's own type: a tiny page each, which becomes a Form XObject."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Name

from handoutkit.loading.load import Loaded
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Practice
from handoutkit.render.pdf import Typesetter

TEMPLATE = "packet-stamps.html"


def page_numbers(
    pdf: pikepdf.Pdf, size: tuple[float, float], packet: Loaded[Packet], practice: Practice, typesetter: Typesetter
) -> list[Any]:
    """The number of each of a PDF's pages, as XObjects in it of this size in points. Raises ContentError."""
    width, height = size
    names = {
        "language": packet.model.language,
        "pages": len(pdf.pages),
        "width": width,
        "height": height,
        "paper": "letter",
    }
    laid_out = typesetter.lay_out(typesetter.html(TEMPLATE, practice, names), packet.source)
    with pikepdf.open(io.BytesIO(typesetter.write(laid_out, packet.source, None, tagged=False))) as tiny:
        resources = pdf.copy_foreign(tiny.make_indirect(tiny.pages[0].obj.Resources))
        made = [pdf.make_stream(page.obj.Contents.read_bytes(), Resources=resources) for page in tiny.pages]
    for number in made:
        number.Type, number.Subtype = Name.XObject, Name.Form
        number.BBox = Array([0, 0, width, height])
    return made
