"""Heights of tiles that were measured before, by all that they depend on but the theme, which each store has one of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handoutkit.arrange.tiles import Tile
from handoutkit.files.recently_used import RecentlyUsed
from handoutkit.models.document import Document

_MAX_KEPT = 20_000


@dataclass(frozen=True)
class KeptHeights:
    """Heights in millimetres of tiles at their widths, as long as the process goes on; of no handout in particular."""

    _heights: RecentlyUsed[str, float] = field(default_factory=lambda: RecentlyUsed(_MAX_KEPT))

    def of(self, document: Document, tiles: Sequence[Tile]) -> dict[str, float]:
        """The heights that are known of a document's tiles, by ``mark_of``."""
        known = ((mark, self._heights.get(key)) for mark, key in _keys(document, tiles))
        return {mark: height for mark, height in known if height is not None}

    def keep(self, document: Document, tiles: Sequence[Tile], heights: Mapping[str, float]) -> None:
        """Keep what was measured of a document's tiles."""
        for mark, key in _keys(document, tiles):
            if mark in heights:
                self._heights.put(key, heights[mark])


def mark_of(tile: Tile, span: int) -> str:
    """What a tile at a width is called on the page on which it is measured."""
    return f"{tile.key}-{span}"


def _keys(document: Document, tiles: Sequence[Tile]) -> Iterator[tuple[str, str]]:
    """The mark of each tile at each width, and a key of all that its height depends on: words, numbers, language."""
    numbered = sum(block.type == "prompt" for block in document.blocks) > 1
    around = (
        document.locale,
        document.audience,
        document.second_language,
        document.translation and document.translation.source_language,
        tuple(source.id for source in document.handout.sources),
        document.practice.typefaces,
        document.practice.services,
        numbered,
    )
    shared = hashlib.sha256(repr(around).encode()).hexdigest()
    for tile in tiles:
        said = hashlib.sha256(f"{shared}{tile.is_log}{tile.block!r}".encode()).hexdigest()
        yield from ((mark_of(tile, span), f"{said}-{span}") for span in tile.spans)
