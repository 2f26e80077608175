"""Values put into the fields of a finished PDF: what a program reads back, and the appearance that a person sees."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from handoutkit.render.forms.finished_fields import place_of, size_of_field, terminal_fields
from handoutkit.render.theme import Theme
from handoutkit.render.values.value_setter import ValueSetter


class Filler:
    """Fills in the fields of PDFs in one theme, as a person would in a viewer."""

    def __init__(self, theme: Theme) -> None:
        self._setter = ValueSetter(theme)

    def fill(self, pdf: bytes, values: Mapping[str, str]) -> bytes:
        """The PDF with values in its fields, each with an appearance of its own.

        Args:
            pdf: a handout as the builder makes it.
            values: by full name. For a tick or a choice the state, ``1`` and so on; empty for none.

        Raises:
            ContentError: a value does not fit its field, or the theme has no font for a character.
        """
        with pikepdf.open(io.BytesIO(pdf)) as document:
            named = dict(terminal_fields(document))
            texts = []
            for name, value in values.items():
                if Name.Btn == named[name].FT:
                    _choose(named[name], value)
                else:
                    texts.append((name, named[name], value))
            if texts:
                self._write(document, texts)
            filled = io.BytesIO()
            document.save(filled, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return filled.getvalue()

    def _write(self, document: pikepdf.Pdf, texts: list[tuple[str, Any, str]]) -> None:
        language = str(document.Root.get("/Lang", ""))
        drawn = self._setter.set([(place_of(name, field), value) for name, field, value in texts], language)
        with pikepdf.open(io.BytesIO(drawn.pdf)) as page:
            resources = document.copy_foreign(page.make_indirect(page.pages[0].Resources))
            for (_, field, value), operators in zip(texts, drawn.operators, strict=True):
                field.V = String(value.replace("\n", "\r"))  # a form's own line end
                appearance = document.make_stream(b"/Tx BMC " + (operators if value else b"") + b" EMC")
                appearance.Type, appearance.Subtype = Name.XObject, Name.Form
                appearance.BBox = Array([0, 0, *size_of_field(field)])
                appearance.Resources = resources
                field.AP = Dictionary(N=appearance)


def _choose(field: Any, value: str) -> None:
    """Tick a box, or one of a group."""
    widgets = list(field.get("/Kids", [field]))
    chosen = value or "Off"
    field.V = Name("/" + chosen)
    for widget in widgets:
        widget.AS = Name("/" + (chosen if "/" + chosen in widget.AP.N else "Off"))
