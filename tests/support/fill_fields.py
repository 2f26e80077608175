"""Values put into the fields of a handout's PDF by ``ValueSetter``, to see in a viewer what it sets."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from handoutkit.packets.overlays import place_of
from handoutkit.packets.personalise.personalise_packet import terminal_fields
from handoutkit.render.theme import Theme
from handoutkit.render.values.value_setter import ValueSetter


class Filler:
    """Fills in the fields of PDFs in one theme; its fonts are read once for all of them."""

    def __init__(self, theme: Theme) -> None:
        self._setter = ValueSetter(theme)

    def fill(self, pdf: bytes, values: Mapping[str, str]) -> bytes:
        """The PDF with values in its fields, by full name; for a tick or a choice the state, empty for none.

        Raises:
            ContentError: a value does not fit its field, or the theme has no font for a character.
        """
        with pikepdf.open(io.BytesIO(pdf)) as document:
            named = dict(terminal_fields(document))
            ticks = {name: value for name, value in values.items() if Name.Btn == named[name].FT}
            for name, value in ticks.items():
                _choose(named[name], value)
            if texts := [(name, named[name], value) for name, value in values.items() if name not in ticks]:
                self._write(document, texts)
            filled = io.BytesIO()
            document.save(filled, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return filled.getvalue()

    def _write(self, document: pikepdf.Pdf, texts: list[tuple[str, Any, str]]) -> None:
        places = [place_of(name, field) for name, field, _ in texts]
        values = [(place, value) for place, (_, _, value) in zip(places, texts, strict=True)]
        drawn = self._setter.set(values, str(document.Root.get("/Lang", "")))
        with pikepdf.open(io.BytesIO(drawn.pdf)) as page:
            resources = document.copy_foreign(page.make_indirect(page.pages[0].Resources))
            for place, (_, field, value), operators in zip(places, texts, drawn.operators, strict=True):
                field.V = String(value.replace("\n", "\r"))  # a form's own line end
                appearance = document.make_stream(b"/Tx BMC " + (operators if value else b"") + b" EMC")
                appearance.Type, appearance.Subtype = Name.XObject, Name.Form
                appearance.BBox = Array([0, 0, place.width, place.height])
                appearance.Resources = resources
                field.AP = Dictionary(N=appearance)


def _choose(field: Any, value: str) -> None:
    """Tick a box, or one of a group."""
    chosen = value or "Off"
    field.V = Name("/" + chosen)
    for widget in field.get("/Kids", [field]):
        widget.AS = Name("/" + (chosen if "/" + chosen in widget.AP.N else "Off"))
