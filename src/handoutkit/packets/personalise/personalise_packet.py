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

import pikepdf

from handoutkit.errors import ContentError, Problem
from handoutkit.packets.packet_layout import FACES, PacketLayout, PlacedFlow, Slot
from handoutkit.render.scripts import missing_fonts
from handoutkit.render.theme import Theme
from handoutkit.render.values.fast_text import NAME, FastText
from handoutkit.render.values.flow_setter import FlowSetter
from handoutkit.render.values.printable import all_printable, fault_in
from handoutkit.render.values.text_flow import flow_too_long
from handoutkit.render.values.value_box import ValueBox, too_long
from handoutkit.render.values.value_setter import DrawnValues, ValueSetter

from .incremental_update import BasePdf, appended, reachable, written
from .packet_fields import PacketField


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
