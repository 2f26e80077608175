"""Tiles and their heights become a sheet: its sides, their rows and columns, and who takes what is left free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .fold import MAX_SIDES, Folded, Folding, Frame, Heights, as_on_side
from .sheet_grid import SPACINGS, TIGHT
from .spread_room import PlacedRow, PlacedSide, spread
from .tiles import Tile, opening_heading

EMPTY = 0.45
"""The part of a side that may be left free before a sheet of one side is tried."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where everything stands on a sheet, and whether it fits.

    Attributes:
        too_much: millimetres that did not fit on the sides that were asked for; 0 if all fits.
        room: millimetres that are left before places to write grow.
        fits: whether all of it fits on the sides there are.
    """

    sides: tuple[PlacedSide, ...]
    too_much: float
    room: float
    fits: bool


def arrange(tiles: Sequence[Tile], heights: Heights, frame: Frame, sides: int | None = None) -> Arrangement | None:
    """The sheet for tiles, in their author's order.

    Args:
        heights: of each tile at each spacing and width it may have.
        sides: as many as the handout asks for; None for two, or one where two would be half empty.

    Returns:
        None if some tile can stand nowhere.
    """
    folding = Folding(tiles, heights, frame)
    wanted = folding.best(max(sides or 2, folding.least))
    if wanted is None:
        return None
    if sides is None and wanted.too_much <= 0 and _half_empty(tiles, wanted, frame):
        one = folding.best(1)
        if one and one.too_much <= 0 and one.sides[0].level < TIGHT:
            wanted = one
    best = wanted
    for count in range(len(wanted.sides) + 1, MAX_SIDES + 1):
        if best.too_much > 0:
            best = folding.best(count) or best
    return Arrangement(
        sides=tuple(_side(tiles, heights, best, number, frame.width) for number in range(len(best.sides))),
        too_much=wanted.too_much,
        room=round(sum(max(0.0, side.left) for side in best.sides), 1),
        fits=best.too_much <= 0,
    )


def _half_empty(tiles: Sequence[Tile], sheet: Folded, frame: Frame) -> bool:
    """Whether a side has so little that neither room to write nor air can fill it."""
    return any(
        side.left - sum(tile.takes for tile in tiles[side.first : side.last]) > EMPTY * frame.side
        for side in sheet.sides
    )


def _side(tiles: Sequence[Tile], heights: Heights, sheet: Folded, number: int, width: float) -> PlacedSide:
    side = sheet.sides[number]
    rows, gap = spread(tiles, as_on_side(heights[side.level], tiles, side.first), side, width)
    last = number == len(sheet.sides) - 1
    opening = opening_heading(tiles, side.first) if side.first else None
    return PlacedSide(
        number=number + 1,
        heading="" if opening is None else tiles[opening].block.heading or "",
        rows=rows if opening is None else tuple(_without_heading(row, tiles[opening].key) for row in rows),
        spacing=SPACINGS[side.level],
        level=side.level,
        gap=gap,
        has_contact=last,
        has_sources=sheet.sources_first if number == 0 and not last else last and not sheet.sources_first,
    )


def _without_heading(row: PlacedRow, key: str) -> PlacedRow:
    """A row whose heading, if it is that of a tile, stands in the bar of the side."""
    if not any(tile.key == key for column in row.columns for tile in column.tiles):
        return row
    columns = tuple(
        replace(
            column,
            tiles=tuple(
                replace(tile, headless=tile.headless or tile.key == key, in_bar=tile.key == key)
                for tile in column.tiles
            ),
        )
        for column in row.columns
    )
    return PlacedRow("", columns)
