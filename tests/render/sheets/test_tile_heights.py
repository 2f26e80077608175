"""Heights that are reckoned, and corrected by what a page shows of them."""

from __future__ import annotations

import pytest

from handoutkit.arrange.sheet_grid import MEASURED, SPACINGS
from handoutkit.arrange.spread_room import PlacedColumn, PlacedRow, PlacedSide, PlacedTile
from handoutkit.arrange.tiles import tiles_of
from handoutkit.arrange.writing_room import Grown
from handoutkit.models.blocks.reading_blocks import ProseBlock
from handoutkit.render.sheets.tile_heights import TileHeights

TILES = tiles_of([ProseBlock(type="prose", heading="Why", text="Because it is so.")], SPACINGS[MEASURED].pitch)


def heights() -> TileHeights:
    return TileHeights.measured(TILES, {f"0-{span}": 50.0 for span in TILES[0].spans})


def corrected(found: float) -> float:
    """The height at the spacing it was found at, which is the one it was measured at, in all its width."""
    tile = PlacedTile("0", "block", Grown(TILES[0].block), 12, 195.9, 0.0, headless=False)
    row = PlacedRow("", (PlacedColumn(195.9, (tile,)),))
    side = PlacedSide(1, "", (row,), SPACINGS[MEASURED], MEASURED, 4.2, has_contact=False, has_sources=False)
    return heights().corrected([side], {"0": found}).by_spacing[MEASURED]["0", 12]


def test_a_height_is_the_one_that_a_tile_has_on_the_page() -> None:
    assert corrected(52.3) == pytest.approx(52.3)
    assert corrected(44.0) == pytest.approx(44.0)


def test_a_tile_that_broke_across_two_pages_is_only_a_little_higher() -> None:
    """Its parts, one of which fills what was left of its side, come to nearly twice its height."""
    assert corrected(96.0) == pytest.approx(51.0)
