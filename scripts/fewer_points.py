"""Outlines with fewer points: those that stand on the way between others go, by Douglas and Peucker (1973).

Fonts that are made by a program, as Hanazono is, draw each curve as dozens of straight pieces.
"""

from __future__ import annotations

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

Point = tuple[float, float]


def with_fewer_points(font: TTFont, tolerance: float) -> None:
    """Take out points of outlines without curves, where the outline moves by no more than so many units."""
    glyphs = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.numberOfContours > 0 and all(flag & 1 for flag in glyph.flags):
            _thin(glyph, tolerance)


def _thin(glyph: Glyph, tolerance: float) -> None:
    points: list[Point] = []
    ends, start = [], 0
    for end in glyph.endPtsOfContours:
        points += _fewer_around(list(glyph.coordinates[start : end + 1]), tolerance)
        ends.append(len(points) - 1)
        start = end + 1
    glyph.coordinates = GlyphCoordinates(points)
    glyph.flags = bytearray([1] * len(points))
    glyph.endPtsOfContours = ends


def _fewer_around(contour: list[Point], tolerance: float) -> list[Point]:
    """The points that stay of a closed outline: two that are far from each other, and those between them."""
    if len(contour) < 5:
        return contour
    first = contour[0]
    far = max(range(len(contour)), key=lambda n: (contour[n][0] - first[0]) ** 2 + (contour[n][1] - first[1]) ** 2)
    kept = _fewer(contour[: far + 1], tolerance)[:-1] + _fewer([*contour[far:], first], tolerance)[:-1]
    return kept if len(kept) > 2 else contour


def _fewer(line: list[Point], tolerance: float) -> list[Point]:
    kept, untried = {0, len(line) - 1}, [(0, len(line) - 1)]
    while untried:
        start, end = untried.pop()
        (x, y), (to_x, to_y) = line[start], line[end]
        wide, high = to_x - x, to_y - y
        length = (wide * wide + high * high) ** 0.5 or 1.0
        away, farthest = tolerance, 0
        for n in range(start + 1, end):
            distance = abs((line[n][0] - x) * high - (line[n][1] - y) * wide) / length
            if distance > away:
                away, farthest = distance, n
        if farthest:
            kept.add(farthest)
            untried += [(start, farthest), (farthest, end)]
    return [line[n] for n in sorted(kept)]
