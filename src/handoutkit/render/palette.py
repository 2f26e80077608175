"""An accessible palette from the one colour a practice brings.

Hue and chroma are the practice's, lightness is ours: it is moved in OKLCH (Ottosson 2020) until every pair holds the
contrast that WCAG 2.2 asks for (success criteria 1.4.3 and 1.4.11), whatever colour came in. Each pair is measured on
the rounded ``#RRGGBB`` value that is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .oklch import Oklch, contrast, from_hex, to_hex

PAPER = "#FFFFFF"
TEXT = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3)."""
BORDER = 3.0
"""Least contrast of borders and answer lines (WCAG 2.2, 1.4.11)."""
STRONG = 7.0
"""Least contrast of running text and of the darkest role (WCAG 2.2, 1.4.6)."""
_WARM_HUE = 62.0


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role, each ``#RRGGBB``.

    Attributes:
        deep: titles and the ground of the next step; on paper and wash >= 7.
        on_deep, soft_on_deep: text on ``deep``, >= 7 and >= 4.5.
        brand: markers, numbers and labels; on paper and wash >= 4.5. The practice's own colour where it can be.
        wash: a pale ground.
        line: borders and answer lines; on paper and wash >= 3.
        ink, soft: running text >= 7, small print >= 4.5, on paper and both washes.
        accent, accent_line, accent_wash: the warm trio of cultural notes: text >= 4.5, border >= 3, ground.
    """

    deep: str
    on_deep: str
    soft_on_deep: str
    brand: str
    wash: str
    line: str
    ink: str
    soft: str
    accent: str
    accent_line: str
    accent_wash: str


@lru_cache(maxsize=64)
def palette(colour: str) -> Palette:
    """The palette that grows from a colour, given as ``#RRGGBB``."""
    _, chroma, hue = from_hex(colour)
    wash = _shade(0.966, min(chroma, 0.016), hue)
    accent_wash = _shade(0.968, 0.020, _WARM_HUE)
    deep = _darkened(_shade(0.36, min(chroma, 0.075), hue), STRONG, PAPER, wash)
    return Palette(
        deep=deep,
        on_deep=PAPER,
        soft_on_deep=_lightened(_shade(0.86, min(chroma, 0.03), hue), TEXT, deep),
        brand=_darkened(colour.upper(), TEXT, PAPER, wash),
        wash=wash,
        line=_darkened(_shade(0.64, min(chroma, 0.035), hue), BORDER, PAPER, wash),
        ink=_darkened(_shade(0.27, min(chroma, 0.02), hue), STRONG, PAPER, wash, accent_wash),
        soft=_darkened(_shade(0.47, min(chroma, 0.025), hue), TEXT, PAPER, wash, accent_wash),
        accent=_darkened(_shade(0.44, 0.09, _WARM_HUE), TEXT, PAPER, accent_wash),
        accent_line=_darkened(_shade(0.63, 0.12, _WARM_HUE), BORDER, PAPER, accent_wash),
        accent_wash=accent_wash,
    )


def _shade(lightness: float, chroma: float, hue: float) -> str:
    return to_hex(Oklch(lightness, chroma, hue))


def _darkened(colour: str, ratio: float, *grounds: str) -> str:
    return _moved(colour, ratio, grounds, step=-0.01)


def _lightened(colour: str, ratio: float, *grounds: str) -> str:
    return _moved(colour, ratio, grounds, step=0.01)


def _moved(colour: str, ratio: float, grounds: tuple[str, ...], step: float) -> str:
    """The colour itself if it holds the ratio on every ground, else the nearest lightness that does."""
    moved = from_hex(colour)
    while min(contrast(colour, ground) for ground in grounds) < ratio:
        moved = moved._replace(lightness=moved.lightness + step)
        colour = to_hex(moved)
    return colour
