"""The fields of a laid-out packet: what each takes, how it stores a value, and what it has in a finished file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name, String

from handoutkit.errors import Problem
from handoutkit.packets.packet_layout import Slot
from handoutkit.render.forms.write_form_fields import OPTIONS
from handoutkit.render.values.printable import printable

from .incremental_update import written

_YES, _NO = frozenset({"1", "x", "yes", "true"}), frozenset({"0", "no", "false"})
_OFF = "Off"


@dataclass(frozen=True, slots=True)
class FieldWidget:
    """One box of a tick or choice field: its object's number, its entries without a state, the state that marks it."""

    number: int
    entries: bytes
    state: str


@dataclass(frozen=True, slots=True)
class PacketField:
    """A field as it is in the layout.

    Attributes:
        entries: its dictionary without a value.
        max_length: how many characters it takes; None for any number.
        words: what stands beside each option of a tick or choice; option 1 is the first.
        widgets: of a tick or choice; of a lone tick the field itself.
    """

    number: int
    entries: bytes
    max_length: int | None
    words: tuple[str, ...]
    widgets: tuple[FieldWidget, ...]

    @classmethod
    def of(cls, pdf: pikepdf.Pdf, number: int) -> PacketField:
        """The field with this object number."""
        node = pdf.get_object(number, 0)
        kids = list(node.get("/Kids", [node])) if Name.Btn == node.FT else []
        return cls(
            number,
            _without(node, "/V", "/AS"),
            int(node.MaxLen) if "/MaxLen" in node else None,
            tuple(map(str, node.get("/" + OPTIONS, []))),
            tuple(FieldWidget(kid.objgen[0], _without(kid, "/V", "/AS"), _state(kid)) for kid in kids),
        )

    def fault_in(self, slot: Slot, value: str) -> Problem | None:
        """Why it cannot have a value, without a word of the value."""
        if slot.kind == "choice" and self.state_of(value) is None:
            hint = "write one of its options as it stands on the page, or its number"
            message = f"the value for `{slot.name}` is none of the options"
            return Problem("no-such-option", message, hint, path=slot.name)
        if self.max_length is not None and len(value) > self.max_length:
            message = f"the value for `{slot.name}` does not fit its place"
            return Problem("value-too-long", message, f"it takes {self.max_length} characters", path=slot.name)
        return None

    def with_value(self, slot: Slot, value: str) -> Iterator[tuple[int, bytes]]:
        """Its objects, by number, with a value that has no fault."""
        if slot.kind == "text":
            text = String(self.stored(slot, value)).unparse()
            yield self.number, b"<<%s/V %s>>" % (self.entries, text)
            return
        state = self.state_of(value) or _OFF
        lone = [widget.number for widget in self.widgets] == [self.number]
        chosen = Name("/" + state).unparse()
        if not lone:
            yield self.number, b"<<%s/V %s>>" % (self.entries, chosen)
        for widget in self.widgets:
            shown = chosen if widget.state == state else b"/Off"
            yield widget.number, b"<<%s%s/AS %s>>" % (widget.entries, b"/V " + chosen if lone else b"", shown)

    def stored(self, slot: Slot, value: str) -> str:
        """What is in the PDF if this is its value."""
        # A form has a line end of its own.
        return value.replace("\n", "\r") if slot.kind == "text" else self.state_of(value) or _OFF

    def value_in(self, pdf: pikepdf.Pdf) -> str | None:
        """What a PDF of this layout has in the field; None if a tick or choice shows another state than it stores."""
        value = pdf.get_object(self.number, 0).get("/V", "")
        if not self.widgets:
            return str(value)
        state = str(value)[1:] or _OFF
        shown = {widget.state: str(pdf.get_object(widget.number, 0).AS)[1:] for widget in self.widgets}
        right = all(mark == (state if own == state else _OFF) for own, mark in shown.items())
        return state if right else None

    def state_of(self, value: str) -> str | None:
        """The state of a tick or choice that a value means: an option's words or number, or yes and no for a tick."""
        text = value.strip().casefold()
        states = [widget.state for widget in self.widgets]
        for state, words in zip(states, self.words, strict=False):
            if text in (state, printable(words).casefold()):
                return state
        if len(states) == 1 and text in _YES | _NO:
            return states[0] if text in _YES else _OFF
        return None


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


def _without(node: Any, *keys: str) -> bytes:
    kept = pikepdf.Dictionary({key: value for key, value in node.items() if key not in keys})
    return written(kept)[2:-2]


def _state(widget: Any) -> str:
    return next(str(state)[1:] for state in widget.AP.N.keys() if state != "/Off")  # noqa: SIM118
