"""Handouts that someone asked for by name, put into a plain packet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from handoutkit.loading.load import Loaded
from handoutkit.loading.source import SourceFile
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet, PacketHandout
from handoutkit.render.speech import Speech
from handoutkit.render.theme import Theme


def packet_of(handouts: Sequence[Loaded[Handout]], theme: Theme) -> Loaded[Packet]:
    """A packet of handouts, in the language of the first. Raises ContentError: the program does not speak it."""
    language = handouts[0].model.language
    speech = Speech.of(language, theme)
    title = speech.gettext("Your handouts")
    speech.refuse_missing()
    packet = Packet(
        id="handouts",
        title=title,
        language=language,
        handouts=tuple(PacketHandout(handout=handout.model.id) for handout in handouts),
        values=("display_name", "clinician", "next_session", "note"),
    )
    return Loaded(packet, SourceFile("the column `handouts`", Path("handouts"), ""))
