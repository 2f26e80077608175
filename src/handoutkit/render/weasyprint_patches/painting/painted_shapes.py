"""Rectangles, colours and lines of what is painted, as ``painted_pages`` notes them. Lengths are in CSS pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Paint = tuple[float, float, float, float]
"""Red, green, blue and how opaque it is; each from 0 to 1."""

_UNDRAWN = ("none", "hidden")


@dataclass(frozen=True, slots=True)
class PaintedLine:
    """One side of a border, or a line of a table.

    Attributes:
        page: its number, from 0.
        step: when it was painted; what is painted later lies over it.
        element: the HTML element whose border it is; None of a line that cells of a table share.
    """

    page: int
    step: int
    element: Any
    bounds: Bounds
    paint: Paint

    @property
    def is_across(self) -> bool:
        """Whether it runs from side to side, as a line to write on does."""
        left, top, right, bottom = self.bounds
        return right - left > bottom - top


def border_lines(box: Any) -> Iterator[tuple[Bounds, Paint]]:
    """Each side of a box's border that is painted: where it stands on an unturned page, and its colour."""
    style = box.style
    if style["visibility"] != "visible":
        return
    x, y = box.border_box_x(), box.border_box_y()
    right, bottom = x + box.border_width(), y + box.border_height()
    sides: dict[str, Bounds] = {
        "top": (x, y, right, y + box.border_top_width),
        "right": (right - box.border_right_width, y, right, bottom),
        "bottom": (x, bottom - box.border_bottom_width, right, bottom),
        "left": (x, y, x + box.border_left_width, bottom),
    }
    for side, bounds in sides.items():
        if bounds[0] < bounds[2] and bounds[1] < bounds[3] and style[f"border_{side}_style"] not in _UNDRAWN:
            colour = style[f"border_{side}_color"]
            paint = style["color"] if colour == "currentcolor" else colour
            if paint.alpha:
                yield bounds, paint_of(paint)


def has_border(box: Any) -> bool:
    """Whether any side of a box has a border; most have none, so this is asked first."""
    return bool(box.border_bottom_width or box.border_top_width or box.border_left_width or box.border_right_width)


def table_line(x1: float, y1: float, x2: float, y2: float, thickness: float) -> Bounds:
    """Where a line between two places stands, which are in the middle of its thickness."""
    half = thickness / 2
    if x1 == x2:
        return x1 - half, min(y1, y2), x1 + half, max(y1, y2)
    return min(x1, x2), y1 - half, max(x1, x2), y1 + half


def paint_of(colour: Any) -> Paint:
    """A colour of WeasyPrint's."""
    red, green, blue = colour.to("srgb").coordinates
    return red, green, blue, colour.alpha


def rectangle(x: float, y: float, width: float, height: float) -> Bounds:
    """The rectangle at a place, of a width and a height."""
    return x, y, x + width, y + height


def around(boxes: list[Bounds]) -> Bounds:
    """The rectangle around some, of which there is one at least."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def shared_area(one: Bounds, other: Bounds) -> float:
    """The area that two rectangles share, in square CSS pixels."""
    left, top, right, bottom = meet(one, other)
    return (right - left) * (bottom - top) if left < right and top < bottom else 0.0


def meet(one: Bounds, other: Bounds) -> Bounds:
    """The part that two rectangles share; where there is none, its right is left of its left."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def paints_of(image: Any) -> tuple[Paint, ...]:
    """The colours of a gradient; none of a picture, whose colours are not known."""
    colours = getattr(image, "colors", ())
    return tuple(map(paint_of, colours))


def area_of(layer: Any, area: Bounds, page: tuple[float, float]) -> Bounds:
    """Where a picture of a background is painted."""
    area = (0.0, 0.0, *page) if layer.unbounded else area
    if layer.repeat != ("no-repeat", "no-repeat") or paints_of(layer.image):
        return area  # a gradient that is not repeated fills all of its area in WeasyPrint 70, past its own size
    left, top = layer.position[0] + layer.positioning_area[0], layer.position[1] + layer.positioning_area[1]
    return meet(area, (left, top, left + layer.size[0], top + layer.size[1]))
