"""Drawings that stand in a field: nothing yet, a tick, a dot or a ring, each of the field's own size."""

from __future__ import annotations

from typing import Any

import pydyf

_ARC = 0.5523
"""How far a circle's Bézier handles reach, in radii."""
_TICK = ((0.2, 0.52), (0.42, 0.26), (0.82, 0.8))
"""The corners of a tick, in parts of its box from the lower left."""
_THIN, _THICK = 1.4, 1.8
"""Strokes of a tick and a ring, in points."""
NOTHING = b"q Q"
"""The appearance of a box that is not ticked: no empty stream, for strict readers refuse those once compressed."""
PEN_UP = b"/Tx BMC\nEMC"
"""The appearance of a text field with nothing in it."""


def drawing(operators: bytes, width: float, height: float) -> pydyf.Stream:
    """Make a form XObject of this size in points."""
    extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array([0, 0, width, height]),
        "Resources": pydyf.Dictionary(),
    }
    return pydyf.Stream([operators], extra)


def mark(shape: str, width: float, height: float, colour: str) -> bytes:
    """The operators that draw a mark.

    Args:
        shape: ``tick``, ``dot`` or ``ring``.
        width, height: of the field, in points.
        colour: three numbers from 0 to 1 with spaces between.
    """
    if shape == "tick":
        (x1, y1), (x2, y2), (x3, y3) = ((x * width, y * height) for x, y in _TICK)
        path = f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l {x3:.2f} {y3:.2f} l"
        return f"q {colour} RG {_THIN} w 1 J 1 j {path} S Q".encode()
    middle, side = (width / 2, height / 2), min(width, height)
    if shape == "dot":
        return f"q {colour} rg {_circle(middle, side * 0.3)} f Q".encode()
    return f"q {colour} RG {_THICK} w {_circle(middle, (side - _THICK) / 2)} S Q".encode()


def _circle(middle: tuple[float, float], radius: float) -> str:
    x, y, reach = *middle, radius * _ARC
    points: list[Any] = [(x + radius, y, "m")]
    for way in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        (dx, dy), (ex, ey) = way, (-way[1], way[0])  # from this end of the quarter to the next
        points.append((x + radius * dx + reach * ex, y + radius * dy + reach * ey, ""))
        points.append((x + radius * ex + reach * dx, y + radius * ey + reach * dy, ""))
        points.append((x + radius * ex, y + radius * ey, "c"))
    return " ".join(f"{px:.2f} {py:.2f} {operator}".rstrip() for px, py, operator in points)
