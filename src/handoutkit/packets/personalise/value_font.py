"""The font that most values are set in, whole in the layout, so that a client's packet adds nothing but glyph numbers.

A Type 0 font with the glyphs by their numbers (ISO 32000-2, 9.7), each of them named by its letters.
"""

from __future__ import annotations

import io

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from handoutkit.render.forms.wide_viewer_font import to_unicode

_NONSYMBOLIC = 1 << 5


def add_value_font(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Object:
    """Put a TrueType font into a PDF; returns its font dictionary."""
    font = TTFont(io.BytesIO(data), lazy=True)
    scale = 1000 / font["head"].unitsPerEm
    name = Name("/" + font["name"].getDebugName(6).replace(" ", ""))
    head, metrics = font["head"], font["hmtx"]
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=_NONSYMBOLIC,
            FontBBox=Array([round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]),
            ItalicAngle=round(font["post"].italicAngle),
            Ascent=round(font["hhea"].ascent * scale),
            Descent=round(font["hhea"].descent * scale),
            CapHeight=round(getattr(font["OS/2"], "sCapHeight", 700) * scale),
            StemV=80,
            FontFile2=pdf.make_stream(data, Length1=len(data)),
        )
    )
    order = font.getGlyphOrder()
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=descriptor,
        W=Array([0, Array([round(metrics[glyph][0] * scale) for glyph in order])]),
    )
    made = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(to_unicode(font)),
    )
    return pdf.make_indirect(made)
