"""The room that a text field has, and how words stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

_MULTILINE = 1 << 12
_ALIGNMENTS: tuple[Literal["start", "center", "end"], ...] = ("start", "center", "end")


@dataclass(frozen=True, slots=True)
class Room:
    """Measures in points; the rest as in a `Slot`."""

    width: float
    height: float
    size: float
    colour: str
    align: Literal["start", "center", "end"]
    lines: bool = False

    @classmethod
    def of(cls, field: Any) -> Room:
        """The room of a text field, as ``render.forms`` makes it."""
        left, bottom, right, top = (float(corner) for corner in field.Rect)
        size, colour = re.match(r"/\S+ ([\d.]+) Tf (.*) rg", str(field.DA)).groups()  # type: ignore[union-attr]
        return cls(
            width=round(right - left, 2),
            height=round(top - bottom, 2),
            size=float(size),
            colour=css_colour(float(part) for part in colour.split()),
            align=_ALIGNMENTS[int(field.get("/Q", 0))],
            lines=bool(int(field.get("/Ff", 0)) & _MULTILINE),
        )


def css_colour(parts: Any) -> str:
    """Red, green and blue from 0 to 1 as CSS writes them."""
    red, green, blue = (round(float(part) * 255) for part in parts)
    return f"rgb({red}, {green}, {blue})"
