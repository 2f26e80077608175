"""What a side leaves free goes to places to write, and what those cannot take to the air between its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .fold import FoldedSide
from .loosening import loosens, looser
from .row_shapes import Column
from .rows import HEADING, Row
from .sheet_grid import SPACINGS, Spacing, width_of
from .tiles import Tile
from .writing_room import Grown, grown

_MAX_AIR = 9.0
"""Millimetres that may be added to the gap before a row."""


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A tile in its place.

    Attributes:
        key: see ``Tile``.
        part: ``log`` for the log of an exercise, else ``block``.
        grown: its block, with the spare height that it was given, ``extra`` millimetres.
        span, width: columns and millimetres.
        headless: whether its heading stands elsewhere: across its row, or in the bar of its side.
        in_bar: whether it is in the bar.
    """

    key: str
    part: str
    grown: Grown
    span: int
    width: float
    extra: float
    headless: bool
    in_bar: bool = False


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """Tiles below each other, and how wide they are."""

    width: float
    tiles: tuple[PlacedTile, ...]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Columns side by side; ``heading`` stands across them, if it is not empty."""

    heading: str
    columns: tuple[PlacedColumn, ...]


@dataclass(frozen=True, slots=True)
class PlacedSide:
    """A side of the sheet.

    Attributes:
        heading: of its first tile, which stands in its bar; empty if there is none.
        gap: millimetres before each row.
    """

    number: int
    heading: str
    rows: tuple[PlacedRow, ...]
    spacing: Spacing
    level: int
    gap: float
    has_contact: bool
    has_sources: bool


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A row, how high it is, and how many millimetres more it can take.

    Attributes:
        able: without white beside what grows.
        beside: and with it, more than that.
        loosens: after all that, with the points of its blocks farther apart.
    """

    row: Row
    height: float
    able: float
    beside: float
    loosens: float


def spread(
    tiles: Sequence[Tile], heights: Mapping[tuple[str, int], float], side: FoldedSide, width: float
) -> tuple[tuple[PlacedRow, ...], float]:
    """The rows of a side of a width with their blocks grown, and the gap before each of them."""
    gap = SPACINGS[side.level].gap
    stretches = [_stretch(tiles, heights, row, gap) for row in side.rows.rows]
    left = max(0.0, side.left)
    share, left = _shared(left, sum(stretch.able for stretch in stretches))
    # White beside long lines is better than white with nothing in it; some air goes before both.
    air = min(_MAX_AIR / 2 * (len(stretches) + 1), left)
    more, left = _shared(left - air, sum(stretch.beside for stretch in stretches))
    loose, left = _shared(left, sum(stretch.loosens for stretch in stretches))
    rows = tuple(
        _placed(
            tiles,
            heights,
            side.level,
            stretch.row,
            stretch.height + stretch.able * share + stretch.beside * more + stretch.loosens * loose,
            loose,
            width,
        )
        for stretch in stretches
    )
    return rows, round(gap + min(_MAX_AIR, (left + air) / (len(rows) + 1)), 2)


def _shared(left: float, able: float) -> tuple[float, float]:
    """The part of what can be taken that there is, and what is left then."""
    share = min(1.0, left / able) if able else 0.0
    return share, left - able * share


def _stretch(tiles: Sequence[Tile], heights: Mapping[tuple[str, int], float], row: Row, gap: float) -> _Stretch:
    """Columns grow together; where some have nowhere to write, most of the row may still grow a little."""
    takes = [sum(tile.takes for tile in tiles[column.first : column.last]) for column in row.columns]
    short = [row.height - _height(tiles, heights, row, column, gap) for column in row.columns]
    able = min(take - less for take, less in zip(takes, short, strict=True))
    most = max(take - less for take, less in zip(takes, short, strict=True))
    writing = sum(column.span for column, take in zip(row.columns, takes, strict=True) if take) / 12
    if able <= 0 and writing >= 0.45:
        able = 0.6 * most
    able = max(0.0, able)
    loose = min(_loosens(tiles, column) + less for column, less in zip(row.columns, short, strict=True))
    return _Stretch(row, row.height, able, max(0.0, most - able), max(0.0, loose))


def _loosens(tiles: Sequence[Tile], column: Column) -> float:
    run = tiles[column.first : column.last]
    return sum(loosens(tile.block, column.span) for tile in run if not tile.is_log)


def _height(
    tiles: Sequence[Tile], heights: Mapping[tuple[str, int], float], row: Row, column: Column, gap: float
) -> float:
    lowered = HEADING if row.heading_across and column != row.columns[0] else 0.0
    run = tiles[column.first : column.last]
    return lowered + sum(heights[tile.key, column.span] for tile in run) + gap * (len(run) - 1)


def _placed(
    tiles: Sequence[Tile],
    heights: Mapping[tuple[str, int], float],
    level: int,
    row: Row,
    target: float,
    loose: float,
    width: float,
) -> PlacedRow:
    """A row whose columns are as high as ``target``, as far as they can take it, on a side of a width.

    Args:
        loose: the part of what points may be set apart that its side has room for.
    """
    spacing = SPACINGS[level]
    columns: list[PlacedColumn] = []
    for column in row.columns:
        run = tiles[column.first : column.last]
        takes = sum(tile.takes for tile in run)
        free = target - _height(tiles, heights, row, column, spacing.gap)
        slack = min(free, takes)
        most = _loosens(tiles, column) * loose
        part_loose = min(1.0, max(0.0, free - slack) / most) * loose if most else 0.0
        across = width_of(column.span, width)
        placed = []
        for tile in run:
            extra = slack * tile.takes / takes if takes else 0.0
            headless = row.heading_across and column == row.columns[0] and tile is run[0]
            more = grown(tile.block, extra, spacing.pitch, is_log=tile.is_log)
            apart = 0.0 if tile.is_log else loosens(tile.block, column.span) * part_loose
            more = replace(more, loose=looser(tile.block, column.span, apart))
            part = "log" if tile.is_log else "block"
            placed.append(PlacedTile(tile.key, part, more, column.span, across, extra + apart, headless))
        columns.append(PlacedColumn(across, tuple(placed)))
    heading = tiles[row.columns[0].first].block.heading if row.heading_across else None
    return PlacedRow(heading or "", tuple(columns))
