"""Places for values on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["start", "center", "end"]
PADDING = 2.0
"""Points between a field's edge and its words, as viewers have it."""
LEADING = 1.25


@dataclass(frozen=True, slots=True)
class ValueBox:
    """Room for a value, and how words stand in it.

    Attributes:
        name: what the value is called, for problems.
        width: in points, as ``height`` and ``size``, which is the size of type.
        colour: red, green and blue from 0 to 1.
        lines: whether it takes several lines, or one in the middle of its height.
        covered: whether the ground is painted white once there are words.
    """

    name: str
    width: float
    height: float
    size: float
    colour: tuple[float, float, float] = (0, 0, 0)
    align: Align = "start"
    lines: bool = False
    covered: bool = False
