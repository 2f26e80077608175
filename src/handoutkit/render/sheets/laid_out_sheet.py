"""What became of a sheet on the page: how high its tiles are there, and whether each side holds what it was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handoutkit.arrange.arrange_sheet import Arrangement
from handoutkit.arrange.sheet_grid import side_height
from handoutkit.arrange.spread_room import PlacedSide
from handoutkit.models.document import Document
from handoutkit.render.weasyprint_patches.layout_boxes import marked_heights, marked_pages

MARK = "data-tile"
"""The attribute by which a tile is found on the page."""
BAR = 9.2
"""Millimetres of the bar at the top of a side, as in ``templates/base/css/70-sheet.css``."""
_NEAR = 0.5
"""Millimetres by which an estimate may be off without another layout."""


def found_on_page(sheet: Arrangement, laid_out: Any) -> tuple[dict[str, float], bool]:
    """The heights of all that is marked on a sheet, and whether a side refused a tile, which is on the next page then.

    There, the space above its heading is gone: it was higher than what its side had left.
    """
    heights, pages = marked_heights(laid_out, MARK), marked_pages(laid_out, MARK)
    refused = {
        elsewhere[0]: side
        for side in sheet.sides
        if (elsewhere := [key for key in _placed_keys([side]) if pages.get(key, side.number) != side.number])
    }
    for key, side in refused.items():
        heights[key] += max(0.0, heights[f"rows-{side.number}"] - _least(side, heights)) + _NEAR
    return heights, bool(refused)


def fits_on_page(sheet: Arrangement, found: dict[str, float], document: Document, *, air: float = 0.0) -> bool:
    """Whether all tiles are there, below each other, and each side holds what it was given.

    Args:
        air: millimetres that are to be free above what stands at the foot of a side.
    """
    height = side_height(document.paper)
    if any(key not in found for key in _placed_keys(sheet.sides)):
        return False
    for side in sheet.sides:
        opening = found.get("band", 0.0) if side.number == 1 else BAR
        rows = found[f"rows-{side.number}"]
        end = found.get(f"end-{side.number}", 0.0)
        if rows < _least(side, found) - _NEAR or opening + rows + end + air * (end > 0) > height + _NEAR:
            return False
    return True


def _least(side: PlacedSide, found: Mapping[str, float]) -> float:
    """Millimetres that the rows of a side take at least, by the heights of their tiles."""
    columns = ([sum(found[tile.key] for tile in column.tiles) for column in row.columns] for row in side.rows)
    return sum(max(heights) + side.gap for heights in columns)


def _placed_keys(sides: Sequence[PlacedSide]) -> Iterator[str]:
    """The keys of all tiles on some sides, in the order of the page."""
    for side in sides:
        for row in side.rows:
            for column in row.columns:
                yield from (tile.key for tile in column.tiles)
