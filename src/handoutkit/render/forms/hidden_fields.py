"""Fields that are read and never shown: the edition of a handout and the reference of a client.

Each has a hidden widget on every page that it speaks for. Programs that fill in forms expect a widget of every field
(pdf-lib stops at one without), and programs that split or merge PDFs take along only the fields of the pages they take.
PDF/UA-1 asks for no tag where the flag Hidden is set (ISO 14289-1, 7.18.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf
import pydyf
from pikepdf import Array, Dictionary, Name, String

from .field_drawings import PEN_UP, drawing

HIDDEN = 1 << 1
"""The flag of a widget that is neither shown nor printed (ISO 32000-1, table 165)."""
_READ_ONLY = 1
_NOWHERE = [0, 0, 0, 0]


def add_hidden_field(
    document: pikepdf.Pdf, parent: Any, name: str, accessible_name: str, value: str, pages: Iterable[pikepdf.Page]
) -> None:
    """Put a hidden text field below another field of a finished PDF, with a widget on each of some pages."""
    field: Any = document.make_indirect(
        Dictionary(
            FT=Name.Tx,
            T=String(name),
            TU=String(accessible_name),
            V=String(value),
            DA=document.Root.AcroForm.DA,
            Ff=_READ_ONLY,
            Parent=parent,
            Kids=Array(),
        )
    )
    empty = document.make_stream(PEN_UP, Type=Name.XObject, Subtype=Name.Form, BBox=Array(_NOWHERE))
    for page in pages:
        widget = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=Array(_NOWHERE),
                F=HIDDEN,
                P=page.obj,
                AP=Dictionary(N=empty),
                Parent=field,
            )
        )
        field.Kids.append(widget)
        page.obj.Annots = Array([*page.obj.get("/Annots", ()), widget])
    parent.Kids = Array([*parent.get("/Kids", ()), field])


def write_hidden_field(pdf: pydyf.PDF, parent: Any, name: str, accessible_name: str, value: str, look: str) -> None:
    """Put a hidden text field below another field of a PDF that is being written, with a widget on each page.

    Args:
        parent: the dictionary of the other field, with a list of its ``Kids``.
        look: the default appearance, as operators; nothing is ever drawn with it.
    """
    field = pydyf.Dictionary(
        {
            "FT": "/Tx",
            "T": pydyf.String(name),
            "TU": pydyf.String(accessible_name),
            "V": pydyf.String(value),
            "DA": pydyf.String(look),
            "Ff": _READ_ONLY,
            "Parent": parent.reference,
            "Kids": pydyf.Array(),
        }
    )
    empty = drawing(PEN_UP, 0, 0)
    for made in (field, empty):
        pdf.add_object(made)
    pages: list[Any] = [made for made in pdf.objects if isinstance(made, dict) and made.get("Type") == "/Page"]
    for page in pages:
        widget = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "Rect": pydyf.Array(_NOWHERE),
                "F": HIDDEN,
                "P": page.reference,
                "AP": pydyf.Dictionary({"N": empty.reference}),
                "Parent": field.reference,
            }
        )
        pdf.add_object(widget)
        field["Kids"].append(widget.reference)
        page.setdefault("Annots", pydyf.Array()).append(widget.reference)
    parent["Kids"].append(field.reference)
