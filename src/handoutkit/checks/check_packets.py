"""Checks packets that are named: what they say and name themselves, and the handouts in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handoutkit.checks.consistency.ids_of_other_files import packet_problems
from handoutkit.checks.consistency.placeholders import gaps_in_papers, packet_placeholders
from handoutkit.errors import Problem
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice


@dataclass
class PacketFindings:
    """What packets have wrong in themselves, and what is in them, to be judged by itself; each handout once."""

    problems: list[Problem] = field(default_factory=list)
    handouts: list[Loaded[Handout]] = field(default_factory=list)
    templates: list[Loaded[Handout]] = field(default_factory=list)


def check_packets(
    library: Library, wanted: Sequence[str], practice: Loaded[Practice] | None, language: str | None
) -> PacketFindings:
    """Check packets as they are before they are laid out.

    Args:
        wanted: their ids or files.
        practice: for whom they are; None if that is not clear.

    Raises:
        UsageError: one of them is not there, or not in the language.
    """
    found = PacketFindings()
    packets, found.problems = library.readable(lambda name: library.packet(name, language), wanted)
    seen: set[str] = set()
    for packet in packets:
        there = library.known_in_packets
        known = [one.handout for one in packet.model.handouts if one.handout in there]
        handouts, problems = library.readable(library.in_packet, known)
        in_its_language, unfinished = library.readable(
            lambda handout, tag=packet.model.language: library.if_translated("handout", handout, tag),  # type: ignore[misc]
            handouts,
        )
        by_id = {handout.model.id: handout for handout in in_its_language}
        found.problems += [*problems, *unfinished]
        found.problems += packet_problems(packet, by_id, there, library.workspace.framing_files)
        as_templates = [one for name, one in by_id.items() if name not in library.workspace.handout_files]
        if practice is not None:
            found.problems += packet_placeholders(practice.model, packet)
            found.problems += gaps_in_papers(practice.model, packet, as_templates)
        for name, handout in by_id.items():
            if name not in seen:
                (found.templates if handout in as_templates else found.handouts).append(handout)
        seen |= by_id.keys()
    return found
