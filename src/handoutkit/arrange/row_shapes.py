"""The rows that tiles can stand in at all, whatever their heights: which columns, and which tiles in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from .tiles import Tile

FORMS = ((12,), (6, 6), (7, 5), (5, 7), (8, 4), (4, 8), (4, 4, 4))
"""How the twelve columns of a row may be shared."""
_MAX_IN_A_COLUMN = 5


class Column(NamedTuple):
    """A run of tiles below each other: ``first`` to ``last``, which is not one of them."""

    span: int
    first: int
    last: int


class RowShapes:
    """The rows that may begin with each of some tiles; found once, for any heights that those tiles may have."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        self._tiles = tiles
        self.beginning_with = lru_cache(None)(lambda first: tuple(self._shapes(first)))

    def _shapes(self, first: int) -> Iterator[tuple[Column, ...]]:
        if self._tiles[first].run is not None:
            yield from self._two_columns(first)
            return
        for form in FORMS:
            for ends in self._ends(form, first):
                columns = tuple(map(Column, form, (first, *ends[:-1]), ends))
                if len(form) == 1 or not (self._splits_a_group(columns) or self._tears(columns)):
                    yield columns

    def _two_columns(self, first: int) -> Iterator[tuple[Column, ...]]:
        """The ways to share a run that its author wants in two columns; it has the row to itself."""
        run = self._tiles[first].run
        last = first
        while last < len(self._tiles) and self._tiles[last].run == run:
            last += 1
        for middle in range(first + 1, last):
            if not self._tiles[middle].is_log:
                yield Column(6, first, middle), Column(6, middle, last)

    def _ends(self, form: tuple[int, ...], first: int) -> Iterator[tuple[int, ...]]:
        """Where the columns of a row may end that begins with a tile; every tile can be as wide as its column."""
        if len(form) == 1:
            if self._run(first, form[0]) > first:
                yield (first + 1,)
        elif len(form) == 2:
            for middle in range(first + 1, self._run(first, form[0]) + 1):
                for last in range(middle + 1, self._run(middle, form[1]) + 1):
                    yield middle, last
        elif all(self._run(first + n, form[n]) > first + n for n in range(3)):
            yield first + 1, first + 2, first + 3

    def _run(self, first: int, span: int) -> int:
        """Where a column of so many columns must end at the latest that begins with a tile."""
        last, end = first, min(len(self._tiles), first + _MAX_IN_A_COLUMN)
        while last < end and span in self._tiles[last].spans and self._tiles[last].run is None:
            last += 1
        return last

    def _tears(self, columns: tuple[Column, ...]) -> bool:
        """Whether a group goes on after a row that it shares with others; a log may follow any row of its exercise."""
        last = columns[-1].last
        after = self._tiles[last] if last < len(self._tiles) else None
        if after is None or not after.glued or after.is_log:
            return False
        return any(not self._tiles[number].glued for number in range(columns[0].first + 1, last))

    def _splits_a_group(self, columns: tuple[Column, ...]) -> bool:
        """Whether a column opens with what belongs to the column before; one group may fill a whole row."""
        opened = [self._tiles[column.first] for column in columns[1:]]
        if any(tile.is_log for tile in opened):
            return True
        several = any(not self._tiles[number].glued for number in range(columns[0].first + 1, columns[-1].last))
        return several and any(tile.glued for tile in opened)


def only_usable(tiles: Sequence[Tile]) -> tuple[Tile, ...]:
    """The tiles, each with those of its widths that some row can have; no other need be measured."""
    shapes = RowShapes(tiles)
    usable: list[set[int]] = [set() for _ in tiles]
    for first in range(len(tiles)):
        for column in (column for columns in shapes.beginning_with(first) for column in columns):
            for number in range(column.first, column.last):
                usable[number].add(column.span)
    return tuple(
        replace(tile, spans=tuple(span for span in tile.spans if span in found))
        for tile, found in zip(tiles, usable, strict=True)
    )
