"""Draws an SVG whose shapes name roles and not colours, in a palette and in one of the manners."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

from handoutkit.models.settings.theme_settings import Manner
from handoutkit.render.colour.oklch import mixed
from handoutkit.render.colour.palette import Palette

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = ("paper", "wash", "fill", "deep", "glow", "accent")
"""Roles of closed shapes: from pale to dark in the practice's hue, then pale and strong in the warm one."""
STROKES = ("line", "thread", "cut")
"""Roles of open strokes: dark, warm, and pale on a dark shape."""
DOT = "dot"
"""The role of a small shape that is dark in every manner: an eye, a seed."""
_SHADOW = {"transform": "translate(1 1.4)", "fill-opacity": ".22"}
"""Of a paper shape, in units of a drawing, which is 120 by 80."""


def drawn(svg: str, manner: Manner, palette: Palette, weight: float) -> str:
    """A drawing in colours: its source with a fill and a stroke for each shape that has a role.

    Shapes without a role keep the colours they have.

    Args:
        svg: a drawing that is known to be safe: shipped, or looked through by ``pictures``.
        weight: of its strokes.
    """
    register_namespace("", SVG.strip("{}"))
    root = fromstring(svg)  # noqa: S314 - it was looked through
    root.attrib |= {"stroke-width": f"{weight:g}", "stroke-linecap": "round", "stroke-linejoin": "round"}
    colours = _colours(palette, manner)
    for parent in list(root.iter()):
        for place, element in reversed(list(enumerate(parent))):
            role = element.get("class", "")
            if role in SHAPES and manner == "cut-paper":
                parent.insert(place, _copy(element, _SHADOW | {"fill": palette.deep}))
            element.attrib |= dict(_look(role, manner, colours))
            if role in (*SHAPES, *STROKES, DOT):
                del element.attrib["class"]
    return tostring(root, encoding="unicode")


def _colours(palette: Palette, manner: Manner) -> dict[str, str]:
    """Each role's colour; the pale ones are mixed, for the palette's own washes vanish on a wash.

    Where no line says where white paper ends, the paper itself is tinted.
    """
    return {
        "paper": mixed(palette.brand, palette.paper, 0.12) if manner == "cut-paper" else palette.paper,
        "wash": mixed(palette.brand, palette.paper, 0.26),
        "fill": palette.brand,
        "deep": palette.deep,
        "glow": mixed(palette.accent_line, palette.paper, 0.34),
        "accent": palette.accent_line,
        "line": palette.deep,
        "thread": palette.accent_line,
        "cut": palette.on_deep,
        DOT: palette.deep,
    }


def _look(role: str, manner: Manner, colours: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes of a shape with a role; none if it has no role."""
    if role == DOT:
        yield "fill", colours[DOT]
    elif role in STROKES:
        yield "fill", "none"
        as_line = manner == "line" or (manner == "spot" and role == "cut")
        yield "stroke", colours["line" if as_line else role]
    elif role in SHAPES:
        flat = manner in ("filled", "cut-paper") or (manner == "spot" and role in ("accent", "deep"))
        yield "fill", colours[role if flat else "paper"]
        if manner != "cut-paper":
            yield "stroke", colours["line"]


def _copy(element: Element, attributes: dict[str, str]) -> Element:
    kept = {name: value for name, value in element.attrib.items() if name not in ("class", "id")}
    return Element(element.tag, kept | attributes)
