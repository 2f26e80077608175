"""``outline``: a simple figure of a person, anybody, with places around it for what the body feels."""

from __future__ import annotations

from collections.abc import Sequence

from handoutkit.models.figure import Figure, Region

from .body import aside, body
from .geometry import Rect, TooTight, spread
from .sheet import FINE, LINE_ROOM, STRONG, Sheet
from .words import Wording, Words

_SIDE = 12.0
"""From the body to the words at its sides."""
_APART = 3.0
_ANSWER = 40.0
_HIGHEST = 22.0


def draw(figure: Figure, sheet: Sheet, wording: Wording) -> None:
    """Raises TooTight."""
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


def _column(sheet: Sheet, wording: Wording, body_at: Rect, numbers: Sequence[int], side: int) -> None:
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
        raise TooTight
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


def _blocks(wording: Wording, numbers: Sequence[int], width: float, height: float) -> list[Words]:
    for size in wording.sizes():
        try:
            blocks = [wording.set(number, width, height, sizes=(size,)) for number in numbers]
        except TooTight:
            continue
        answers = sum(LINE_ROOM + 1 for number in numbers if wording.regions[number].answer)
        if sum(block.height + _APART for block in blocks) - _APART + answers <= height:
            return blocks
    raise TooTight
