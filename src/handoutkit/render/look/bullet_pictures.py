"""The bullets of lists that a theme chooses, each as a picture of the size of a letter."""

from __future__ import annotations

import base64

from handoutkit.models.document import Format

from .svg_size import sized_svg

SHAPES = {
    "disc": '<circle cx="5" cy="5" r="3.4" fill="{colour}"/>',
    "ring": '<circle cx="5" cy="5" r="3" fill="none" stroke="{colour}" stroke-width="1.6"/>',
    "square": '<path d="M2 2h6v6H2z" fill="{colour}"/>',
    "dash": '<path d="M.6 5h8.8" stroke="{colour}" stroke-width="1.7" stroke-linecap="round"/>',
    "check": '<path d="M1 5.4 3.8 8.4 9.2 1.6" fill="none" stroke="{colour}" stroke-width="1.8"/>',
    "diamond": '<path d="M5 .8 9.2 5 5 9.2.8 5z" fill="{colour}"/>',
}
"""Drawn in a box of ten by ten."""
_PIXELS: dict[Format, float] = {"standard": 8.4, "low-ink": 8.4, "dyslexia-friendly": 8.8, "large-print": 12.6}
"""How high the box is: about half of a letter's size, in CSS pixels."""


def drawn_bullet(shape: str, colour: str, format: Format) -> str:
    """The address of a bullet of ours in a colour; of one that shall not be filled, its outline."""
    drawing = SHAPES["ring" if format == "low-ink" and shape == "disc" else shape].format(colour=colour)
    high = _PIXELS[format]
    return address_of_svg(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 0 18 10" '
        f'width="{1.8 * high:g}" height="{high}">{drawing}</svg>'
    )


def bullet_of_file(svg: str, format: Format) -> str | None:
    """The address of a theme's own bullet, a little higher than one of ours; None if it has no ``viewBox``."""
    made = sized_svg(svg, _PIXELS[format] * 1.25)
    return address_of_svg(made) if made else None


def address_of_svg(svg: str) -> str:
    """An SVG as a ``data:`` address."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
