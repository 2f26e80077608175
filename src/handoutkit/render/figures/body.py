"""The outline of a person: one smooth line, the same at both sides, of no age, sex or build."""

from __future__ import annotations

from itertools import pairwise

from .geometry import Point, Rect

# The right half, from the crown down the outside of the arm, up its inside, down the leg and up its inside. Across from
# the middle line and down from the crown, both in parts of the height.
_HALF: tuple[Point, ...] = (
    (0.000, 0.000),
    (0.040, 0.009),
    (0.065, 0.042),
    (0.066, 0.082),
    (0.050, 0.118),
    (0.040, 0.134),
    (0.040, 0.150),
    (0.056, 0.163),
    (0.104, 0.176),
    (0.140, 0.202),
    (0.156, 0.260),
    (0.172, 0.345),
    (0.192, 0.430),
    (0.208, 0.484),
    (0.208, 0.518),
    (0.188, 0.528),
    (0.172, 0.504),
    (0.152, 0.442),
    (0.132, 0.366),
    (0.116, 0.296),
    (0.107, 0.276),
    (0.102, 0.310),
    (0.098, 0.370),
    (0.098, 0.430),
    (0.106, 0.490),
    (0.111, 0.560),
    (0.106, 0.650),
    (0.096, 0.740),
    (0.091, 0.820),
    (0.080, 0.910),
    (0.084, 0.952),
    (0.104, 0.976),
    (0.102, 0.995),
    (0.064, 1.000),
    (0.034, 0.988),
    (0.029, 0.950),
    (0.030, 0.860),
    (0.027, 0.760),
    (0.022, 0.660),
    (0.014, 0.575),
    (0.000, 0.545),
)
# Where a place at a height is marked, in the same parts.
_MARKS: tuple[Point, ...] = (
    (0.00, 0.00),
    (0.03, 0.03),
    (0.03, 0.10),
    (0.01, 0.14),
    (0.06, 0.20),
    (0.055, 0.45),
    (0.19, 0.47),
    (0.19, 0.515),
    (0.06, 0.54),
    (0.06, 0.90),
    (0.06, 1.00),
)


def body(place: Rect) -> str:
    """SVG path data of the outline, as high as a place and in its middle."""
    right = [(place.middle[0] + x * place.height, place.y + y * place.height) for x, y in _HALF]
    left = [(2 * place.middle[0] - x, y) for x, y in reversed(right[1:-1])]
    return _smooth([*right, *left])


def aside(down: float) -> float:
    """How far from the middle line a place at a height is marked: on head, trunk, hand or leg; parts of the height."""
    for (near, top), (far, bottom) in pairwise(_MARKS):
        if down <= bottom:
            return near + (far - near) * (down - top) / (bottom - top)
    return _MARKS[-1][0]


def _smooth(points: list[Point]) -> str:
    """A closed curve through all points: Catmull and Rom's, as cubic Bezier pieces."""
    count = len(points)
    parts = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for number in range(count):
        before, start, end, after = (points[(number + step) % count] for step in (-1, 0, 1, 2))
        first = tuple(start[i] + (end[i] - before[i]) / 6 for i in (0, 1))
        second = tuple(end[i] - (after[i] - start[i]) / 6 for i in (0, 1))
        parts.append("C" + " ".join(f"{x:.2f} {y:.2f}" for x, y in (first, second, end)))
    return "".join(parts) + "Z"
