"""Tiles and their heights become a sheet: its sides, their rows and columns, and who takes what is left free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .fold import MOST_SIDES, Folded, Frame, Heights, folded
from .sheet_grid import SPACINGS
from .spread_room import PlacedSide, spread
from .tiles import Tile

EMPTY = 0.45
"""The part of a side that may be left free before a sheet of one side is tried."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A sheet.

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
    wanted = folded(tiles, heights, frame, sides or 2)
    if wanted is None:
        return None
    if sides is None and wanted.too_much <= 0 and _half_empty(tiles, wanted, frame):
        one = folded(tiles, heights, frame, 1)
        if one and one.too_much <= 0 and one.sides[0].level < len(SPACINGS) - 1:
            wanted = one
    best = wanted
    for count in range(len(wanted.sides) + 1, MOST_SIDES + 1):
        if best.too_much > 0:
            best = folded(tiles, heights, frame, count) or best
    return Arrangement(
        sides=tuple(_side(tiles, heights, best, number) for number in range(len(best.sides))),
        too_much=round(wanted.too_much, 1),
        room=round(sum(max(0.0, side.left) for side in best.sides), 1),
        fits=best.too_much <= 0,
    )


def _half_empty(tiles: Sequence[Tile], sheet: Folded, frame: Frame) -> bool:
    """Whether a side has so little that neither room to write nor air can fill it."""
    return any(
        side.left - sum(tile.takes for tile in tiles[side.first : side.last]) > EMPTY * frame.side
        for side in sheet.sides
    )


def _side(tiles: Sequence[Tile], heights: Heights, sheet: Folded, number: int) -> PlacedSide:
    side = sheet.sides[number]
    rows, gap = spread(tiles, heights[side.level], side)
    last = number == len(sheet.sides) - 1
    placed = PlacedSide(
        number=number + 1,
        heading="",
        rows=rows,
        spacing=SPACINGS[side.level],
        level=side.level,
        gap=gap,
        has_contact=last,
        has_sources=sheet.sources_first if number == 0 and not last else last and not sheet.sources_first,
    )
    return _with_heading_in_bar(placed) if number else placed


def _with_heading_in_bar(side: PlacedSide) -> PlacedSide:
    """The heading that a side begins with stands in its bar; an exercise keeps its own."""
    if not side.rows or not (column := side.rows[0].columns[0]).tiles:
        return side
    row, tile = side.rows[0], column.tiles[0]
    if row.heading:
        return replace(side, heading=row.heading, rows=(replace(row, heading=""), *side.rows[1:]))
    block = tile.grown.block
    if not block.heading or tile.part == "log" or block.type == "exercise":
        return side
    without = replace(column, tiles=(replace(tile, headless=True), *column.tiles[1:]))
    first = replace(row, columns=(without, *row.columns[1:]))
    return replace(side, heading=block.heading, rows=(first, *side.rows[1:]))
