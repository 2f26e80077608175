"""Adds glyphs to a TrueType font, each made of glyphs that it has."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import ROUND_XY_TO_GRID, Glyph, GlyphComponent

Part = tuple[int, int, int]
"""A glyph's number and where it stands, to the right and up, in units of the font."""


def added(font: bytes, glyphs: Sequence[tuple[tuple[Part, ...], int]]) -> tuple[bytes, int]:
    """Add glyphs to a font; returns the font and the number of the first of them.

    Args:
        glyphs: what each is made of, nothing for one that shows nothing; and its width in thousandths of the size.
    """
    whole = TTFont(io.BytesIO(font), recalcTimestamp=False)
    names = list(whole.getGlyphOrder())
    first = len(names)
    table, metrics, units = whole["glyf"], whole["hmtx"], whole["head"].unitsPerEm
    for parts, width in glyphs:
        glyph = _made_of(parts, names)
        names.append(f"cluster{len(names)}")
        table[names[-1]] = glyph
        glyph.recalcBounds(table)
        metrics[names[-1]] = round(width * units / 1000), getattr(glyph, "xMin", 0)
    whole.setGlyphOrder(names)
    whole["post"].formatType = 3.0  # no names
    written = io.BytesIO()
    whole.save(written, reorderTables=False)
    return written.getvalue(), first


def glyphs_by_code(glyphs: Mapping[int, int]) -> bytes:
    """Make a CIDToGIDMap (ISO 32000-2, 9.7.4.2): two bytes for each code, its glyph."""
    table = bytearray(2 * (max(glyphs) + 1))
    for code, glyph in glyphs.items():
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(table)


def _made_of(parts: tuple[Part, ...], names: Sequence[str]) -> Glyph:
    glyph = Glyph()
    if parts:
        glyph.numberOfContours = -1
        glyph.components = [_component(names[number], x, y) for number, x, y in parts]
    return glyph


def _component(name: str, x: int, y: int) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y, component.flags = name, x, y, ROUND_XY_TO_GRID
    return component
