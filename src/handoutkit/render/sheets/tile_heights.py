"""The heights of tiles at each width and spacing: measured at one spacing, reckoned for the others, then corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handoutkit.arrange.rows import HEADING
from handoutkit.arrange.sheet_grid import MEASURED, SPACINGS
from handoutkit.arrange.spread_room import PlacedSide
from handoutkit.arrange.tiles import Tile

_SAFE = 0.2
"""Millimetres that are added to what was not measured."""
_BROKEN, _HIGHER = 20.0, 1.0
"""From how many millimetres above what was reckoned on, a height is that of a tile which broke across two pages: its
parts are no measure of it, and all that is known is that it is a little higher than what its side had left."""
_GIVES = {"prose": 0.85, "callout": 0.72, "concept": 0.7, "contrast": 1.1, "exercise": 0.52, "list": 0.75, "qa": 0.92}
"""How much of the height of a block's words changes with the height of a line, by type; others hardly change. Measured
on the shipped handouts at each width and spacing: the heights that are reckoned by it are within two percent."""


@dataclass(frozen=True, slots=True)
class TileHeights:
    """Heights in millimetres, for each spacing by key and columns of a tile."""

    by_spacing: tuple[Mapping[tuple[str, int], float], ...]

    @classmethod
    def measured(cls, tiles: Sequence[Tile], heights: Mapping[str, float]) -> TileHeights:
        """From a page that has each tile at each width, at the spacing ``MEASURED``."""
        at_each: list[dict[tuple[str, int], float]] = [{} for _ in SPACINGS]
        pitch, lines = SPACINGS[MEASURED].pitch, SPACINGS[MEASURED].line_height
        for tile in tiles:
            for span in tile.spans:
                if (height := heights.get(f"{tile.key}-{span}")) is None:
                    continue
                words = max(0.0, height - tile.fixed)
                for number, spacing in enumerate(SPACINGS):
                    same = number == MEASURED
                    gives = 0.0 if tile.is_log else _GIVES.get(tile.block.type, 0.0)
                    reckoned = words * (1 + gives * (spacing.line_height / lines - 1)) + tile.fixed * (
                        spacing.pitch / pitch if _has_lines(tile) else 1.0
                    )
                    at_each[number][tile.key, span] = height if same else reckoned + _SAFE
        return cls(tuple(at_each))

    def corrected(self, sides: Sequence[PlacedSide], found: Mapping[str, float]) -> TileHeights:
        """With the heights that tiles had on a sheet; all else of those tiles is changed in proportion."""
        at_each = [dict(at) for at in self.by_spacing]
        for side in sides:
            for tile in (tile for row in side.rows for column in row.columns for tile in column.tiles):
                if tile.key not in found:
                    continue
                real = found[tile.key] - tile.extra + HEADING * tile.headless
                reckoned = max(1.0, at_each[side.level][tile.key, tile.span])
                real = real if real < reckoned + _BROKEN else reckoned + _HIGHER
                factor = real / reckoned
                for at in at_each:
                    for key in [key for key in at if key[0] == tile.key]:
                        at[key] *= factor
                at_each[side.level][tile.key, tile.span] = real
        return TileHeights(tuple(at_each))


def _has_lines(tile: Tile) -> bool:
    return tile.block.type in ("prompt", "vignette", "sentence_frame")
