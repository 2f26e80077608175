"""``outline``: a simple figure of a person, anybody, with places around it for what the body feels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handoutkit.models.blocks.figure import Figure, Region
from handoutkit.render.figures.drawing_sheet import FINE, LINE_ROOM, STRONG, DrawingSheet
from handoutkit.render.figures.figure_words import FigureText, TextLines
from handoutkit.render.figures.geometry import DoesNotFit, Point, Rect, spread

_SIDE = 12.0
"""From the body to the words at its sides."""
_APART = 3.0
_ANSWER = 40.0
_HIGHEST = 22.0


def draw(figure: Figure, sheet: DrawingSheet, wording: FigureText) -> None:
    """Draw the figure on the sheet. Raises TooTight."""
    frame = sheet.frame
    place = Rect.around(frame.middle, frame.height * 0.46, frame.height - 1)
    sheet.path(body(place), weight=STRONG, colour=sheet.palette.brand, fill=sheet.palette.wash)
    order = sorted(range(len(figure.regions)), key=lambda n: (_down(figure.regions, n), n))
    for side, numbers in ((-1, order[::2]), (1, order[1::2])):
        _column(sheet, wording, place, numbers, side)


def _down(regions: Sequence[Region], number: int) -> float:
    """How far down the body a region is, 0 to 1: where it says, else in its turn."""
    value = regions[number].value
    return value if value is not None else (number // 2 + 0.5) / ((len(regions) + 1) // 2)


def _column(sheet: DrawingSheet, wording: FigureText, body_at: Rect, numbers: Sequence[int], side: int) -> None:
    """Words, and room to write, at one side of the body. Raises TooTight."""
    if not numbers:
        return
    frame = sheet.frame
    x = body_at.middle[0] + side * (body_at.width / 2 + _SIDE)
    width = frame.right - x if side > 0 else x - frame.x
    blocks = _blocks(wording, numbers, width, frame.height)
    spare = frame.height - sum(block.height for block in blocks) - _APART * (len(blocks) - 1)
    asked = [number for number in numbers if wording.regions[number].answer]
    answer = min(spare / len(asked) - 1, _HIGHEST) if asked else 0.0
    if asked and answer < LINE_ROOM:
        raise DoesNotFit
    heights = [words.height + (answer + 1 if n in asked else 0) for n, words in zip(numbers, blocks, strict=True)]
    wanted = [body_at.y + body_at.height * _down(wording.regions, number) for number in numbers]
    tops = spread(wanted, heights, _APART, frame.y, frame.bottom)
    for number, words, top in zip(numbers, blocks, tops, strict=True):
        region = wording.regions[number]
        sheet.write(words, (x, top), "start" if side > 0 else "end")
        if region.answer:
            wide = min(width, max(_ANSWER, 54.0))
            left = x if side > 0 else x - wide
            sheet.room_for(region, Rect(left, top + words.height + 1, wide, answer), "framed")
        if region.value is not None:
            height = body_at.y + body_at.height * min(max(region.value, 0.02), 0.98)
            spot = (body_at.middle[0] + side * aside(region.value) * body_at.height, height)
            sheet.dot(spot, 1.0)
            level = top + words.lines[0].height / 2
            sheet.line(spot, (x - side * 1.4, level), weight=FINE, colour=sheet.palette.brand)


def _blocks(wording: FigureText, numbers: Sequence[int], width: float, height: float) -> list[TextLines]:
    for size in wording.sizes():
        try:
            blocks = [wording.set(number, width, height, sizes=(size,)) for number in numbers]
        except DoesNotFit:
            continue
        answers = sum(LINE_ROOM + 1 for number in numbers if wording.regions[number].answer)
        if sum(block.height + _APART for block in blocks) - _APART + answers <= height:
            return blocks
    raise DoesNotFit


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
