"""An accessible palette from the one, two or three colours a practice brings.

Hue and chroma are the practice's, lightness is ours: it is moved in OKLCH (Ottosson 2020) until every pair holds the
contrast that WCAG 2.2 asks for (success criteria 1.4.3 and 1.4.11), whatever colour came in. Each pair is measured on
the rounded ``#RRGGBB`` value that is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .oklch import Oklch, contrast, from_hex, to_hex

PAPER, INK = "#FFFFFF", "#000000"
TEXT = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3)."""
BORDER = 3.0
"""Least contrast of borders and answer lines (WCAG 2.2, 1.4.11)."""
STRONG = 7.0
"""Least contrast of running text and of the darkest role (WCAG 2.2, 1.4.6)."""
PALE = 16.5
"""Least contrast of black on a ground that a theme chooses, so that all roles can be read on it and keep their hue."""
_WARM_HUE, _CREAM_HUE = 62.0, 88.0
Chosen = tuple[tuple[str, str], ...]
"""Roles for which a theme chooses a colour, each with its ``#RRGGBB``."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role, each ``#RRGGBB``.

    Attributes:
        paper: what the page is printed on, or shown on.
        deep: titles and the ground of the next step; on each ground (paper and both washes) >= 7.
        on_deep, soft_on_deep: text on ``deep``, >= 7 and >= 4.5.
        brand: markers, numbers and labels; on each ground >= 4.5. The practice's own colour where it can be.
        wash: a pale ground.
        line: borders and answer lines; on each ground >= 3.
        ink, soft: running text >= 7, small print >= 4.5, on each ground.
        accent, accent_line, accent_wash: what is set apart, warm or in the second colour: text >= 4.5, border >= 3,
            ground.
    """

    paper: str
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
def palette(colour: str, second: str | None = None, neutral: str | None = None, chosen: Chosen = ()) -> Palette:
    """The palette that grows from a colour, given as ``#RRGGBB``, on white paper.

    Args:
        second: for what is set apart; by default warm.
        neutral: for running text, lines and panels; by default the colour itself, nearly grey.
        chosen: by a theme; moved as far as it takes to be read, as all others are.
    """
    own = dict(chosen)
    second = own.get("accent", second)
    _, chroma, hue = from_hex(neutral or colour)
    apart = _shade(0.968, 0.020, _WARM_HUE)
    if second:
        _, second_chroma, second_hue = from_hex(second)
        apart = _shade(0.968, min(second_chroma, 0.020), second_hue)
    wash = _lightened(own["wash"], PALE, INK) if "wash" in own else _shade(0.966, min(chroma, 0.016), hue)
    return _on_grounds((colour, second, neutral), PAPER, wash, apart, own)


@lru_cache(maxsize=64)
def palette_on_off_white(
    colour: str, second: str | None = None, neutral: str | None = None, chosen: Chosen = ()
) -> Palette:
    """The palette for a page with an off-white ground, whose panels are a shade deeper, whatever a theme chooses."""
    own = dict(chosen)
    panel = _shade(0.95, 0.030, _CREAM_HUE)
    colours = (colour, own.get("accent", second), neutral)
    return _on_grounds(colours, _shade(0.976, 0.018, _CREAM_HUE), panel, panel, own)


BLACK_ON_WHITE = Palette(
    paper=PAPER,
    wash=PAPER,
    accent_wash=PAPER,
    **dict.fromkeys(("deep", "on_deep", "soft_on_deep", "brand", "line", "ink", "soft", "accent", "accent_line"), INK),
)
"""Everything that is printed is black, also what stands on ``deep`` elsewhere: no ground is filled."""


def _on_grounds(
    colours: tuple[str, str | None, str | None], paper: str, wash: str, accent_wash: str, own: Mapping[str, str]
) -> Palette:
    colour, second, neutral = colours
    _, chroma, hue = from_hex(colour)
    _, grey_chroma, grey_hue = from_hex(neutral or colour)
    grounds = (paper, wash, accent_wash)

    def darkened(role: str, otherwise: str, ratio: float) -> str:
        return _darkened(own.get(role, otherwise), ratio, *grounds)

    deep = darkened("deep", _shade(0.36, min(chroma, 0.075), hue), STRONG)
    return Palette(
        paper=paper,
        deep=deep,
        on_deep=PAPER,
        soft_on_deep=_lightened(_shade(0.86, min(chroma, 0.03), hue), TEXT, deep),
        brand=darkened("brand", colour.upper(), TEXT),
        wash=wash,
        line=darkened("line", _shade(0.64, min(grey_chroma, 0.035), grey_hue), BORDER),
        ink=darkened("ink", _shade(0.3, min(grey_chroma, 0.02), grey_hue), STRONG),
        soft=darkened("soft", _shade(0.47, min(grey_chroma, 0.025), grey_hue), TEXT),
        accent=_darkened((second or _shade(0.44, 0.09, _WARM_HUE)).upper(), TEXT, *grounds),
        accent_line=_darkened((second or _shade(0.63, 0.12, _WARM_HUE)).upper(), BORDER, *grounds),
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
