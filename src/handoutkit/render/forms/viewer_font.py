"""The font that a viewer sets typed words in: the theme's lettering, cut down to what a simple PDF font can encode."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import pydyf
from fontTools import subset
from fontTools.ttLib import TTFont

FIRST, LAST = 32, 255
_ENCODING = "cp1252"  # WinAnsiEncoding, as Python calls it
_NONSYMBOLIC = 1 << 5
_DROPPED = ["GSUB", "GPOS", "GDEF", "DSIG", "STAT", "gasp", "prep", "fpgm", "cvt "]


@dataclass(frozen=True, slots=True)
class ViewerFace:
    """A TrueType file and its measures, in thousandths of the font's size."""

    data: bytes
    name: str
    widths: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]
    italic_angle: float


@lru_cache(maxsize=8)
def face(data: bytes) -> ViewerFace:
    """What is needed of a TrueType file: the characters of WinAnsiEncoding."""
    font = TTFont(io.BytesIO(data), lazy=True)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, name_IDs=[6])
    options.drop_tables += _DROPPED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(char) for char in _characters() if char])
    name = font["name"].getDebugName(6).replace(" ", "")
    cutter.subset(font)
    cut = io.BytesIO()
    font.save(cut)
    cmap, widths, scale = font.getBestCmap(), font["hmtx"], 1000 / font["head"].unitsPerEm
    glyphs = [cmap.get(ord(char), ".notdef") if char else ".notdef" for char in _characters()]
    head = font["head"]
    return ViewerFace(
        data=cut.getvalue(),
        name=name,
        widths=tuple(round(widths[glyph][0] * scale) for glyph in glyphs),
        ascent=round(font["hhea"].ascent * scale),
        descent=round(font["hhea"].descent * scale),
        cap_height=round(getattr(font["OS/2"], "sCapHeight", 700) * scale),
        box=(round(head.xMin * scale), round(head.yMin * scale), round(head.xMax * scale), round(head.yMax * scale)),
        italic_angle=font["post"].italicAngle,
    )


def add_font(pdf: pydyf.PDF, data: bytes) -> bytes:
    """Put the face of a TrueType file into a PDF; returns the reference to its font dictionary."""
    cut = face(data)
    program = pydyf.Stream([cut.data], {"Length1": len(cut.data)}, compress=True)
    pdf.add_object(program)
    name = "/" + _tag(cut) + cut.name
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _NONSYMBOLIC,
            "FontBBox": pydyf.Array(cut.box),
            "ItalicAngle": cut.italic_angle,
            "Ascent": cut.ascent,
            "Descent": cut.descent,
            "CapHeight": cut.cap_height,
            "StemV": 80,
            "FontFile2": program.reference,
        }
    )
    pdf.add_object(descriptor)
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/TrueType",
            "BaseFont": name,
            "FirstChar": FIRST,
            "LastChar": LAST,
            "Widths": pydyf.Array(cut.widths),
            "Encoding": "/WinAnsiEncoding",
            "FontDescriptor": descriptor.reference,
        }
    )
    pdf.add_object(font)
    reference: bytes = font.reference
    return reference


def _characters() -> list[str]:
    """The character of each code from FIRST to LAST; empty where there is none."""
    return [bytes([code]).decode(_ENCODING, "ignore") for code in range(FIRST, LAST + 1)]


def _tag(cut: ViewerFace) -> str:
    """The prefix by which readers tell this subset from others of the same face (ISO 32000-1, 9.6.4)."""
    total = sum(cut.widths) * 31 + len(cut.data)
    letters = []
    for _ in range(6):
        total, rest = divmod(total * 7 + 3, 26)
        letters.append(chr(ord("A") + rest))
    return "".join(letters) + "+"
