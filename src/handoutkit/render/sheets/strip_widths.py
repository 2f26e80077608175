"""How wide the cells of the strip are at the end of a sheet: as their words need, so that it is low."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from handoutkit.arrange.sheet_grid import WIDTH

CELL_WIDTH, _PADDING = 60.0, 5.6
"""Millimetres at which a cell is measured, and those of it, and of any cell, that hold no words."""
_NARROWEST, _WIDEST_ADDRESS = 44.0, 70.0
_LETTER = 1.8
"""Millimetres of a letter of an address, in bold and small, on average: an address on one line can be typed off."""
_HEADING, _AROUND, _LINE = 5.5, 3.7, 3.9
"""Millimetres of a cell's heading, of what is above and below its words, and of one line of them."""


class Strip(NamedTuple):
    """The widths of its cells, as a stylesheet says them, and its height in millimetres; 0 for no strip."""

    columns: str
    height: float


def strip_of(measured: Mapping[str, float], addresses: Iterable[str] = ()) -> Strip:
    """The strip whose cells had these heights, each at ``CELL_WIDTH``: words that are as many get as much width.

    Args:
        addresses: in the second cell, which is as wide as the longest of them, if that leaves room for the others.
    """
    present = [key for key in ("cell-1", "cell-2", "cell-3") if key in measured]
    heights = [measured[key] for key in present]
    if not heights:
        return Strip("1fr", 0.0)
    areas = [max(_LINE, height - _HEADING) for height in heights]
    to_share = WIDTH - _PADDING * len(areas)
    widths = [_PADDING + to_share * area / sum(areas) for area in areas]
    address = min(_WIDEST_ADDRESS, _PADDING + _LETTER * max(map(len, addresses), default=0))
    least = [max(_NARROWEST, address) if key == "cell-2" else _NARROWEST for key in present]
    spare = [width - narrowest for width, narrowest in zip(widths, least, strict=True)]
    short, wide = -sum(min(0.0, more) for more in spare), sum(max(0.0, more) for more in spare)
    if short and wide > short:
        kept = 1 - short / wide
        widths = [narrowest + max(0.0, more) * kept for narrowest, more in zip(least, spare, strict=True)]
    words = CELL_WIDTH - _PADDING
    lowest = max(area * words / (width - _PADDING) for area, width in zip(areas, widths, strict=True))
    columns = [f"{width:.1f}mm" for width in widths[:-1]]
    return Strip(" ".join([*columns, "1fr"]), round(lowest + _HEADING + _AROUND, 1))
