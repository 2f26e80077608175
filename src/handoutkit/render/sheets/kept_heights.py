"""Heights of tiles that were measured before, kept beside the finished PDFs: what did not change is not measured again.

A store holds the heights of one practice in one theme; within it, a height is found by all else that it depends on. The
layout of a handout never sees a client, and so no height depends on one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from math import isfinite
from pathlib import Path

from handoutkit.arrange.sheet_grid import MEASURED, SPACINGS
from handoutkit.arrange.tiles import Tile, ending, tiles_of
from handoutkit.files.kept_entries import CacheEntry
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.prompts import Prompt
from handoutkit.models.blocks.reading_blocks import Callout
from handoutkit.models.document import Document
from handoutkit.models.handout import Source
from handoutkit.pictures.logo_files import LogoFiles
from handoutkit.render.render_cache import RenderCache, key_of
from handoutkit.render.theme import Theme

from .strip_widths import CELL_WIDTHS, CELLS, cell_mark

STORE = "heights-"
"""How the names of stores begin."""
MAX_KEPT = 6_000
"""Heights in one store, the ones that were used last: about three libraries like the shipped one."""
AROUND = {
    "band": ("band",),
    "strip": tuple(cell_mark(part, width) for part in ("strip", *CELLS) for width in CELL_WIDTHS),
    "sources": ("sources",),
}
"""What stands around the tiles, the opening, the cells of the strip and the sources, with the marks of each."""
_SAID_APART = {"handout", "blocks", "credits", "contact", "fields", "in_packet", "draft"}
"""Parts of a document that change no height around the tiles, or not of all that stands there."""
_DIGITS = 24


class KeptHeights:
    """The heights that are kept of one document's tiles.

    Attributes:
        known: heights in millimetres, by ``mark_of``.
    """

    def __init__(
        self,
        cache: RenderCache,
        document: Document,
        theme: Theme,
        logo: LogoFiles | None,
        pictures: Sequence[Path] = (),
    ) -> None:
        self._cache = cache
        practice = document.practice.model_copy(update={"colour": ""})
        self._store = STORE + key_of((practice, document.format), theme, logo, pictures)
        self._keys = dict(_keys(document, own_templates=theme.is_changed))
        self._heights = _heights(cache.entry(self._store))
        by_mark = ((mark, self._heights.get(key)) for mark, key in self._keys.items())
        self.known = {mark: height for mark, height in by_mark if height is not None}

    def keep(self, measured: Mapping[str, float]) -> None:
        """Keep what was measured of the document, by ``mark_of``; those that were not used for longest give way."""
        if not measured:
            return
        used = {self._keys[mark]: height for mark, height in {**self.known, **measured}.items() if mark in self._keys}
        others = {key: height for key, height in self._heights.items() if key not in used}
        last = list({**others, **used}.items())[-MAX_KEPT:]
        self._cache.keep(self._store, CacheEntry(b"", {"heights": dict(last)}))


def mark_of(tile: Tile, span: int) -> str:
    """What a tile at a width is called on the page on which it is measured."""
    return f"{tile.key}-{span}"


def _heights(kept: CacheEntry | None) -> dict[str, float]:
    """The heights in a store; none if someone changed it."""
    found = kept.facts.get("heights") if kept else None
    heights = found if isinstance(found, dict) else {}
    sound = all(isinstance(each, float) and isfinite(each) and each >= 0 for each in heights.values())
    return heights if sound else {}


def _keys(document: Document, *, own_templates: bool) -> Iterator[tuple[str, str]]:
    """The mark of each tile at each width, and a key of what its height depends on: words, numbers, language."""
    document = replace(document, practice=document.practice.model_copy(update={"colour": ""}))
    shared = (
        document.locale,
        document.paper,
        document.audience,
        document.second_language,
        document.translation and document.translation.source_language,
    )
    # A caution says where help lines stand, and a note whose it is; templates that are not ours may say so anywhere.
    elsewhere = (document.contact, any(block.type == "next_step" for block in document.blocks), document.credits)
    several = sum(isinstance(block, Prompt) for block in document.blocks) > 1
    for tile in tiles_of(document.blocks, SPACINGS[MEASURED].pitch):
        numbered = several and isinstance(tile.block, Prompt)
        asked = elsewhere if own_templates or isinstance(tile.block, Callout) else ()
        works = _works_of(tile.block, document.handout.sources)
        said = _digest(shared, asked, numbered, works, tile.is_log, tile.block)
        yield from ((mark_of(tile, span), f"{said}-{span}") for span in tile.spans)
    for part, said in _around(document, own_templates=own_templates).items():
        yield from ((mark, f"{said}-{mark}") for mark in AROUND[part])


def _works_of(block: Block, sources: Sequence[Source]) -> list[tuple[int, Source]]:
    """The works that a block of any type names, which it shows by their numbers or in words."""
    named = {*getattr(block, "sources", ()), getattr(block, "source", None)}
    return [(number, source) for number, source in enumerate(sources) if source.id in named]


def _around(document: Document, *, own_templates: bool) -> dict[str, str]:
    """A key of what each part around the tiles depends on; leaving out a block that is not said there changes none."""
    handout, contact = document.handout, document.contact
    opening = handout.model_copy(update={"blocks": (), "sources": ()})
    at_end = {document.blocks[number].type: document.blocks[number] for number in ending(document.blocks)}
    has_lines = any(block.type == "crisis_lines" for block in document.blocks)
    edition = (handout.edition, handout.reviewed_on, handout.rights)
    shared = _digest(
        [getattr(document, each.name) for each in fields(document) if each.name not in _SAID_APART],
        handout.language,
        opening if own_templates else None,
    )
    return {
        "band": _digest(shared, opening),
        "strip": _digest(shared, contact, at_end.get("next_step"), has_lines),
        "sources": _digest(shared, contact, at_end.get("references"), handout.sources, edition, document.credits),
    }


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:_DIGITS]
