"""How wide the cells of the strip are at the end of a sheet: as their words need, so that it is low."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

CELLS = ("cell-1", "cell-2", "cell-3")
"""The marks of the cells: what to bring, how to reach the practice, help that cannot wait."""
CELL_WIDTHS = (44, 47, 50, 53, 56, 60, 64, 69, 75, 82, 90, 100, 120, 146, 190)
"""Millimetres at which each cell is measured."""
_PADDING, _WIDEST_ADDRESS = 5.6, 70.0
_LETTER = 1.8
"""Millimetres of a letter of an address, in bold and small, on average: an address on one line can be typed off."""
_AROUND = 3.7
"""Millimetres above and below the words of a cell, with the line around the strip."""


class Strip(NamedTuple):
    """The widths of its cells, as a stylesheet says them, and its height in millimetres; 0 for no strip."""

    columns: str
    height: float


def cell_mark(cell: str, width: int) -> str:
    """What a cell at a width is called on the page on which it is measured."""
    return f"{cell}-{width}"


def strip_of(measured: Mapping[str, float], addresses: Iterable[str], whole: float) -> Strip:
    """The lowest strip, by the heights of its cells at each width, as ``cell_mark`` names them.

    Args:
        addresses: in the second cell, which is as wide as the longest of them, if that leaves room for the others.
        whole: millimetres of the strip from left to right.
    """
    present = [cell for cell in CELLS if cell_mark(cell, CELL_WIDTHS[0]) in measured]
    if not present:
        return Strip("1fr", 0.0)
    address = min(_WIDEST_ADDRESS, _PADDING + _LETTER * max(map(len, addresses), default=0))
    wide_enough = [[width for width in CELL_WIDTHS if cell != "cell-2" or width >= address] for cell in present]

    def height(widths: tuple[int, ...]) -> float:
        return max(measured[cell_mark(cell, width)] for cell, width in zip(present, widths, strict=True))

    fitting = [widths for widths in product(*wide_enough) if sum(widths) <= whole]
    # Of the lowest, the one whose widest cell is narrowest: what is left goes to the last.
    best = min(fitting, key=lambda widths: (height(widths), max(widths), widths))
    columns = [f"{width}mm" for width in best[:-1]]
    return Strip(" ".join([*columns, "1fr"]), round(height(best) + _AROUND, 1))
