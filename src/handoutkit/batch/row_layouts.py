"""The layouts that rows choose, from packets and handouts of the library."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

from handoutkit.build.build_options import BuildOptions
from handoutkit.errors import Problem, UsageError, try_each
from handoutkit.files.source_file import SourceFile
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.clients.roster_client import RowChoice
from handoutkit.models.document import Format
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet, PacketHandout
from handoutkit.models.practice import Practice
from handoutkit.packets.packet_builder import BuiltLayout, PacketBuilder
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.theme import Theme

_LAYOUTS_KEPT = 8
_BUILDERS_KEPT = 8
"""Builders that are held in memory; a batch may have as many as it has rows."""


class Layouts:
    """Makes layouts for the rows of one batch.

    Args:
        choices: of rows that choose nothing else.
        packet: id or file of the packet of rows that name none.
        processes: how many handouts are set at a time.

    Raises:
        UsageError, ContentError: the practice, a framing or the theme is not there or has problems.
    """

    def __init__(self, library: Library, choices: BuildOptions, packet: str | None, processes: int = 1) -> None:
        self._library = library
        self._choices = choices
        self._default = packet
        self._builder = lru_cache(maxsize=_BUILDERS_KEPT)(
            lambda options: PacketBuilder(library, options, processes=processes)
        )
        self._made = lru_cache(maxsize=_LAYOUTS_KEPT)(self._lay_out)
        self.theme: Theme = self._builder(choices).theme
        self._practice: Practice = library.practice(choices.practice).model

    @property
    def locations(self) -> Collection[str]:
        """Names of the practice's locations."""
        return [location.name for location in self._practice.contact.locations if location.name]

    @cached_property
    def prefilled(self) -> tuple[str, ...]:
        """Names of the values that packets put into fields."""
        return tuple(dict.fromkeys(prefill.value for packet in self._named_packets for prefill in packet.model.prefill))

    @cached_property
    def _named_packets(self) -> list[Loaded[Packet]]:
        named = dict.fromkeys([*([self._default] if self._default else []), *self._library.workspace.packet_files])
        return list(self._library.readable(self._library.packet, named)[0])

    @cached_property
    def dated(self) -> frozenset[str]:
        """Names of the values that packets put into fields for a day."""
        packets = [packet.model for packet in self._named_packets]
        fields = {prefill.field: prefill.value for packet in packets for prefill in packet.prefill}
        handouts, _ = self._library.readable(self._library.handout, {name.partition(".")[0]: None for name in fields})
        found = set()
        for handout in handouts:
            for block in handout.model.blocks:
                names = {f"{handout.model.id}.{block.id}.{one.name}" for one in block.fields() if one.kind == "date"}
                found |= {fields[name] for name in names & set(fields)}
        return frozenset(found)

    def make(self, choice: RowChoice) -> BuiltLayout:
        """Lay out what a row chooses. Raises UsageError, ContentError, MachineError."""
        packet = self._packet(choice)
        without = frozenset(choice.without) & set(packet.model.values)
        return self._made(self._chosen(choice), choice.packet, choice.handouts, without)

    def asked_for(self, choice: RowChoice) -> tuple[str, ...]:
        """The values that a row's packet says or puts into fields; none for handouts without a packet.

        Where something stands in the text when a value is empty, it is not asked for.
        """
        packet = self._packet(choice).model
        fields = (one.value for one in packet.prefill)
        said = (*packet.values, *packet.values_of_texts(needed=True), *fields)
        return () if choice.handouts else tuple(dict.fromkeys(said))

    def said_instead(self, choice: RowChoice) -> Mapping[str, str]:
        """What the texts of a row's packet say where a value is empty, by its name."""
        return {} if choice.handouts else self._packet(choice).model.said_instead()

    def left_open(self, choice: RowChoice) -> frozenset[str]:
        """The values without which the texts of a row's packet have a gap among their words."""
        return frozenset() if choice.handouts else self._packet(choice).model.left_open()

    def options(self, choice: RowChoice) -> Mapping[str, object]:
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
            "without": chosen.without,
            "only": chosen.only,
            "sides": 1 if chosen.short else None,
            "when": chosen.when,
            "rows": chosen.rows,
        }
        return {name: value for name, value in options.items() if value}

    @property
    def region(self) -> str | None:
        """The practice's region."""
        return self._practice.region

    def _lay_out(
        self, chosen: BuildOptions, packet: str | None, handouts: tuple[str, ...], without: frozenset[str]
    ) -> BuiltLayout:
        """Lay out a packet, or handouts; rows that differ in what it has no place for share it."""
        loaded = self._packet(RowChoice(packet, handouts, chosen.language, chosen.format))
        return self._builder(chosen).lay_out_this(loaded, without)

    def _chosen(self, choice: RowChoice) -> BuildOptions:
        return replace(
            self._choices,
            language=choice.language or self._choices.language,
            framings=choice.framings or self._choices.framings,
            location=choice.location,
            format=cast(Format, choice.format or self._choices.format),
            without=choice.without_blocks or self._choices.without,
            only=choice.only_blocks or self._choices.only,
            short=choice.short or self._choices.short,
            when=choice.when or self._choices.when,
            rows=choice.rows or self._choices.rows,
        )

    def _packet(self, choice: RowChoice) -> Loaded[Packet]:
        chosen = self._chosen(choice)
        if choice.handouts:
            handouts = try_each(lambda name: self._library.handout(name, chosen.language), choice.handouts)
            return ad_hoc_packet(handouts, self._builder(chosen).theme)
        named = choice.packet or self._default
        packets = list(self._library.workspace.packet_files)
        if named is None and len(packets) != 1:
            hint = f"name one with --packet or in a column `packet`: {', '.join(packets) or 'there are none yet'}"
            raise UsageError(Problem("which-packet", "there are rows that choose no packet", hint))
        return self._library.packet(named or packets[0], chosen.language)


def ad_hoc_packet(handouts: Sequence[Loaded[Handout]], theme: Theme) -> Loaded[Packet]:
    """A packet of handouts, in the language of the first. Raises ContentError: the program does not speak it."""
    language = handouts[0].model.language
    messages = InterfaceMessages.of(language, theme)
    title = messages.gettext("Your handouts")
    messages.refuse_missing()
    packet = Packet(
        id="handouts",
        title=title,
        language=language,
        handouts=tuple(PacketHandout(handout=handout.model.id) for handout in handouts),
        values=("display_name", "clinician", "next_session", "note"),
    )
    return Loaded(packet, SourceFile("the column `handouts`", Path("handouts"), ""))
