"""Which rows tiles can stand in at all, and which of their widths need no measuring."""

from __future__ import annotations

from handoutkit.arrange.arrange_sheet import arrange
from handoutkit.arrange.row_shapes import RowShapes, only_usable
from handoutkit.arrange.sheet_grid import SPACINGS
from handoutkit.arrange.tiles import Tile, tiles_of
from tests.arrange.test_arrange_sheet import FRAME, PITCH, ask, caution, contrast, exercise, read


def tiles() -> tuple[Tile, ...]:
    return tiles_of([read("a"), contrast("b"), read("c"), caution("d"), ask("e"), ask("f"), exercise("g")], PITCH)


def test_every_column_of_a_row_is_as_wide_as_its_tiles_may_be() -> None:
    shapes = RowShapes(tiles())
    for first in range(len(tiles())):
        for column in (column for columns in shapes.beginning_with(first) for column in columns):
            assert all(column.span in tile.spans for tile in tiles()[column.first : column.last])


def test_a_tile_without_neighbours_has_no_use_for_narrow_widths() -> None:
    alone = tiles_of([read("a")], PITCH)
    assert set(alone[0].spans) > {12}
    assert [tile.spans for tile in only_usable(alone)] == [(12,)]


def test_what_no_row_can_use_changes_no_sheet() -> None:
    every = tiles()
    usable = only_usable(every)
    assert sum(len(tile.spans) for tile in usable) < sum(len(tile.spans) for tile in every)
    heights = {(tile.key, span): tile.fixed + 60 * 12 / span for tile in every for span in tile.spans}
    needed = {(tile.key, span): heights[tile.key, span] for tile in usable for span in tile.spans}
    assert arrange(usable, [needed] * len(SPACINGS), FRAME) == arrange(every, [heights] * len(SPACINGS), FRAME)
