"""The palette for a screen that is set dark: the same roles and hues, the same contrasts, light on dark."""

from __future__ import annotations

from dataclasses import asdict, fields

from .oklch import Oklch, contrast, from_hex, to_hex
from .palette import BORDER, STRONG, TEXT, Palette

IN_VARIABLES = Palette(**{field.name: f"var(--{field.name.replace('_', '-')})" for field in fields(Palette)})
"""The palette of a drawing in a page: it takes the page's colours, whichever these are."""


def for_dark(palette: Palette) -> list[tuple[str, str]]:
    """The names of the page's variables and their colours on a dark ground."""
    return [(role.replace("_", "-"), colour) for role, colour in asdict(dark(palette)).items()]


def dark(palette: Palette) -> Palette:
    """The dark palette that goes with one for paper. ``deep`` is light here, and what stands on it dark."""
    grounds = paper, wash, accent_wash = (
        _like(palette.brand, 0.205, 0.012),
        _like(palette.brand, 0.265, 0.018),
        _like(palette.accent, 0.275, 0.022),
    )
    return Palette(
        paper=paper,
        wash=wash,
        accent_wash=accent_wash,
        deep=_lightened(_like(palette.deep, 0.88, 0.045), STRONG, *grounds),
        on_deep=paper,
        soft_on_deep=wash,
        brand=_lightened(_like(palette.brand, 0.78, 0.1), TEXT, *grounds),
        line=_lightened(_like(palette.line, 0.58, 0.03), BORDER, *grounds),
        ink=_lightened(_like(palette.ink, 0.93, 0.01), STRONG, *grounds),
        soft=_lightened(_like(palette.soft, 0.76, 0.02), TEXT, *grounds),
        accent=_lightened(_like(palette.accent, 0.82, 0.08), TEXT, *grounds),
        accent_line=_lightened(_like(palette.accent_line, 0.66, 0.1), BORDER, *grounds),
    )


def _like(colour: str, lightness: float, most_chroma: float) -> str:
    _, chroma, hue = from_hex(colour)
    return to_hex(Oklch(lightness, min(chroma, most_chroma), hue))


def _lightened(colour: str, ratio: float, *grounds: str) -> str:
    moved = from_hex(colour)
    while min(contrast(colour, ground) for ground in grounds) < ratio:
        moved = moved._replace(lightness=moved.lightness + 0.01)
        colour = to_hex(moved)
    return colour
