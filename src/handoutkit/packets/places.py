"""The slots of a finished packet, found in it by what they are called."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Name

from handoutkit.errors import ContentError
from handoutkit.loading.load import Loaded
from handoutkit.models.packet import Packet
from handoutkit.render.filling import Place, terminal_fields

from .form import CLIENT_REF, OWNER
from .marks import Mark
from .slots import Slot


def slots_of(pdf: bytes, marks: Sequence[Mark], packet: Loaded[Packet]) -> tuple[Slot, ...]:
    """All slots: marks first, then the fields that take a value.

    Raises:
        ContentError: a field that is to be prefilled is not there; with all of them.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [_marked(mark, document) for mark in marks]
        return (*found, *_fields(document, packet))


def _marked(mark: Mark, document: pikepdf.Pdf) -> Slot:
    shown = document.pages[mark.pages[0]].obj.Resources.XObject[mark.key]
    return Slot(
        name=mark.name,
        kind="mark",
        appearance=shown.objgen[0],
        field=None,
        width=mark.width,
        height=mark.height,
        size=mark.size,
        colour=mark.colour,
        align=mark.align,
        lines=mark.lines,
        pages=mark.pages,
    )


def _fields(document: pikepdf.Pdf, packet: Loaded[Packet]) -> list[Slot]:
    named = dict(terminal_fields(document))
    pages = {note.objgen: number for number, page in enumerate(document.pages) for note in page.obj.get("/Annots", ())}
    problems = []
    slots = []
    owner = named.get(f"{OWNER}.{CLIENT_REF}")
    if owner is not None:
        slots.append(_unseen(CLIENT_REF, owner))
    for number, prefill in enumerate(packet.model.prefill):
        if prefill.field in named:
            slots.append(_field(prefill.value, named[prefill.field], pages))
        else:
            message = f"there is no field `{prefill.field}` in this copy of the packet"
            hint = "make a client's copy with fields, or take this out"
            at = ("prefill", number, "field")
            problems.append(packet.source.problem("no-such-field", message, hint, at=at))
    if problems:
        raise ContentError(problems)
    return slots


def _unseen(name: str, field: Any) -> Slot:
    """A text field without a widget."""
    return Slot(name, "text", None, field.objgen[0], 0, 0, 0, "rgb(0, 0, 0)", "start", lines=False, pages=())


def _field(name: str, field: Any, pages: dict[tuple[int, int], int]) -> Slot:
    widgets = list(field.get("/Kids", [field]))
    shown = tuple(sorted({pages[widget.objgen] for widget in widgets}))
    number = field.objgen[0]
    if field.FT == Name.Btn:
        return Slot(name, "choice", None, number, 0, 0, 0, "rgb(0, 0, 0)", "start", lines=False, pages=shown)
    place = Place.of(field)
    return Slot(
        name=name,
        kind="text",
        appearance=field.AP.N.objgen[0],
        field=number,
        width=place.width,
        height=place.height,
        size=place.size,
        colour=place.colour,
        align=place.align,
        lines=place.lines,
        pages=shown,
    )
