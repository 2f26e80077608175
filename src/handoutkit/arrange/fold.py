"""Where a sheet is turned over: which tiles are on which side, and how closely each side is set.

The tiles keep their author's order, so a side is a run of them. Every fold near the first thing to do is tried; the one
is taken that fits, and of those the one with the most room to write, the evenest sides and the least that is crowded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from .row_shapes import RowShapes
from .rows import HEADING, RowFinder, Rows
from .sheet_grid import SPACINGS, USUAL
from .tiles import Tile, opening_heading

Heights = Sequence[Mapping[tuple[str, int], float]]
"""For each spacing, the height of each tile at each number of columns, in millimetres."""
REACH = 5
"""How many tiles a fold may be away from the first thing to do."""
MAX_SIDES = 3
_AIR = 14.0
"""Millimetres that a side may leave empty without looking so."""
_BARE = 60.0
"""What it costs to leave a side with nothing on it."""
TO_WRITE = 48.0
"""Millimetres over the whole width, 15 % of a page, that a side with places to write should have for them."""
_MUCH = 20.0
"""Millimetres left that no place to write can take, from which a side is set more loosely than others."""
_WORTH = 2.0
"""Millimetres of room to write that are worth a closer spacing."""
_CLOSEST = 3
"""The number of the closest spacing that a side takes for the sake of room to write."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the tiles of a sheet, in millimetres.

    Attributes:
        width: that of a side.
        side: what a side holds, from top to bottom.
        opening: of the band on the first side; ``bar`` of that on each other side.
        contact: of the strip at the foot of the last side; ``sources`` of the paragraph below it, or on the first side.
    """

    width: float
    side: float
    opening: float
    bar: float
    contact: float
    sources: float


@dataclass(frozen=True, slots=True)
class FoldedSide:
    """The tiles of one side.

    Attributes:
        first, last: its tiles; the last is not one of them.
        available: millimetres for its rows.
        level: the number of its spacing.
    """

    first: int
    last: int
    rows: Rows
    available: float
    level: int

    @property
    def left(self) -> float:
        """Millimetres that its rows leave; below zero, what is too much."""
        return self.available - self.rows.height


@dataclass(frozen=True, slots=True)
class Folded:
    """A sheet with its tiles on sides.

    Attributes:
        sources_first: whether the sources stand on the first side.
        too_much: millimetres that do not fit, of all sides, to the tenth that is said of them; 0 if all fits.
        cost: what it costs in looks; only the one with the lowest is taken.
    """

    sides: tuple[FoldedSide, ...]
    sources_first: bool
    too_much: float
    cost: float


def room_to_write(tiles: Sequence[Tile], side: FoldedSide) -> float:
    """Millimetres over the whole width that the places to write of a side have, with what is left free on it."""
    there = grows = able = 0.0
    for column in (column for row in side.rows.rows for column in row.columns):
        for tile in tiles[column.first : column.last]:
            share = column.span / 12
            able += tile.takes
            grows += tile.takes * share
            there += tile.fixed * share if tile.takes else 0.0
    return there + (min(max(0.0, side.left), able) * grows / able if able else 0.0)


def first_to_do(tiles: Sequence[Tile]) -> int:
    """The number of the first tile to do; cautions right before it are on its side."""
    number = next((n for n, tile in enumerate(tiles) if tile.side == "do"), len(tiles))
    while number and tiles[number - 1].is_caution and not (tiles[number - 1].said and tiles[number - 1].side == "read"):
        number -= 1
    return number


def as_on_side(
    heights: Mapping[tuple[str, int], float], tiles: Sequence[Tile], first: int
) -> Mapping[tuple[str, int], float]:
    """The heights of tiles on a side that begins with one: the bar, which the first side lacks, has a heading."""
    number = opening_heading(tiles, first) if first else None
    if number is None:
        return heights
    tile = tiles[number]
    return {**heights, **{(tile.key, span): heights[tile.key, span] - HEADING for span in tile.spans}}


class Folding:
    """The ways to put some tiles on sides; what was found out for one number of sides is used for the next."""

    def __init__(self, tiles: Sequence[Tile], heights: Heights, frame: Frame) -> None:
        self._tiles = tuple(tiles)
        self._frame = frame
        self._turn = first_to_do(tiles)
        self._breaks = {number for number, tile in enumerate(tiles) if tile.breaks}
        self._shapes = RowShapes(tiles)
        self._heights = heights
        self._finders: dict[tuple[int | None, int], RowFinder] = {}
        self._on_side = lru_cache(None)(self._set)

    @property
    def least(self) -> int:
        """How many sides there are at least: one more than tiles with which a new side begins."""
        return len(self._breaks) + 1

    def best(self, count: int) -> Folded | None:
        """The fold onto so many sides with the least that is too much, and of those the one that costs least.

        Returns:
            None if some tile has no width that it can stand in.
        """
        found = (self._fold(cut, first) for cut in self._cuts(count) for first in self._places(count))
        return min((fold for fold in found if fold), key=lambda fold: (fold.too_much, fold.cost), default=None)

    def _cuts(self, sides: int) -> Iterator[tuple[int, ...]]:
        count = len(self._tiles)
        earliest = max((n + 1 for n, tile in enumerate(self._tiles) if tile.said and tile.side == "read"), default=0)
        latest = min((n for n, tile in enumerate(self._tiles) if tile.said and tile.side == "do"), default=count)
        places = [n for n in range(count + 1) if n in (0, count, self._turn) or not self._tiles[n].glued]
        for cut in combinations(places, sides - 1):
            if self._breaks:
                if self._breaks <= set(cut):
                    yield cut
                continue
            first = cut[0] if cut else self._turn
            if abs(first - self._turn) <= REACH and (not cut or earliest <= first <= latest):
                yield cut

    def _places(self, count: int) -> tuple[bool, ...]:
        return (False, True) if count > 1 and self._frame.sources else (False,)

    def _fold(self, cut: tuple[int, ...], sources_first: bool) -> Folded | None:
        edges = (0, *cut, len(self._tiles))
        sides: list[FoldedSide] = []
        count = len(cut) + 1
        for number in range(count):
            available = self._available(number, count, sources_first)
            side = self._on_side(edges[number], edges[number + 1], available)
            if side is None:
                return None
            sides.append(side)
        moved = abs(cut[0] - self._turn) if cut else 0
        too_much = round(sum(max(0.0, -side.left) for side in sides), 1)
        parted = sum(1 <= n < len(self._tiles) and self._tiles[n - 1].is_caution for n in cut)
        cost = sum(map(self._cost, sides)) + 7.0 * moved + 40.0 * parted + 4.0 * sources_first
        return Folded(tuple(sides), sources_first, too_much, cost)

    def _available(self, number: int, count: int, sources_first: bool) -> float:
        """Millimetres for the rows of a side: less what stands around them, and a gap before each of these."""
        frame, last = self._frame, number == count - 1
        around = frame.opening if number == 0 else frame.bar
        around += (frame.contact + 2.0) * (last and frame.contact > 0)
        with_sources = sources_first if number == 0 and count > 1 else last and not sources_first
        around += (frame.sources + 1.5) * (with_sources and frame.sources > 0)
        return frame.side - around

    def _set(self, first: int, last: int, available: float) -> FoldedSide | None:
        """A side as loosely as its tiles fit and leave room to write, else as closely as can be."""
        best: FoldedSide | None = None
        for level in range(USUAL, len(SPACINGS)):
            side = self._at(level, first, last, available)
            if side is None or (best and best.left >= 0 and self._lacks(best) - self._lacks(side) < _WORTH):
                break
            best = side
            if side.left >= 0 and (level >= _CLOSEST or not self._lacks(side)):
                break
        return best and (self._loosest(best, available) or best)

    def _loosest(self, side: FoldedSide, available: float) -> FoldedSide | None:
        """A side more loosely than is usual, if even then its places to write can take no more."""
        able = sum(tile.takes for tile in self._tiles[side.first : side.last])
        if side.first == side.last or side.left < able + _MUCH:
            return None
        looser = self._at(0, side.first, side.last, available)
        return looser if looser and looser.left >= able else None

    def _at(self, level: int, first: int, last: int, available: float) -> FoldedSide | None:
        room = available - 2 * SPACINGS[level].gap
        rows = self._finder(first, level).rows(first, last, room)
        return FoldedSide(first, last, rows, room, level) if rows else None

    def _lacks(self, side: FoldedSide) -> float:
        """Millimetres of room to write that a side lacks which has places that can take some."""
        tiles = self._tiles
        able = any(tile.takes for tile in tiles[side.first : side.last])
        return max(0.0, TO_WRITE - room_to_write(tiles, side)) if able else 0.0

    def _finder(self, first: int, level: int) -> RowFinder:
        """What finds rows at a spacing for a side that begins with a tile."""
        key = (opening_heading(self._tiles, first) if first else None, level)
        if key not in self._finders:
            heights = as_on_side(self._heights[level], self._tiles, first)
            self._finders[key] = RowFinder(
                self._tiles, self._shapes, lambda *at: heights.get(at), SPACINGS[level].gap, in_room=level < USUAL
            )
        return self._finders[key]

    def _cost(self, side: FoldedSide) -> float:
        tiles = self._tiles[side.first : side.last]
        takes = sum(tile.takes for tile in tiles)
        empty = max(0.0, side.left - takes * 0.6 - _AIR)
        crowded = 9.0 * max(0.0, 1.6 - side.rows.weight) + 7.0 * max(0, side.level - USUAL)
        bare = _BARE * (side.first == side.last)
        return bare + empty * empty / 300 + empty * 0.4 + crowded - 0.12 * min(max(0.0, side.left), takes)
