"""Lays a document out as a sheet: measures its tiles, arranges them, and corrects that by what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handoutkit.arrange.arrange_sheet import Arrangement, arrange
from handoutkit.arrange.fold import Frame
from handoutkit.arrange.row_shapes import only_usable
from handoutkit.arrange.sheet_grid import MEASURED, SPACINGS, side_height, side_width, width_of
from handoutkit.arrange.spread_room import PlacedSide
from handoutkit.arrange.tiles import Tile, tiles_of
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.frames_and_cards import CardSet
from handoutkit.models.document import Document
from handoutkit.models.handout_size import size_of
from handoutkit.render.templating.document_html import document_to_html, palette_of
from handoutkit.render.templating.jinja_environment import Environment, link_text
from handoutkit.render.theme import Theme
from handoutkit.render.weasyprint_patches.layout_boxes import marked_heights
from handoutkit.render.worker_typesetter import SheetFacts

from .kept_heights import AROUND, mark_of
from .laid_out_sheet import BAR, MARK, fits_on_page, found_on_page
from .measuring_page import MeasuringPage, end_blocks
from .span_rules import SpanRules
from .strip_widths import Strip, strip_of
from .tile_heights import TileHeights

_PAGE = "sheet.html"
_TRIES = 4
"""Layouts of a sheet at most; each but the first has the heights of the one before."""
_BEFORE_END = 1.8
"""Millimetres above the foot of a side that another layout is worth."""


@dataclass(frozen=True, slots=True)
class SheetOnPage:
    """What the page template of a sheet is given: its sides, and the widths of its strip's cells."""

    sides: tuple[PlacedSide, ...]
    strip: str


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet as a ``weasyprint.document.Document``; None where the handout does not fit on the sides a sheet has.

    Attributes:
        measured: heights that were not known before, by ``mark_of``.
        on_page: what was laid out.
    """

    laid_out: Any | None
    facts: SheetFacts
    measured: Mapping[str, float]
    on_page: SheetOnPage | None = None


_NO_SHEET = SheetLayout(None, SheetFacts(0, 0.0, 0.0, ()), {})


@dataclass(frozen=True, slots=True)
class _ReadyToArrange:
    """What a sheet is arranged by, the blocks that take most of it, and the heights that were not known before."""

    tiles: tuple[Tile, ...]
    heights: TileHeights
    frame: Frame
    strip: Strip
    largest: tuple[str, ...]
    new: Mapping[str, float]


LARGEST_MEASURED = 40_000
"""The size (see ``models.handout_size``) of what is measured; more never fits, and would take long to find out."""


def can_be_a_sheet(blocks: Sequence[Block], *, in_two_languages: bool = False) -> bool:
    """Whether cards, which have pages of their own, come last, and all of it is not far too much.

    Each block is measured at up to six widths, and all pages are laid out up to three times: without this limit, that
    would cost more than the largest booklet.
    """
    numbers = [number for number, block in enumerate(blocks) if isinstance(block, CardSet)]
    at_end = not numbers or numbers == list(range(numbers[0], len(blocks)))
    size = size_of(blocks)
    return at_end and (size.in_two_languages if in_two_languages else size).total <= LARGEST_MEASURED


@dataclass(frozen=True)
class SheetTypesetter:
    """Lays out documents as sheets.

    Attributes:
        rules: those of the theme that look at the columns of a tile.
        lay_out: from HTML to a ``weasyprint.document.Document``.
        known: heights that were measured before, by ``mark_of``.
    """

    env: Environment
    theme: Theme
    rules: SpanRules
    lay_out: Callable[[str], Any]
    known: Mapping[str, float]

    def set(self, document: Document) -> SheetLayout:
        """The document on a sheet, if it fits on the sides that a sheet has."""
        ready = self._ready(document)
        if ready is None:
            return _NO_SHEET
        heights, frame, strip, largest = ready.heights, ready.frame, ready.strip, ready.largest
        too_much = 0.0
        held: SheetLayout | None = None
        for _ in range(_TRIES):
            sheet = arrange(ready.tiles, heights.by_spacing, frame, document.handout.sides)
            if held and sheet and len(sheet.sides) > held.facts.sides:
                break
            if sheet is None or not sheet.fits:
                too_much = sheet.too_much if sheet else 0.0
                break
            on_page = SheetOnPage(sheet.sides, strip.columns)
            laid_out = self.lay_out(sheet_html(document, on_page, self.env, self.theme))
            found, refused = found_on_page(sheet, laid_out)
            if not refused and fits_on_page(sheet, found, document):
                held = SheetLayout(laid_out, _facts(sheet, largest), ready.new, on_page)
                if fits_on_page(sheet, found, document, air=_BEFORE_END):
                    break
            heights = heights.corrected(sheet.sides, found)
            frame = replace(frame, contact=found.get("strip", 0.0), sources=found.get("sources", 0.0))
        return held or SheetLayout(None, SheetFacts(0, too_much, 0.0, largest), ready.new)

    def reckon(self, document: Document) -> SheetLayout:
        """How the document comes out as a sheet, by the heights of its tiles alone; the sheet is not laid out."""
        ready = self._ready(document)
        if ready is None:
            return _NO_SHEET
        sheet = arrange(ready.tiles, ready.heights.by_spacing, ready.frame, document.handout.sides)
        return SheetLayout(None, _facts(sheet, ready.largest), ready.new)

    def _ready(self, document: Document) -> _ReadyToArrange | None:
        """All that a sheet is arranged by; None for a document that can never be one."""
        if not can_be_a_sheet(document.blocks, in_two_languages=bool(document.second_language)):
            return None
        every = tiles_of(document.blocks, SPACINGS[MEASURED].pitch)
        tiles = only_usable(self._without_crowded_figures(document, every))
        new = self._measured(document, tiles)
        measured = {**self.known, **new}
        contact = document.practice.contact
        strip = strip_of(
            measured, filter(None, (contact.web and link_text(contact.web), contact.email)), side_width(document.paper)
        )
        heights = TileHeights.measured(tiles, measured)
        return _ReadyToArrange(tiles, heights, _frame(document, measured, strip), strip, _largest(tiles, heights), new)

    def _measured(self, document: Document, tiles: Sequence[Tile]) -> dict[str, float]:
        """Heights by key and columns of tiles, and of what stands around them, as far as they are not known yet."""
        unknown = [(tile, span) for tile in tiles for span in tile.spans if mark_of(tile, span) not in self.known]
        has = {"band": True, "strip": bool(end_blocks(document)["contact_block"]), "sources": True}
        around = [part for part, (first, *_) in AROUND.items() if has[part] and first not in self.known]
        if not unknown and not around:
            return {}
        page = MeasuringPage(self.env, self.theme, self.rules).html(document, unknown, around)
        # Rounded, so that where a tile stands on this page, which depends on what is known, changes nothing.
        return {mark: round(height, 3) for mark, height in marked_heights(self.lay_out(page), MARK).items()}

    def _without_crowded_figures(self, document: Document, tiles: Sequence[Tile]) -> tuple[Tile, ...]:
        """The tiles, with figures only so narrow that their words are still in them."""
        palette = palette_of(document.practice, self.theme, fields=document.fields)
        draw = self.env.filters["figure"]

        def at(figure: Figure, span: int) -> Any:
            return draw(figure, palette, document.paper, width_of(span, side_width(document.paper)))

        def is_readable(figure: Figure, span: int) -> bool:
            try:
                wide, here = at(figure, 12), at(figure, span)
            except ValueError:
                return span == 12  # says why when it is set
            return here.numbered <= wide.numbered and len(here.legend) <= len(wide.legend)

        def readable(tile: Tile) -> Tile:
            figure = tile.block
            if not isinstance(figure, Figure) or figure.file:
                return tile
            return replace(tile, spans=tuple(span for span in tile.spans if span == 12 or is_readable(figure, span)))

        return tuple(map(readable, tiles))


def sheet_html(document: Document, sheet: SheetOnPage, env: Environment, theme: Theme) -> str:
    """The page of a document that is arranged as a sheet. Raises ContentError if a template has a problem."""
    names = {"side_height": side_height(document.paper), **end_blocks(document)}
    return document_to_html(document, env, theme, _PAGE, sheet=sheet, **names)


def _facts(sheet: Arrangement | None, largest: tuple[str, ...]) -> SheetFacts:
    """How it comes out: on so many sides, or as a booklet."""
    if sheet is None or not sheet.fits:
        return SheetFacts(0, sheet.too_much if sheet else 0.0, 0.0, largest)
    return SheetFacts(len(sheet.sides), sheet.too_much, sheet.room, largest)


def _frame(document: Document, measured: dict[str, float], strip: Strip) -> Frame:
    """What stands around the tiles."""
    return Frame(
        width=side_width(document.paper),
        side=side_height(document.paper),
        opening=measured["band"],
        bar=BAR,
        contact=strip.height,
        sources=measured["sources"],
    )


def _largest(tiles: Sequence[Tile], heights: TileHeights) -> tuple[str, ...]:
    """The blocks that take most of a sheet, by the area of their tightest form."""

    def area(tile: Tile) -> float:
        at = heights.by_spacing[-1]
        return min(at[tile.key, span] * span for span in tile.spans)

    by_area = sorted(tiles, key=area, reverse=True)
    return tuple(dict.fromkeys(tile.block.id or tile.block.type for tile in by_area))[:3]
