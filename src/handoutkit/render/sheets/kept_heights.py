"""Heights of tiles that were measured before, by all that they depend on but the theme, which each store has one of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from handoutkit.arrange.tiles import Tile
from handoutkit.files.recently_used import RecentlyUsed
from handoutkit.models.document import Document

_MOST_KEPT = 20_000

TileAtSpan = tuple[Tile, int]
"""A tile and the columns it takes."""


@dataclass(frozen=True)
class KeptHeights:
    """Heights in millimetres of tiles at their widths, as long as the process goes on; of no handout in particular."""

    _heights: RecentlyUsed[str, float] = field(default_factory=lambda: RecentlyUsed(_MOST_KEPT))

    def of(self, document: Document, tiles: Sequence[Tile]) -> dict[TileAtSpan, float]:
        """The heights that are known of a document's tiles."""
        known = ((at, self._heights.get(key)) for at, key in _keys(document, tiles))
        return {at: height for at, height in known if height is not None}

    def keep(self, document: Document, heights: Iterable[tuple[TileAtSpan, float]]) -> None:
        """Keep what was measured of tiles of a document."""
        measured = dict(heights)
        for at, key in _keys(document, list(dict.fromkeys(tile for tile, _ in measured))):
            if at in measured:
                self._heights.put(key, measured[at])


def _keys(document: Document, tiles: Sequence[Tile]) -> Iterator[tuple[TileAtSpan, str]]:
    """A name for all that the height of a tile depends on: what it says, how it is numbered, in which language."""
    numbered = sum(block.type == "prompt" for block in document.blocks) > 1
    around = (
        document.locale,
        document.audience,
        document.beside,
        document.translation and document.translation.source_language,
        tuple(source.id for source in document.handout.sources),
        document.practice.typefaces,
        document.practice.services,
        numbered,
    )
    shared = hashlib.sha256(repr(around).encode()).hexdigest()
    for tile in tiles:
        said = hashlib.sha256(f"{shared}{tile.is_log}{tile.block!r}".encode()).hexdigest()
        yield from (((tile, span), f"{said}-{span}") for span in tile.spans)
