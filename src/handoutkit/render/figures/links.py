"""Lines between boxes, each kind of tie told by its form: dashed, plain, double, zigzag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import dist

from handoutkit.models.blocks.figure import Link

from .drawing_sheet import DASH, RULE, STRONG, DrawingSheet
from .geometry import Point, Rect, along, towards

_CLEAR = 1.2
"""From a box to the end of a line."""
_HALF_DOUBLE = 0.75
_ZIGZAG, _TOOTH = 1.2, 1.8
"""How far a zigzag goes to each side, and how far from one point to the next."""
_BENDS = (0, 14, -14, 24, -24, 34, -34, 46, -46, 60, -60)


@dataclass(frozen=True, slots=True)
class LinkLine:
    """From a point to a point, bent towards a third if there is one (a quadratic curve)."""

    start: Point
    end: Point
    bend: Point | None = None

    def at(self, part: float) -> Point:
        """The point at a part of it, 0 to 1."""
        bend = self.bend or ((self.start[0] + self.end[0]) / 2, (self.start[1] + self.end[1]) / 2)
        a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
        x, y = (a * self.start[i] + b * bend[i] + c * self.end[i] for i in (0, 1))
        return x, y

    def points(self, count: int) -> list[Point]:
        """Points along it, both ends with them."""
        return [self.at(number / count) for number in range(count + 1)]

    @property
    def length(self) -> float:
        """The length of the line, measured over sixteen straight pieces."""
        points = self.points(16)
        return sum(dist(one, other) for one, other in pairwise(points))


def between(start: Rect, end: Rect, others: Sequence[Rect], frame: Rect) -> LinkLine:
    """A line from box to box, straight if it can be, else bent around what stands between them."""
    ways = [_way(start, end, bend) for bend in _BENDS]
    return next((way for way in ways if _clear(way, others, frame)), ways[0])


def draw_line(sheet: DrawingSheet, link: Link, line: LinkLine) -> None:
    """The line in the form of the tie, with the arrows it has."""
    if link.directed or link.both_ways:
        line = replace(line, end=sheet.head(line.end, towards(line.at(0.96), line.end)))
    if link.both_ways:
        line = replace(line, start=sheet.head(line.start, towards(line.at(0.04), line.start)))
    colour = sheet.palette.brand
    if link.strength == "strong":
        for side in (-_HALF_DOUBLE, _HALF_DOUBLE):
            sheet.line(*_beside(line, [side]), weight=RULE, colour=colour)
    elif link.strength == "tense":
        sheet.line(*_zigzag(line), weight=RULE, colour=colour)
    else:
        points = line.points(24) if line.bend else [line.start, line.end]
        sheet.line(*points, weight=STRONG, colour=colour, dash=DASH if link.strength == "weak" else None)


def _way(start: Rect, end: Rect, aside: float) -> LinkLine:
    bend: Point | None = None
    if aside:
        (ax, ay), (bx, by) = start.middle, end.middle
        across = towards(start.middle, end.middle)
        bend = along(((ax + bx) / 2, (ay + by) / 2), (-across[1], across[0]), aside)
    out, into = start.edge_towards(bend or end.middle), end.edge_towards(bend or start.middle)
    out, into = (
        along(out, towards(start.middle, bend or end.middle), _CLEAR),
        along(into, towards(end.middle, bend or start.middle), _CLEAR),
    )
    return LinkLine(out, into, bend)


def _clear(line: LinkLine, others: Sequence[Rect], frame: Rect) -> bool:
    grown = [other.inset(-3) for other in others]
    return all(frame.holds(point) and not any(other.holds(point) for other in grown) for point in line.points(40))


def _beside(line: LinkLine, sides: Sequence[float], count: int = 24) -> list[Point]:
    """Points along a line, off it by each of ``sides`` in turn."""
    steps = 24 if line.bend and count == 24 else count
    found = []
    for number in range(steps + 1):
        here = line.at(number / steps)
        ahead = towards(line.at(max(number / steps - 0.02, 0)), line.at(min(number / steps + 0.02, 1)))
        found.append(along(here, (-ahead[1], ahead[0]), sides[number % len(sides)]))
    return found


def _zigzag(line: LinkLine) -> list[Point]:
    teeth = max(int(line.length / _TOOTH) // 2 * 2, 2)
    points = _beside(line, [_ZIGZAG, -_ZIGZAG], teeth)
    return [line.start, *points[1:-1], line.end]
