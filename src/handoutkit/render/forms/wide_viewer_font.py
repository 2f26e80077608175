"""The font that a viewer sets typed words in, where a language has letters that a simple PDF font cannot encode.

A Type 0 font with its glyphs by their numbers (ISO 32000-2, 9.7), each named by its letter, so that a viewer finds the
glyph of what is typed. No viewer shapes with it: Arabic letters stand unjoined, but they are seen.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache

import pydyf
import uharfbuzz
from fontTools.ttLib import TTFont

from handoutkit.render.scripts import LATIN, Script, script_of
from handoutkit.render.theme import Theme

_SYMBOLIC = 1 << 2
_BEYOND_WESTERN = re.compile(r"(bs|cs|cy|eo|hr|hu|lt|lv|mi|mt|pl|ro|sk|sl|sq|sr-Latn|tk|tr|uz)\b")
"""Languages in Latin letters, some of which WinAnsiEncoding lacks; the shipped lettering has them."""
_COMMON = {
    "Chinese": ("gb2312", 0xB0, 0xD7),
    "traditional Chinese": ("big5", 0xA4, 0xC6),
    "Japanese": ("shift_jis", 0x88, 0x98),
    "Korean": ("euc_kr", 0xB0, 0xC8),
}
"""By script, its national set, and the first bytes of the characters in it that are in daily use (its first level)."""
_CHARACTERS = re.compile("[\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "STAT", "gasp", "vhea", "vmtx", "VORG")
_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_MAX = 100  # entries of a section


def wide_font(theme: Theme, languages: tuple[str, ...]) -> tuple[bytes, Script | None] | None:
    """The file of the font that a page's languages need for what is typed, and the script it is for.

    None if the letters of a simple font serve them.
    """
    for language in languages:
        if script := script_of(language):
            return theme.asset(script.font()), script
    if any(_BEYOND_WESTERN.match(language) for language in languages):
        return theme.font(theme.lettering.regular), None
    return None


def add_wide_font(pdf: pydyf.PDF, data: bytes, script: Script | None) -> bytes:
    """Put the letters of a script, and Latin ones, from a TrueType file into a PDF; returns the font's reference."""
    cut, name = _cut(data, script)
    font = TTFont(io.BytesIO(cut), lazy=True)
    head, scale = font["head"], 1000 / font["head"].unitsPerEm
    program = pydyf.Stream([cut], {"Length1": len(cut)}, compress=True)
    letters = pydyf.Stream([to_unicode(font)], compress=True)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": pydyf.Array(round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax)),
            "ItalicAngle": 0,
            "Ascent": round(font["hhea"].ascent * scale),
            "Descent": round(font["hhea"].descent * scale),
            "CapHeight": round(getattr(font["OS/2"], "sCapHeight", 700) * scale),
            "StemV": 80,
        }
    )
    widths = pydyf.Array(round(font["hmtx"][glyph][0] * scale) for glyph in font.getGlyphOrder())
    identity = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
    below = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pydyf.Dictionary(identity),
            "CIDToGIDMap": "/Identity",
            "W": pydyf.Array([0, widths]),
        }
    )
    whole = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type0", "BaseFont": name, "Encoding": "/Identity-H"})
    for made in (program, letters, descriptor, below, whole):
        pdf.add_object(made)
    descriptor["FontFile2"], below["FontDescriptor"] = program.reference, descriptor.reference
    whole |= {"DescendantFonts": pydyf.Array([below.reference]), "ToUnicode": letters.reference}
    reference: bytes = whole.reference
    return reference


def to_unicode(font: TTFont) -> bytes:
    """The table by which a viewer knows the letter of each glyph (ISO 32000-2, 9.10.3)."""
    characters = {font.getGlyphID(glyph): code for code, glyph in sorted(font.getBestCmap().items(), reverse=True)}
    entries = [f"<{number:04x}> <{chr(code).encode('utf-16-be').hex()}>" for number, code in sorted(characters.items())]
    sections = [entries[start : start + _MAX] for start in range(0, len(entries), _MAX)]
    body = "".join(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar\n" for some in sections)
    return (_HEAD + body + _FOOT).encode("ascii")


@lru_cache(maxsize=4)
def _cut(data: bytes, script: Script | None) -> tuple[bytes, str]:
    """The file with only the letters that are needed, and a name that tells it from the page's own cut of it."""
    face = uharfbuzz.Face(data)
    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(_needed(set(face.unicodes), script))
    wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(tag.encode()) for tag in _DROPPED)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    name = TTFont(io.BytesIO(data), lazy=True)["name"].getDebugName(6).replace(" ", "")
    return bytes(wanted.subset(face).blob.data), f"/HDKTXT+{name}"


def _needed(there: set[int], script: Script | None) -> Iterator[int]:
    if script is None:
        yield from there
        return
    codec, first, last = _COMMON.get(script.name, ("", 0, 0))
    letters = re.compile(f"[{script.letters}{LATIN.letters}]")
    for code in there:
        character = chr(code)
        if codec and _CHARACTERS.match(character):
            encoded = character.encode(codec, "ignore")
            if encoded and first <= encoded[0] <= last:
                yield code
        elif codec or code < 0x180 or 0x2000 <= code < 0x2100 or letters.match(character):
            yield code
