"""A few handouts that have every type of block between them."""

from __future__ import annotations

from collections.abc import Sequence

from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout


def covering_handouts(library: Library) -> list[str]:
    """Ids of handouts that have every type of block that any handout of the library has, as few as is simple.

    Each next one is the one with most types that none before it has; of equals, the one with fewer blocks.
    """
    loaded, _ = library.readable(library.handout, library.workspace.handout_files)
    left = {block.type for handout in loaded for block in handout.model.blocks}
    chosen: list[str] = []
    while left:
        best = max(loaded, key=lambda handout: (len(_types(handout) & left), -len(handout.model.blocks)))
        chosen.append(best.model.id)
        left -= _types(best)
    return chosen


def handouts_to_try(library: Library, named: Sequence[str], *, quick: bool) -> list[str]:
    """Those named, else every one of the library, or a few with every type of block."""
    return list(named) or (covering_handouts(library) if quick else list(library.handouts_in(None)))


def in_language(library: Library, wanted: Sequence[str], language: str) -> list[str]:
    """Those of some handouts that are there in a language, or else the first of the library that is."""
    there = library.handouts_in(language)
    return [name for name in wanted if name in there] or there[:1]


def small_packet(library: Library) -> str | None:
    """The id of the packet with fewest handouts that has more than one, if there is any."""
    loaded, _ = library.readable(library.packet, library.workspace.packet_files)
    sizes = {packet.model.id: len(packet.model.handouts) for packet in loaded if len(packet.model.handouts) > 1}
    return min(sizes, key=lambda name: sizes[name], default=None)


def _types(handout: Loaded[Handout]) -> set[str]:
    return {block.type for block in handout.model.blocks}
