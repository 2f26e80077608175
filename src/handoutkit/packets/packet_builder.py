"""From a packet file to its layout: the recipe that every command shares."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.build_result import BuildResult, BuiltHandout, file_name, looks
from handoutkit.build.builder import Builder, HandoutRequest
from handoutkit.build.problem_pictures import PROBLEMS, pictured_in
from handoutkit.checks.consistency.ids_of_other_files import packet_problems
from handoutkit.checks.consistency.placeholders import gaps_in_papers, packet_placeholders
from handoutkit.compose.compose_document import PacketPart as PartOf
from handoutkit.compose.compose_document import in_region, in_words_of
from handoutkit.errors import ContentError, Problem, raise_errors
from handoutkit.files.kept_entries import CacheEntry
from handoutkit.isolation.resource_limits import ResourceLimits
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.document import Format
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet, PacketHandout
from handoutkit.models.practice import Paper, Practice
from handoutkit.packets.personalise.make_client_packet import ClientPacketMaker
from handoutkit.render.render_cache import Pieces, RenderCache, key_of
from handoutkit.render.theme import Theme
from handoutkit.render.values.value_box import ValueBox

from .front_and_back_matter import AssemblyContext
from .packet_layout import PacketLayout, PlacedFlow, Slot

PACKETS = Path("packets")
"""The folder of packets, below the output folder."""
ASSEMBLY = f"{__package__}.assemble"
"""The module with what the worker does."""
_FLOWS = TypeAdapter(tuple[PlacedFlow, ...])
LIMITS = ResourceLimits(seconds=180, wall=900, memory=2_000_000_000)
"""For one packet, when its handouts are set."""


@dataclass(frozen=True, slots=True)
class BuiltLayout:
    """A packet's layout, with what is worth a warning.

    Attributes:
        cached: whether it was there already.
        pictures: where below the output folder what is wrong with its pages was shown, if anything was.
    """

    layout: PacketLayout
    warnings: tuple[Problem, ...]
    cached: bool
    pictures: tuple[Path, ...] = ()


class PacketBuilder:
    """Lays out packets for one set of choices; what they share is loaded once.

    Args:
        processes: how many of a packet's handouts are set at a time.

    Attributes:
        theme: the look, which values are set in as well.

    Raises:
        UsageError, ContentError: the practice, a framing or the theme is not there or has problems.
    """

    def __init__(
        self, library: Library, choices: BuildOptions, cache: RenderCache | None = None, processes: int = 1
    ) -> None:
        self._library = library
        self._builder = Builder(library, choices, cache, processes)
        self._loaded: dict[tuple[str, str], Loaded[Handout]] = {}
        self.theme: Theme = self._builder.theme

    @property
    def format(self) -> Format:
        """The layout of handouts that have none of their own."""
        return self._builder.options.format

    @property
    def looks(self) -> tuple[str, ...]:
        """What the file of a packet is called after, beside its language."""
        return looks(self._builder.options, self._builder.practice.model.default_paper)

    def lay_out(self, wanted: str, without: Collection[str] = ()) -> BuiltLayout:
        """Lay out a packet, by id or file; it holds nothing about anyone.

        Args:
            without: values that its cover has no label and no place for, as they are empty.

        Raises:
            UsageError, ContentError: with the problems of the packet and all its handouts.
            MachineError: something the machine lacks.
        """
        return self.lay_out_this(self._library.packet(wanted, self._builder.options.language), without)

    def lay_out_this(self, packet: Loaded[Packet], without: Collection[str] = ()) -> BuiltLayout:
        """Lay out a packet that is loaded. Raises as ``lay_out`` does."""
        handouts = self._handouts(packet)
        if not self._builder.options.draft:
            raise_errors(packet_placeholders(self._builder.practice.model, packet))
        parts = [_wanted(one, handouts[one.handout], packet.model) for one in packet.model.handouts]
        build = self._builder.render_each(parts)
        packet = self._with_fields_left(packet, build)
        practice = self._builder.practice_in(packet.model.language)
        packet = replace(packet, model=in_words_of(practice, packet.model))
        shown = tuple(value for value in packet.model.values if value not in without)
        key = self._key(packet, build.finished, shown)
        picture = PACKETS / (file_name(packet.model.id, packet.model.language, self.looks) + PROBLEMS)
        pictures = (*build.pictures, picture)
        if kept := _from_entry(self._builder.cache.entry(key), self.theme):
            return BuiltLayout(kept, build.warnings, cached=True, pictures=pictures)
        with pictured_in(picture):
            layout = self._lay_out(packet, build, shown)
        self._builder.cache.keep(key, _as_entry(layout))
        return BuiltLayout(layout, build.warnings, cached=False, pictures=pictures)

    def _with_fields_left(self, packet: Loaded[Packet], build: BuildResult) -> Loaded[Packet]:
        """The packet without the fields of blocks that the command or a row leaves out."""
        options = self._builder.options
        some_only = any(one.document.handout.conditions for one in build.finished)
        if not (options.without or options.only or options.short or some_only):
            return packet
        left = {
            f"{one.document.handout.id}.{block.id}"
            for one in build.finished
            for block in one.document.blocks
            if block.id
        }
        prefill = tuple(one for one in packet.model.prefill if one.field.rpartition(".")[0] in left)
        return replace(packet, model=packet.model.model_copy(update={"prefill": prefill}))

    def _handouts(self, packet: Loaded[Packet]) -> dict[str, Loaded[Handout]]:
        """The packet's handouts by id. Raises ContentError for everything it names that is not there."""
        files, there = self._library.workspace, self._library.known_in_packets
        known = [one.handout for one in packet.model.handouts if one.handout in there]
        handouts, problems = self._library.readable(lambda name: self._handout(name, packet.model.language), known)
        by_id = {handout.model.id: handout for handout in handouts}
        problems = packet_problems(packet, by_id, there, files.framing_files) + problems
        if not self._builder.options.draft:
            as_templates = [by_id[name] for name in by_id if name not in files.handout_files]
            problems += gaps_in_papers(self._builder.practice.model, packet, as_templates)
        if problems:
            raise ContentError(problems)
        return by_id

    def _handout(self, name: str, language: str) -> Loaded[Handout]:
        """A handout in the packet's language, where it is there in it; the packets of a batch read it once."""
        if (name, language) not in self._loaded:
            handout = self._library.if_translated("handout", self._library.in_packet(name), language)
            self._loaded[name, language] = handout
        return self._loaded[name, language]

    def _key(self, packet: Loaded[Packet], finished: Sequence[BuiltHandout], shown: tuple[str, ...]) -> str:
        pdfs = tuple(hashlib.sha256(one.rendered.pdf).hexdigest() for one in finished)
        facts = (packet.model, shown, *self._around(packet), self._builder.options.audience, pdfs)
        return key_of(facts, self._builder.theme, self._builder.logo, _pictures(packet))

    def _around(self, packet: Loaded[Packet]) -> tuple[Practice, Paper, str]:
        """For whom a packet's own pages are set: the practice, its paper and the locale."""
        practice = self._builder.practice_in(packet.model.language)
        paper = self._builder.options.paper or practice.default_paper
        return practice, paper, in_region(packet.model.language, practice.region)

    def _lay_out(self, packet: Loaded[Packet], build: BuildResult, shown: tuple[str, ...]) -> PacketLayout:
        builder, pieces = self._builder, Pieces(self._builder.cache)
        practice, paper, locale = self._around(packet)
        setting = AssemblyContext(
            practice=practice,
            paper=paper,
            logo=builder.logo,
            locale=locale,
            theme=builder.theme,
            cache=pieces,
            values=shown,
            draft=builder.options.draft,
        )
        parts = [(one.document, one.rendered) for one in build.finished]
        source, args = packet.source.name, (packet, parts, setting)
        logos = builder.logo.paths if builder.logo else []
        roots = (*builder.theme.roots, *logos, builder.cache.folder)
        reads = [path for path in (*roots, *_pictures(packet)) if path]
        layout, made = the_worker().call(f"{ASSEMBLY}:assemble", *args, limits=LIMITS, file=source, reads=reads)
        assert isinstance(layout, PacketLayout)  # noqa: S101 - for the type checker
        pieces.keep_all(made)
        return layout


def _wanted(one: PacketHandout, handout: Loaded[Handout], packet: Packet) -> HandoutRequest:
    return HandoutRequest(handout, PartOf(one.without, contact=not packet.back_page), one.framings, one.format)


def _pictures(packet: Loaded[Packet]) -> list[Path]:
    signature = packet.model.cover.signature
    return [packet.source.path.parent / signature.file] if signature else []


def _as_entry(layout: PacketLayout) -> CacheEntry:
    facts = asdict(layout)
    return CacheEntry(facts.pop("pdf"), facts)


def _from_entry(entry: CacheEntry | None, theme: Theme) -> PacketLayout | None:
    """The layout that an entry holds; None for one that was changed, which does not hold together any more."""
    if entry is None:
        return None
    try:
        facts: dict[str, Any] = {name: int(entry.facts[name]) for name in ("pages", "fields", "font")}
        facts |= {name: str(entry.facts[name]) for name in ("packet", "language", "locale")}
        slots = tuple(_slot(slot) for slot in entry.facts["slots"])
        flows = _FLOWS.validate_python(entry.facts["flows"])
        editions = tuple((str(handout), int(edition)) for handout, edition in entry.facts["editions"])
        values = tuple(map(str, entry.facts["values"]))
        layout = PacketLayout(pdf=entry.pdf, slots=slots, flows=flows, values=values, editions=editions, **facts)
        ClientPacketMaker(layout, theme)  # reads all that a client's values will be put into
    except Exception:  # whatever there can be in a file that anyone may have changed
        return None
    return layout


def _slot(facts: dict[str, Any]) -> Slot:
    place = facts["place"] and ValueBox(**{**facts["place"], "colour": tuple(facts["place"]["colour"])})
    return Slot(**{**facts, "place": place, "pages": tuple(facts["pages"])})
