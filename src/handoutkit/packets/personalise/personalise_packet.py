"""A laid-out packet made one client's: values into its slots, appended as an incremental update.

The layout's bytes stay as they are. What is printed is one Form XObject, drawn wherever it is shown; what is filled in
is a field's value with its appearance.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Name, String

from handoutkit.errors import ContentError, Problem
from handoutkit.packets.packet_layout import FACES, PacketLayout, PlacedFlow, Slot
from handoutkit.render.forms.write_form_fields import OPTIONS
from handoutkit.render.scripts import missing_fonts
from handoutkit.render.theme import Theme
from handoutkit.render.values.fast_text import NAME, FastText
from handoutkit.render.values.flow_setter import FlowSetter
from handoutkit.render.values.printable import all_printable, fault_in, printable
from handoutkit.render.values.text_flow import flow_too_long
from handoutkit.render.values.value_box import ValueBox, too_long
from handoutkit.render.values.value_setter import DrawnValues, ValueSetter

from .incremental_update import BasePdf, appended, reachable, written

_YES, _NO = frozenset({"1", "x", "yes", "true"}), frozenset({"0", "no", "false"})
_OFF = "Off"


class Personaliser:
    """Makes packets of one layout; what all of them share is read once."""

    def __init__(self, layout: PacketLayout, theme: Theme) -> None:
        self._slots = layout.slots
        self._values = layout.values
        self._theme = theme
        self._language = layout.language
        self._font = layout.font
        self._base = BasePdf.of(layout.pdf)
        with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
            descriptor = pdf.get_object(layout.font, 0).DescendantFonts[0].FontDescriptor
            self._font_file = descriptor.FontFile2.read_bytes()
            self._flows = [_LaidOutFlow.of(placed, pdf) for placed in layout.flows]
            numbers = {slot.field for slot in layout.slots if slot.field is not None}
            self._fields = {number: PacketField.of(pdf, number) for number in numbers}

    def personalise(self, values: Mapping[str, str]) -> bytes:
        """The packet with a client's values; a slot whose value is empty or missing stays blank.

        Raises:
            ContentError: the packet does not take a value, it does not fit its place, or no font has its letters.
                Problems name the value, and never show anything of it.
        """
        self._refuse_characters(values)
        given = all_printable(values)
        self._check(given)
        filled = [(slot, given[slot.name]) for slot in self._slots if slot.name in given]
        objects: dict[int, bytes] = {}
        for slot, value in filled:
            if slot.field is not None:
                objects |= self._fields[slot.field].with_value(slot, value)
        if shown := [(slot, slot.place, value) for slot, value in filled if slot.appearance and slot.place]:
            objects |= self._appearances(shown)
        objects |= self._running_text(given, max([self._base.size, *(number + 1 for number in objects)]))
        return appended(self._base, objects)

    def missing_fonts(self, values: Mapping[str, str]) -> tuple[Problem, ...]:
        """What ``personalise`` would lack to set a client's values; the ``path`` of each problem is a value's name."""
        given = all_printable(values)
        shown = {slot.name for slot in self._slots if slot.appearance and slot.place}
        needed = {name for name in shown & given.keys() if not self._fast_text.takes(given[name])}
        for flow in self._flows:
            if not (flow.setter and flow.setter.takes(given)):
                needed.update(flow.placed.flow.values)
        return tuple(
            replace(problem, path=name)
            for name in sorted(needed & given.keys())
            for problem in missing_fonts(given[name], self._theme, self._language)
        )

    @staticmethod
    def _refuse_characters(values: Mapping[str, str]) -> None:
        """Raises ContentError with every value that has a character nobody may set."""
        if problems := [fault for name, value in values.items() if (fault := fault_in(name, value))]:
            raise ContentError(problems)

    def _check(self, given: Mapping[str, str]) -> None:
        """Raises ContentError with what the packet does not take, and what a field cannot have."""
        names = self._values
        hint = f"it takes {', '.join(sorted(names))}"
        problems = [
            Problem("no-such-value", f"this packet takes no value `{name}`", hint)
            for name in given
            if name not in names
        ]
        for slot in self._slots:
            if slot.name in given and slot.field is not None:
                fault = self._fields[slot.field].fault_in(slot, given[slot.name])
                problems += [fault] if fault else []
        if problems:
            raise ContentError(problems)

    def _running_text(self, given: Mapping[str, str], first: int) -> dict[int, bytes]:
        """The Form XObjects of running text, and the fonts they bring, numbered from ``first`` on."""
        objects: dict[int, bytes] = {}
        problems: list[Problem] = []
        for flow in self._flows:
            if flow.setter and flow.setter.takes(given):
                if drawn := flow.setter.set(given):
                    objects |= flow.appearances(drawn, flow.fonts)
                else:
                    problems.append(flow_too_long(flow.placed.flow))
                continue
            with _adding_to(problems):
                set_anew = self._setter.set_flow(flow.placed.flow, given)
                objects |= _fonts(set_anew, first) | flow.appearances(set_anew.operators, b"%d 0 R" % first)
                first = max(first, *objects) + 1
        if problems:
            raise ContentError(problems)
        return objects

    @cached_property
    def _fast_text(self) -> FastText:
        return FastText(self._font_file)

    @cached_property
    def _setter(self) -> ValueSetter:
        return ValueSetter(self._theme)  # what it needs takes a second to import, and few values need it

    def _appearances(self, shown: Sequence[tuple[Slot, ValueBox, str]]) -> dict[int, bytes]:
        """The Form XObjects of slots, and the fonts they bring."""
        objects: dict[int, bytes] = {}
        others: list[tuple[Slot, ValueBox, str]] = []
        problems: list[Problem] = []
        for slot, place, value in shown:
            if not self._fast_text.takes(value):
                others.append((slot, place, value))
            elif operators := self._fast_text.set(place, value):
                fonts = b"<<%s %d 0 R>>" % (NAME.encode(), self._font)
                objects |= _appearance(slot, place, operators, fonts)
            else:
                problems.append(too_long(place))
        if others:
            with _adding_to(problems):
                drawn = self._setter.set([(place, value) for _, place, value in others], self._language)
                objects |= _fonts(drawn, self._base.size)
                for (slot, place, _), operators in zip(others, drawn.operators, strict=True):
                    objects |= _appearance(slot, place, operators, b"%d 0 R" % self._base.size)
        if problems:
            raise ContentError(problems)
        return objects


@dataclass(frozen=True, slots=True)
class _LaidOutFlow:
    """A flow with what sets it without a layout engine, and the resources of its fonts; None if nothing does."""

    placed: PlacedFlow
    setter: FlowSetter | None
    fonts: bytes

    @classmethod
    def of(cls, placed: PlacedFlow, pdf: pikepdf.Pdf) -> _LaidOutFlow:
        if not placed.fonts:
            return cls(placed, None, b"")
        files = [pdf.get_object(number, 0).DescendantFonts[0].FontDescriptor.FontFile2 for number in placed.fonts]
        setter = FlowSetter(placed.flow, [FastText(file.read_bytes()) for file in files], FACES)
        entries = b"".join(
            b"%s %d 0 R" % (name.encode(), number) for name, number in zip(FACES, placed.fonts, strict=True)
        )
        return cls(placed, setter, b"<<%s>>" % entries)

    def appearances(self, operators: Sequence[bytes], fonts: bytes) -> dict[int, bytes]:
        """The Form XObjects of the paragraphs, by their numbers."""
        flow = self.placed.flow
        numbered = zip(self.placed.appearances, operators, strict=True)
        return {number: _form(flow.width, flow.height, content, fonts) for number, content in numbered}


@contextmanager
def _adding_to(problems: list[Problem]) -> Iterator[None]:
    """Problems raised inside are told together with those there are."""
    try:
        yield
    except ContentError as error:
        problems += error.problems


def _appearance(slot: Slot, place: ValueBox, operators: bytes, fonts: bytes) -> dict[int, bytes]:
    """The Form XObject of a slot, by its number."""
    content = b"/Tx BMC\n%s\nEMC" % operators if slot.kind == "text" else operators
    return {slot.appearance or 0: _form(place.width, place.height, content, fonts)}


def _form(width: float, height: float, content: bytes, fonts: bytes) -> bytes:
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]" % (width, height)
    return b"%s/Resources<</Font %s>>/Length %d>>\nstream\n%s\nendstream" % (head, fonts, len(content), content)


def _fonts(drawn: DrawnValues, first: int) -> dict[int, bytes]:
    """The font dictionary of drawn values and all it refers to, numbered from ``first`` on."""
    with pikepdf.open(io.BytesIO(drawn.pdf)) as pdf:
        fonts = pdf.pages[0].Resources.get("/Font", pikepdf.Dictionary())
        reached = list(reachable(fonts))
        numbers = {item.objgen[0]: first + n for n, item in enumerate(reached, start=1)}
        return {first: written(fonts, numbers)} | {numbers[item.objgen[0]]: written(item, numbers) for item in reached}


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
