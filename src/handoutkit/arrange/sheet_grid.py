"""The measures of a sheet: its twelve columns, its papers, and how closely it may be set."""

from __future__ import annotations

from typing import NamedTuple

from handoutkit.models.practice import Paper

GUTTER, COLUMNS = 6.0, 12
"""Millimetres between the columns of a side, and how many it has."""
PAPER_WIDTH: dict[Paper, float] = {"letter": 215.9, "a4": 210.0}
_BESIDE = 10.0
"""The margin in millimetres at the left and at the right."""
TOP, BOTTOM = 10.0, 14.6
"""Margins in millimetres; the foot of the page stands in the lower one, ten millimetres from the edge."""
PAPER_HEIGHT: dict[Paper, float] = {"letter": 279.4, "a4": 297.0}
SPARE = 0.4
"""Millimetres that are left free, so that no rounding makes another page."""


class Spacing(NamedTuple):
    """How closely a side is set.

    Attributes:
        line_height: of running text, as a factor of its size.
        gap: millimetres between rows, and between the blocks of a column.
        pitch: millimetres between lines to write on.
        room: the factor of all other vertical space, as in ``templates/base/css/00-tokens.css``.
    """

    line_height: float
    gap: float
    pitch: float
    room: float


SPACINGS = (
    Spacing(1.5, 7.0, 8.8, 1.1),
    Spacing(1.42, 5.2, 8.6, 0.72),
    Spacing(1.34, 4.2, 8.2, 0.55),
    Spacing(1.27, 3.2, 8.0, 0.40),
    Spacing(1.24, 2.6, 8.0, 0.33),
    Spacing(1.2, 2.0, 8.0, 0.26),
)
"""From the loosest, which is for sides that would be half empty, to the tightest."""
USUAL = 1
"""The loosest spacing of a side that has something to fill it."""
TIGHT = 4
"""From this one on, they are there so that no second sheet is taken for a few millimetres."""
MEASURED = 2
"""The spacing at which heights are measured; the others are reckoned from it."""


def side_width(paper: Paper) -> float:
    """Millimetres of a side between its margins."""
    return PAPER_WIDTH[paper] - 2 * _BESIDE


def width_of(columns: int, whole: float) -> float:
    """The width of so many columns with the gutters between them, in millimetres; ``whole`` is that of a side."""
    one = (whole - (COLUMNS - 1) * GUTTER) / COLUMNS
    return round(columns * one + (columns - 1) * GUTTER, 2)


def side_height(paper: Paper) -> float:
    """What a side holds between its margins, in millimetres."""
    return PAPER_HEIGHT[paper] - TOP - BOTTOM - SPARE
