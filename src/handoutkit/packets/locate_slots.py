"""The slots of a finished packet, found in it by what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Name

from handoutkit.errors import ContentError
from handoutkit.loading.load_file import Loaded
from handoutkit.models.packet import Packet
from handoutkit.render.forms.hidden_fields import HIDDEN
from handoutkit.render.values.fast_text import NAME

from .overlays import Overlay, place_of
from .packet_layout import REFERENCE_FIELD, Slot
from .personalise.personalise_packet import terminal_fields


def slots_of(document: pikepdf.Pdf, marks: Sequence[Overlay], packet: Loaded[Packet]) -> tuple[Slot, ...]:
    """All slots: marks first, then the fields that take a value.

    Raises:
        ContentError: a field that is to be prefilled is not there; with all of them.
    """
    return (*(_marked(mark, document) for mark in marks), *_fields(document, packet))


def font_of(document: pikepdf.Pdf, slots: Sequence[Slot]) -> int:
    """The object number of the font that marks are set in; each has it among its resources."""
    number = next(slot.appearance for slot in slots if slot.kind == "mark" and slot.appearance)
    font: int = document.get_object(number, 0).Resources.Font[NAME].objgen[0]
    return font


def slots_of_fields(document: pikepdf.Pdf, wanted: Mapping[str, str]) -> list[Slot]:
    """Slots for fields that are there.

    Args:
        wanted: what each slot is called, by the full name of its field.
    """
    named = dict(terminal_fields(document))
    pages = _pages_of_widgets(document)
    return [_field(slot, named[name], pages) for name, slot in wanted.items()]


def _pages_of_widgets(document: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {note.objgen: number for number, page in enumerate(document.pages) for note in page.obj.get("/Annots", ())}


def _marked(mark: Overlay, document: pikepdf.Pdf) -> Slot:
    shown = document.pages[mark.pages[0]].obj.Resources.XObject[mark.key]
    return Slot(mark.place.name, "mark", shown.objgen[0], None, mark.place, mark.pages)


def _fields(document: pikepdf.Pdf, packet: Loaded[Packet]) -> list[Slot]:
    named = dict(terminal_fields(document))
    pages = _pages_of_widgets(document)
    problems = []
    slots = []
    for name, field in named.items():
        if name.rpartition(".")[2] == REFERENCE_FIELD[1]:
            slots.append(_field(REFERENCE_FIELD[1], field, pages))
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


def _field(name: str, field: Any, pages: dict[tuple[int, int], int]) -> Slot:
    number = field.objgen[0]
    widgets = [widget for widget in field.get("/Kids", [field]) if _is_shown(widget)]
    shown = tuple(sorted({pages[widget.objgen] for widget in widgets}))
    if Name.Tx == field.FT and widgets:
        return Slot(name, "text", field.AP.N.objgen[0], number, place_of(name, field), shown)
    return Slot(name, "text" if Name.Tx == field.FT else "choice", None, number, None, shown)


def _is_shown(widget: Any) -> bool:
    return "/Rect" in widget and not int(widget.get("/F", 0)) & HIDDEN
