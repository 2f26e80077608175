"""Contrast and size of words, measured as they are painted, against what a reader's format promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from handoutkit.models.document import Format
from handoutkit.render.colour.oklch import contrast
from handoutkit.render.colour.palette import TEXT
from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedGround, PaintedPages, PaintedText
from handoutkit.render.weasyprint_patches.painting.painted_shapes import Bounds, Paint, PaintedLine

from .fault import Fault, quoted

LARGE = 3.0
"""Least contrast of large words (WCAG 2.2, 1.4.3): of 18 points, or of 14 in bold."""
MIN_SIZE: dict[Format, float] = {"standard": 9.0, "low-ink": 9.0, "dyslexia-friendly": 12.0, "large-print": 18.0}
"""The smallest words of a format, in points."""
_LARGE_SIZE, _LARGE_BOLD_SIZE = 18.0, 14.0
_SPARE = 0.05
"""By which a size or a contrast may be less, for they are rounded."""
_MAX_MIXED = 16
"""Colours that a ground may have where grounds that run into each other lie over one another."""
_WHITE = (1.0, 1.0, 1.0)
_GREY = 0.02
"""How far red, green and blue may be apart in a colour that a printer makes of black alone."""

_Colour = tuple[float, float, float]


def readability_faults(painted: PaintedPages, format: Format) -> Iterator[Fault]:
    """Words that are too small or too pale for a format; and what is filled on pages where nothing is to be."""
    grounds: dict[int, list[PaintedGround]] = defaultdict(list)
    for ground in painted.grounds:
        grounds[ground.page].append(ground)
    for text in painted.texts:
        if text.added:
            continue
        place = f"{quoted(text.text)} on page {text.page + 1}"
        if text.size < MIN_SIZE[format] - _SPARE:
            says = f"{place} is {text.size:.3g} points high, and nothing may be below {MIN_SIZE[format]:g} in {format}"
            yield Fault("small-type", says, "size", text.element, painted=text)
        lowest, needed = contrast_to_ground(text, grounds[text.page]), _needed(text)
        if lowest is not None and lowest < needed - _SPARE:
            says = f"{place} has a contrast of {lowest:.1f} to its ground, and {needed:g} is needed"
            yield Fault("low-contrast", says, "colour", text.element, painted=text)
    if format == "low-ink":
        yield from _filled(painted)
        yield from _coloured(painted)


def _filled(painted: PaintedPages) -> Iterator[Fault]:
    """Grounds of a colour: nothing is filled in low ink."""
    for ground in painted.grounds:
        if any(paint[3] > 0 and min(_over(paint, _WHITE)) < 1 - _GREY for paint in ground.paints):
            says = f"a ground is filled on page {ground.page + 1}, and nothing is in low-ink"
            yield Fault("filled-ground", says, "colour", ground.element, painted=ground)


def _coloured(painted: PaintedPages) -> Iterator[Fault]:
    """Words in a colour: in low ink, all of them are of black alone."""
    for text in painted.texts:
        shown = _over(text.paint, _WHITE)
        if not text.added and max(shown) - min(shown) > _GREY:
            says = f"{quoted(text.text)} on page {text.page + 1} is printed in a colour, and nothing is in low-ink"
            yield Fault("coloured-words", says, "colour", text.element, painted=text)


def _needed(text: PaintedText) -> float:
    is_large = text.size >= (_LARGE_BOLD_SIZE if text.bold else _LARGE_SIZE)
    return LARGE if is_large else TEXT


def contrast_to_ground(painted: PaintedText | PaintedLine, grounds: list[PaintedGround]) -> float | None:
    """The lowest contrast of words or a line to what is under; None where a picture is, whose colours nobody knows.

    Args:
        grounds: of the same page, in the order of painting.
    """
    lowest = None
    for x in _along(painted.bounds):
        colours = _under(painted, grounds, x)
        if colours is None:
            continue
        here = min(_contrast_on(painted.paint, colour) for colour in colours)
        lowest = here if lowest is None else min(lowest, here)
    return lowest


@lru_cache(maxsize=1024)
def _contrast_on(paint: Paint, ground: _Colour) -> float:
    """The contrast of a colour to the ground under it; a page has a handful of such pairs, hundreds of times."""
    return contrast(_hex(_over(paint, ground)), _hex(ground))


def _along(bounds: Bounds) -> tuple[float, float, float]:
    """Three places along words or a line: near the start, in the middle, near the end."""
    left, _, right, _ = bounds
    inset = min(1.0, (right - left) / 4)
    return left + inset, (left + right) / 2, right - inset


def _under(painted: PaintedText | PaintedLine, grounds: list[PaintedGround], x: float) -> list[_Colour] | None:
    """The colours that a ground can have at a place of words or a line."""
    y = (painted.bounds[1] + painted.bounds[3]) / 2
    colours: list[_Colour] | None = [_WHITE]
    for ground in grounds:
        if ground.step > painted.step:
            break
        left, top, right, bottom = ground.bounds
        if not (left < x < right and top < y < bottom):
            continue
        if not ground.paints:
            colours = None
        elif colours is None:
            opaque = all(paint[3] == 1 for paint in ground.paints)
            colours = [_over(paint, _WHITE) for paint in ground.paints] if opaque else None
        else:
            colours = [_over(paint, below) for paint, below in product(ground.paints, colours)][:_MAX_MIXED]
    return colours


def _over(paint: Paint, below: _Colour) -> _Colour:
    """A colour laid over another."""
    red, green, blue = (
        above * paint[3] + under * (1 - paint[3]) for above, under in zip(paint[:3], below, strict=True)
    )
    return red, green, blue


def _hex(colour: _Colour) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0.0), 1.0)):02X}" for part in colour)
