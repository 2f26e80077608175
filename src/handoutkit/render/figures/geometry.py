"""Rectangles, and things that keep out of each other's way. All in millimetres, y growing downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin

Point = tuple[float, float]


class DoesNotFit(Exception):  # noqa: N818 - no fault: a figure is told another way then
    """The words do not fit where they should stand."""


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, middle: Point, width: float, height: float) -> Rect:
        """The rectangle of that size about a point."""
        return cls(middle[0] - width / 2, middle[1] - height / 2, width, height)

    def scaled(self, factor: float) -> Rect:
        """It on a sheet that is so much larger."""
        return Rect(*(factor * side for side in (self.x, self.y, self.width, self.height)))

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The point in its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, across: float, down: float | None = None) -> Rect:
        """Smaller by so much at each side; larger where it is negative."""
        down = across if down is None else down
        return Rect(self.x + across, self.y + down, self.width - 2 * across, self.height - 2 * down)

    def overlaps(self, other: Rect, gap: float = 0.0) -> bool:
        """Whether the two come nearer than ``gap``."""
        beside = self.right + gap <= other.x or other.right + gap <= self.x
        return not (beside or self.bottom + gap <= other.y or other.bottom + gap <= self.y)

    def holds(self, point: Point) -> bool:
        """Whether a point is in it."""
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom

    def edge_towards(self, point: Point) -> Point:
        """Where the line from its centre to a point leaves it."""
        (x, y), (across, down) = self.middle, (point[0] - self.middle[0], point[1] - self.middle[1])
        if not across and not down:
            return self.middle
        part = min(
            self.width / 2 / abs(across) if across else float("inf"),
            self.height / 2 / abs(down) if down else float("inf"),
        )
        return x + across * part, y + down * part


def spread(wanted: Sequence[float], lengths: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Starts of stretches along a line, each as near its wanted middle as the others let it be, in the same order.

    Args:
        wanted: middles, rising.

    Raises:
        TooTight: they are longer than the line.
    """
    if sum(lengths) + gap * (len(lengths) - 1) > high - low + 1e-6:
        raise DoesNotFit
    starts: list[float] = []
    reached = low
    for middle, length in zip(wanted, lengths, strict=True):
        starts.append(max(middle - length / 2, reached))
        reached = starts[-1] + length + gap
    limit = high
    for number in range(len(starts) - 1, -1, -1):
        starts[number] = min(starts[number], limit - lengths[number])
        limit = starts[number] - gap
    return starts


def on_ellipse(middle: Point, across: float, down: float, degrees: float) -> Point:
    """The point at an angle from three o'clock, clockwise, on an ellipse of those half axes."""
    turn = radians(degrees)
    return middle[0] + across * cos(turn), middle[1] + down * sin(turn)


def towards(start: Point, end: Point) -> Point:
    """The direction from one point to another, of length 1."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down) or 1.0
    return across / length, down / length


def along(start: Point, direction: Point, length: float) -> Point:
    """The point at a distance from another in a direction."""
    return start[0] + direction[0] * length, start[1] + direction[1] * length


def half_chord(radius: float, off_centre: float) -> float:
    """Half of a circle's width at a distance from its centre; 0 outside."""
    return float(max(radius**2 - off_centre**2, 0.0) ** 0.5)
