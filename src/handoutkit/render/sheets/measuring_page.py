"""The page on which tiles are measured: each is there once for all widths at which nothing but its width changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from handoutkit.arrange.sheet_grid import MEASURED, SPACINGS, side_width, width_of
from handoutkit.arrange.tiles import Tile, ending
from handoutkit.arrange.writing_room import Grown
from handoutkit.models.blocks.block import Block
from handoutkit.models.document import Document
from handoutkit.render.templating.document_html import document_to_html
from handoutkit.render.templating.jinja_environment import Environment
from handoutkit.render.theme import Theme

from .span_rules import SpanRules
from .strip_widths import CELL_WIDTHS

_TILES, _PAGE = "sheet/measured-tiles.html", "sheet/measure.html"
_BETWEEN = "\x1e"
"""Parts the tiles that were written in one go; no text has this sign."""


@dataclass(frozen=True, slots=True)
class MeasuredTile:
    """A tile at one of its widths, in millimetres, as templates are given it."""

    key: str
    part: str
    grown: Grown
    span: int
    width: float
    headless: bool = False


@dataclass(frozen=True, slots=True)
class TileAtWidths:
    """The HTML of a tile, and the widths at which nothing else changes, in words of ``data-widths``: ``8=116 6=86``."""

    key: str
    html: Markup
    widths: str


@dataclass(frozen=True)
class MeasuringPage:
    """Writes the page on which the tiles of a document are measured, and what stands around them.

    Attributes:
        rules: those of the theme that look at the columns of a tile.
    """

    env: Environment
    theme: Theme
    rules: SpanRules

    def html(self, document: Document, tiles: Sequence[tuple[Tile, int]], around: Collection[str]) -> str:
        """The page for tiles, each at a number of columns, and for parts around them, as ``AROUND`` names them."""
        on_paper = replace(document, fields=False)
        width = side_width(document.paper)
        each = [
            MeasuredTile(tile.key, "log" if tile.is_log else "block", Grown(tile.block), span, width_of(span, width))
            for tile, span in tiles
        ]
        shared = {"spacing": SPACINGS[MEASURED], **end_blocks(document)}
        written = document_to_html(on_paper, self.env, self.theme, _TILES, tiles=each, between=_BETWEEN, **shared)
        names = {
            "tiles": list(self._alike(each, written.split(_BETWEEN)[:-1])),
            "around": around,
            "side_width": width,
            "strip_widths": " ".join(f"{each}={each}" for each in CELL_WIDTHS),
        }
        return document_to_html(on_paper, self.env, self.theme, _PAGE, **names, **shared)

    def _alike(self, tiles: Sequence[MeasuredTile], written: Sequence[str]) -> Iterator[TileAtWidths]:
        """Each tile with the widths at which its HTML, and all rules that look at its columns, are the same."""
        found: dict[object, list[tuple[MeasuredTile, str]]] = {}
        for tile, html in zip(tiles, written, strict=True):
            same = html.replace(f"span-{tile.span}", "span-")
            found.setdefault((tile.key, same, self.rules.that_hold(html, tile.span)), []).append((tile, html))
        for alike in found.values():
            (first, html), *_ = alike
            widths = " ".join(f"{tile.span}={tile.width}" for tile, _ in alike)
            yield TileAtWidths(first.key, Markup(html), widths)  # noqa: S704 - a template wrote it


def end_blocks(document: Document) -> dict[str, Block | None]:
    """The blocks that end a sheet, as its templates name them."""
    at_end = [document.blocks[number] for number in sorted(ending(document.blocks))]
    found = {block.type: block for block in at_end}
    return {"contact_block": found.get("next_step"), "references_block": found.get("references")}
