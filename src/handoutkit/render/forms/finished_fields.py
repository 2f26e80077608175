"""Fields of a finished PDF: their names, and the room that a text field has for a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from handoutkit.render.values.value_box import Align, ValueBox

_MULTILINE = 1 << 12
_ALIGNMENTS: tuple[Align, ...] = ("start", "center", "end")


def terminal_fields(document: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The fields of a form that hold values, by full name; nothing if there is no form."""
    if "/AcroForm" not in document.Root:
        return
    stack = [("", node) for node in reversed(list(document.Root.AcroForm.Fields))]
    while stack:
        path, node = stack.pop()
        name = f"{path}.{node.T}" if path else str(node.T)
        kids = list(node.get("/Kids", []))
        if kids and "/T" in kids[0]:
            stack.extend((name, kid) for kid in reversed(kids))
        else:
            yield name, node


def place_of(name: str, field: Any) -> ValueBox:
    """The room that a text field has, and how words stand in it."""
    width, height = size_of_field(field)
    size, colour = re.match(r"/\S+ ([\d.]+) Tf (.*) rg", str(field.DA)).groups()  # type: ignore[union-attr]
    red, green, blue = (float(part) for part in colour.split())
    return ValueBox(
        name,
        width,
        height,
        float(size),
        (red, green, blue),
        _ALIGNMENTS[int(field.get("/Q", 0))],
        lines=bool(int(field.get("/Ff", 0)) & _MULTILINE),
        covered="/BG" in field.get("/MK", {}),
    )


def size_of_field(field: Any) -> tuple[float, float]:
    """Width and height of a field in points."""
    left, bottom, right, top = (float(corner) for corner in field.Rect)
    return round(right - left, 2), round(top - bottom, 2)
