"""Rows of tiles: the best ones for a run of tiles, found by dynamic programming."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .row_shapes import Column, RowShapes
from .tiles import Tile, awkwardness

HEADING = 7.0
"""Millimetres of a heading of one line with the space below it, where it stands across a row or in a side's bar."""
WEIGHTS = (8.0, 4.0, 1.6, 0.8, 0.4, 0.15, 0.0)
"""How much looks count against height: the largest with which all fits is taken."""
_HEIGHT, _HEIGHT_IN_ROOM = 1.0, -1.0
"""What a millimetre of height costs; where a side has far too much room, rows that fill it are better than low ones."""
_WEIGHTS_IN_ROOM = (1.6, 4.0, 8.0)

_BESIDE, _FAR = 0.5, 60.0
"""What a millimetre costs that would stay white beside places to write, and how far those are thought to grow."""
_EASILY = 45.0
"""Millimetres that a place to write may grow beside something higher; more is as good as white."""

HeightOf = Callable[[str, int], float | None]
"""The height of a tile by its key and the columns it takes, in millimetres; None where it cannot be so narrow."""


@dataclass(frozen=True, slots=True)
class Row:
    """Columns side by side.

    Attributes:
        last: the number of the first tile after it.
        height: of its highest column, in millimetres.
        awkward: what it costs in looks, in millimetres.
        heading_across: whether its first heading stands across all columns, which go on under it.
    """

    columns: tuple[Column, ...]
    last: int
    height: float
    awkward: float
    heading_across: bool


class Rows(NamedTuple):
    """Rows, their height with the gaps between them, and the weight of looks that they were chosen by."""

    rows: tuple[Row, ...]
    height: float
    weight: float


class RowFinder:
    """Finds rows for runs of some tiles at one spacing.

    Args:
        shapes: the rows that these tiles can stand in.
        gap: millimetres between rows, and between the tiles of a column.
        in_room: whether the side has so much room that rows are better which fill it.
    """

    def __init__(
        self, tiles: Sequence[Tile], shapes: RowShapes, height_of: HeightOf, gap: float, *, in_room: bool = False
    ) -> None:
        self._tiles = tiles
        self._shapes = shapes
        self._height = lru_cache(None)(self._add_up)
        self._height_of = height_of
        self._gap = gap
        self._in_room = in_room
        self._rows_from = lru_cache(None)(lambda first: tuple(self._rows(first)))
        self._best = lru_cache(None)(self._find)

    def rows(self, first: int, last: int, available: float) -> Rows | None:
        """The handsomest rows of a run that fit into what is available; else the lowest; None if none can be."""
        if first >= last:
            return Rows((), 0.0, WEIGHTS[0])
        lowest = self._best(first, last, 0.0)
        if lowest is None:
            return None
        if lowest[1] > available and not self._in_room:
            return Rows(lowest[2], lowest[1], 0.0)
        for weight in _WEIGHTS_IN_ROOM if self._in_room else WEIGHTS:
            found = self._best(first, last, weight)
            if found and found[1] <= available:
                return Rows(found[2], found[1], weight)
        return Rows(lowest[2], lowest[1], 0.0)

    def _find(self, first: int, last: int, weight: float) -> tuple[float, float, tuple[Row, ...]] | None:
        """Cost, height and rows of the best arrangement of a run."""
        if first >= last:
            return 0.0, 0.0, ()
        best: tuple[float, float, tuple[Row, ...]] | None = None
        for row in self._rows_from(first):
            if row.last > last or not (rest := self._best(row.last, last, weight)):
                continue
            gap = self._gap if row.last < last else 0.0
            cost = (_HEIGHT_IN_ROOM if self._in_room else _HEIGHT) * (row.height + gap) + weight * row.awkward + rest[0]
            if best is None or cost < best[0] - 1e-9:
                best = cost, row.height + gap + rest[1], (row, *rest[2])
        return best

    def _rows(self, first: int) -> Iterator[Row]:
        for columns in self._shapes.beginning_with(first):
            if row := self._row(columns):
                yield row

    def _row(self, columns: tuple[Column, ...]) -> Row | None:
        tiles = self._tiles
        heights = [self._height(column) for column in columns]
        if any(height is None for height in heights):
            return None
        in_columns = tiles[columns[0].first].run is not None
        one_group = len(columns) > 1 and not in_columns and all(tiles[column.first].glued for column in columns[1:])
        across = (
            one_group
            and bool(tiles[columns[0].first].block.heading)
            and tiles[columns[0].first].block.type != "exercise"
        )
        known = [height or 0.0 for height in heights]
        if across:
            known = [known[0], *(height + HEADING for height in known[1:])]
        highest = max(known)
        awkward = 0.0
        for column, height in zip(columns, known, strict=True):
            run = tiles[column.first : column.last]
            short, share = highest - height, column.span / 12
            white = max(0.0, short - sum(min(tile.takes, _EASILY) for tile in run))
            awkward += (white + (short - white) * 0.1) * share
            awkward += sum(awkwardness(tile, column.span) for tile in run)
            awkward += 4.0 * (column is not columns[0] and tiles[column.first].glued)
        awkward += _BESIDE * self._stuck(columns, known)
        return Row(columns, columns[-1].last, highest, awkward, across)

    def _stuck(self, columns: Sequence[Column], heights: Sequence[float]) -> float:
        """Millimetres over the whole width that stay white beside places to write, where these grow."""
        highest = max(heights)
        able = [
            sum(tile.takes for tile in self._tiles[column.first : column.last]) - (highest - height)
            for column, height in zip(columns, heights, strict=True)
        ]
        most = min(max(able), _FAR)
        return sum(max(0.0, most - max(0.0, own)) * column.span / 12 for column, own in zip(columns, able, strict=True))

    def _add_up(self, column: Column) -> float | None:
        total = self._gap * (column.last - column.first - 1)
        for tile in self._tiles[column.first : column.last]:
            height = self._height_of(tile.key, column.span)
            if height is None:
                return None
            total += height
        return total
