"""A layout of two plain pages, made in a moment: for tests of what is done with layouts, not of what is in them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from handoutkit.errors import ContentError, Problem
from handoutkit.library.shipped_files import BASE
from handoutkit.models.clients.roster_client import RowChoice
from handoutkit.packets.locate_slots import font_of
from handoutkit.packets.packet_builder import BuiltLayout
from handoutkit.packets.packet_layout import PacketLayout, Slot, values_of
from handoutkit.packets.personalise.value_font import add_value_font
from handoutkit.render.theme import Theme
from handoutkit.render.values.fast_text import NAME
from handoutkit.render.values.value_box import ValueBox
from tests.conftest import ROOT

NAMES = ("client_ref", "display_name", "next_session", "note")
BROKEN = "no-such-thing"
"""The packet whose layout cannot be made."""
UNMARKED = "unmarked"
"""The packet that lacks the reference on its second page."""


def plain_layout(packet: str = "plain", names: tuple[str, ...] = NAMES) -> PacketLayout:
    """The reference on both pages, the other values on the first."""
    pdf = pikepdf.new()
    letters = add_value_font(pdf, (ROOT / "templates/fonts/AtkinsonHyperlegibleNext-Regular.ttf").read_bytes())
    marks = {name: _mark(pdf, letters) for name in names}
    for shown in (names, ("client_ref",) if packet != UNMARKED else ()):
        page = pdf.add_blank_page(page_size=(612, 792))
        page.obj.Resources = Dictionary(XObject=Dictionary({f"/{name}": marks[name] for name in shown}))
        drawn = [f"q 1 0 0 1 72 {700 - 60 * number} cm /{name} Do Q" for number, name in enumerate(shown)]
        page.obj.Contents = pdf.make_stream("\n".join(drawn).encode())
    data = io.BytesIO()
    pdf.save(data, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    slots = tuple(_slot(name, number) for name, number in _numbers(data).items())
    with pikepdf.open(data) as saved:
        font = font_of(saved, slots)
    return PacketLayout(
        pdf=data.getvalue(),
        slots=slots,
        flows=(),
        values=values_of(slots, ()),
        font=font,
        pages=2,
        fields=0,
        editions=(("one-handout", 1),),
        packet=packet,
        language="en",
        locale="en_US",
    )


def _mark(pdf: pikepdf.Pdf, font: pikepdf.Object) -> pikepdf.Object:
    fonts = Dictionary(Font=Dictionary({NAME: font}))
    box = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 400, 50]), Resources=fonts)
    return pdf.make_stream(b"", box)


def _numbers(data: io.BytesIO) -> dict[str, int]:
    with pikepdf.open(data) as pdf:
        return {name[1:]: mark.objgen[0] for name, mark in pdf.pages[0].obj.Resources.XObject.items()}


def _slot(name: str, number: int) -> Slot:
    lines = name == "note"
    pages = (0, 1) if name == "client_ref" else (0,)
    place = ValueBox(name, 400, 50, 10, lines=lines)
    return Slot(name, "mark", number, None, place, pages)


@dataclass
class PlainLayouts:
    """Makes a plain layout for each packet; ``made`` counts them."""

    theme: Theme = field(default_factory=lambda: Theme.find(BASE, [ROOT]))
    made: int = 0

    def make(self, choice: RowChoice) -> BuiltLayout:
        if choice.packet == BROKEN:
            raise ContentError(Problem("broken-packet", "this packet has problems"))
        self.made += 1
        return BuiltLayout(plain_layout(choice.packet or "plain"), (), cached=False)

    def said_instead(self, _choice: RowChoice, /) -> dict[str, str]:
        """Nothing stands anywhere instead of a value."""
        return {}

    def asked_for(self, _choice: RowChoice, /) -> tuple[str, ...]:
        return ()

    def left_open(self, _choice: RowChoice, /) -> frozenset[str]:
        """There is no letter that could have a gap."""
        return frozenset()

    def options(self, choice: RowChoice) -> Mapping[str, object]:
        return {"format": choice.format or "standard"}
