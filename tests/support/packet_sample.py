"""A small packet of one form, with a value for every kind of slot; and two clients, who are invented."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from handoutkit.build.build_options import BuildOptions
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.packets.packet_builder import PacketBuilder
from handoutkit.packets.packet_layout import PacketLayout
from handoutkit.packets.personalise.personalise_packet import Personaliser
from handoutkit.packets.personalise.verify_packet import Verifier
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from tests.support.form_sample import FORM
from tests.support.pdf_reading import alone_on_a_page, opened
from tests.support.samples import FILES

PACKET = """\
id: small-packet
title: A small packet
language: en
cover: {letter: These pages are yours.}
handouts: [{handout: small-page}]
values: [client_ref, display_name, clinician, next_session, note]
prefill:
  - {value: who, field: small-page.line.answer}
  - {value: thoughts, field: small-page.lines.answer}
  - {value: food, field: small-page.one.answer}
  - {value: rest, field: small-page.bring.item-1}
"""
ANNA = {
    "client_ref": "QX-7301",
    "display_name": "Zoë Łukasik",
    "clinician": "June Alvarado",
    "next_session": "Tuesday, March 3, 2026",
    "note": "You wanted to try one small ask. Take all the time you need, and bring this page.",
    "who": "My aunt Ruža",
    "thoughts": "It felt big.\nThen smaller.",
    "food": "Soup",
    "rest": "yes",
}
OTHER = {**ANNA, "client_ref": "QX-7302", "display_name": "Ebony Marsh", "who": "My friend Theo", "food": "Nuts, raw"}


@dataclass(frozen=True)
class Sample:
    """A packet's layout with what makes it a client's and what holds it against its values."""

    layout: PacketLayout
    theme: Theme
    personaliser: Personaliser
    verifier: Verifier


@cache
def sample() -> Sample:
    """The small packet, laid out once in a process."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in {
            **FILES,
            "handouts/small-page.yaml": FORM,
            "handouts/packets/small-packet.yaml": PACKET,
        }.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        packer = PacketBuilder(Library(Workspace(folder)), BuildOptions(), RenderCache(folder / "rendered"))
        layout = packer.lay_out("small-packet").layout
        return Sample(layout, packer.theme, Personaliser(layout, packer.theme), Verifier(layout, packer.theme))


def shown_by_marks(packet: bytes, name: str) -> list[bytes]:
    """Each place where a packet prints a value on its pages, as a page with nothing else on it."""
    numbers = {slot.appearance for slot in sample().layout.slots if slot.name == name and slot.kind == "mark"}
    with opened(packet) as pdf:
        return [alone_on_a_page(pdf, pdf.get_object(number, 0)) for number in numbers if number is not None]
