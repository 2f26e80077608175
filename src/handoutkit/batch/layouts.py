"""The layouts that rows choose, from packets and handouts of the library."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from typing import cast

from handoutkit.building import Choices
from handoutkit.errors import Problem, UsageError
from handoutkit.library.library import Library, each
from handoutkit.loading.load import Loaded
from handoutkit.models.client import Choice
from handoutkit.models.document import Format
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Practice
from handoutkit.packets.layout import Layout
from handoutkit.packets.loose import packet_of
from handoutkit.packets.packet import LaidOut, Packer
from handoutkit.render.theme import Theme

_PACKERS = 8
"""Packers that are held in memory; a batch may have as many as it has rows."""


class Layouts:
    """Makes layouts for the rows of one batch.

    Args:
        choices: of rows that choose nothing else.
        packet: id or file of the packet of rows that name none.

    Raises:
        UsageError, ContentError: the practice, a framing or the theme is not there or has problems.
    """

    def __init__(self, library: Library, choices: Choices, packet: str | None) -> None:
        self._library = library
        self._choices = choices
        self._default = packet
        self._packers: OrderedDict[Choices, Packer] = OrderedDict()
        self.theme: Theme = self._packer(choices).theme
        self._practice: Practice = library.practice(choices.practice).model

    @property
    def locations(self) -> Collection[str]:
        """Names of the practice's locations."""
        return [location.name for location in self._practice.contact.locations if location.name]

    @cached_property
    def prefilled(self) -> tuple[str, ...]:
        """Names of the values that packets put into fields."""
        named = dict.fromkeys([*([self._default] if self._default else []), *self._library.workspace.packet_files])
        packets, _ = self._library.readable(self._library.packet, named)
        return tuple(dict.fromkeys(prefill.value for packet in packets for prefill in packet.model.prefill))

    def make(self, choice: Choice) -> LaidOut:
        """Lay out what a row chooses. Raises UsageError, ContentError, MachineError."""
        return self._packer(self._chosen(choice)).lay_out_this(self._packet(choice))

    def locale(self, layout: Layout) -> str:
        """The locale of a layout's dates, such as ``en-US``."""
        return str(self._packer(self._choices).locale(layout)).replace("_", "-")

    def options(self, choice: Choice) -> Mapping[str, object]:
        """How the layout of a choice is made, for the manifest; what is left to the practice is left out."""
        chosen = self._chosen(choice)
        options = {
            "practice": self._practice.id,
            "handouts": choice.handouts,
            "language": chosen.language,
            "format": chosen.format,
            "framings": chosen.framings,
            "location": chosen.location,
            "paper": chosen.paper,
            "theme": chosen.theme,
            "audience": chosen.audience,
        }
        return {name: value for name, value in options.items() if value}

    def _chosen(self, choice: Choice) -> Choices:
        return replace(
            self._choices,
            language=choice.language or self._choices.language,
            framings=choice.framings or self._choices.framings,
            location=choice.location,
            format=cast(Format, choice.format or self._choices.format),
        )

    def _packer(self, choices: Choices) -> Packer:
        if choices not in self._packers:
            self._packers[choices] = Packer(self._library, choices)
            if len(self._packers) > _PACKERS:
                self._packers.popitem(last=False)
        self._packers.move_to_end(choices)
        return self._packers[choices]

    def _packet(self, choice: Choice) -> Loaded[Packet]:
        chosen = self._chosen(choice)
        if choice.handouts:
            handouts = each(lambda name: self._library.handout(name, chosen.language), choice.handouts)
            return packet_of(handouts, self._packer(chosen).theme)
        named = choice.packet or self._default
        packets = list(self._library.workspace.packet_files)
        if named is None and len(packets) != 1:
            hint = f"name one with --packet or in a column `packet`: {', '.join(packets) or 'there are none yet'}"
            raise UsageError(Problem("which-packet", "there are rows that choose no packet", hint))
        return self._library.packet(named or packets[0], chosen.language)
