"""Values put into the fields of a finished PDF: what a program reads back, and the appearance that a person sees."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from handoutkit.errors import ContentError, Problem, UsageError
from handoutkit.render.theme import Theme
from handoutkit.render.values.value_box import Align, ValueBox
from handoutkit.render.values.value_setter import ValueSetter

_MULTILINE = 1 << 12
_ALIGNMENTS: tuple[Align, ...] = ("start", "center", "end")


class Filler:
    """Fills in the fields of PDFs in one theme; its fonts are read once for all of them."""

    def __init__(self, theme: Theme) -> None:
        self._setter = ValueSetter(theme)

    def fill(self, pdf: bytes, values: Mapping[str, str]) -> bytes:
        """The PDF with values in its fields, each with an appearance of its own.

        Args:
            pdf: a handout as ``render.pdf`` makes it.
            values: by full name. For a tick or a choice the state, ``1`` and so on; empty for none.

        Raises:
            UsageError: there is no such field, or no such state of it.
            ContentError: a value does not fit its field, or the theme has no font for a character.
        """
        with pikepdf.open(io.BytesIO(pdf)) as document:
            named = dict(terminal_fields(document))
            texts = []
            for name, value in values.items():
                if name not in named:
                    hint = "its fields are called `handout.block.field`, by the ids in the handout's file"
                    raise UsageError(Problem("no-such-field", f"there is no field `{name}` in this PDF", hint))
                if Name.Btn == named[name].FT:
                    _choose(name, named[name], value)
                else:
                    texts.append((name, named[name], value))
            if texts:
                self._write(document, texts)
            filled = io.BytesIO()
            document.save(filled, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return filled.getvalue()

    def _write(self, document: pikepdf.Pdf, texts: list[tuple[str, Any, str]]) -> None:
        if too_long := [_over_limit(name, field) for name, field, value in texts if _is_over_limit(field, value)]:
            raise ContentError(too_long)
        language = str(document.Root.get("/Lang", ""))
        drawn = self._setter.set([(place_of(name, field), value) for name, field, value in texts], language)
        with pikepdf.open(io.BytesIO(drawn.pdf)) as page:
            resources = document.copy_foreign(page.make_indirect(page.pages[0].Resources))
            for (_, field, value), operators in zip(texts, drawn.operators, strict=True):
                field.V = String(value.replace("\n", "\r"))  # a form's own line end
                appearance = document.make_stream(b"/Tx BMC " + (operators if value else b"") + b" EMC")
                appearance.Type, appearance.Subtype = Name.XObject, Name.Form
                appearance.BBox = Array([0, 0, *_size(field)])
                appearance.Resources = resources
                field.AP = Dictionary(N=appearance)


def terminal_fields(document: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The fields of a form that hold values, by full name; nothing if there is no form."""
    if "/AcroForm" not in document.Root:
        return
    stack = [("", node) for node in reversed(list(document.Root.AcroForm.Fields))]
    while stack:
        path, node = stack.pop()
        name = f"{path}.{node.T}" if path else str(node.T)
        kids = list(node.get("/Kids", []))
        if kids and "/T" in kids[0]:
            stack.extend((name, kid) for kid in reversed(kids))
        else:
            yield name, node


def place_of(name: str, field: Any) -> ValueBox:
    """The room that a text field has, and how words stand in it."""
    width, height = _size(field)
    size, colour = re.match(r"/\S+ ([\d.]+) Tf (.*) rg", str(field.DA)).groups()  # type: ignore[union-attr]
    red, green, blue = (float(part) for part in colour.split())
    return ValueBox(
        name,
        width,
        height,
        float(size),
        (red, green, blue),
        _ALIGNMENTS[int(field.get("/Q", 0))],
        lines=bool(int(field.get("/Ff", 0)) & _MULTILINE),
        covered="/BG" in field.get("/MK", {}),
    )


def _size(field: Any) -> tuple[float, float]:
    left, bottom, right, top = (float(corner) for corner in field.Rect)
    return round(right - left, 2), round(top - bottom, 2)


def _is_over_limit(field: Any, value: str) -> bool:
    return "/MaxLen" in field and len(value) > int(field.MaxLen)


def _over_limit(name: str, field: Any) -> Problem:
    message = f"the value for `{name}` does not fit its place"
    return Problem("value-too-long", message, f"it takes {int(field.MaxLen)} characters")


def _choose(name: str, field: Any, value: str) -> None:
    """Tick a box, or one of a group."""
    widgets = list(field.get("/Kids", [field]))
    states = {str(state)[1:] for widget in widgets for state in widget.AP.N.keys()}  # noqa: SIM118
    chosen = value or "Off"
    if chosen not in states:
        hint = f"write one of {', '.join(sorted(states - {'Off'}))}, or nothing"
        raise UsageError(Problem("no-such-state", f"the field `{name}` cannot be `{value}`", hint))
    field.V = Name("/" + chosen)
    for widget in widgets:
        widget.AS = Name("/" + (chosen if "/" + chosen in widget.AP.N else "Off"))
