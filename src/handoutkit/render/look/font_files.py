"""Font files as themes bring them (TTF, OTF, WOFF, WOFF2): what they are called, and TrueType made of them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

FONT_ENDINGS = (".ttf", ".otf", ".woff", ".woff2")
_TRUE_TYPE = (b"\x00\x01\x00\x00", b"true")
_PACKED = (b"wOFF", b"wOF2")
_WEIGHTS = {
    "thin": 100,
    "extralight": 200,
    "light": 300,
    "medium": 500,
    "semibold": 600,
    "extrabold": 800,
    "black": 900,
}
_MAX_ERROR = 1.0
"""How far a quadratic outline may be from the cubic one it is made of, in thousandths of the font's size."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """What a font says of itself.

    Attributes:
        file: its path below a ``templates/`` folder.
        family: its typographic family (OpenType, name 16), else its family (name 1).
        narrow_family: its family (name 1) as programs with four styles know it, such as `DejaVu Serif Condensed`.
        weight: 100-900 (OpenType, OS/2).
        width: 1-9, of which 5 is neither narrow nor wide.
        variable: whether it holds many weights in one.
    """

    file: str
    family: str
    narrow_family: str
    weight: int
    width: int
    italic: bool
    variable: bool

    def is_of(self, family: str) -> bool:
        """Whether it is of a family, by either of its names."""
        return family in (self.family, self.narrow_family)


def described(file: str, data: bytes) -> FontFile | None:
    """What a font file says of itself; None if it is no font that can be read."""
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        names, measures = font["name"], font["OS/2"]
        narrow = (names.getDebugName(1) or "").strip()
        weight, width, italic = int(measures.usWeightClass), int(measures.usWidthClass), bool(measures.fsSelection & 1)
        family = (names.getDebugName(16) or _without_wrong_weight(narrow, weight)).strip()
        return FontFile(file, family, narrow, weight, width, italic, "fvar" in font)
    except Exception:  # whatever a reader of fonts raises, the font is at fault
        return None


def _without_wrong_weight(family: str, weight: int) -> str:
    """A family without the name of a weight that a font does not have.

    Those for websites are cut from a variable font whose lightest is Thin, and all of them say so: ``Bitter Thin``.
    """
    name, _, last = family.rpartition(" ")
    return name if name and _WEIGHTS.get(last.casefold(), weight) != weight else family


@lru_cache(maxsize=16)
def unpacked(data: bytes) -> bytes:
    """A font as it is in memory: WOFF and WOFF2 are packed, and one of many letters takes seconds to unpack.

    Raises:
        Exception: whatever a reader of fonts raises.
    """
    if not data.startswith(_PACKED):
        return data
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    font.flavor = None
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


@lru_cache(maxsize=16)
def as_true_type(data: bytes) -> bytes:
    """A font as a plain TrueType file, for what a PDF's fields and figures need; as it is if it is one already.

    Raises:
        Exception: whatever a reader of fonts raises.
    """
    data = unpacked(data)
    if data.startswith(_TRUE_TYPE):
        return data
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    if "glyf" not in font:
        _with_quadratic_outlines(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _with_quadratic_outlines(font: Any) -> None:
    """Put TrueType's outlines in the place of PostScript's, which only some readers of PDF take for fields."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    names, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    drawn = {}
    for name in names:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, _MAX_ERROR * font["head"].unitsPerEm / 1000, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = names, drawn
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for zero in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"):
        setattr(limits, zero, 0)
    limits.maxZones, limits.maxSizeOfInstructions = 1, 0
    limits.maxComponentElements = max((len(getattr(glyph, "components", ())) for glyph in drawn.values()), default=0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
    for table in ("CFF ", "CFF2", "VORG"):
        if table in font:
            del font[table]
    font.sfntVersion = "\x00\x01\x00\x00"
